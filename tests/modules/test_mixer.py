"""The mixer's levels, in dB."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Mixer = load_module_file(shipped_folder() / "mixers" / "mixer.py")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_input_passes_unchanged_by_default(number):
    assert np.all(KernelBench(Mixer).run(64, **{f"in_{number}": 3.0})["out"] == pytest.approx(3.0))


@pytest.mark.parametrize("decibels", [6.0, -6.0, -20.0, -59.0])
def test_a_level_knob_says_its_gain_in_dB(decibels):
    out = KernelBench(Mixer, level_2=decibels).run(64, in_2=5.0)["out"][0, 0]
    assert 20 * np.log10(out / 5.0) == pytest.approx(decibels, abs=0.001)


def test_the_bottom_of_a_level_knob_is_off():
    assert not KernelBench(Mixer, level_3=-60.0).run(64, in_3=5.0)["out"].any()


def test_10_volts_of_cv_are_unity_and_0_volts_silence():
    for volts, gain in ((10.0, 1.0), (5.0, 0.5), (0.0, 0.0), (-5.0, 0.0), (15.0, 1.0)):
        assert KernelBench(Mixer).run(64, in_4=4.0, cv_4=volts)["out"][0, 0] == pytest.approx(4.0 * gain)


def test_the_four_inputs_are_added():
    out = KernelBench(Mixer, level_4=-60.0).run(64, in_1=1.0, in_2=2.0, in_3=-4.0, in_4=8.0)["out"]
    assert np.all(out == pytest.approx(-1.0))


def test_every_channel_of_a_poly_cable_is_mixed_by_itself():
    volts = np.tile(np.arange(16, dtype=np.float32), (64, 1))
    out = KernelBench(Mixer, lanes=16, level_1=-6.0).run(64, in_1=volts, in_2=1.0)["out"]
    assert out == pytest.approx(volts * 10 ** (-6 / 20) + 1.0, rel=1e-5)
