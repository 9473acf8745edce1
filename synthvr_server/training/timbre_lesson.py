"""What a decoder learns from an instrument: at every pitch and loudness, the spectrum that goes with it.

The targets are powers relative to the loudness of their frame: the level of what is played comes from the player, only
the colour is learned, and no gradient needs to pass through a synthesizer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.instrument import LOUDNESS_RANKS, Inharmonicity
from .features import Frames

Array = NDArray[np.float32]

FLOOR_DB = -80.0  # below the loudness of the frame: nobody hears it
QUIET_DB = -55.0  # frames below it (full scale 0 dB) are the tails of releases


@dataclass(frozen=True)
class Lesson:
    """condition [n, 2] (V, dB), target [n, 129] (dB relative to loudness), heard [n] (0 or 1: whether it counts),
    inharmonicity [n] (B at that pitch)."""

    condition: Array
    target: Array
    heard: Array
    inharmonicity: Array


def lesson(frames: Frames) -> Lesson:
    """What a decoder learns from analysed sound; where there is no pitch the last one stays."""
    voiced = frames.f0 > 0
    last = np.maximum.accumulate(np.where(voiced, np.arange(len(voiced)), 0))
    hertz = np.where(frames.f0[last] > 0, frames.f0[last], C4_HZ)
    condition = np.stack([np.log2(hertz / C4_HZ), np.maximum(frames.loudness, FLOOR_DB)], axis=1)
    power = np.concatenate([np.square(frames.harmonics) / 2, frames.noise], axis=1)
    target = 10.0 * np.log10(power + 1e-12) - frames.loudness[:, None]
    heard = voiced & (frames.loudness > QUIET_DB)
    parts = (condition, target.clip(FLOOR_DB, 0), heard, frames.inharmonicity[last])
    return Lesson(*(np.ascontiguousarray(part, np.float32) for part in parts))


def facts(lessons: Lesson, inharmonicity: Inharmonicity | None = None) -> dict[str, Any]:
    """The part of the card that is read off the sound: its range, its levels, and how wide its partials lie."""
    volts, level = lessons.condition[lessons.heard > 0].T
    low, high = C4_HZ * 2.0 ** np.percentile(volts, [0.5, 99.5])
    levels = [round(float(value), 2) for value in np.quantile(level, LOUDNESS_RANKS)]
    found: dict[str, Any] = {"lowest_hz": round(float(low), 2), "highest_hz": round(float(high), 2)}
    found["loudness_db"] = levels
    if inharmonicity and inharmonicity.at_c4:
        found["inharmonicity"] = [inharmonicity.at_c4, inharmonicity.growth]
    return found
