"""Timbre, by sounds it never learned from: another soundfont's instruments, and a spoken voice.

An instrument is *recognised* frame by frame by a small classifier that was trained on the real instruments only.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import soundfile

from synthvr_server.neural.instrument import MODELS
from synthvr_server.training import sounds
from tests.neural.timbre_hearing import (
    BLOCK,
    RATE,
    SOURCES,
    Recogniser,
    distances,
    loudness_correlation,
    pitch_error,
    play,
    speech,
    taken_apart,
    timbre,
    transferred,
    up,
)
from tests.spectrogram import spectrogram, stacked, write_png

TRAINING_SECONDS, KNOWN_SECONDS, SOURCE_SECONDS = 200.0, 40.0, 8.0


def measure() -> dict[str, float]:
    """Every figure of every shipped instrument."""
    if not sounds.TIM_GM.is_file():
        raise FileNotFoundError(f"{sounds.TIM_GM.name} is not installed")
    names = [name for name in sounds.SHIPPED if (MODELS / f"{name}.instrument").exists()]
    figures: dict[str, float] = {}
    clips = {}
    for name in names:
        known = sounds.render(name, KNOWN_SECONDS, 2)
        clips[name] = sounds.render(name, TRAINING_SECONDS, 2).audio
        found = distances(name, taken_apart(name, known))
        figures[f"timbre.{name}.lsd_db"], figures[f"timbre.{name}.static_lsd_db"] = found.decoder, found.static
        figures[f"timbre.{name}.lsd_ratio"] = found.ratio
    judge = Recogniser(clips)
    right = [judge.shares(sounds.render(name, SOURCE_SECONDS, 3).audio)[name] for name in names]
    figures["timbre.recogniser.accuracy"] = float(np.mean(right))
    for name in names:
        source = SOURCES.get(name, "flute")
        given = sounds.render(source, SOURCE_SECONDS, 77, sounds.TIM_GM)
        made = transferred(name, given.audio)
        heard = judge.shares(made)
        figures[f"timbre.{name}.recognised"] = heard[name]
        figures[f"timbre.{name}.source_recognised"] = heard.get(source, 0.0)
        figures[f"timbre.{name}.pitch_cents"] = pitch_error(made, given.f0)
        figures[f"timbre.{name}.loudness_correlation"] = loudness_correlation(given.audio, made)
        spoken = judge.shares(transferred(name, speech()))
        figures[f"timbre.{name}.recognised_from_speech"] = spoken[name]
    figures["cost_percent.timbre.block64"] = cost()
    return figures


def cost() -> float:
    """Processor time of the module as a part of the time it plays, in percent, at block 64 and 48 kHz.

    Each twentieth of a phrase counts with the least of eight runs: what else the machine does comes and goes.
    """
    audio = np.ascontiguousarray(up(sounds.render("flute", 4.0, 3, sounds.TIM_GM).audio) * 5)
    parts = np.split(audio[: len(audio) // (20 * BLOCK) * 20 * BLOCK], 20)
    module, spent = timbre("trumpet"), np.zeros((8, len(parts)))
    for run in spent:
        for number, part in enumerate(parts):
            start = time.thread_time()
            play(module, part)
            run[number] = time.thread_time() - start
    return 100 * spent.min(axis=0).sum() / (len(parts) * len(parts[0]) / RATE)


def pictures(folder: Path) -> None:
    """A phrase of another soundfont's flute and a spoken sentence, and each by all instruments, in the knob's order."""
    given = {"flute": sounds.render("flute", 4.0, 77, sounds.TIM_GM).audio, "speech": speech()[: 4 * sounds.RATE]}
    for source, audio in given.items():
        made = {name: transferred(name, audio) for name in sounds.SHIPPED}
        rows = [spectrogram(each, sounds.RATE, size=512, hop=256) for each in (audio, *made.values())]
        write_png(folder / f"timbre_{source}.png", stacked(rows))
        for name, each in {"source": audio, **made}.items():
            soundfile.write(folder / f"timbre_{source}_{name}.ogg", each / (2 * np.abs(each).max()), sounds.RATE)
