"""VCA: gain by CV, level and curve, in dB."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file
from tests.kernel_bench import KernelBench

VCA = load_module_file(Path(__file__).parents[2] / "modules" / "amplifiers" / "vca.py")


def gain_db(cv: float, **knobs: float) -> float:
    out = KernelBench(VCA, **knobs).run(64, audio=5.0, cv=cv)["out"]
    return float(20 * np.log10(out[-1, 0] / 5.0 + 1e-12))


def test_with_nothing_in_the_cv_jack_the_signal_passes_unchanged() -> None:
    signal = np.linspace(-5, 5, 64, dtype=np.float32)
    np.testing.assert_array_equal(KernelBench(VCA).run(64, audio=signal)["out"][:, 0], signal)


@pytest.mark.parametrize(("cv", "decibels"), [(10.0, 0.0), (5.0, -6.02), (1.0, -20.0), (15.0, 0.0)])
def test_the_linear_curve_follows_the_cv_up_to_unity(cv: float, decibels: float) -> None:
    assert gain_db(cv) == pytest.approx(decibels, abs=0.01)


@pytest.mark.parametrize("cv", [0.0, -5.0])
def test_zero_volts_and_less_silence(cv: float) -> None:
    assert gain_db(cv) < -200


def test_the_bent_curve_is_the_fourth_power() -> None:
    assert gain_db(5.0, curve=1.0) == pytest.approx(4 * -6.02, abs=0.05)
    assert gain_db(10.0, curve=1.0) == pytest.approx(0.0, abs=0.01)


def test_the_level_knob_scales_all_of_it() -> None:
    assert gain_db(10.0, level=0.1) == pytest.approx(-20, abs=0.01)


def test_sixteen_lanes_are_sixteen_single_voices() -> None:
    rng = np.random.default_rng(3)
    audio, cv = rng.uniform(-5, 5, (2, 256, 16)).astype(np.float32) * [[[1]], [[2]]]
    together = KernelBench(VCA, lanes=16, curve=0.3).run(256, audio=audio, cv=cv)["out"]
    for voice in range(16):
        alone = KernelBench(VCA, curve=0.3).run(256, audio=audio[:, voice], cv=cv[:, voice])["out"]
        np.testing.assert_allclose(together[:, voice], alone[:, 0], atol=1e-6)
