"""Teaches a decoder what an instrument's spectrum is at every pitch and loudness."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from .timbre_decoder import Decoder
from .timbre_lesson import FLOOR_DB, Array, Lesson

STEPS, BATCH, LENGTH = 1000, 16, 125  # LENGTH frames are half a second
WARM_UP = 10  # frames at the start of an excerpt during which the memory knows too little to be judged
RATE = 4e-3


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
