"""How well each way of making up phases meets the magnitudes asked for, seen through scipy's STFT."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import signal

from synthvr_server.neural.phase import ITERATIONS, LATE, Resynthesis
from synthvr_server.neural.stft import BINS, HOP, SIZE, analyse

RATE = 48000


def chord(seconds=1.0):
    """Six plucked saws with vibrato, one after the other, and bursts of noise; ±4 V."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = 0.05 * np.random.default_rng(1).standard_normal(len(time)) * np.exp(-32 * (time % 0.25))
    for number, hertz in enumerate((110.0, 164.8, 220.0, 277.2, 329.6, 440.0)):
        start = 0.12 * number
        swell = np.where(time >= start, np.exp(-1.5 * (time - start)), 0.0)
        cycles = np.cumsum(hertz * (1 + 0.003 * np.sin(2 * np.pi * 5 * time))) / RATE
        for harmonic in range(1, int(8000 / hertz)):
            sound += swell * np.sin(2 * np.pi * harmonic * cycles) / harmonic
    return (4 * sound / np.abs(sound).max()).astype(np.float32)


def resynthesised(sound, how, iterations=ITERATIONS):
    """The sound from its magnitudes alone (or, kept, with its phases), frame by frame."""
    frames, spectra, (x, y) = Resynthesis(), np.zeros((2, 2, BINS), np.float32), np.zeros((2, 2, SIZE), np.float32)
    heard = np.pad(sound, (SIZE - HOP, LATE))
    out = np.zeros(len(sound) + LATE, np.float32)
    for start in range(0, len(sound) + LATE - HOP, HOP):
        frame = heard[start : start + SIZE]
        frames.pop(out[start : start + HOP])
        analyse(frame, frame, spectra, x, y)
        magnitudes = np.hypot(spectra[0, 0], spectra[0, 1])
        if how == "kept":
            frames.keep(magnitudes, spectra[0], False)
        elif how == "random":
            frames.scatter(magnitudes)
        else:
            frames.predict(magnitudes)
            for _ in range(iterations):
                frames.iterate(how == "fast")
    return out[LATE - HOP : LATE - HOP + len(sound)]


def convergence(wanted, found, first=SIZE):
    """Spectral convergence in dB, by scipy's STFT: the error of the magnitudes over the magnitudes."""
    was, now = (
        np.abs(signal.stft(sound[first:], window="hann", nperseg=SIZE, noverlap=SIZE - HOP, boundary=None)[2])
        for sound in (wanted, found)
    )
    return 20 * np.log10(np.linalg.norm(now - was) / np.linalg.norm(was))


@pytest.fixture(scope="module")
def sound():
    return chord()


def test_kept_phases_give_the_sound_back(sound):
    assert resynthesised(sound, "kept")[:-HOP] == pytest.approx(sound[:-HOP], abs=4e-5)


def test_random_phases_do_not_meet_the_magnitudes(sound):
    assert convergence(sound, resynthesised(sound, "random")) > -6.0


def test_griffin_lim_finds_phases_that_do(sound):
    assert convergence(sound, resynthesised(sound, "plain")) < -20.0


def test_fast_griffin_lim_finds_better_ones(sound):
    plain, fast = (convergence(sound, resynthesised(sound, how)) for how in ("plain", "fast"))
    assert fast < -23.0
    assert fast < plain - 2.0


def test_it_holds_between_the_frames_of_the_analysis_too(sound):
    assert convergence(sound, resynthesised(sound, "fast"), first=SIZE + HOP // 2) < -18.0


def test_more_iterations_find_better_phases(sound):
    assert (
        convergence(sound, resynthesised(sound, "fast", 16)) < convergence(sound, resynthesised(sound, "fast", 4)) - 2.0
    )


def test_silence_stays_silent():
    for how in ("kept", "random", "plain", "fast"):
        assert not resynthesised(np.zeros(4 * SIZE, np.float32), how).any()
