"""A space of timbres that was learned: where its instruments lie, and how eight voltages move between them.

    six.morph: a zip archive of
        decoder.onnx   condition float32[1, 1, 10] (pitch in V, loudness in dB, place), memory float32[1, 1, n]
                       → spectrum float32[1, 1, 129] (64 harmonics, 65 noise bands: power in dB), memory_next
        card.json      the tables of Space, and what the model card says

A *place* is eight numbers: coordinates in the order of how much they change the sound. The tables spread knobs and
blends over it so that equal turns are equal steps of the sound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .. import dsp
from ..errors import ModuleDeclarationError
from .additive import BANDS, HARMONICS
from .instrument import CARD, CONDITION, DECODER, LOUDNESS_RANKS, MEMORY, MEMORY_NEXT, SPECTRUM, Card, part_of
from .session import Session

SHIPPED = Path(__file__).parent / "models" / "morph" / "six.morph"
INSTRUMENTS = ("trumpet", "strings", "flute", "clarinet", "sax", "voice")  # in SHIPPED, in this order
LATENTS = 8
AXIS_POINTS = 21  # of a knob's table, from −5 to 5 V
BLEND_POINTS = 17  # of the way from one instrument to another
CV_VOLTS = 5.0

Array = NDArray[np.float32]
_F = np.float32
_compiled = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True}


@dataclass(frozen=True)
class Space:
    """The tables by which a place is found.

    ``anchors`` [n, 8] places of the instruments; ``axes`` [8, 21] offset along each axis at −5 … 5 V; ``blends``
    [n, n, 17] how far along the line from one to another; ``bounds`` [2, 8] how far places may go; ``range_hz`` [n, 2]
    and ``loudness_db`` [n, 7] (at LOUDNESS_RANKS) of each instrument. Raises ModuleDeclarationError.
    """

    anchors: Array
    axes: Array
    blends: Array
    bounds: Array
    range_hz: Array
    loudness_db: Array

    def __post_init__(self) -> None:
        n = len(self.anchors)
        shapes = {
            "anchors": (n, LATENTS),
            "axes": (LATENTS, AXIS_POINTS),
            "blends": (n, n, BLEND_POINTS),
            "bounds": (2, LATENTS),
            "range_hz": (n, 2),
            "loudness_db": (n, len(LOUDNESS_RANKS)),
        }
        for name, shape in shapes.items():
            table = getattr(self, name)
            if table.shape != shape or not np.isfinite(table).all():
                raise ModuleDeclarationError(f"the table {name} of the timbre space must be {list(shape)} numbers")

    def card(self, a: int, b: int, blend: float) -> Card:
        """Range and levels at ``blend`` (0…1) from instrument a to b."""
        low, high = self.range_hz[a] ** (1.0 - blend) * self.range_hz[b] ** blend
        levels = self.loudness_db[a] + blend * (self.loudness_db[b] - self.loudness_db[a])
        return Card("Morph", float(low), float(high), tuple(levels.tolist()))


class Morph:
    """A running decoder: write ``condition`` (V, dB, place), ``run``, read ``spectrum`` (dB).

    ``card`` is that of the instrument it is at present: what lies between two has a range between theirs.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        """Raises ModuleDeclarationError where ``path`` is no timbre space."""
        self.space = read_space(path)
        self.card = self.space.card(0, 0, 0.0)
        condition = np.zeros((1, 1, 2 + LATENTS), np.float32)
        spectrum = np.zeros((1, 1, HARMONICS + BANDS), np.float32)
        self.condition, self.spectrum = condition.reshape(-1), spectrum.reshape(-1)
        session = Session(
            part_of(path, DECODER, "timbre space"), {CONDITION: condition}, {SPECTRUM: spectrum}, {MEMORY: MEMORY_NEXT}
        )
        self.place = self.condition[2:]
        self.frozen = False
        self._run, self.reset = session.run, session.reset

    def run(self) -> None:
        """The next spectrum; while ``frozen`` the last one stands."""
        if not self.frozen:
            self._run()


def read_space(path: Path) -> Space:
    """The tables of a timbre space. Raises ModuleDeclarationError."""
    try:
        fields: Any = json.loads(part_of(path, CARD, "timbre space"))["space"]
        tables = {name: np.array(fields[name], np.float32) for name in Space.__dataclass_fields__}
    except (ValueError, KeyError, TypeError) as error:
        raise ModuleDeclarationError("its card cannot be read") from error
    return Space(**tables)


@nb.njit(
    "void(float32[:, ::1], float32[:, ::1], float32[:, :, ::1], float32[:, ::1], int64, int64, float32,"
    " float32[::1], float32[::1])",
    **_compiled,
)
def find_place(anchors, axes, blends, bounds, a, b, blend, volts, out):
    """Write to ``out`` [8] the place at ``blend`` (0…1) from instrument a to b, moved by ``volts`` [8]."""
    along = dsp.clamp(blend, _F(0.0), _F(1.0)) * _F(BLEND_POINTS - 1)
    left = min(int(along), BLEND_POINTS - 2)
    part = blends[a, b, left] + (blends[a, b, left + 1] - blends[a, b, left]) * (along - _F(left))
    for k in range(LATENTS):
        turn = (dsp.clamp(volts[k], _F(-CV_VOLTS), _F(CV_VOLTS)) / _F(2 * CV_VOLTS) + _F(0.5)) * _F(AXIS_POINTS - 1)
        left = min(int(turn), AXIS_POINTS - 2)
        offset = axes[k, left] + (axes[k, left + 1] - axes[k, left]) * (turn - _F(left))
        place = anchors[a, k] + part * (anchors[b, k] - anchors[a, k]) + offset
        out[k] = dsp.clamp(place, bounds[0, k], bounds[1, k])
