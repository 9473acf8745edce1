"""Trains the Wave module's net: ``python -m synthvr_server.training.wave``.

Each step sees two kinds of clips. In the first the net hears the true sound up to now, slightly soiled, and learns the
likelihood of the next sample: that teaches it the colour of noise. In the second it hears what it said itself when
running free, with the weights of a moment ago and now and then disturbed, and learns to say the periodic part all the
same. Nets that were only taught in the first way wander off as soon as they hear nobody but themselves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ..neural import wavenet_oscillator_net as playing
from .wave_free_run import free_run
from .wave_net import WaveNet, describe, phase_features, turns_of
from .wave_sounds import sound

FRAMES = 1024
TRUE, FREE = 6, 6  # clips of each kind in a step
LOWEST_HZ, OCTAVES = 32.7, 7.0  # C1 … C8
FORGETFUL = 0.08  # share of true clips that hear no phase: for playing with little grip
DISTURBED = 0.4  # share of free clips that something is thrown into
PERIODIC_WEIGHT = 400.0  # of the squared error of free clips, beside the likelihood of true ones
MODELS = Path(playing.__file__).parent / "models" / "wave"


@dataclass(frozen=True)
class Clips:
    """Sounds drawn at random: parameters [clips], the periodic part and the noise [clips, frames]."""

    material: np.ndarray
    character: np.ndarray
    hertz: np.ndarray
    phase: np.ndarray
    periodic: np.ndarray
    noise: np.ndarray

    @classmethod
    def draw(cls, count: int, frames: int, rng: np.random.Generator) -> Clips:
        """``count`` sounds; half of them blends of two materials."""
        last = len(playing.MATERIALS) - 1
        blend = rng.random(count) < 0.4
        material = np.where(blend, rng.uniform(0, last, count), rng.integers(0, last + 1, count))
        character, phase = rng.random(count), rng.random(count)
        hertz = LOWEST_HZ * 2.0 ** (OCTAVES * rng.random(count))
        pairs = [sound(material[at], character[at], hertz[at]).render(frames, phase[at], rng) for at in range(count)]
        periodic, noise = (np.stack(part) for part in zip(*pairs, strict=True))
        return cls(material, character, hertz, phase, periodic, noise)


def free_running(net: WaveNet, clips: Clips, rng: np.random.Generator) -> np.ndarray:
    """What the net hears of itself in these clips, [clips, frames]: its last sample and what is thrown in."""
    playing_net = playing.Net.of(net.weights())
    heard = np.zeros_like(clips.periodic)
    for at in range(len(heard)):
        frames = heard.shape[1]
        thrown = np.zeros(frames, np.float32)
        if rng.random() < DISTURBED:
            start, stop = np.sort(rng.integers(0, frames, 2))
            loud = 10 ** rng.uniform(-2.5, 0.0)
            thrown[start:stop] = loud * rng.standard_normal(stop - start)
        parameters = (clips.material[at], clips.character[at], clips.hertz[at], clips.phase[at])
        said = free_run(playing_net, *parameters, temperature=0.0, thrown_in=thrown)
        heard[at, 1:] = said[:-1]
        heard[at] = np.clip(heard[at] + thrown, -1.0, 1.0)
    return heard


def soiled(clips: Clips, rng: np.random.Generator) -> np.ndarray:
    """The true sounds one frame late, with noise of many strengths on top, [clips, frames]."""
    true = clips.periodic + clips.noise
    heard = np.zeros_like(true)
    heard[:, 1:] = true[:, :-1]
    dirt = 10 ** rng.uniform(-4.0, -2.0, (len(true), 1))
    heard += dirt * rng.standard_normal(true.shape)
    return heard


def loss_of(net: WaveNet, rng: np.random.Generator) -> tuple[torch.Tensor, float, float]:
    """The loss of one step; beside it, for the eye, the likelihood of true clips and the error of free ones (dB)."""
    true, free = Clips.draw(TRUE, FRAMES, rng), Clips.draw(FREE, FRAMES, rng)
    heard = np.concatenate((soiled(true, rng), free_running(net, free, rng)))
    both = [np.concatenate(pair) for pair in ((true.hertz, free.hertz), (true.phase, free.phase))]
    grip = np.ones(TRUE + FREE)
    grip[:TRUE] = rng.random(TRUE) >= FORGETFUL
    phases = phase_features(turns_of(both[1], both[0], FRAMES), both[0], grip)
    conditions = np.concatenate([describe(each.material, each.character, each.hertz) for each in (true, free)])
    mean, log_deviation = net(*map(torch.from_numpy, (heard, phases, conditions)))
    spoken = torch.from_numpy(true.periodic + true.noise)
    away = (spoken - mean[:TRUE]) * torch.exp(-log_deviation[:TRUE])
    likelihood = (0.5 * away**2 + log_deviation[:TRUE]).mean()
    error = ((torch.from_numpy(free.periodic) - mean[TRUE:]) ** 2).mean()
    loss = likelihood + PERIODIC_WEIGHT * error
    return loss, likelihood.item(), 10 * np.log10(error.item() / np.mean(free.periodic**2))


def train(steps: int, seed: int, path: Path) -> dict[str, float]:
    """Train for so many steps, write the weights to ``path`` (every hundred steps too) and return how it went.

    The learning rate rises for a twentieth of the steps, then falls along a cosine.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net, likelihoods, errors = WaveNet(), np.zeros(steps), np.zeros(steps)
    optimiser = torch.optim.Adam(net.parameters(), lr=4e-3, betas=(0.9, 0.98))
    bar = tqdm(range(steps))
    for step in bar:
        share = step / steps
        for group in optimiser.param_groups:
            group["lr"] = 4e-3 * min(share / 0.05 + 0.02, 0.5 + 0.5 * np.cos(np.pi * share) + 0.005)
        loss, likelihood, error = loss_of(net, rng)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        likelihoods[step], errors[step] = likelihood, error
        recent = slice(max(step - 200, 0), step + 1)
        if step % 100 == 99 or step == steps - 1:
            np.savez_compressed(path, allow_pickle=False, **net.weights())
            bar.set_postfix(nats=likelihoods[recent].mean(), error_db=errors[recent].mean())
    return {
        "nats_per_sample": round(float(likelihoods[recent].mean()), 3),
        "free_running_error_db": round(float(errors[recent].mean()), 2),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights with their card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, default=MODELS / "wave.npz")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    metrics = train(options.steps, options.seed, options.output)
    card = {
        "title": "Wave",
        "what": "An autoregressive WaveNet oscillator: six materials, each with a character, in tune by its phase.",
        "data": "Computed by synthvr_server/training/wave_sounds.py; nothing recorded.",
        "licence": "MIT",
        "seed": options.seed,
        "rate_hz": playing.RATE,
        "weights": int(sum(np.prod(shape) for shape in playing.SHAPES.values())),
        "metrics": metrics,
        "command": f"python -m synthvr_server.training.wave --steps {options.steps} --seed {options.seed}",
    }
    options.output.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n")


if __name__ == "__main__":
    main()
