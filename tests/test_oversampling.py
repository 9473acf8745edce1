"""The half-band filters: what they stop, what they pass, how late they are."""

from __future__ import annotations

import numba as nb
import numpy as np
import pytest

from synthvr_server.oversampling import (
    DELAY_OF_FOUR,
    DELAY_OF_TWO,
    GENTLE,
    STEEP,
    doubled,
    doubled_again,
    halved,
    halved_again,
)
from tests.spectra import decibels, tone_level

RATE = 48_000
FRAMES = 1 << 14
HEARD = [200.0, 1_000.0, 5_000.0, 10_000.0, 15_000.0, 18_000.0, 19_990.0]


@nb.njit
def up(x, out):
    memory = np.zeros((STEEP, 1), np.float32)
    for frame in range(len(x)):
        out[2 * frame], out[2 * frame + 1] = doubled(x[frame], memory, 0)


@nb.njit
def up_again(x, out):
    memory = np.zeros((GENTLE, 1), np.float32)
    for frame in range(len(x)):
        out[2 * frame], out[2 * frame + 1] = doubled_again(x[frame], memory, 0)


@nb.njit
def down(x, out):
    memory = np.zeros((STEEP, 1), np.float32)
    for frame in range(len(out)):
        out[frame] = halved(x[2 * frame], x[2 * frame + 1], memory, 0)


@nb.njit
def down_again(x, out):
    memory = np.zeros((GENTLE, 1), np.float32)
    for frame in range(len(out)):
        out[frame] = halved_again(x[2 * frame], x[2 * frame + 1], memory, 0)


def sine(hertz, frames, rate):
    return np.sin(2 * np.pi * hertz * np.arange(frames) / rate).astype(np.float32)


def through(step, x, factor):
    out = np.zeros(int(len(x) * factor), np.float32)
    step(x, out)
    return out


@pytest.mark.parametrize("hertz", HEARD)
@pytest.mark.parametrize(("step", "rate", "stopped"), [(up, RATE, -95.0), (up_again, 2 * RATE, -100.0)])
def test_doubling_keeps_a_tone_and_makes_no_image_of_it(step, rate, stopped, hertz):
    doubled_sound = through(step, sine(hertz, FRAMES, rate), 2)[FRAMES // 2 :]
    tone, image = tone_level(doubled_sound, 2 * rate, [hertz, rate - hertz])
    assert tone == pytest.approx(0.0, abs=0.001)
    assert image < stopped


@pytest.mark.parametrize("hertz", HEARD)
@pytest.mark.parametrize(("step", "rate", "stopped"), [(down, RATE, -95.0), (down_again, 2 * RATE, -100.0)])
def test_halving_keeps_a_tone_and_lets_none_fold_onto_what_is_heard(step, rate, stopped, hertz):
    kept = through(step, sine(hertz, 2 * FRAMES, 2 * rate), 0.5)[FRAMES // 2 :]
    assert tone_level(kept, rate, hertz)[0] == pytest.approx(0.0, abs=0.001)
    folded = through(step, sine(rate - hertz, 2 * FRAMES, 2 * rate), 0.5)[FRAMES // 2 :]
    assert tone_level(folded, rate, hertz)[0] < stopped


@pytest.mark.parametrize(("again", "late"), [(False, DELAY_OF_TWO), (True, DELAY_OF_FOUR)])
def test_there_and_back_it_is_as_late_as_it_says(again, late):
    hertz = 100.0
    x = sine(hertz, FRAMES, RATE)
    upper = through(up, x, 2)
    if again:
        upper = through(down_again, through(up_again, upper, 2), 0.5)
    y = through(down, upper, 0.5)
    turns = np.exp(-2j * np.pi * hertz * np.arange(FRAMES) / RATE) * np.hanning(FRAMES)
    measured = -np.angle((y * turns).sum() / (x * turns).sum()) * RATE / (2 * np.pi * hertz)
    assert measured == pytest.approx(late, abs=0.02)
    assert late < 4.0


def test_a_cube_of_a_high_tone_folds_nowhere():
    """sin³ has a third harmonic at 42 kHz: at the sample rate it would fold to 6 kHz, 9.5 dB below the tone."""
    upper = through(up, sine(14_000.0, FRAMES, RATE), 2)
    y = through(down, upper**3, 0.5)[FRAMES // 2 :]
    tone, folded = tone_level(y, RATE, [14_000.0, 6_000.0])
    assert tone == pytest.approx(decibels(0.75), abs=0.01)
    assert folded < -95.0
