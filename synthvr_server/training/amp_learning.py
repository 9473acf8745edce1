"""Learns an amp from what went in and what came out: random cuts, error-to-signal ratio, one cycle of Adam."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from .amp_net import AmpNet

CUTS, FRAMES = 6, 2048  # cuts in a step, frames of each that are judged
RATE_OF_LEARNING = 0.012
WARM_UP = 0.1  # of all the time
_BRIGHT = 0.85  # pre-emphasis of half the error: quiet highs would not be learned otherwise

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Learned:
    """The network, and its error-to-signal ratio on sound it never learned from."""

    net: AmpNet
    esr: float
    steps: int


def error_to_signal(wet: Floats, heard: Floats) -> float:
    """Energy of the difference over energy of ``wet``."""
    power = float(np.square(wet, dtype=np.float64).sum())
    return float(np.square(wet.astype(np.float64) - heard).sum()) / max(power, 1e-12)


def loudness(wet: NDArray[np.floating[Any]]) -> float:
    """In dB RMS, as a capture's metadata says it."""
    power = float(np.square(wet, dtype=np.float64).mean())
    return round(10 * float(np.log10(max(power, 1e-12))), 2)


@dataclass(frozen=True)
class Budget:
    """How long to learn: a number of steps, which is the same on every machine, or seconds."""

    steps: int = 0
    seconds: float = 0.0

    def spent(self, steps: int, begun: float) -> float:
        """0 to 1."""
        return steps / self.steps if self.steps else (time.monotonic() - begun) / self.seconds


def learn(
    dry: Floats, wet: Floats, held_out: int, budget: Budget, seed: int, title: str, quiet: bool = False
) -> Learned:
    """Learn on all but the last ``held_out`` frames. float32[n] each, aligned, ±1."""
    torch.set_num_threads(1)  # layers this small gain nothing from more, and two that wait for each other lose much
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = AmpNet()
    power = float(np.square(wet).mean())
    net.scale.fill_(max(np.sqrt(power), 1e-4))  # type: ignore[operator]
    inputs, targets = torch.from_numpy(dry), torch.from_numpy(wet)
    last = len(dry) - held_out - FRAMES - net.reach
    optimizer = torch.optim.Adam(net.parameters(), betas=(0.9, 0.99))
    begun = time.monotonic()
    steps, smooth = 0, 1.0
    with tqdm(total=100, desc=title, unit="%", disable=quiet, bar_format="{desc}: {bar} {n:.0f} % {postfix}") as bar:
        while (done := budget.spent(steps, begun)) < 1.0:
            for group in optimizer.param_groups:
                group["lr"] = RATE_OF_LEARNING * _pace(done)
            starts = random.integers(0, last, CUTS)
            cut = torch.stack([inputs[at : at + FRAMES + net.reach] for at in starts])[:, None]
            true = torch.stack([targets[at + net.reach : at + net.reach + FRAMES] for at in starts])
            loss = _loss(net(cut)[:, 0], true, power)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            steps += 1
            smooth += 0.02 * (loss.item() - smooth)
            bar.set_postfix_str(f"error {smooth:.4f}", refresh=False)
            bar.update(min(100 * done, 100.0) - bar.n)
    with torch.no_grad():
        heard = net(inputs[None, None, -held_out - net.reach :])[0, 0].numpy()
    return Learned(net, error_to_signal(wet[-held_out:], heard), steps)


def _pace(done: float) -> float:
    """Learning rate over the run: up in a straight line, down in half a cosine."""
    if done < WARM_UP:
        return 0.1 + 0.9 * done / WARM_UP
    return 0.01 + 0.99 * 0.5 * (1 + float(np.cos(np.pi * (done - WARM_UP) / (1 - WARM_UP))))


def _loss(heard: Tensor, true: Tensor, power: float) -> Tensor:
    """Squared error, plain and with the highs lifted, each against what is there."""
    wrong = heard - true
    bright, there = wrong[:, 1:] - _BRIGHT * wrong[:, :-1], true[:, 1:] - _BRIGHT * true[:, :-1]
    return wrong.square().mean() / power + bright.square().mean() / (there.square().mean() + 1e-3 * power)
