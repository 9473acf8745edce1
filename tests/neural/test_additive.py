from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.neural.additive import BANDS, HARMONICS, AdditiveVoice, resynthesise

QUIET = np.zeros(BANDS, np.float32)


def harmonics(*levels: float) -> np.ndarray:
    return np.array([*levels, *[0.0] * (HARMONICS - len(levels))], np.float32)


def spectrum_db(sound: np.ndarray) -> np.ndarray:
    weights = np.blackman(len(sound))
    return 20 * np.log10(np.abs(np.fft.rfft(sound * weights)) * 2 / weights.sum() + 1e-9)


def test_each_harmonic_has_its_amplitude() -> None:
    frames = 150
    levels = np.tile(harmonics(1.0, 0.5, 0.1), (frames, 1))
    sound = resynthesise(48000, np.full(frames, 300.0), levels, np.zeros((frames, BANDS)))
    found = spectrum_db(sound[480 : 480 + 24000])
    assert found[[150, 300, 450]] == pytest.approx([0.0, -6.02, -20.0], abs=0.5)


@pytest.mark.parametrize("rate", [22050, 44100, 48000])
def test_nothing_folds_over_at_a_high_pitch(rate: int) -> None:
    frames = 250
    sound = resynthesise(rate, np.full(frames, 1900.0), np.ones((frames, HARMONICS)), np.zeros((frames, BANDS)))
    found = spectrum_db(sound[rate // 10 : rate // 10 + rate // 2])
    hertz = np.arange(len(found)) * 2.0
    between = np.abs(hertz / 1900.0 - np.rint(hertz / 1900.0)) * 1900.0 > 20
    assert found[between].max() < -80


def test_the_partials_of_stiff_strings_lie_wide() -> None:
    frames, inharmonicity = 300, 0.0005
    levels, quiet = np.tile(harmonics(*[0.1] * 20), (frames, 1)), np.zeros((frames, BANDS))
    sound = resynthesise(48000, np.full(frames, 200.0), levels, quiet, np.full(frames, inharmonicity))
    found = spectrum_db(sound[4800:52800])  # lines of 1 Hz
    number = np.arange(1, 21)
    asked = 200.0 * number * np.sqrt(1 + inharmonicity * number**2)
    peaks = [round(hertz) - 50 + int(found[round(hertz) - 50 : round(hertz) + 51].argmax()) for hertz in asked]
    assert peaks == pytest.approx(asked, abs=1.0)
    assert found[peaks] == pytest.approx(-20.0, abs=1.0)


def test_between_the_partials_is_silence() -> None:
    frames = 500
    hertz = 220.0 * 2.0 ** (0.03 * np.sin(np.arange(frames) / 10))  # a vibrato of 36 cents, 4 times a second
    still = resynthesise(
        48000, np.full(frames, 220.0), np.tile(harmonics(1.0, 1.0), (frames, 1)), np.zeros((frames, BANDS))
    )
    moving = resynthesise(48000, hertz, np.tile(harmonics(1.0, 1.0), (frames, 1)), np.zeros((frames, BANDS)))
    assert spectrum_db(still[9600:])[2000:].max() < -95
    assert spectrum_db(moving[9600:])[2000:].max() < -85


def test_a_change_of_everything_does_not_click() -> None:
    frames = 100
    first, second = harmonics(1.0), harmonics(0.0, 1.0)
    levels = np.where(np.arange(frames)[:, None] < 50, first, second)
    hertz = np.where(np.arange(frames) < 50, 200.0, 290.0)
    sound = resynthesise(48000, hertz, levels, np.zeros((frames, BANDS)))
    turning, ramps = 2 * np.pi * 580 / 48000, 2 / 192  # of the higher sine in a frame; of two amplitudes
    assert np.abs(np.diff(sound, n=2)).max() < turning**2 + ramps * (1 + turning)


def test_noise_has_the_power_asked_for_in_each_band() -> None:
    power = np.zeros(BANDS, np.float32)
    power[16:24] = 1e-3  # 4 … 6 kHz
    sound = resynthesise(48000, np.full(500, 200.0), np.zeros((500, HARMONICS)), np.tile(power, (500, 1)))
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / 48000)
    inside = spectrum[(hertz > 3700) & (hertz < 6300)].sum() / spectrum.sum()
    assert 10 * np.log10(np.mean(np.square(sound)) / 8e-3) == pytest.approx(0.0, abs=1.0)
    assert inside > 0.95


@pytest.mark.parametrize("rate", [32000, 48000, 96000])
def test_the_lowest_band_is_what_lies_below_125_hertz(rate: int) -> None:
    power = np.zeros(BANDS, np.float32)
    power[0] = 2e-3  # in 250 Hz, of which it has half
    sound = resynthesise(rate, np.full(2000, 200.0), np.zeros((2000, HARMONICS)), np.tile(power, (2000, 1)))
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / rate)
    assert 10 * np.log10(np.mean(np.square(sound)) / 1e-3) == pytest.approx(0.0, abs=1.0)
    assert spectrum[hertz < 200].sum() / spectrum.sum() > 0.9


def test_blocks_of_any_size_make_the_same_sound() -> None:
    def made(block: int) -> np.ndarray:
        voice, out = AdditiveVoice(48000), np.zeros(192, np.float32)
        voice.aim(440.0, harmonics(0.5, 0.2), np.full(BANDS, 1e-4, np.float32))
        for start in range(0, 192, block):
            voice.render(out[start : start + block], start)
        return out

    assert made(16) == pytest.approx(made(192), abs=1e-6)
