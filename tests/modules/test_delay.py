"""The delay's echoes, on their frames."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.rig import rig
from tests.spectra import high_passed

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


def heard_after(signal, seconds, **settings):
    """What comes back of ``signal`` (5 V at the most), wet, and the rig's own time."""
    jacks = {"audio": signal} | settings.pop("jacks", {})
    return play(seconds, jacks=jacks, feedback=0.0, **OPEN, **settings)


def test_a_line_that_ends_between_two_frames_keeps_the_highs():
    sine = 5 * np.sin(2 * np.pi * 10_000 * np.arange(RATE) / RATE)
    whole, between = (heard_after(sine, 1.0, time=late / RATE)[RATE // 2 :] for late in (4800.0, 4800.5))
    assert 20 * np.log10(between.std() / whole.std()) == pytest.approx(0.0, abs=0.2)


def test_a_cv_at_audio_rate_moves_the_time_frame_by_frame():
    frames = np.arange(RATE)
    cv = 0.0005 * np.sin(2 * np.pi * 150 * frames / RATE)
    sine = 5 * np.sin(2 * np.pi * 440 * frames / RATE)
    out = heard_after(sine, 1.0, jacks={"time_cv": cv}, time=0.1)
    steady = heard_after(sine, 1.0, time=0.1)
    bent = np.abs(np.fft.rfft(out[RATE // 2 :] * np.hanning(RATE // 2)))[[220, 220 + 75, 220 - 75]]
    plain = np.abs(np.fft.rfft(steady[RATE // 2 :] * np.hanning(RATE // 2)))[220]
    index = np.pi * 440 * 0.1 * 2 * 0.0005 * np.log(2)  # radians of phase; sidebands of half of it
    assert bent[1:] / plain == pytest.approx([index / 2] * 2, rel=0.1)


def test_a_tape_that_changes_its_speed_bends_by_an_octave_at_most():
    frames = np.arange(3 * RATE)
    sine = (5 * np.sin(2 * np.pi * 440 * frames / RATE)).astype(np.float32)
    for start, end, octave in ((1.0, 0.1, 880), (0.1, 1.0, 220)):
        with rig(Delay, feeds={"audio": 1}, time=start, feedback=0.0, **OPEN) as under_test:
            under_test.run(1.5, audio=sine)
            under_test.turn(time=end)
            out = under_test.run(1.5, audio=sine[72000:])["out"][:, 0]
        on_the_way = np.abs(np.fft.rfft(out[12000:36000] * np.hanning(24000)))
        assert np.argmax(on_the_way) * 2 == pytest.approx(octave, abs=4)


@pytest.mark.parametrize("change", [0, 1])
def test_a_cv_that_jumps_does_not_click(change):
    frames = np.arange(3 * RATE)
    sine = 5 * np.sin(2 * np.pi * 440 * frames / RATE) * np.minimum(frames / 4800, 1)
    steps = np.where(frames % RATE < RATE // 2, 0.0, 1.0)
    out = heard_after(sine, 3.0, jacks={"time_cv": steps}, time=0.375, change=change)
    assert 20 * np.log10(np.abs(high_passed(out[START:], RATE, 5000)).max() / 5) < -60


def test_a_fade_to_another_time_keeps_the_pitch():
    frames = np.arange(3 * RATE)
    sine = (5 * np.sin(2 * np.pi * 440 * frames / RATE)).astype(np.float32)
    with rig(Delay, feeds={"audio": 1}, time=1.0, feedback=0.0, change=1, **OPEN) as under_test:
        under_test.run(1.5, audio=sine)
        under_test.turn(time=0.1)
        out = under_test.run(1.5, audio=sine[72000:])["out"][:, 0]
    spectrum = np.abs(np.fft.rfft(out[:24000] * np.hanning(24000)))
    assert 20 * np.log10(spectrum[240:].max() / spectrum[220]) < -60
    assert 20 * np.log10(out[12000:].std() / sine.std()) == pytest.approx(0.0, abs=0.1)


def test_a_feedback_of_one_half_bends_nothing():
    sine = 5 * np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE)
    out = play(1.0, jacks={"audio": sine}, time=0.01, feedback=0.5, mix=1.0, tone=18000.0)
    spectrum = np.abs(np.fft.rfft(out[RATE // 2 :] * np.blackman(RATE // 2)))
    assert 20 * np.log10(spectrum[510:].max() / spectrum[500]) < -110


def test_the_time_that_a_patch_is_loaded_with_is_there_at_once():
    for change in (0, 1):
        out = play(time=0.2, change=change, **OPEN)
        assert not out[: START + 9000].any()
        assert echoes(out, 9600, 1)[0][0] == 0
