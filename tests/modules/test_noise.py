"""The colours of noise."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench
from tests.rig import rig
from tests.spectra import level, powers

Noise = load_module_file(shipped_folder() / "oscillators" / "noise.py")
RATE = 48000
OCTAVES = 40 * 2.0 ** np.arange(9)  # Hz: the lower ends of the bands; the last one ends at 20,480 Hz


@pytest.fixture(scope="module")
def heard():
    with rig(Noise, block=1024) as under_test:
        return {jack: volts[RATE:, 0] for jack, volts in under_test.run(21.0).items()}


def density(signal):
    """Power per Hz in every octave, in dB relative to the octave from 640 Hz."""
    frequencies, power = powers(signal, RATE)
    bands = [power[(frequencies >= low) & (frequencies < 2 * low)].mean() for low in OCTAVES]
    return 10 * np.log10(np.array(bands) / bands[4])


@pytest.mark.parametrize(("colour", "slope"), [("white", 0.0), ("pink", -3.01), ("brown", -6.02)])
def test_the_level_falls_by_its_slope_in_every_octave(heard, colour, slope):
    octaves = np.arange(9) - 4
    upto = 8 if colour == "brown" else 9  # a first-order low-pass flattens towards half the sample rate
    assert density(heard[colour])[:upto] == pytest.approx((slope * octaves)[:upto], abs=1.0)


def test_white_reaches_5_volts():
    with rig(Noise, block=1024) as under_test:
        white = under_test.run(1.0)["white"]
    assert 4.9 < np.abs(white).max() <= 5.0


def test_the_three_are_about_as_loud(heard):
    assert level(heard["white"]) == pytest.approx(9.2, abs=0.2)
    assert level(heard["pink"]) == pytest.approx(4.5, abs=0.7)
    assert level(heard["brown"]) == pytest.approx(4.5, abs=1.0)


@pytest.mark.parametrize("rate", [44100, 96000])
def test_levels_hold_at_other_sample_rates(rate):
    with rig(Noise, rate=rate, block=1024) as under_test:
        out = under_test.run(10.0)
    assert level(out["brown"]) == pytest.approx(4.5, abs=1.5)
    assert level(out["pink"]) == pytest.approx(4.5, abs=3.2)  # the same density over another band


def test_it_is_mono():
    assert Noise.channels == 1


def test_two_of_them_have_nothing_in_common_at_any_delay():
    one, other = (KernelBench(Noise, seed=seed).run(2 * RATE) for seed in (1, 2))
    for colour in ("white", "pink"):  # brown noise moves too slowly to be told apart in two seconds
        assert most_alike(one[colour][:, 0], other[colour][:, 0]) < 0.1, colour


def most_alike(one, other):
    """The highest correlation of two signals, their slow part taken off, over all delays of one against the other."""
    spectra = [np.fft.rfft(np.diff(signal), 2 * len(signal)) for signal in (one, other)]
    energy = np.sqrt(np.prod([np.sum(np.diff(signal) ** 2) for signal in (one, other)]))
    return float(np.abs(np.fft.irfft(spectra[0] * spectra[1].conj())).max() / energy)
