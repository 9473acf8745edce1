"""The clock's pulses, on their exact frames."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Clock = load_module_file(shipped_folder() / "sequencers" / "clock.py")
RATE = 48000
BEAT = RATE // 2  # frames at 120 BPM


def rises(signal, before=0.0):
    """The frames on which a gate goes high."""
    signal = np.concatenate([[before], signal.ravel()])
    return np.flatnonzero((signal[1:] >= 1.0) & (signal[:-1] < 1.0))


def pulse(frames, *starts):
    """1 ms triggers at ``starts``."""
    signal = np.zeros(frames, np.float32)
    for start in starts:
        signal[start : start + 48] = 10.0
    return signal


@pytest.mark.parametrize(
    ("output", "beats"), [("sixteenth", 0.25), ("eighth", 0.5), ("beat", 1), ("bar", 4), ("phrase", 16)]
)
def test_every_output_ticks_at_its_division_on_the_exact_frame(output, beats):
    frames = 40 * BEAT
    out = KernelBench(Clock, block=BEAT).run(frames)[output]
    assert np.array_equal(rises(out), np.arange(0, frames, beats * BEAT))
    assert set(np.unique(out)) == {0.0, 10.0}
    assert np.mean(out[: int(beats * BEAT)] == 10.0) == 0.5


@pytest.mark.parametrize("tempo", [30.0, 97.0, 133.0, 300.0])
def test_tempo_is_in_beats_per_minute(tempo):
    ticks = rises(KernelBench(Clock, block=4800, tempo=tempo).run(30 * RATE)["beat"])
    ideal = np.arange(len(ticks)) * RATE * 60 / tempo
    assert np.all((ticks - ideal >= -0.01) & (ticks - ideal < 1.0))


def test_after_an_hour_the_beat_falls_on_its_exact_frame():
    bench = KernelBench(Clock, block=20 * BEAT, tempo=120.0)
    last = 0.0
    for minute in range(60):
        out = bench.run(120 * BEAT)["beat"]
        assert np.array_equal(rises(out, last), np.arange(0, 120 * BEAT, BEAT)), f"in minute {minute}"
        last = out[-1, 0]


def test_one_volt_doubles_the_tempo():
    ticks = rises(KernelBench(Clock, block=4800).run(4 * RATE, tempo_cv=1.0)["beat"])
    assert np.array_equal(ticks, np.arange(0, 4 * RATE, BEAT // 2))


@pytest.mark.parametrize("swing", [50.0, 60.0, 66.0, 75.0])
def test_swing_delays_every_second_sixteenth_only(swing):
    out = KernelBench(Clock, block=4800, swing=swing).run(8 * BEAT)
    ticks = rises(out["sixteenth"])
    assert np.array_equal(ticks[0::2], np.arange(0, 8 * BEAT, BEAT // 2))
    assert (ticks[1::2] - ticks[0::2]) / (BEAT / 2) == pytest.approx(swing / 100, abs=1e-4)
    assert np.array_equal(rises(out["eighth"]), ticks[0::2])


def test_a_reset_starts_all_pulses_on_its_frame_and_is_passed_on_for_1_ms():
    out = KernelBench(Clock).run(4 * BEAT, reset=pulse(4 * BEAT, 20000))
    for output in ("sixteenth", "eighth", "beat", "bar", "phrase"):
        assert out[output][20000, 0] == 10.0
    assert np.array_equal(rises(out["beat"]), [0, 20000, 20000 + BEAT, 20000 + 2 * BEAT, 20000 + 3 * BEAT])
    assert np.array_equal(np.flatnonzero(out["reset_out"]), np.arange(20000, 20048))


@pytest.mark.parametrize("stop", ["switch", "gate"])
def test_a_stopped_clock_keeps_its_place_and_does_not_tick_twice(stop):
    stopped = np.zeros(4 * BEAT, bool)
    stopped[BEAT + 5000 : 2 * BEAT + 5000] = True  # stops amid the second beat's pulse, for one beat
    controls = {"run": np.where(stopped, 0.0, 1.0)} if stop == "switch" else {"run_gate": np.where(stopped, 0.0, 10.0)}
    out = KernelBench(Clock).run(4 * BEAT, **controls)["beat"][:, 0]
    assert not out[stopped].any()
    assert np.array_equal(rises(out), [0, BEAT, 3 * BEAT])


def test_a_reset_while_stopped_makes_the_start_the_first_beat():
    run = np.ones(4 * BEAT, np.float32)
    run[30000:50000] = 0.0
    out = KernelBench(Clock).run(4 * BEAT, run=run, reset=pulse(4 * BEAT, 40000))
    assert np.array_equal(rises(out["bar"]), [0, 50000])


@pytest.mark.parametrize("rate", [44100, 96000])
def test_periods_hold_at_other_sample_rates(rate):
    ticks = rises(KernelBench(Clock, rate=rate, block=4800).run(3 * rate)["beat"])
    assert np.all(np.diff(ticks) == rate // 2)
