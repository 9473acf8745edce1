"""Trains the timbre space that ships with the Morph module: ``python -m synthvr_server.training.morph``.

soundfont ─► phrases of six instruments ─► features ─► autoencoder ─► axes ─► neural/models/morph/six.morph, six.json
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from ..neural import instrument
from ..neural.morph import INSTRUMENTS, LATENTS, SHIPPED
from . import sounds
from .morph_axes import Axes, find_axes, steps
from .morph_axes import sounds as heard_at
from .morph_data import Take, mel_of, take
from .morph_net import STEPS, Decoder, Encoder, learn, with_latent
from .timbre_decoder import to_onnx
from .timbre_lesson import facts

SECONDS, HELD_OUT_SECONDS = 80.0, 20.0  # of each instrument
SEED, HELD_OUT_SEED = 7, 1000
LICENCE = "MIT (FluidR3 GM soundfont by Frank Wen, MIT licence)"
OTHER_NOTES: dict[str, Any] = {"volts": (-0.1, 0.4, 1.0), "loudness": (-27.0, -18.0)}  # than those the axes are made on


def main(arguments: Sequence[str] | None = None) -> None:
    """Render, learn, find the axes, write model and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="FILE")
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args(arguments)
    names = tqdm(INSTRUMENTS, desc="listening", unit="instrument")
    takes = [take(name, SECONDS, n) for n, name in enumerate(names)]
    held = [take(name, HELD_OUT_SECONDS, HELD_OUT_SEED + n) for n, name in enumerate(INSTRUMENTS)]
    before = time.process_time()
    with tqdm(total=options.steps, desc="learning", unit="step", mininterval=2) as bar:

        def progress(_: int, error: float) -> None:
            bar.update()
            bar.set_postfix(error=f"{error:.2f} dB", refresh=False)

        encoder, decoder = learn(takes, SEED, options.steps, progress)
    learning = time.process_time() - before
    card = finish(encoder, decoder, takes, held, options.steps, options.out)
    print(json.dumps(card, indent=2))
    print(f"learned in {learning:.0f} s of one core")


def finish(
    encoder: Encoder, decoder: Decoder, takes: Sequence[Take], held: Sequence[Take], steps_taken: int, path: Path
) -> dict[str, Any]:
    """Find the axes, write the model and its card beside it; returns the card."""
    axes = find_axes(encoder, decoder, takes, SEED)
    about = {
        "title": "Six instruments",
        "instruments": list(INSTRUMENTS),
        "data": f"{SECONDS:g} s of phrases of each instrument (General MIDI programs "
        f"{', '.join(str(sounds.INSTRUMENTS[name].program + 1) for name in INSTRUMENTS)}), "
        f"rendered by FluidSynth from {sounds.FLUID_R3.name}",
        "licence": LICENCE,
        "seed": SEED,
        "steps": steps_taken,
        "parameters": sum(value.numel() for value in decoder.parameters()),
        "encoder_parameters": sum(value.numel() for value in encoder.parameters()),
        **_metrics(decoder, axes, takes, held),
        "command": "python -m synthvr_server.training.morph",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    instrument.write(part, to_onnx(placed(decoder, axes)), about | {"space": _tables(axes, takes)})
    part.replace(path)
    path.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return about


def placed(decoder: Decoder, axes: Axes) -> Decoder:
    """The same decoder with places for latents: the axes become part of its first layer. Changes ``decoder``."""
    with torch.no_grad():
        weight = decoder.first.weight[:, 2:].double()
        decoder.first.bias.add_((weight @ torch.from_numpy(axes.centre)).float())
        decoder.first.weight[:, 2:] = (weight @ torch.from_numpy(axes.matrix)).float()
    return decoder


def _tables(axes: Axes, takes: Sequence[Take]) -> dict[str, Any]:
    known = [facts(one.lesson) for one in takes]

    def rounded(table: Any) -> Any:
        return np.round(np.asarray(table, np.float64), 4).tolist()

    return {
        "anchors": rounded(axes.anchors),
        "axes": rounded(axes.axes),
        "blends": rounded(axes.blends),
        "bounds": rounded([axes.lowest, axes.highest]),
        "range_hz": [[fact["lowest_hz"], fact["highest_hz"]] for fact in known],
        "loudness_db": [fact["loudness_db"] for fact in known],
    }


def _metrics(decoder: Decoder, axes: Axes, takes: Sequence[Take], held: Sequence[Take]) -> dict[str, Any]:
    """Held-out mel distances at the anchors, and how even blends and axes are on notes they were not made on."""

    def path(places: Any) -> Any:
        bounded = np.clip(places, axes.lowest, axes.highest)
        return steps(heard_at(decoder, axes.centre + bounded @ axes.matrix.T, **OTHER_NOTES))

    ways = [path(axes.anchors[a] + axes.blends[a, b][:, None] * (axes.anchors[b] - axes.anchors[a]))
            for a, b in combinations(range(len(takes)), 2)]  # fmt: skip
    turns = [[path(anchor + axes.axes[k][:, None] * np.eye(LATENTS)[k]) for anchor in axes.anchors]
             for k in range(LATENTS)]  # fmt: skip
    return {
        "held_out_mel_db": dict(zip(INSTRUMENTS, _distances(decoder, axes, held), strict=True)),
        "static_mel_db": dict(zip(INSTRUMENTS, _static(takes, held), strict=True)),
        "blend_unevenness": round(float(np.mean([way.max() / way.mean() for way in ways])), 2),
        "axis_unevenness": [round(float(np.mean([t.max() / t.mean() for t in turn])), 2) for turn in turns],
        "axis_travel_db": [round(float(np.mean([t.sum() for t in turn])), 2) for turn in turns],
    }


def _distances(decoder: Decoder, axes: Axes, held: Sequence[Take]) -> list[float]:
    found = []
    for anchor, one in zip(axes.anchors, held, strict=True):
        condition = torch.from_numpy(one.lesson.condition)[:, None]
        latent = torch.from_numpy((axes.centre + anchor @ axes.matrix.T).astype(np.float32))[None]
        with torch.no_grad():
            spectrum = decoder(with_latent(condition, latent))[:, 0].numpy()
        found.append(_distance(mel_of(one.lesson.condition[:, 0], spectrum), one))
    return found


def _static(takes: Sequence[Take], held: Sequence[Take]) -> list[float]:
    """The same for each instrument's mean mel spectrum."""
    return [
        _distance(one.mel[one.lesson.heard > 0].mean(axis=0), other) for one, other in zip(takes, held, strict=True)
    ]


def _distance(mel: Any, one: Take) -> float:
    squares = np.square(mel - one.mel).mean(axis=1)[one.lesson.heard > 0]
    return round(float(np.sqrt(squares).mean()), 2)


if __name__ == "__main__":
    main()
