"""By how much the partials of an instrument lie wider than harmonics: its strings are stiff.

frames → for each candidate B, the level at k f √(1 + B k²), k = 1 … 30 → by half octaves, the best → a line through
its logarithms over the pitch (Fletcher, JASA 36, 1964).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.instrument import Inharmonicity
from .features import REFINE_CENTS, level_at, loudness, partials, refined, spectrum
from .sounds import HOP

Array = NDArray[np.float32]

CANDIDATES = np.concatenate([[0.0], np.geomspace(2e-5, 8e-3, 53)])
PARTIALS = np.arange(1, 31)
HIGHEST_HZ = 14000.0
WINDOW = 4096
EVERY, MOST = 10, 1500  # frames: strings do not change
QUIET_DB = -50.0
HALF_OCTAVE = 0.5  # V
FEWEST_FRAMES, FEWEST_PLACES = 20, 3  # of half an octave; half octaves
LEAST_GAIN_DB = 0.5  # a partial, on average: less is chance


def find_inharmonicity(audio: Array, f0: Array) -> Inharmonicity:
    """Of ``audio`` (32 kHz) with ``f0`` (Hz at each hop, 0 where there is none); none where there is no telling."""
    frames = min(len(f0), len(audio) // HOP)
    rows = np.flatnonzero((f0[:frames] > 0) & (loudness(audio)[:frames] > QUIET_DB))
    rows = rows[:: max(EVERY, len(rows) // MOST)]
    if not len(rows):
        return Inharmonicity()
    lines = spectrum(audio, rows, WINDOW)
    hertz = refined(lines, f0[rows], WINDOW, np.zeros(len(rows), np.float32))
    levels = _levels(20.0 * np.log10(lines + 1e-6), hertz)
    volts = np.log2(hertz / C4_HZ)
    places = np.floor(volts / HALF_OCTAVE)
    found = []
    for place in np.unique(places):
        here = places == place
        if here.sum() >= FEWEST_FRAMES:
            mean = levels[here].mean(axis=0)
            best = int(mean.argmax())
            found.append((float(volts[here].mean()), float(CANDIDATES[best]), float(mean[best] - mean[0])))
    stiff = [(where, b) for where, b, gain in found if gain > LEAST_GAIN_DB]
    if len(stiff) < max(FEWEST_PLACES, 0.5 * len(found)):
        return Inharmonicity()
    where, b = np.array(stiff).T
    growth, at_c4 = np.polyfit(where, np.log2(b), 1)
    line = Inharmonicity(round(float(2.0**at_c4), 7), round(float(2.0**growth), 4))
    return line if line.is_sane() else Inharmonicity()


def _levels(decibels: Array, hertz: Array) -> Array:
    """The mean level of the partials for every candidate, at the pitch that suits it best: [frames, candidates]."""
    found = np.zeros((len(hertz), len(CANDIDATES)), np.float32)
    near = hertz[:, None] * 2.0 ** (REFINE_CENTS[::2] / 2400)
    # All candidates are judged by the same partials: else the widest would gain by losing those that nobody plays.
    heard = partials(near, np.full(len(near), CANDIDATES[-1]), PARTIALS) < HIGHEST_HZ
    for number, b in enumerate(CANDIDATES):
        level = level_at(decibels, partials(near, np.full(len(near), b), PARTIALS), WINDOW)
        found[:, number] = ((level * heard).sum(axis=2) / heard.sum(axis=2)).max(axis=1)
    return found
