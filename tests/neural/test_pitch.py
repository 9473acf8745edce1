from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.module import C4_HZ
from synthvr_server.neural.pitch import CONFIDENCE, DECIBELS, VOICED, VOLTS, follow


def saw(hertz: np.ndarray | float, rate: int, seconds: float) -> np.ndarray:
    turns = np.cumsum(np.broadcast_to(hertz, int(rate * seconds))) / rate
    highest = int(0.4 * rate / np.max(hertz))
    return 0.3 * sum(np.sin(2 * np.pi * k * turns) / k for k in range(1, min(highest, 30) + 1))


@pytest.mark.parametrize("rate", [32000, 44100, 48000, 96000])
@pytest.mark.parametrize("hertz", [60.0, 220.0, 1000.0, 3520.0])
def test_a_saw_is_followed_within_a_cent_at_every_sample_rate(rate: int, hertz: float) -> None:
    heard = follow(saw(hertz, rate, 0.4), rate, round(rate / 250))[20:]
    cents = 1200 * (heard[:, VOLTS] - np.log2(hertz / C4_HZ))
    assert np.abs(cents).max() < 1.0
    assert heard[:, VOICED].all()


def test_a_leap_of_an_octave_is_heard_within_32_ms() -> None:
    hertz = np.where(np.arange(48000) < 24000, 220.0, 440.0)
    heard = follow(saw(hertz, 48000, 1.0), 48000, 192)
    late = np.flatnonzero(np.abs(heard[:, VOLTS] - np.log2(440 / C4_HZ)) < 0.02)[0] * 4 - 500
    assert late <= 32


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 0.2, 24000)
    assert follow(noise, 48000, 192)[20:, VOICED].mean() < 0.05
    silence = follow(np.zeros(24000), 48000, 192)
    assert not silence[:, CONFIDENCE].any()
    assert silence[-1, DECIBELS] == -90


def test_the_level_is_the_mean_square_in_decibels() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(24000) / 48000)
    assert follow(tone, 48000, 192)[-1, DECIBELS] == pytest.approx(-9.03, abs=0.2)
