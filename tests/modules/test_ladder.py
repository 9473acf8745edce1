"""The ladder's tuning, slopes, resonance, drive and stability."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.kernel_bench import KernelBench
from tests.rig import rig
from tests.spectra import alias_level, cents, decibels, frequency_of, high_passed, level, tone_level

LADDER = load_module_file(shipped_folder() / "filters" / "ladder.py")
RATE = 48000
WINDOW = 1 << 15


def sine(hertz, frames=2 * WINDOW, peak=5.0, rate=RATE):
    return peak * np.sin(2 * np.pi * hertz * np.arange(frames) / rate)


def gain(hertz, peak=0.1, **settings):
    """What becomes of a small sine, in dB."""
    sound = KernelBench(LADDER, **settings).run(2 * WINDOW, audio=sine(hertz, peak=peak))["out"]
    return float(tone_level(sound[WINDOW:, 0], RATE, hertz)[0] - 20 * np.log10(peak))


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
@pytest.mark.parametrize("octave", range(-3, 6))
def test_it_oscillates_in_tune_over_eight_octaves(octave, rate):
    hertz = C4_HZ * 2.0**octave
    frames = rate * (10 if octave < 0 else 3)
    click = np.zeros(frames)
    click[0] = 5.0  # low notes would take seconds to rise from the noise
    for resonance in (0.95, 1.0):
        bench = KernelBench(LADDER, rate=rate, cutoff=C4_HZ, resonance=resonance, block=480)
        sound = bench.run(frames, audio=click, pitch=float(octave))["out"][:, 0]
        steady = sound[-frames // 3 :]
        assert abs(cents(frequency_of(steady, rate), hertz)) < 1.0, resonance


@pytest.mark.parametrize("slope", [0, 1])
@pytest.mark.parametrize("hertz", [440.0, 9000.0])
def test_at_full_resonance_it_oscillates_at_5_v_from_nothing(slope, hertz):
    sound = KernelBench(LADDER, cutoff=hertz, resonance=1.0, slope=slope).run(2 * RATE)["out"][RATE:, 0]
    assert np.abs(sound).max() == pytest.approx(5.0, abs=0.3)


def test_below_nine_tenths_of_resonance_a_click_dies_away():
    click = np.zeros(RATE)
    click[0] = 5.0
    sound = KernelBench(LADDER, cutoff=440.0, resonance=0.85).run(RATE, audio=click)["out"][:, 0]
    assert level(sound[-4800:]) < -80.0


def test_silence_in_is_silence_out():
    for cutoff in (20.0, 1000.0, 20000.0):
        sound = KernelBench(LADDER, cutoff=cutoff).run(RATE)["out"]
        assert level(sound) < -100.0


@pytest.mark.parametrize(("slope", "poles"), [(0, 2), (1, 4)])
def test_the_slope_is_that_of_its_poles(slope, poles):
    at_cutoff = gain(500.0, cutoff=500.0, slope=slope)
    assert at_cutoff == pytest.approx(-3.01 * poles, abs=0.1)
    octave = gain(4000.0, cutoff=250.0, slope=slope) - gain(2000.0, cutoff=250.0, slope=slope)
    assert octave == pytest.approx(-6.02 * poles, abs=0.8)
    assert gain(50.0, cutoff=5000.0, slope=slope) == pytest.approx(0.0, abs=0.05)


def test_full_resonance_costs_the_passband_less_than_5_db():
    for resonance in (0.25, 0.5, 0.8):
        assert -5.0 < gain(50.0, cutoff=2000.0, resonance=resonance) < 0.0


def test_resonance_lifts_the_cutoff():
    peaks = [gain(1000.0, peak=0.01, cutoff=1000.0, resonance=resonance) for resonance in (0.0, 0.4, 0.8)]
    assert peaks[0] == pytest.approx(-12.0, abs=0.2)
    assert peaks[1] > -6.0
    assert peaks[2] > 15.0


@pytest.mark.parametrize("jack", ["pitch", "cutoff_cv"])
def test_a_volt_moves_the_cutoff_by_an_octave(jack):
    moved = KernelBench(LADDER, cutoff=500.0, cutoff_amount=1.0)
    sound = moved.run(2 * WINDOW, audio=sine(1000.0, peak=0.1), **{jack: 1.0})["out"][WINDOW:, 0]
    assert float(tone_level(sound, RATE, 1000.0)[0]) + 20 == pytest.approx(-12.04, abs=0.1)


def test_ten_volts_of_resonance_cv_sweep_the_whole_range():
    sound = KernelBench(LADDER, cutoff=440.0).run(2 * RATE, resonance_cv=10.0)["out"][RATE:, 0]
    assert np.abs(sound).max() == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize(("drive", "third"), [(0.0, -55.0), (12.0, -30.0), (24.0, -12.0)])
def test_drive_adds_odd_harmonics(drive, third):
    sound = KernelBench(LADDER, cutoff=20000.0, drive=drive).run(2 * WINDOW, audio=sine(261.63))["out"][WINDOW:, 0]
    first, second, found = tone_level(sound, RATE, [261.63, 523.26, 784.89])
    assert second - first < -90.0
    assert found - first == pytest.approx(third, abs=6.0)
    assert np.abs(sound).max() < 12.0


def test_plain_or_at_four_times_the_rate_it_is_as_late_as_it_says():
    steps = np.repeat(np.random.default_rng(1).uniform(-1, 1, 600), 80)  # mostly low
    for drive, rate in ((0.0, RATE), (0.01, 4 * RATE)):
        sound = KernelBench(LADDER, cutoff=20000.0, drive=drive).run(RATE, audio=steps)["out"][WINDOW // 2 :, 0]
        fed = steps[WINDOW // 2 :]
        spectrum = np.fft.rfft(sound) * np.conj(np.fft.rfft(fed))
        low = np.arange(20, 600)  # up to 900 Hz
        turns = np.unwrap(np.angle(spectrum))[low] / (2 * np.pi)
        late = -np.polyfit(low / len(fed), turns, 1)[0]
        poles = 2 / np.tan(np.pi * 20000.0 / rate) * RATE / rate  # frames that the filter itself takes
        assert late - poles == pytest.approx(LADDER.latency * RATE, abs=0.6), drive


def test_with_nothing_to_bend_it_stays_plain_and_costs_what_it_did():
    """A quarter of the frames, a quarter of the work: what a filter keeps at four times the rate stays empty."""
    bench = KernelBench(LADDER, cutoff=1000.0, resonance=0.8)
    bench.run(RATE, audio=sine(440.0, RATE), pitch=np.linspace(-2.0, 2.0, RATE))
    assert not bench.states["steep"].any()
    driven = KernelBench(LADDER, drive=3.0)
    driven.run(RATE, audio=sine(440.0, RATE))
    assert driven.states["steep"].any()


def test_the_slope_is_switched_without_a_click():
    frames = RATE // 2
    with rig(LADDER, feeds={"audio": 1}, cutoff=1000.0) as under_test:

        def switch(frame):
            if frame == 12000 // 64 * 64:
                under_test.turn(slope=0)

        sound = under_test.run(0.5, before_block=switch, audio=sine(220.0, frames))["out"][4800:, 0]
    assert decibels(np.abs(high_passed(sound, RATE, 4000.0)).max() / 5.0) < -60.0


def test_a_driven_sine_does_not_alias_before_it_clips():
    for hertz in (261.63, 1046.5, 4186.0):
        sound = KernelBench(LADDER, cutoff=20000.0, drive=12.0).run(2 * WINDOW, audio=sine(hertz))["out"][WINDOW:, 0]
        assert alias_level(sound, RATE, hertz) < -100.0


@pytest.mark.parametrize("lanes", [1, 16])
def test_it_recovers_from_noise_at_every_input(lanes):
    noise = np.random.default_rng(1)
    wild = {jack: noise.uniform(-24, 24, (RATE, lanes)) for jack in ("audio", "pitch", "cutoff_cv", "resonance_cv")}
    settings = {"cutoff": 1000.0, "resonance": 1.0, "cutoff_amount": 1.0, "drive": 24.0}
    bench = KernelBench(LADDER, lanes=lanes, **settings)
    assert np.abs(bench.run(RATE, **wild)["out"]).max() < 150.0  # white noise of ±48 octaves; the jack holds ±24 V
    calm = bench.run(2 * RATE, resonance_cv=-10.0)["out"]
    assert level(calm[RATE:]) < -80.0


def test_cutoff_modulated_at_audio_rate_stays_bounded():
    signals = {"audio": np.sign(sine(97.0, RATE)) * 5, "cutoff_cv": sine(3000.3, RATE)}
    sound = KernelBench(LADDER, resonance=1.0, cutoff_amount=1.0).run(RATE, **signals)["out"]
    assert np.abs(sound).max() < 24.0


def test_not_a_number_at_an_input_passes_by():
    bench = KernelBench(LADDER, resonance=0.5)
    bench.run(480, audio=np.nan, pitch=np.inf, cutoff_cv=np.nan, resonance_cv=np.nan)
    assert np.isfinite(bench.run(480)["out"]).all()


def test_sixteen_voices_give_the_samples_of_sixteen_mono_runs():
    frames, voices = 4800, 16
    pitches = np.linspace(-4, 4, voices)
    audio, cutoff_cv = sine(110.0, frames), sine(7.0, frames)
    settings = {"cutoff": 800.0, "resonance": 0.8, "cutoff_amount": 0.3, "drive": 6.0}
    poly = KernelBench(LADDER, lanes=voices, **settings).run(
        frames,
        audio=np.tile(audio[:, None], voices),
        pitch=np.tile(pitches, (frames, 1)),
        cutoff_cv=np.tile(cutoff_cv[:, None], voices),
    )["out"]
    for voice, pitch in enumerate(pitches):
        mono = KernelBench(LADDER, **settings).run(frames, audio=audio, pitch=pitch, cutoff_cv=cutoff_cv)["out"]
        assert np.abs(poly[:, voice] - mono[:, 0]).max() < 1e-4, voice


def test_blocks_of_any_length_give_the_same_samples():
    settings = {"cutoff": 800.0, "resonance": 0.9}
    whole = KernelBench(LADDER, block=960, **settings).run(960, audio=sine(110.0, 960))["out"]
    for block in (16, 40, 64, 96):
        parts = KernelBench(LADDER, block=block, **settings).run(960, audio=sine(110.0, 960))["out"]
        assert parts[:960] == pytest.approx(whole, abs=1e-4), block
