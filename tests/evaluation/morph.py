"""Morph: is every source recognised as every target, do knobs and blends feel even, what does it cost?

The recogniser is a small network that hears level-free mel spectra of single frames. It is trained on real phrases that
the model never heard and is itself judged on others.
"""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import torch
from torch import nn

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.neural.morph import INSTRUMENTS, LATENTS, Morph, find_place
from synthvr_server.neural.morph_player import MorphPlayer
from synthvr_server.training.morph_data import mel_of
from synthvr_server.training.sounds import RATE, TIM_GM, render
from synthvr_server.training.timbre_score import mel
from tests.spectrogram import spectrogram, write_png

TEACHING, JUDGING, PLAYING = 20_000, 21_000, 22_000  # seeds of phrases: of the model's own none
VOLTS, LOUDNESS_DB = (-0.1, 0.4, 1.0), (-27.0, -18.0)  # of the notes on which evenness is measured
SETTLED = 30  # control frames after which a held note's spectrum stands
HEARD_DB = 45.0  # frames further below the loudest are not judged
FAINTEST_DB = -60.0  # below the loudest band of its frame
EVERY = 10  # frames, between two that are judged


def measure() -> dict[str, float]:
    """Recognition over all pairs, evenness of axes and blends, cost."""
    torch.set_num_threads(1)
    return _recognition() | _evenness() | _cost()


def heard(audio: Any) -> Any:
    """Level-free mel spectra [n, 64] of the frames of a sound (32 kHz) that are loud enough."""
    spectra = mel(audio)[::EVERY]
    loudest = spectra.max(axis=1)
    kept = spectra[loudest > loudest.max() - HEARD_DB]
    return np.maximum(kept - kept.max(axis=1, keepdims=True), FAINTEST_DB).astype(np.float32) / 20.0 + 1.5


def recogniser() -> tuple[Any, float]:
    """A function from mel spectra to instruments, and how often it is right on real phrases it did not learn."""
    torch.manual_seed(1)
    teaching = [heard(render(name, 40.0, TEACHING + n).audio) for n, name in enumerate(INSTRUMENTS)]
    sounds = torch.from_numpy(np.concatenate(teaching))
    names = torch.from_numpy(np.repeat(np.arange(len(teaching)), [len(one) for one in teaching]))
    size = sounds.shape[1]
    network = nn.Sequential(nn.Linear(size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, len(teaching)))
    optimiser = torch.optim.Adam(network.parameters(), 3e-3, weight_decay=1e-4)
    for _ in range(400):
        optimiser.zero_grad()
        noisy = sounds + 0.15 * torch.randn_like(sounds)  # 3 dB: a recogniser of timbre, not of one soundfont
        nn.functional.cross_entropy(network(noisy), names).backward()
        optimiser.step()
    network.eval()

    def name(spectra: Any) -> Any:
        with torch.no_grad():
            return network(torch.from_numpy(spectra)).argmax(1).numpy()

    right = [(name(heard(render(one, 15.0, JUDGING + n).audio)) == n).mean() for n, one in enumerate(INSTRUMENTS)]
    return name, float(np.mean(right))


def played(source: Any, target: int) -> Any:
    """What Morph makes of a sound (32 kHz, ±1), as the instrument ``target``."""
    player = MorphPlayer(RATE, Morph())
    player.where.a = player.where.b = target
    volts, out = (10.0 * source).astype(np.float32), np.zeros(len(source), np.float32)
    for at in range(0, len(volts) // 64 * 64, 64):
        player.play(volts[at : at + 64], out[at : at + 64], None, None)
    return out / 10.0


def _recognition() -> dict[str, float]:
    name, accuracy = recogniser()
    to_target, still_source, second = np.zeros((6, 6)), [], []
    for source, instrument in enumerate(INSTRUMENTS):
        audio = render(instrument, 4.0, PLAYING + source).audio
        foreign = render(instrument, 4.0, PLAYING + source, TIM_GM).audio
        for target in range(len(INSTRUMENTS)):
            names = name(heard(played(audio, target)))
            to_target[source, target] = (names == target).mean()
            if target != source:
                still_source.append((names == source).mean())
                second.append((name(heard(played(foreign, target))) == target).mean())
    others = ~np.eye(6, dtype=bool)
    figures = {
        "morph.recogniser.accuracy": accuracy,
        "morph.recognised.mean": float(to_target[others].mean()),
        "morph.recognised.worst": float(to_target[others].min()),
        "morph.source_recognised.mean": float(np.mean(still_source)),
        "morph.second_soundfont.recognised.mean": float(np.mean(second)),
    }
    for target, instrument in enumerate(INSTRUMENTS):
        figures[f"morph.{instrument}.recognised"] = float(to_target[others[:, target], target].mean())
    return figures


def _evenness() -> dict[str, float]:
    """The largest of equal steps over their mean: along each axis from each instrument, and between all pairs."""
    morph = Morph()
    six = range(len(INSTRUMENTS))
    figures: dict[str, float] = {}
    for k in range(LATENTS):
        turns = [[(a, a, 0.0, v * np.eye(LATENTS)[k]) for v in np.linspace(-5, 5, 17)] for a in six]
        steps = [_steps(morph, turn) for turn in turns]
        figures[f"morph.axis{k + 1}.evenness"] = float(np.mean([one.max() / one.mean() for one in steps]))
        figures[f"morph.axis{k + 1}.travel_db"] = float(np.mean([one.sum() for one in steps]))
    blends = [[(a, b, t, np.zeros(LATENTS)) for t in np.linspace(0, 1, 17)] for a, b in combinations(six, 2)]
    uneven = [one.max() / one.mean() for one in (_steps(morph, blend) for blend in blends)]
    return figures | {"morph.blend.evenness": float(np.mean(uneven)), "morph.blend.evenness_worst": float(max(uneven))}


def _steps(morph: Morph, path: list[tuple[int, int, float, Any]]) -> Any:
    """How far each sound of a path lies from the one before: rms dB over 40 mel bands, mean of the notes."""
    sounds = np.stack([_held(morph, *where) for where in path])
    return np.sqrt(np.square(np.diff(sounds, axis=0)).mean(axis=2)).mean(axis=1)


def _held(morph: Morph, a: int, b: int, blend: float, volts: Any) -> Any:
    space, spectra = morph.space, []
    place = np.zeros(LATENTS, np.float32)
    find_place(space.anchors, space.axes, space.blends, space.bounds, a, b, blend, volts.astype(np.float32), place)
    morph.place[:] = place
    notes = [(volt, level) for volt in VOLTS for level in LOUDNESS_DB]
    for volt, level in notes:
        morph.reset()
        morph.condition[:2] = volt, level
        for _ in range(SETTLED):
            morph.run()
        spectra.append(morph.spectrum - 10 * np.log10((10.0 ** (morph.spectrum / 10)).sum()))
    return mel_of(np.array([volt for volt, _ in notes], np.float32), np.stack(spectra))


def _cost() -> dict[str, float]:
    cls: Any = load_module_file(shipped_folder() / "neural" / "morph.py")
    return {f"cost_percent.morph.block{block}": _percent(cls, block) for block in (64, 256)}


def _percent(cls: Any, block: int) -> float:
    """Of one core, hearing a sound and moving: its own thread's time over the time it plays."""
    module = cls(1, 48_000, block)
    module.prepare()
    blocks: dict[str, Any] = {}
    for name, jack in cls.declaration.inputs.items():
        blocks |= {name: np.full((block, 1), jack.normal, np.float32), f"{name}_plugged": name == "audio"}
    blocks |= {name: np.full(block, knob.default, np.float32) for name, knob in cls.declaration.knobs.items()}
    blocks |= {"out": np.zeros((block, 1), np.float32), "out_plugged": True}
    blocks["jitter"][:] = 0.5
    blocks["audio"][:, 0] = 3 * np.sin(2 * np.pi * 4 * np.arange(block) / block)
    runs = 48_000 * 4 // block
    start = time.thread_time()
    for _ in range(runs):
        module.play(**blocks)
    return 100 * (time.thread_time() - start) / 4.0


def pictures(folder: Path) -> None:
    """The sound of a blend: all the way from trumpet to clarinet on one note, and there along the first axis."""
    player, seconds = MorphPlayer(RATE, Morph()), 6
    player.where.b = INSTRUMENTS.index("clarinet")
    out, silence = np.zeros(seconds * RATE, np.float32), np.zeros(64, np.float32)
    for at in range(0, len(out), 64):
        player.where.blend = min(1.0, at / (4 * RATE))
        player.where.volts[0] = 2.5 * max(0.0, at / RATE - 4.0)
        player.play(silence, out[at : at + 64], 0.25, 8.0)
    soundfile.write(folder / "morph.ogg", out / (2 * np.abs(out).max()), RATE)
    write_png(folder / "morph.png", spectrogram(out, RATE, size=512, hop=256))
