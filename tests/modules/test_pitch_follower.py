from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.kernel_bench import KernelBench

PitchFollower = load_module_file(shipped_folder() / "neural" / "pitch_follower.py")


def tone(hertz: float, frames: int = 24000) -> np.ndarray:
    return 3 * np.sin(2 * np.pi * hertz * np.arange(frames) / 48000)


@pytest.mark.parametrize("hertz", [82.4, 440.0, 2093.0])
def test_a_tone_becomes_its_pitch_voltage_within_a_cent_and_opens_the_gate(hertz: float) -> None:
    heard = KernelBench(PitchFollower).run(24000, audio=tone(hertz))
    late = slice(4800, None)
    assert np.abs(heard["pitch"][late] - np.log2(hertz / C4_HZ)).max() * 1200 < 1
    assert (heard["gate"][late] == 10).all()
    assert heard["confidence"][late].min() > 9


def test_when_the_tone_ends_the_gate_falls_and_the_pitch_stays() -> None:
    heard = KernelBench(PitchFollower).run(48000, audio=tone(440.0))
    assert (heard["gate"][-9600:] == 0).all()
    assert heard["pitch"][-1, 0] == pytest.approx(np.log2(440 / C4_HZ), abs=0.01)


def test_a_tone_below_the_floor_opens_nothing() -> None:
    heard = KernelBench(PitchFollower, threshold=-20.0).run(24000, audio=0.1 * tone(440.0))
    assert not heard["gate"].any()


@pytest.mark.parametrize("volts", [24.0, -24.0])
def test_a_stuck_input_stays_finite(volts: float) -> None:
    heard = KernelBench(PitchFollower).run(9600, audio=volts)
    assert all(np.isfinite(out).all() for out in heard.values())
