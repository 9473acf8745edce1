"""Teaches a decoder what an instrument's spectrum is at every pitch and loudness.

The targets are powers relative to the loudness of their frame: the level of what is played comes from the player, only
the colour is learned, and no gradient needs to pass through a synthesizer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.instrument import LOUDNESS_RANKS
from .features import Frames
from .timbre_decoder import Decoder

Array = NDArray[np.float32]

FLOOR_DB = -80.0  # below the loudness of the frame: nobody hears it
QUIET_DB = -55.0  # frames below it (full scale 0 dB) are the tails of releases
STEPS, BATCH, LENGTH = 1000, 16, 125  # LENGTH frames are half a second
WARM_UP = 10  # frames at the start of an excerpt during which the memory knows too little to be judged
RATE = 4e-3


@dataclass(frozen=True)
class Lesson:
    """condition [n, 2] (V, dB), target [n, 129] (dB relative to loudness), heard [n] (0 or 1: whether it counts)."""

    condition: Array
    target: Array
    heard: Array


def lesson(frames: Frames) -> Lesson:
    """What a decoder learns from analysed sound; where there is no pitch the last one stays."""
    voiced = frames.f0 > 0
    last = np.maximum.accumulate(np.where(voiced, np.arange(len(voiced)), 0))
    hertz = np.where(frames.f0[last] > 0, frames.f0[last], C4_HZ)
    condition = np.stack([np.log2(hertz / C4_HZ), np.maximum(frames.loudness, FLOOR_DB)], axis=1)
    power = np.concatenate([np.square(frames.harmonics) / 2, frames.noise], axis=1)
    target = 10.0 * np.log10(power + 1e-12) - frames.loudness[:, None]
    heard = voiced & (frames.loudness > QUIET_DB)
    return Lesson(*(np.ascontiguousarray(part, np.float32) for part in (condition, target.clip(FLOOR_DB, 0), heard)))


def facts(lessons: Lesson) -> dict[str, Any]:
    """The part of the card that is read off the sound: its range and its levels."""
    volts, level = lessons.condition[lessons.heard > 0].T
    low, high = C4_HZ * 2.0 ** np.percentile(volts, [0.5, 99.5])
    levels = [round(float(value), 2) for value in np.quantile(level, LOUDNESS_RANKS)]
    return {"lowest_hz": round(float(low), 2), "highest_hz": round(float(high), 2), "loudness_db": levels}


def learn(
    lessons: Lesson, seed: int, steps: int = STEPS, progress: Callable[[int, float], None] | None = None
) -> Decoder:
    """Train a decoder; ``progress`` is told the step and the error in dB. The same seed gives the same decoder."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    random = np.random.default_rng(seed)
    counts = lessons.heard > 0
    condition = lessons.condition[counts]
    mean, spread = condition.mean(axis=0), condition.std(axis=0) + 1e-3
    decoder = Decoder(mean, spread, lessons.target[counts].mean(axis=0))
    optimiser = torch.optim.Adam(decoder.parameters(), RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    starts = np.flatnonzero(np.convolve(counts, np.ones(LENGTH), "valid") > LENGTH * 0.3)
    for step in range(steps):
        index = random.choice(starts, BATCH)[None, :] + np.arange(LENGTH)[:, None]
        asked = lessons.condition[index].copy()
        asked[..., 1] += random.normal(0, 1.0, (1, asked.shape[1]))  # dB: levels are never known better
        target = torch.from_numpy(lessons.target[index])
        audible = 0.1 + 0.9 * ((target - FLOOR_DB - 10) / 60).clamp(0, 1)
        weight = audible * torch.from_numpy(lessons.heard[index])[..., None]
        weight[:WARM_UP] = 0
        loss = ((decoder(torch.from_numpy(asked)) - target).abs() * weight).sum() / weight.sum().clamp(min=1)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if progress:
            progress(step, float(loss.detach()))
    return decoder.eval()


def spectra(decoder: Decoder, condition: Array) -> Array:
    """The decoder's spectra in dB, float32[n, 129], for a whole phrase float32[n, 2]."""
    with torch.no_grad():
        return decoder(torch.from_numpy(condition)[:, None])[:, 0].numpy()
