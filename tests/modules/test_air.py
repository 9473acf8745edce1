"""Air: what it lifts, what it leaves, what it adds, in dB."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench
from tests.spectra import alias_level, level, powers, tone_level

AIR = load_module_file(shipped_folder() / "effects" / "air.py")
RATE = 48000
LATE = round(AIR.latency * RATE)
SECONDS = 1.5
BREATH = 1.0


def sine(hertz, peak, frames=RATE, rate=RATE):
    return peak * np.sin(2 * np.pi * hertz * np.arange(frames) / rate)


def pink(decibels):
    """Pink noise with an effective level in dB relative to ±5 V."""
    spectrum = np.fft.rfft(np.random.default_rng(5).standard_normal(round(SECONDS * RATE)))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0.0
    noise = np.fft.irfft(spectrum)
    return 5 * 10 ** (decibels / 20) * noise / np.sqrt(np.mean(noise**2))


def played(signal, **settings):
    return KernelBench(AIR, **settings).run(len(signal), audio=signal)["out"][: len(signal), 0]


def change(before, after, low, high):
    """By how much a band got louder, in dB."""
    frequencies, was = powers(before[RATE // 2 :], RATE)
    _, now = powers(after[RATE // 2 :], RATE)
    band = (frequencies >= low) & (frequencies < high)
    return 10 * np.log10(now[band].sum() / was[band].sum())


def test_no_air_is_the_input_twenty_frames_later():
    noise = pink(-12.0)
    sound = played(noise, air=0.0)
    assert LATE == 20
    assert sound[LATE:] == pytest.approx(noise[:-LATE], abs=1e-5)


def test_full_air_lifts_what_lies_above_6_khz_by_12_db_and_leaves_the_lows():
    noise = pink(-18.0)
    sound = played(noise, air=1.0)
    assert change(noise, sound, 6000, 20000) == pytest.approx(12.0, abs=1.5)
    assert change(noise, sound, 30, 500) == pytest.approx(0.0, abs=1.0)


def test_quiet_highs_are_lifted_more_than_loud_ones():
    quiet, loud = pink(-30.0), pink(-6.0)
    assert change(quiet, played(quiet, air=1.0), 6000, 20000) > 18.0
    assert change(loud, played(loud, air=1.0), 6000, 20000) < 6.0


def test_air_grows_with_the_knob():
    noise = pink(-18.0)
    lifts = [change(noise, played(noise, air=air), 6000, 20000) for air in (0.25, 0.5, 0.75, 1.0)]
    assert np.all(np.diff(lifts) > 0.5)


def test_ten_volts_of_cv_are_full_air():
    noise = pink(-18.0)
    by_cv = KernelBench(AIR, air=0.0).run(len(noise), audio=noise, air_cv=10.0)["out"][:, 0]
    assert by_cv == pytest.approx(played(noise, air=1.0), abs=1e-5)


def test_the_crossover_says_where_the_highs_begin():
    noise = pink(-18.0)
    low, high = (change(noise, played(noise, air=1.0, crossover=hertz), 2000, 3000) for hertz in (1000.0, 8000.0))
    assert low > high + 3.0


def test_no_mix_is_the_dry_sound():
    noise = pink(-18.0)
    assert played(noise, air=1.0, mix=0.0)[LATE:] == pytest.approx(noise[:-LATE], abs=1e-6)


@pytest.mark.parametrize("mode", [0.0, BREATH])
def test_silence_stays_silent(mode):
    assert level(played(np.zeros(RATE), air=1.0, mode=mode)) < -200.0


@pytest.mark.parametrize("peak", [1.0, 5.0, 10.0])
def test_a_saturated_5_khz_does_not_alias(peak):
    sound = played(sine(4987.0, peak), air=1.0, mix=1.0)[RATE // 4 :]
    assert alias_level(sound, RATE, 4987.0) < -70.0


def test_breath_is_noise_above_the_crossover_that_follows_the_input():
    loud, quiet = sine(330.0, 5.0), sine(330.0, 0.5)
    noises = [played(tone, air=1.0, mix=1.0, mode=BREATH)[LATE:] - tone[:-LATE] for tone in (loud, quiet)]
    strong, weak = (noise[RATE // 4 :] for noise in noises)
    assert level(strong) - level(weak) == pytest.approx(20.0, abs=0.5)
    frequencies, power = powers(strong, RATE)
    assert 10 * np.log10(power[frequencies > 4000].sum() / power[frequencies < 1000].sum()) > 20.0


def test_breath_ends_with_the_tone():
    tone = sine(330.0, 5.0)
    tone[RATE // 2 :] = 0.0
    assert level(played(tone, air=1.0, mode=BREATH)[-RATE // 10 :]) < -40.0


@pytest.mark.parametrize("rate", [22050, 44100, 48000, 96000])
@pytest.mark.parametrize("mode", [0.0, BREATH])
def test_it_is_stable_at_every_rate_and_comes_to_rest(rate, mode):
    wild = np.random.default_rng(1).uniform(-24, 24, rate // 4)
    bench = KernelBench(AIR, rate=rate, air=1.0, mix=1.0, mode=mode, crossover=8000.0)
    assert np.abs(bench.run(len(wild), audio=wild)["out"]).max() < 60.0
    assert level(bench.run(2 * rate)["out"][-rate // 4 :]) < -100.0


def test_blocks_of_any_length_give_the_same_samples():
    noise = pink(-12.0)[:9600]
    whole = KernelBench(AIR, block=960, air=1.0).run(9600, audio=noise)["out"]
    for block in (16, 40, 64, 100):
        parts = KernelBench(AIR, block=block, air=1.0).run(9600, audio=noise)["out"]
        assert parts[:9600] == pytest.approx(whole, abs=1e-4), block


def test_sixteen_voices_give_the_samples_of_sixteen_mono_runs():
    noise = np.random.default_rng(2).uniform(-5, 5, (4800, 16))
    poly = KernelBench(AIR, lanes=16, air=0.8).run(4800, audio=noise)["out"]
    for voice in range(16):
        mono = KernelBench(AIR, air=0.8).run(4800, audio=noise[:, voice])["out"]
        assert poly[:, voice] == pytest.approx(mono[:, 0], abs=1e-3), voice


def test_between_air_and_breath_both_are_mixed_so_that_the_switch_fades():
    tone = sine(6000.0, 0.5)
    air, between, breath = (tone_level(played(tone, mode=mode)[RATE // 2 :], RATE, 6000.0)[0] for mode in (0, 0.5, 1))
    assert breath + 2.0 < between < air - 2.0
    assert AIR.declaration.knobs["mode"].glide == 0.02
