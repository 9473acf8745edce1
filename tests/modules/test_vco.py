"""The VCO's pitch, brightness and freedom from aliasing, under sync and modulation too."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.kernel_bench import KernelBench
from tests.spectra import alias_level, cents, decibels, frequency_of, tone_level

VCO = load_module_file(shipped_folder() / "oscillators" / "vco.py")
RATE = 48000
LATE = 19  # frames by which everything sounds late
SETTLED = 1000
WINDOW = 1 << 16
WAVES = ("sine", "triangle", "saw", "pulse")


def volts(hertz):
    return np.log2(hertz / C4_HZ)


def sine(hertz, frames=SETTLED + WINDOW, rate=RATE, peak=5.0):
    return peak * np.sin(2 * np.pi * hertz * np.arange(frames) / rate)


def play(hertz, rate=RATE, frames=WINDOW, **signals):
    """Every waveform of one voice, from when it has settled."""
    sound = KernelBench(VCO, rate=rate).run(SETTLED + frames, pitch=volts(hertz), **signals)
    return {wave: sound[wave][SETTLED : SETTLED + frames, 0] for wave in WAVES}


def ideal_levels(wave, harmonics):
    """Fourier series of the ±5 V waveforms, in dB relative to 1 V."""
    odd = harmonics % 2 == 1
    peaks = {
        "sine": np.where(harmonics == 1, 5.0, 0.0),
        "triangle": np.where(odd, 40 / (np.pi * harmonics) ** 2, 0.0),
        "saw": 10 / (np.pi * harmonics),
        "pulse": np.where(odd, 20 / (np.pi * harmonics), 0.0),
    }
    return decibels(peaks[wave])


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
@pytest.mark.parametrize("hertz", [440.0, 4186.009, 8372.018])
def test_aliases_lie_100_db_below_the_harmonics(hertz, rate):
    for wave, sound in play(hertz, rate).items():
        assert alias_level(sound, rate, hertz) < -100.0, wave


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
@pytest.mark.parametrize("hertz", [261.6256, 1046.5, 4186.009])
def test_harmonics_up_to_16_khz_have_the_levels_of_the_ideal_series(hertz, rate):
    harmonics = np.arange(1, int(16000 / hertz) + 1)
    for wave, sound in play(hertz, rate).items():
        ideal = ideal_levels(wave, harmonics)
        there = ideal > -100
        found = tone_level(sound, rate, harmonics[there] * hertz)
        assert found == pytest.approx(ideal[there], abs=0.1), wave


@pytest.mark.parametrize("octave", range(-5, 6))
def test_pitch_is_exact_to_a_hundredth_of_a_cent(octave):
    hertz = C4_HZ * 2.0**octave
    for wave, sound in play(hertz, frames=4 * RATE if octave < -2 else WINDOW).items():
        assert abs(cents(frequency_of(sound, RATE), hertz)) < 0.01, wave


def test_the_knobs_tune_in_semitones_and_cents():
    bench = KernelBench(VCO, frequency=7.0, fine=50.0)
    assert abs(cents(frequency_of(bench.run(WINDOW)["saw"][:, 0], RATE), C4_HZ) - 750) < 0.01


def test_a_low_note_does_not_drift():
    sound = KernelBench(VCO, block=4800).run(20 * RATE, pitch=-5.0, plugged=("pitch", "sine"))["sine"][:, 0]
    turns = C4_HZ / 32 * (np.arange(len(sound)) + 1 - LATE) / RATE
    assert np.abs(sound[LATE:] - 5 * np.sin(2 * np.pi * turns[LATE:])).max() < 0.01


def test_all_waveforms_rise_from_the_same_phase_at_5_v():
    for wave, sound in play(100.0, frames=4800).items():
        spectrum = np.fft.rfft(sound)[10]
        lead = np.angle(spectrum) - np.angle(np.fft.rfft(play(100.0, frames=4800)["sine"])[10])
        assert abs(lead) < 0.01, wave
        flat = np.sort(np.abs(sound))[: int(0.9 * len(sound))]  # all but the ripple of the edges
        assert flat.max() == pytest.approx({"saw": 4.5, "triangle": 4.5}.get(wave, 5.0), abs=0.12), wave


@pytest.mark.parametrize("width", [0.1, 0.25, 0.5, 0.8])
def test_the_pulse_is_high_for_its_width_of_the_cycle(width):
    mean = play(261.6256, frames=RATE, width=width)["pulse"].mean()
    assert mean == pytest.approx(5 * (2 * width - 1), abs=0.02)


@pytest.mark.parametrize("ratio", [0.7, 1.37, 2.718, 5.93, 9.4])
@pytest.mark.parametrize("master", [110.3, 441.7])
def test_hard_sync_to_a_sine_aliases_below_minus_80_db(master, ratio):
    for wave, sound in play(master * ratio, sync=sine(master)).items():
        assert alias_level(sound, RATE, master) < -80.0, wave


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("master", [110.3, 441.7, 1244.5])
def test_hard_sync_to_another_vco_aliases_below_minus_60_db_whatever_its_waveform(master, wave):
    sync = KernelBench(VCO).run(SETTLED + WINDOW, pitch=volts(master))[wave][:, 0]
    for slave, sound in play(master * 5.93, sync=sync).items():
        assert alias_level(sound, RATE, master) < -60.0, slave


def test_a_gate_starts_all_waveforms_anew_on_its_frame():
    gate = np.zeros(4800)
    gate[1000:] = 10.0
    sound = KernelBench(VCO).run(4800, pitch=0.0, sync=gate)
    turns = C4_HZ * (np.arange(1100, 3000) - 999) / RATE  # a gate rises from 0 V: right after the frame before
    assert sound["sine"][1100 + LATE : 3000 + LATE, 0] == pytest.approx(5 * np.sin(2 * np.pi * turns), abs=0.01)


OVERSAMPLING = 16
FRAMES = 8192
SWEEP = "sweep"  # by three octaves


def modulator(jack, what, factor):
    """The volts of a jack: steady, a sine of so many Hz, or a sweep; at ``factor`` times the sample rate.

    A frame's frequency moves the phase on from the frame before: what bends it comes late by half a frame and, if it is
    a sine, a little low, at either rate.
    """
    late, gain = 0.0, 1.0
    if jack in ("fm", "linear"):
        late = 0.5 - 0.5 / factor
    time = (np.arange(FRAMES * factor) - (factor - 1)) / factor + late
    if what == SWEEP:
        return 3 * time / FRAMES
    omega = 2 * np.pi * what / RATE
    if jack == "linear":
        gain = factor * np.sin(omega / 2 / factor) / np.sin(omega / 2)
    return 5.0 * gain * np.sin(omega * time)


def difference_to_oversampled(modulators, **steady):
    """How far each waveform lies, up to 16 kHz, from the same VCO run at 768 kHz, in dB relative to it."""
    length, start = 6000, 1000
    sounds = {}
    for factor in (1, OVERSAMPLING):
        signals = {jack: modulator(jack, what, factor) for jack, what in modulators.items()}
        sounds[factor] = KernelBench(VCO, rate=RATE * factor).run(FRAMES * factor, **signals, **steady)
    window = np.kaiser(length, 14)
    fine_window = np.interp(np.arange(length * OVERSAMPLING) / OVERSAMPLING, np.arange(length), window)
    heard = slice(int(20 * length / RATE), int(16000 * length / RATE))
    found = {}
    for wave in WAVES:
        at, fine_at = start + LATE, OVERSAMPLING * (start + 1) - 1 + LATE
        a = np.fft.rfft(sounds[1][wave][at : at + length, 0] * window)[heard]
        fine_part = sounds[OVERSAMPLING][wave][fine_at : fine_at + length * OVERSAMPLING, 0]
        b = np.fft.rfft(fine_part * fine_window)[heard] / OVERSAMPLING
        found[wave] = float(decibels(np.linalg.norm(a - b) / np.linalg.norm(b)))
    return found


@pytest.mark.parametrize(
    ("modulators", "steady"),
    [
        ({"pwm": 1500.0}, {"pitch": 1.3, "pwm_amount": 0.8}),
        ({"fm": 105.0}, {"pitch": 1.3, "fm_amount": 0.2}),
        ({"linear": 205.0}, {"pitch": 1.3, "linear_amount": 1.0}),
        ({"linear": 2005.0}, {"pitch": 1.3, "linear_amount": 0.5}),
        ({"linear": 205.0, "sync": 171.0}, {"pitch": 1.3, "linear_amount": 0.6}),
        ({"fm": SWEEP, "sync": 171.0}, {"pitch": 1.0, "fm_amount": 1.0}),
        (
            {"fm": 105.0, "linear": 205.0, "sync": 171.0, "pwm": 90.0},
            {"pitch": 1.3, "fm_amount": 0.1, "linear_amount": 0.3, "pwm_amount": 0.6},
        ),
    ],
    ids=["fast PWM", "exponential FM", "through zero", "fast FM", "through zero, synced", "swept sync", "all at once"],
)
def test_modulated_it_sounds_as_if_oversampled(modulators, steady):
    for wave, difference in difference_to_oversampled(modulators, **steady).items():
        assert difference < -70.0, wave


def test_a_frequency_through_zero_runs_the_waveform_backwards():
    sound = KernelBench(VCO, linear_amount=1.0).run(WINDOW, pitch=0.0, linear=-2.0)["saw"][:, 0]
    assert abs(cents(frequency_of(sound, RATE), C4_HZ)) < 0.01
    assert np.median(np.diff(sound)) < 0  # it falls


@pytest.mark.parametrize("lanes", [1, 16])
def test_wild_modulation_stays_finite_and_bounded(lanes):
    noise = np.random.default_rng(1)
    wild = {jack: noise.uniform(-24, 24, (RATE, lanes)) for jack in ("pitch", "fm", "linear", "sync", "pwm")}
    amounts = {"fm_amount": 1.0, "linear_amount": 1.0, "pwm_amount": 1.0}
    sound = KernelBench(VCO, lanes=lanes, **amounts).run(RATE, **wild)
    for wave in WAVES:
        assert np.isfinite(sound[wave]).all(), wave
        assert np.abs(sound[wave]).max() < 60.0, wave  # edges in every frame: the ripples of many may meet


def test_not_a_number_at_an_input_passes_by():
    bench = KernelBench(VCO)
    bench.run(480, pitch=np.nan, fm=np.inf, linear=-np.inf, sync=np.nan, pwm=np.nan)
    assert np.isfinite(bench.run(480, pitch=0.0)["saw"]).all()


def test_sixteen_voices_give_the_samples_of_sixteen_mono_runs():
    frames, voices = 9600, 16
    pitches = np.linspace(-4, 4, voices)
    signals = {"linear": sine(205.0, frames), "sync": sine(171.0, frames), "pwm": sine(90.0, frames)}
    amounts = {"linear_amount": 0.3, "pwm_amount": 0.6}
    poly = KernelBench(VCO, lanes=voices, **amounts).run(
        frames,
        pitch=np.tile(pitches, (frames, 1)),
        **{jack: np.tile(signal[:, None], voices) for jack, signal in signals.items()},
    )
    for voice, pitch in enumerate(pitches):
        mono = KernelBench(VCO, **amounts).run(frames, pitch=pitch, **signals)
        for wave in WAVES:
            assert np.abs(poly[wave][:, voice] - mono[wave][:, 0]).max() < 1e-3, (wave, voice)


@pytest.mark.parametrize("wave", WAVES)
def test_a_waveform_alone_sounds_as_it_does_among_the_others(wave):
    together = KernelBench(VCO).run(4800, pitch=1.0)[wave]
    assert np.array_equal(KernelBench(VCO).run(4800, pitch=1.0, plugged=("pitch", wave))[wave], together)


def test_blocks_of_any_length_give_the_same_samples():
    whole = KernelBench(VCO, block=960).run(960, pitch=1.0)
    for block in (16, 40, 64, 96):
        parts = KernelBench(VCO, block=block).run(960, pitch=1.0)
        for wave in WAVES:
            assert parts[wave][:960] == pytest.approx(whole[wave], abs=1e-4), (block, wave)
