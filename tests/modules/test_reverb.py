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


def answer(seconds=2.0, **knobs):
    """The two sides' answers to a click of 1 V."""
    click = np.zeros(int(seconds * RATE), np.float32)
    click[0] = 5.0
    with rig(Reverb, feeds={"audio": 1}, block=1024, mix=1.0, **knobs) as under_test:
        heard = under_test.run(seconds, audio=click)
    return [heard[side][:, 0].astype(float) / 5 for side in ("left", "right")]


def echo_density(heard, at):
    """Of noise it is 1: how many samples in 20 ms lie beyond their standard deviation (Abel and Huang, 2006)."""
    near = heard[int(at * RATE) :][: RATE // 50]
    window = np.hanning(len(near)) / np.hanning(len(near)).sum()
    beyond = np.abs(near) > np.sqrt(np.sum(window * near**2))
    return np.sum(window * beyond) / 0.3173


@pytest.mark.parametrize("size", [0.1, 1.5, 10.0])
def test_an_offset_does_not_enter_the_room(size):
    with rig(Reverb, feeds={"audio": 1}, block=1024, mix=1.0, size=size, damping=1.0) as under_test:
        left = under_test.run(10.0, audio=5.0)["left"]
        assert abs(left[-RATE:].mean()) < 0.005
        after = under_test.run(12.0, audio=0.0)["left"]
    assert abs(after[-RATE:].mean()) < 0.005


def test_pulses_of_10_percent_do_not_lift_the_sound():
    pulses = np.where(np.arange(10 * RATE) % 480 < 48, 5.0, -5.0).astype(np.float32)
    with rig(Reverb, feeds={"audio": 1}, block=1024, size=3.2) as under_test:
        left = under_test.run(10.0, audio=pulses)["left"][-RATE:]
    assert abs(left.mean() - 0.7 * pulses.mean()) < 0.02
    assert np.abs(left).max() < 20.0


@pytest.mark.parametrize("size", [0.5, 1.5, 6.0])
def test_echoes_are_as_dense_as_noise_within_a_tenth_of_a_second(size):
    for side in answer(size=size, damping=0.0):
        assert np.mean([echo_density(side, at) for at in np.arange(0.08, 0.12, 0.01)]) > 0.85


def test_no_pitch_of_the_tail_rings_out():
    for side in answer(4.0, size=3.0, damping=0.0):
        rising = side[RATE // 4 :] * 10 ** (2 / 3 * np.arange(len(side) - RATE // 4) / RATE)
        spectrum = 20 * np.log10(np.abs(np.fft.rfft(rising * np.hanning(len(rising)))))
        heard = spectrum[int(200 * len(rising) / RATE) : int(4000 * len(rising) / RATE)]
        assert heard.std() < 7.5  # dB; noise has 5.6
        assert heard.max() - np.median(heard) < 20


def test_a_note_that_is_held_in_the_largest_room_does_not_reach_the_rails():
    sine = 5 * np.sin(2 * np.pi * 1000 * np.arange(12 * RATE) / RATE)
    with rig(Reverb, feeds={"audio": 1}, block=1024, size=10.0, damping=0.0, mix=1.0) as under_test:
        assert np.abs(under_test.run(12.0, audio=sine)["left"]).max() <= 20.0


@pytest.mark.parametrize("rate", [22_050, 192_000])
def test_it_is_the_same_room_at_other_sample_rates(rate):
    burst = np.zeros(2 * rate, np.float32)
    burst[: rate // 2] = np.random.default_rng(1).uniform(-5, 5, rate // 2)
    with rig(Reverb, feeds={"audio": 1}, block=1024, rate=rate, size=1.0, damping=0.0, mix=1.0) as under_test:
        tail = under_test.run(2.0, audio=burst)["left"][rate // 2 :, 0]
    assert time_to_fall(tail, 40) * RATE / rate == pytest.approx(1.0, rel=0.2)
