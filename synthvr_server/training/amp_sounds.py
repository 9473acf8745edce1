"""Dry sound that shows a circuit what it will hear: plucked strings, sweeps, tones and noise at every level."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .amp_circuits import RATE, Signal

_PIECE = RATE // 2  # frames a tone, a sweep or a burst lasts


@nb.njit(nb.void(nb.float64[::1], nb.int64, nb.float64[::1], nb.float64, nb.float64), cache=True)
def _string(out: Any, start: Any, excitation: Any, period: Any, damping: Any) -> None:
    """A plucked string: a delay line that goes round through an average and a fractional delay."""
    whole = int(period)
    part = period - whole
    line = excitation.copy()
    size, before = len(line), 0.0
    for n in range(len(out) - start):
        a = line[(n - whole) % size] if n >= whole else excitation[n % size]
        b = line[(n - whole - 1) % size] if n > whole else 0.0
        now = (1 - part) * a + part * b
        line[n % size] = damping * (0.5 * now + 0.5 * before)
        before = now
        out[start + n] += now


def practice(seconds: float, seed: int) -> Signal:
    """Dry sound float64[seconds · 48000], peaks up to ±1; the same seed, the same sound."""
    random = np.random.default_rng(seed)
    out = np.zeros(int(seconds * RATE))
    at = 0
    while at < len(out):
        what = random.random()
        frames = int(_PIECE * random.uniform(0.5, 3.0)) if what < 0.7 else _PIECE
        piece = _plucks(frames, random) if what < 0.7 else _test_sound(frames, random)
        piece *= 10 ** (random.uniform(-26.0, -0.5) / 20) / max(float(np.abs(piece).max()), 1e-9)
        out[at : at + frames] = piece[: len(out) - at]
        at += frames
    return out


def _plucks(frames: int, random: np.random.Generator) -> Signal:
    out = np.zeros(frames)
    root = random.uniform(82.0, 500.0)
    steps = [0] if random.random() < 0.5 else [0, 7, 12, 16][: random.integers(2, 5)]
    for step in steps:
        period = RATE / (root * 2 ** (step / 12))
        noise = random.standard_normal(int(period) + 3)
        softness = random.uniform(0.0, 0.9)
        for n in range(1, len(noise)):
            noise[n] = (1 - softness) * noise[n] + softness * noise[n - 1]
        start = int(random.uniform(0, 0.02) * RATE)
        _string(out, min(start, frames - 1), noise, period, random.uniform(0.985, 0.9995))
    fade = np.minimum(1.0, np.arange(frames)[::-1] / 200)
    return np.asarray(out * fade)


def _test_sound(frames: int, random: np.random.Generator) -> Signal:
    time = np.arange(frames) / RATE
    kind = random.integers(3)
    if kind == 0:
        low, high = sorted(40.0 * 2 ** random.uniform(0, 8, 2))
        return np.asarray(np.sin(2 * np.pi * (low * time + (high - low) * time**2 / (2 * time[-1]))))
    if kind == 1:
        tones = 40.0 * 2 ** random.uniform(0, 7, 3)
        return np.asarray(np.sin(2 * np.pi * tones[:, None] * time).sum(0) * np.linspace(0, 1, frames))
    noise: NDArray[np.float64] = random.standard_normal(frames) * np.exp(-time / random.uniform(0.05, 0.5))
    return noise
