"""The delay's echoes, on their frames."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.rig import rig

Delay = load_module_file(shipped_folder() / "effects" / "delay.py")
RATE = 48000
START = 4800  # the frame of the click
OPEN = {"tone": 18000.0, "mix": 1.0}


def click(seconds, volts=5.0):
    signal = np.zeros(int(seconds * RATE), np.float32)
    signal[START] = volts
    return signal


def play(seconds=1.0, jacks=None, block=64, before_block=lambda frame: None, **knobs):
    jacks = {"audio": click(seconds)} | (jacks or {})
    with rig(Delay, feeds=dict.fromkeys(jacks, 1), block=block, **knobs) as under_test:
        out = under_test.run(seconds, before_block=before_block, **jacks)["out"][:, 0]
        assert under_test.node.not_finite[0] == 0
        return out


def echoes(out, period, count):
    """(frames late, height) of each echo that is due every ``period`` frames."""
    found = []
    for number in range(1, count + 1):
        due = START + number * period
        near = out[due - 200 : due + 200]
        peak = int(np.argmax(np.abs(near)))
        found.append((peak - 200, float(near[peak])))
    return found


@pytest.mark.parametrize("block", [64, 256])
@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.2])
def test_every_echo_comes_on_its_frame(block, seconds):
    out = play(time=seconds, feedback=0.6, block=block, **OPEN)
    assert [late for late, _ in echoes(out, round(seconds * RATE), 4)] == [0, 0, 0, 0]


def test_the_feedback_knob_is_the_ratio_of_one_echo_to_the_last():
    lows = []  # measured below the tone knob's reach, where only the feedback counts
    out = play(2.0, time=0.3, feedback=0.5, **OPEN)
    for number in range(1, 5):
        echo = out[START + number * 14400 - 200 :][:14000]
        lows.append(np.abs(np.fft.rfft(echo, RATE))[1000])
    assert 20 * np.log10(np.divide(lows[1:], lows[:-1])) == pytest.approx([-6.0] * 3, abs=0.2)


def test_without_feedback_there_is_one_echo():
    out = play(time=0.1, feedback=0.0, **OPEN)
    assert np.abs(out[START + 4800 + 2000 :]).max() < 0.01


def test_the_tone_knob_darkens_every_further_echo():
    out = play(2.0, time=0.3, feedback=0.9, tone=1000.0, mix=1.0)
    ratios = []
    for number in (1, 2, 3):
        spectrum = np.abs(np.fft.rfft(out[START + number * 14400 - 200 :][:14000], RATE))
        ratios.append(20 * np.log10(spectrum[4000] / spectrum[200]))
    assert ratios[0] == pytest.approx(-12.1, abs=1.0)  # first order, two octaves above its corner
    assert np.diff(ratios) == pytest.approx([ratios[0]] * 2, abs=1.0)


def test_mix_goes_from_the_input_alone_to_the_echoes_alone():
    dry = play(mix=0.0)
    assert np.array_equal(dry, click(1.0))
    wet = play(time=0.1, mix=1.0)
    assert not wet[: START + 4700].any()


def test_a_volt_doubles_the_time():
    out = play(jacks={"time_cv": 1.0}, time=0.1, **OPEN)
    assert echoes(out, 9600, 1)[0][0] == 0


def test_full_feedback_neither_grows_nor_blows_up():
    noise = np.random.default_rng(1).uniform(-5, 5, RATE * 4).astype(np.float32)
    out = play(4.0, jacks={"audio": noise}, time=0.05, feedback=1.0, mix=1.0)
    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 15.0


def test_an_offset_does_not_build_up():
    out = play(4.0, jacks={"audio": 5.0}, time=0.05, feedback=0.95, mix=1.0)
    assert abs(out[-1]) < 0.05


def test_turning_the_time_bends_the_pitch_and_does_not_click():
    sine = 5 * np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE)
    with rig(Delay, feeds={"audio": 1}, time=0.2, feedback=0.0, **OPEN) as under_test:

        def turn(frame):
            if frame == 24000 // 64 * 64:
                under_test.turn(time=0.3)

        out = under_test.run(1.0, before_block=turn, audio=sine)["out"][:, 0]
    steepest = 5 * 2 * np.pi * 220 / RATE
    assert np.abs(np.diff(out[14400:])).max() < 3 * steepest


def test_every_channel_has_echoes_of_its_own():
    clicks = np.zeros((RATE // 2, 3), np.float32)
    for channel in range(3):
        clicks[1000 * (channel + 1), channel] = 5.0
    with rig(Delay, feeds={"audio": 3}, time=0.1, feedback=0.0, mix=1.0, tone=18000.0) as under_test:
        out = under_test.run(0.5, audio=clicks)["out"]
    assert out.shape[1] == 3
    assert np.abs(out).argmax(axis=0) == pytest.approx([1000 + 4800, 2000 + 4800, 3000 + 4800], abs=2)
