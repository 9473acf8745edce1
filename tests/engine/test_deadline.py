import pytest

from synthvr_server.engine import deadline
from synthvr_server.engine.deadline import Deadline

PERIOD = 0.001


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(deadline.time, "perf_counter", lambda: now[0])
    return now


def play(watch: Deadline, clock: list[float], begin: float, takes: float) -> None:
    clock[0] = begin
    watch.begin()
    clock[0] += takes
    watch.end()


def test_blocks_in_time_are_not_late(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    for n in range(1000):
        play(watch, clock, 100 + n * PERIOD, 0.5 * PERIOD)
    assert (watch.blocks, watch.late) == (1000, 0)
    assert watch.load == pytest.approx(0.5, abs=0.01)


def test_a_block_that_takes_too_long_is_late(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    for n in range(10):
        play(watch, clock, 100 + n * PERIOD, 1.2 * PERIOD if n == 5 else 0.1 * PERIOD)
    assert watch.late == 1


def test_a_block_that_begins_too_late_is_late(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    for n in range(10):
        play(watch, clock, 100 + n * PERIOD + (0.95 * PERIOD if n == 5 else 0), 0.1 * PERIOD)
    assert watch.late == 1


def test_a_sound_card_whose_clock_is_slow_is_not_late(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    for n in range(20_000):
        play(watch, clock, 100 + n * PERIOD * 1.002, 0.5 * PERIOD)
    assert watch.late == 0


def test_a_driver_that_stalls_has_missed_those_blocks_and_no_more(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    for n in range(1000):
        stalled = 10 * PERIOD if n >= 500 else 0.0
        play(watch, clock, 100 + n * PERIOD + stalled, 0.1 * PERIOD)
    assert watch.late == pytest.approx(10, abs=1)


def test_a_clock_that_catches_up_after_a_stall_counts_it_once(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    now = 100.0
    for n in range(1000):
        now = max(now + 0.1 * PERIOD, 100 + n * PERIOD) + (10 * PERIOD if n == 500 else 0.0)
        play(watch, clock, now, 0.1 * PERIOD)
    assert watch.late == pytest.approx(10, abs=1)


def test_a_machine_that_was_suspended_starts_anew(clock: list[float]) -> None:
    watch = Deadline(PERIOD)
    play(watch, clock, 100, 0.1 * PERIOD)
    play(watch, clock, 5000, 0.1 * PERIOD)
    for n in range(1, 10):
        play(watch, clock, 5000 + n * PERIOD, 0.1 * PERIOD)
    assert watch.late == 0
