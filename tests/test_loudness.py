"""Loudness after BS.1770, held against the standard's own numbers and against pyloudnorm."""

from __future__ import annotations

import math

import numpy as np
import pyloudnorm
import pytest

from synthvr_server.loudness import LoudnessMeter


def integrated(sound: np.ndarray, rate: int, piece: int = 1_000) -> float:
    meter = LoudnessMeter(rate, sound.shape[1])
    for start in range(0, len(sound), piece):
        meter.hear(sound[start : start + piece].astype(np.float32))
    return meter.integrated


def sine(hertz: float, decibels: float, seconds: float, rate: int = 48_000) -> np.ndarray:
    tone = 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)
    return np.column_stack((tone, tone))


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_a_sine_of_1_khz_on_both_sides_is_as_loud_as_it_is_high(rate: int) -> None:
    assert integrated(sine(997, -23, 5, rate), rate) == pytest.approx(-23.0, abs=0.05)  # EBU Tech 3341, case 1


def test_what_is_quiet_by_more_than_ten_units_is_not_counted() -> None:
    sound = np.concatenate([sine(997, level, seconds) for level, seconds in ((-36, 10), (-23, 60), (-36, 10))])
    assert integrated(sound, 48_000) == pytest.approx(-23.0, abs=0.1)  # EBU Tech 3341, case 3


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_pyloudnorm(seed: int) -> None:
    rng = np.random.default_rng(seed)
    swell = np.repeat(rng.uniform(0, 0.5, (40, 2)) ** 2, 4_800, axis=0)
    sound = swell * rng.standard_normal(swell.shape).cumsum(0) / 60
    theirs = pyloudnorm.Meter(48_000).integrated_loudness(sound)
    assert integrated(sound, 48_000) == pytest.approx(theirs, abs=0.1)


def test_silence_and_what_is_too_short_to_tell_have_no_loudness() -> None:
    assert integrated(np.zeros((48_000, 2)), 48_000) == -math.inf
    assert integrated(sine(997, 0, 0.3), 48_000) == -math.inf
