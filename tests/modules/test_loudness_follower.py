from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

LoudnessFollower = load_module_file(shipped_folder() / "neural" / "loudness_follower.py")


def tone(volts: float, frames: int = 48000) -> np.ndarray:
    return volts * np.sqrt(2) * np.sin(2 * np.pi * 1000 * np.arange(frames) / 48000)


@pytest.mark.parametrize(("decibels", "volts"), [(0, 10.0), (-6, 9.0), (-30, 5.0), (-54, 1.0), (-80, 0.0)])
def test_six_decibels_are_a_volt(decibels: float, volts: float) -> None:
    heard = KernelBench(LoudnessFollower, attack=0.05, release=0.2).run(48000, audio=tone(5 * 10 ** (decibels / 20)))
    assert heard["envelope"][-4800:].mean() == pytest.approx(volts, abs=0.06)


def test_a_louder_sound_is_reached_in_the_attack_and_left_in_the_release() -> None:
    bench = KernelBench(LoudnessFollower, attack=0.05, release=0.3)
    rising = bench.run(48000, audio=tone(5.0))["envelope"][:, 0]
    assert np.flatnonzero(rising > 10 * (1 - np.exp(-1)))[0] / 48000 == pytest.approx(0.05, abs=0.01)
    falling = bench.run(48000, audio=tone(0.5))["envelope"][:, 0]  # 20 dB less
    reached = 10 - 20 / 6 * (1 - np.exp(-1))
    assert np.flatnonzero(falling < reached)[0] / 48000 == pytest.approx(0.3, abs=0.05)


def test_the_gate_opens_at_its_threshold_and_closes_3_db_below() -> None:
    bench = KernelBench(LoudnessFollower, threshold=-20.0, attack=0.05, release=0.05)

    def gate(decibels: float) -> float:
        return bench.run(48000, audio=tone(5 * 10 ** (decibels / 20)))["gate"][-1, 0]

    assert [gate(level) for level in (-21, -19, -22, -24)] == [0, 10, 10, 0]


def test_sixteen_voices_are_followed_apart() -> None:
    levels = np.linspace(0.1, 4, 16)
    heard = KernelBench(LoudnessFollower, lanes=16, release=0.5).run(48000, audio=tone(1.0)[:, None] * levels)
    assert np.all(np.diff(heard["envelope"][-1]) > 0)
