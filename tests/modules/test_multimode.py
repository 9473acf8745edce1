"""The multimode filter's responses, and that it stays in tune and stable."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.rig import rig
from tests.spectra import cents

Multimode = load_module_file(shipped_folder() / "filters" / "multimode.py")
RATE = 48000
START, WINDOW = 4800, 48000  # frames: when the impulse comes, and how much of the response is looked at
BUTTERWORTH = float(np.log(np.sqrt(2)) / np.log(50))  # the resonance knob's place for Q = 0.71
SHARP = float(np.log(40) / np.log(50))  # for Q = 20
RNG = np.random.default_rng(3)


def responses(jacks=None, rate=RATE, **knobs):
    """Output → gain in dB at 1 Hz steps."""
    impulse = np.zeros(START + WINDOW, np.float32)
    impulse[START] = 1.0
    jacks = {"audio": impulse} | (jacks or {})
    with rig(Multimode, feeds=dict.fromkeys(jacks, 1), rate=rate, **knobs) as under_test:
        heard = under_test.run((START + WINDOW) / rate, **jacks)
    return {
        name: 20 * np.log10(np.abs(np.fft.rfft(volts[START : START + rate, 0])) + 1e-9) for name, volts in heard.items()
    }


def top(gains):
    """The frequency of the highest gain, between the 1 Hz steps."""
    peak = int(np.argmax(gains))
    low, middle, high = gains[peak - 1 : peak + 2]
    return peak + 0.5 * (low - high) / (low - 2 * middle + high)


def test_low_and_high_fall_by_12_dB_per_octave_and_cross_at_minus_3_dB():
    heard = responses(cutoff=1000.0, resonance=BUTTERWORTH)
    assert heard["low"][[20, 1000]] == pytest.approx([0.0, -3.0], abs=0.1)
    assert heard["low"][4000] - heard["low"][2000] == pytest.approx(-12, abs=0.6)
    assert heard["high"][[20000, 1000]] == pytest.approx([0.0, -3.0], abs=0.1)
    assert heard["high"][250] - heard["high"][125] == pytest.approx(12, abs=0.2)


def test_band_and_notch_mirror_each_other_at_the_cutoff():
    heard = responses(cutoff=1000.0, resonance=BUTTERWORTH)
    assert heard["band"][1000] == pytest.approx(0.0, abs=0.05)
    assert heard["band"][500] - heard["band"][250] == pytest.approx(5.4, abs=1.0)
    assert heard["notch"][1000] < -40
    assert heard["notch"][[20, 20000]] == pytest.approx([0.0, 0.0], abs=0.05)


@pytest.mark.parametrize("hertz", [100.0, 440.0, 3000.0, 12000.0, 18000.0])
def test_the_cutoff_is_in_tune(hertz):
    band = responses(cutoff=hertz, resonance=SHARP)["band"]
    assert abs(cents(top(band), hertz)) < 3


def test_the_resonance_knob_raises_the_cutoff_by_its_Q():
    for knob, q in ((0.0, 0.5), (0.5, 3.54), (1.0, 25.0)):
        low = responses(cutoff=1000.0, resonance=knob)["low"]
        assert low[1000] == pytest.approx(20 * np.log10(q), abs=0.2)


@pytest.mark.parametrize("hertz", [200.0, 5000.0, 10000.0, 14000.0, 20000.0])
@pytest.mark.parametrize("q", [5.0, 25.0])
def test_a_resonance_is_as_wide_at_every_frequency(hertz, q):
    band = responses(cutoff=hertz, resonance=float(np.log(2 * q) / np.log(50)))["band"]
    within = np.flatnonzero(band > -3.01)
    assert hertz / (within[-1] - within[0] + 1) == pytest.approx(q, rel=0.12 if hertz < 1000 else 0.03)


@pytest.mark.parametrize("hertz", [1000.0, 14000.0])
def test_without_resonance_the_low_pass_is_3_dB_down_at_its_cutoff(hertz):
    assert responses(cutoff=hertz, resonance=BUTTERWORTH)["low"][int(hertz)] == pytest.approx(-3.0, abs=0.1)


def test_volts_move_the_cutoff_by_octaves():
    for jacks, amount in (({"pitch": 2.0}, 0.0), ({"cutoff_cv": 4.0}, 0.5), ({"pitch": -1.0, "cutoff_cv": -3.0}, -1.0)):
        band = responses(jacks, cutoff=500.0, resonance=SHARP, cutoff_amount=amount)["band"]
        assert abs(cents(top(band), 2000.0)) < 3


def test_after_a_jump_of_the_cutoff_it_is_in_tune():
    jump = np.where(np.arange(START + WINDOW) < START // 2, -2.0, 1.0)
    band = responses({"pitch": jump}, cutoff=1000.0, resonance=SHARP)["band"]
    assert abs(cents(top(band), 2000.0)) < 3


def test_a_cutoff_that_a_cv_moves_at_audio_rate_is_in_tune():
    cv = 0.1 * np.sin(2 * np.pi * 3000 * np.arange(START + WINDOW) / RATE)
    band = responses({"cutoff_cv": cv}, cutoff=1000.0, resonance=SHARP, cutoff_amount=1.0)["band"]
    assert abs(cents(top(band), 1000.0)) < 3


@pytest.mark.parametrize("resonance", [0.0, 1.0])
@pytest.mark.parametrize("modulation", ["noise", "square"])
def test_audio_rate_cutoff_from_end_to_end_stays_finite_and_dies_away(resonance, modulation):
    frames = RATE // 2
    swing = {
        "noise": RNG.uniform(-10, 10, frames),
        "square": np.where(np.arange(frames) // 20 % 2, 10.0, -10.0),
    }[modulation]
    jacks = {"audio": RNG.uniform(-5, 5, frames), "cutoff_cv": swing}
    with rig(Multimode, feeds=dict.fromkeys(jacks, 1), resonance=resonance, cutoff_amount=1.0) as under_test:
        under_test.run(0.5, **jacks)
        assert under_test.node.not_finite[0] == 0
        after = under_test.run(0.5, audio=0.0, cutoff_cv=0.0)
    for volts in after.values():
        assert np.abs(volts[-4800:]).max() < 0.001


def test_every_channel_has_its_own_cutoff():
    noise = RNG.uniform(-5, 5, (RATE // 4, 1)).astype(np.float32) * np.ones((1, 3), np.float32)
    volts = np.tile(np.float32([-2.0, 0.0, 2.0]), (len(noise), 1))
    with rig(Multimode, feeds={"audio": 3, "pitch": 3}) as under_test:
        low = under_test.run(0.25, audio=noise, pitch=volts)["low"]
    loudness = np.sqrt(np.mean(low[4800:] ** 2, axis=0))
    assert np.all(20 * np.log10(loudness[1:] / loudness[:-1]) > 4)  # two octaves more of noise each


@pytest.mark.parametrize("rate", [44100])
def test_it_is_in_tune_at_other_sample_rates(rate):
    band = responses(rate=rate, cutoff=2000.0, resonance=SHARP)["band"]
    assert abs(cents(top(band), 2000.0)) < 3
