"""The supersaw's pitch and width."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.rig import rig
from tests.spectra import cents, frequency_of, level, powers

Supersaw = load_module_file(shipped_folder() / "oscillators" / "supersaw.py")
RATE = 48000
C4 = 261.6256
PURE = {"detune": 0.0, "mix": 0.0}


def play(seconds=2.0, feeds=None, jacks=None, **knobs):
    """The output's channels after the first half second, float32[frames, channels]."""
    with rig(Supersaw, feeds=feeds or {}, **knobs) as under_test:
        return under_test.run(seconds + 0.5, **(jacks or {}))["out"][RATE // 2 :]


@pytest.mark.parametrize("volts", [-4.0, -2.0, 0.0, 1.5, 5.0])
def test_one_volt_is_one_octave_within_a_cent(volts):
    out = play(feeds={"pitch": 1}, jacks={"pitch": volts}, **PURE)[:, 0]
    assert abs(cents(frequency_of(out, RATE), C4 * 2**volts)) < 1


def test_frequency_and_fine_tune_in_semitones_and_cents():
    out = play(frequency=-12.0, fine=50.0, **PURE)[:, 0]
    assert cents(frequency_of(out, RATE), C4) == pytest.approx(-1150, abs=1)


def test_every_channel_has_its_own_pitch():
    volts = np.float32([0.0, 7 / 12, 1.0])
    out = play(feeds={"pitch": 3}, jacks={"pitch": np.tile(volts, (5 * RATE, 1))}, **PURE)
    assert out.shape[1] == 3
    for channel, volt in enumerate(volts):
        assert abs(cents(frequency_of(out[:, channel], RATE), C4 * 2**volt)) < 1


def spread(**settings):
    """The standard deviation around C4, in cents, of the energy within a tone of it."""
    frequencies, power = powers(play(seconds=4.0, **settings)[:, 0], RATE)
    around = (frequencies > C4 * 2 ** (-1 / 6)) & (frequencies < C4 * 2 ** (1 / 6))
    offsets = 1200 * np.log2(frequencies[around] / C4)
    return np.sqrt(np.average(offsets**2, weights=power[around]))


def test_detune_spreads_the_saws():
    narrow, middle, wide = (spread(detune=detune, mix=1.0) for detune in (0.0, 0.5, 0.8))
    assert narrow < 5
    assert narrow < middle < wide


def test_10_volts_of_detune_cv_sweep_the_whole_range():
    by_jack = spread(feeds={"detune_cv": 1}, jacks={"detune_cv": 5.0}, detune=0.0, mix=1.0)
    assert by_jack == pytest.approx(spread(detune=0.5, mix=1.0), rel=0.3)


def test_it_plays_about_as_loud_as_a_saw_of_five_volts():
    saw = 20 * np.log10(5 / np.sqrt(3))
    assert level(play(seconds=5.0)[:, 0]) == pytest.approx(saw, abs=6.0)


@pytest.mark.parametrize("volts", [-24.0, 24.0])
def test_extreme_pitches_stay_finite_and_bounded(volts):
    out = play(0.2, feeds={"pitch": 1}, jacks={"pitch": volts})
    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 24
