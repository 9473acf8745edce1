"""The ready-made patches: how loud, how wide, and whether what is left to chance is theirs.

``lufs_off`` is how far the integrated loudness lies from −18 LUFS (ITU-R BS.1770), ``true_peak`` in dBTP, ``alike`` the
correlation of left and right, ``unseeded`` how many modules in which chance has a part have no seed of their own.
What plays notes plays two chords. ``again`` is the furthest that a second rendering lies from the first, of full scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

import synthvr_server
from synthvr_server.engine.offline import TimedNote, offline, render_patch
from synthvr_server.engine.workshop import Workshop, catalogue_of, find_modules, open_workshop
from synthvr_server.loudness import LoudnessMeter
from synthvr_server.patch.catalogue import Catalogue
from synthvr_server.patch.files import read_patch
from synthvr_server.patch.model import Patch
from synthvr_server.patch.seeds import SEED
from tests.requirement import Requirement, Requirements
from tests.spectra import decibels

REQUIREMENTS: Requirements = {
    "patches.*.lufs_off": Requirement(1.0),
    "patches.*.true_peak": Requirement(-1.0),
    "patches.*.alike": Requirement(0.98),
    "patches.*.unseeded": Requirement(0.0),
    "patches.*.again": Requirement(0.0),
}

FOLDER = Path(synthvr_server.__file__).parent / "patches"
RATE, SECONDS, AGAIN = 48_000, 12.0, 2.0
LOUDNESS = -18.0  # LUFS
OVERSAMPLING = 4  # for the peaks between samples, as BS.1770 asks at 48 kHz
CHORDS = ((-12, -8, -5, -1), (-15, -8, -5, 0))  # semitones from C4: C major 7, A minor 7
VELOCITY = 8.0  # V


def measure() -> dict[str, float]:
    """Renders all of them."""
    found = find_modules(None)
    catalogue = catalogue_of(found)
    workshop = open_workshop(found, lambda *_: None)
    figures: dict[str, float] = {}
    for path in sorted(FOLDER.glob("*.json")):
        patch = read_patch(path)
        heard, again = (_rendered(workshop, patch, catalogue, seconds) for seconds in (SECONDS, AGAIN))
        figures |= {f"patches.{path.stem}.{what}": value for what, value in _heard(heard).items()}
        figures[f"patches.{path.stem}.unseeded"] = _unseeded(patch, catalogue)
        figures[f"patches.{path.stem}.again"] = float(np.abs(heard[: len(again)] - again).max())
    return figures


def _rendered(workshop: Workshop, patch: Patch, catalogue: Catalogue, seconds: float) -> np.ndarray:
    with offline(workshop, RATE, 256, _raise) as engine:
        return np.concatenate(list(render_patch(engine, patch, seconds, _chords(patch, catalogue))))


def _heard(sound: np.ndarray) -> dict[str, float]:
    meter = LoudnessMeter(RATE)
    meter.hear(sound)
    between = resample_poly(sound.astype(float), OVERSAMPLING, 1)
    return {
        "lufs_off": abs(meter.integrated - LOUDNESS),
        "true_peak": float(decibels(np.abs(between).max())),
        "alike": float(np.corrcoef(sound.T)[0, 1]),
    }


def _chords(patch: Patch, catalogue: Catalogue) -> Iterator[TimedNote]:
    length = int(SECONDS * RATE / len(CHORDS))
    for name, placed in patch.modules.items():
        if catalogue[placed.type].plays_notes:
            for start, chord in enumerate(CHORDS):
                for semitones in chord:
                    number, pitch = 60.0 + semitones, semitones / 12
                    yield name, (number, pitch, VELOCITY), start * length
                    yield name, (number, pitch, 0.0), start * length + int(0.9 * length)


def _unseeded(patch: Patch, catalogue: Catalogue) -> float:
    by_chance = [placed for placed in patch.modules.values() if catalogue[placed.type].by_chance]
    return float(len(by_chance) - len({placed.data[SEED] for placed in by_chance if SEED in placed.data}))


def _raise(module: str, sentence: str) -> None:
    raise AssertionError(f"{module}: {sentence}")
