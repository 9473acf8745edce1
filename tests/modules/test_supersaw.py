"""The supersaw's pitch and width."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench
from tests.rig import rig
from tests.spectra import alias_level, cents, frequency_of, level, powers

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


@pytest.mark.parametrize("mix", [0.0, 0.5, 0.7, 0.9, 1.0])
def test_it_is_as_loud_as_a_saw_of_five_volts_and_never_above_10_v(mix):
    saw = 20 * np.log10(5 / np.sqrt(3))
    for detune in (0.4, 1.0):
        sound = KernelBench(Supersaw, block=960, detune=detune, mix=mix).run(10 * RATE)["out"][RATE // 2 :]
        assert level(sound) == pytest.approx(saw, abs=3.0), detune
        assert np.abs(sound).max() < 10.0, detune


@pytest.mark.parametrize("volts", [0.0, 4.0])
def test_aliases_lie_100_db_below_the_harmonics(volts):
    sound = KernelBench(Supersaw, block=960, detune=0.0, mix=1.0).run(2 * RATE, pitch=volts)["out"][:, 0]
    assert alias_level(sound[RATE // 2 :], RATE, C4 * 2**volts) < -100.0


def test_every_saw_voice_and_module_starts_at_a_phase_of_its_own():
    phases = [KernelBench(Supersaw, seed=seed).states["phase_now"].ravel() for seed in (1, 2)]
    starts = np.sort(np.concatenate(phases).astype(float))
    assert len(np.unique(starts)) == 2 * 7 * 16
    assert starts.std() == pytest.approx(2**32 / np.sqrt(12), rel=0.1)  # all over the cycle


def test_the_same_module_plays_the_same_sound_again():
    assert np.array_equal(play(0.1), play(0.1))


@pytest.mark.parametrize("volts", [-24.0, 24.0])
def test_extreme_pitches_stay_finite_and_bounded(volts):
    out = play(0.2, feeds={"pitch": 1}, jacks={"pitch": volts})
    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 24
