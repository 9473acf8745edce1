"""An autoencoder whose latent is timbre: pitch and loudness pass it by, the rest has to go through eight numbers.

    mel, pitch, loudness ─► GRU 64 ─► mean over the excerpt, weighted by loudness ─► latent (8) ─┐
    pitch, loudness ─────────────────────────────────────────────────────────────────────────────┴─► decoder ─► spectrum

Three things make the space playable. The latent is learned under noise, so that what lies close sounds alike. It is
drawn, more or less, to the mean of its instrument, so that one place stands for an instrument at every pitch. And
between two latents the decoder is asked for what lies between the two sounds (in dB), so that a blend goes straight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..neural.morph import LATENTS
from . import timbre_decoder
from .morph_data import MELS, Take
from .timbre_learning import WARM_UP
from .timbre_lesson import FLOOR_DB, QUIET_DB

STRIDE = 4  # the encoder reads every fourth frame: 16 ms
WIDTH = 96
STEPS, EACH, LENGTH = 2400, 3, 128  # EACH excerpts of a take in a batch; LENGTH frames are 0.5 s
BLENDED, SHORT = 6, 48  # excerpts of a batch that also learn what lies between, and how many frames of them
BLEND_WEIGHT = 0.3
FAINT = 0.1  # weight of levels near the floor, which are hardly heard
NOISE = 0.25  # of a latent whose spread is held near 1
HOLD = 0.02  # how much a large latent costs, in dB
RATE = 4e-3

Array = NDArray[np.float32]


class Encoder(nn.Module):
    """Maps mel [frames, batch, 40] and conditions [frames, batch, 2] to latents [batch, 8]."""

    def __init__(self, mean: Array, spread: Array) -> None:
        """``mean`` and ``spread`` are those of pitch (V) and loudness (dB)."""
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean))
        self.register_buffer("spread", torch.as_tensor(spread))
        self.memory = nn.GRU(MELS + 2, 64)
        self.last = nn.Linear(64, LATENTS)

    def forward(self, mel: Tensor, condition: Tensor) -> Tensor:
        """Loud frames say most about the timbre of an excerpt."""
        scaled = torch.cat([mel / 20.0 + 1.5, (condition - self.mean) / self.spread], -1)
        heard, _ = self.memory(scaled)
        weight = (condition[..., 1:] - QUIET_DB).clamp(min=0.0) + 1e-3
        latent: Tensor = self.last((heard * weight).sum(0) / weight.sum(0))
        return latent


class Decoder(timbre_decoder.Decoder):
    """Timbre's decoder with a latent beside pitch and loudness: [frames, batch, 10] → [frames, batch, 129]."""

    def __init__(self, mean: Array, spread: Array, target: Array) -> None:
        """As Timbre's; the latent is not scaled."""
        mean, spread = np.append(mean, np.zeros(LATENTS)), np.append(spread, np.ones(LATENTS))
        super().__init__(mean.astype(np.float32), spread.astype(np.float32), target, pitches=0, width=WIDTH)
        self.first = nn.Linear(2 + LATENTS, WIDTH)


class Excerpts:
    """Draws excerpts from all takes alike."""

    def __init__(self, takes: Sequence[Take], length: int, random: np.random.Generator) -> None:
        self._takes, self._random, self._length = takes, random, length
        counts = [np.convolve(one.lesson.heard, np.ones(length), "valid") for one in takes]
        self._starts = [np.flatnonzero(count > 0.3 * length) for count in counts]

    def draw(self, size: int, only: int | None = None) -> tuple[Array, Array, Array, Array]:
        """condition, target, heard and mel, [length, size, …]; of all takes in turn, or of one."""
        which = [only if only is not None else n % len(self._takes) for n in range(size)]
        first = [int(self._random.choice(self._starts[n])) for n in which]

        def of(read: Callable[[Take], Array]) -> Array:
            parts = [read(self._takes[n])[at : at + self._length] for n, at in zip(which, first, strict=True)]
            return np.stack(parts, axis=1)

        return (
            of(lambda one: one.lesson.condition),
            of(lambda one: one.lesson.target),
            of(lambda one: one.lesson.heard),
            of(lambda one: one.mel),
        )


def learn(
    takes: Sequence[Take], seed: int, steps: int = STEPS, progress: Callable[[int, float], None] | None = None
) -> tuple[Encoder, Decoder]:
    """Train both; ``progress`` is told the step and the error in dB. The same seed gives the same networks."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    excerpts = Excerpts(takes, LENGTH, np.random.default_rng(seed))
    counted = [one.lesson.heard > 0 for one in takes]
    condition = np.concatenate([one.lesson.condition[heard] for one, heard in zip(takes, counted, strict=True)])
    target = np.concatenate([one.lesson.target[heard] for one, heard in zip(takes, counted, strict=True)])
    mean, spread = condition.mean(axis=0), condition.std(axis=0)
    encoder, decoder = Encoder(mean, spread), Decoder(mean, spread, target.mean(axis=0))
    weights = [*encoder.parameters(), *decoder.parameters()]
    optimiser = torch.optim.Adam(weights, RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for step in range(steps):
        asked, wanted, heard, mel = (torch.from_numpy(part) for part in excerpts.draw(EACH * len(takes)))
        latent = encoder(mel[::STRIDE], asked[::STRIDE])
        own = latent.view(EACH, len(takes), LATENTS).mean(0).repeat(EACH, 1)
        noisy = latent + torch.rand(len(latent), 1) * (own - latent) + NOISE * torch.randn_like(latent)
        weight = (FAINT + (1 - FAINT) * ((wanted - FLOOR_DB - 10) / 60).clamp(0, 1)) * heard[..., None]
        weight[:WARM_UP] = 0
        given = decoder(with_latent(asked, noisy))
        loss = ((given - wanted).abs() * weight).sum() / weight.sum().clamp(min=1)
        total = loss + HOLD * latent.square().mean() + BLEND_WEIGHT * _blend_loss(decoder, asked, noisy, given)
        optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
        if progress:
            progress(step, float(loss.detach()))
    return encoder.eval(), decoder.eval()


def with_latent(condition: Tensor, latent: Tensor) -> Tensor:
    """Conditions [frames, batch, 2] and a latent per excerpt [batch, 8] as the decoder takes them."""
    return torch.cat([condition, latent.expand(len(condition), -1, -1)], -1)


def _blend_loss(decoder: Decoder, asked: Tensor, latent: Tensor, given: Tensor) -> Tensor:
    """How far (dB) the sound between two latents lies from the straight line between their sounds."""
    here, there = latent[:BLENDED], latent.roll(int(torch.randint(1, len(latent), ())), 0)[:BLENDED]
    part = torch.rand(BLENDED, 1)
    both = torch.cat([asked[:SHORT, :BLENDED]] * 2, dim=1)
    between, other = decoder(with_latent(both, torch.cat([here + part * (there - here), there]))).split(BLENDED, dim=1)
    line = given[:SHORT, :BLENDED] + part * (other - given[:SHORT, :BLENDED])
    return (between - line.detach())[WARM_UP:].abs().mean()
