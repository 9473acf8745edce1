"""The reverb's time, colour and width."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.rig import rig

Reverb = load_module_file(shipped_folder() / "effects" / "reverb.py")
RATE = 48000
BURST = RATE // 2  # frames of noise, then silence


def play(seconds=4.0, **knobs):
    """(left, right) while and after a burst of noise."""
    burst = np.zeros(int(seconds * RATE), np.float32)
    burst[:BURST] = np.random.default_rng(1).uniform(-5, 5, BURST)
    with rig(Reverb, feeds={"audio": 1}, block=1024, **knobs) as under_test:
        heard = under_test.run(seconds, audio=burst)
    return heard["left"][:, 0], heard["right"][:, 0]


def time_to_fall(tail, decibels):
    """Seconds until ``decibels`` less energy is still to come (Schroeder, 1965)."""
    to_come = np.cumsum(tail[::-1].astype(float) ** 2)[::-1]
    return np.argmax(to_come < to_come[0] * 10 ** (-decibels / 10)) / RATE


@pytest.mark.parametrize("size", [0.5, 1.0, 2.0])
def test_the_size_knob_is_the_time_to_fall_by_40_dB(size):
    left, right = play(damping=0.0, mix=1.0, size=size)
    for side in (left, right):
        assert time_to_fall(side[BURST:], 40) == pytest.approx(size, rel=0.2)


def test_damping_takes_the_highs_out_of_the_tail():
    def brightness(damping):
        tail = play(damping=damping, mix=1.0)[0][BURST + 9600 :][:RATE]
        power = np.abs(np.fft.rfft(tail)) ** 2
        return 10 * np.log10(power[5000:].sum() / power[:1000].sum())

    bright, middle, dark = (brightness(damping) for damping in (0.0, 0.5, 1.0))
    assert bright > middle + 6
    assert middle > dark + 6


def test_left_and_right_are_different_rooms():
    left, right = play(mix=1.0)
    tail = slice(BURST + 4800, BURST + RATE)
    assert abs(np.corrcoef(left[tail], right[tail])[0, 1]) < 0.5
    assert 20 * np.log10(left[tail].std() / right[tail].std()) == pytest.approx(0.0, abs=1.5)


def test_without_mix_the_input_passes_unchanged_on_both_sides():
    left, right = play(1.0, mix=0.0)
    assert np.array_equal(left, right)
    assert not left[BURST:].any()
    assert left[:BURST].std() == pytest.approx(5 / np.sqrt(3), rel=0.01)


def test_the_room_is_about_as_loud_as_what_excites_it():
    left, _ = play(mix=1.0)
    assert 20 * np.log10(left[BURST // 2 : BURST].std() / (5 / np.sqrt(3))) == pytest.approx(-3.0, abs=3.0)


def test_the_largest_room_stays_bounded():
    noise = np.random.default_rng(1).uniform(-5, 5, 10 * RATE).astype(np.float32)
    with rig(Reverb, feeds={"audio": 1}, block=1024, size=10.0, damping=0.0, mix=1.0) as under_test:
        left = under_test.run(10.0, audio=noise)["left"]
        assert under_test.node.not_finite[0] == 0
    assert np.abs(left[-RATE:]).max() < 24.0
