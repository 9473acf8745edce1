"""The measurements measure what they say, on signals whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.spectra import alias_level, cents, frequency_of, level, tone_level

RATE = 48000
TIME = np.arange(1 << 16) / RATE


def test_the_frequency_of_a_tone_is_found_to_a_thousandth_of_a_cent():
    for hertz in (30.3, 441.7, 4186.009, 12345.6):
        assert abs(cents(frequency_of(np.sin(2 * np.pi * hertz * TIME), RATE), hertz)) < 1e-3


def test_the_strongest_tone_is_the_one_that_is_found():
    sound = np.sin(2 * np.pi * 440.3 * TIME) + 0.5 * np.sin(2 * np.pi * 880.6 * TIME) + 3
    assert frequency_of(sound, RATE) == pytest.approx(440.3, abs=1e-4)


def test_levels_are_relative_to_one_volt():
    sound = 5 * np.sin(2 * np.pi * 441.7 * TIME)
    assert tone_level(sound, RATE, 441.7)[0] == pytest.approx(13.979, abs=1e-3)
    assert level(sound) == pytest.approx(13.979 - 3.01, abs=0.01)


def test_a_stranger_among_the_harmonics_is_alias():
    sound = np.sin(2 * np.pi * 1000 * TIME) + 0.001 * np.sin(2 * np.pi * 2500.5 * TIME)
    assert alias_level(sound, RATE, 1000) == pytest.approx(-60.0, abs=0.01)


def test_a_pure_tone_has_no_alias():
    assert alias_level(np.sin(2 * np.pi * 1000.123 * TIME), RATE, 1000.123) < -140.0


def test_a_naive_saw_aliases_as_badly_as_is_known():
    saw = 2 * (4186.009 * TIME % 1) - 1
    assert alias_level(saw, RATE, 4186.009) == pytest.approx(-9.0, abs=3.0)
