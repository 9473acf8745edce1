"""Notes in a line of text: "C3 E3 G3" one after the other, "C3+E3+G3" together, "-" a rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import SynthVRError

HELD = 0.8  # of a step: the rest is for the envelope's release
LOWEST, HIGHEST = 0, 127
_DEGREES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NOTE = re.compile(r"([A-Ga-g])([#♯b♭]?)(-?\d{1,2})")
_SHIFTS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
C4 = 60  # its number, and 0 V


@dataclass(frozen=True)
class PlayedNote:
    """A note by its number (C4 = 60), from ``start`` to ``end`` in parts of the whole line."""

    number: int
    start: float
    end: float

    @property
    def pitch(self) -> float:
        """Volts: 1 V/oct, 0 V = C4."""
        return (self.number - C4) / 12


def notes_of(line: str) -> list[PlayedNote]:
    """The notes of a line, whose steps share its time evenly. Raises SynthVRError."""
    steps = line.split()
    if not steps:
        raise SynthVRError('There are no notes in --notes; write them like "C3 E3 G3", or "C3+E3+G3" for a chord.')
    return [
        PlayedNote(_number(name), at / len(steps), (at + HELD) / len(steps))
        for at, step in enumerate(steps)
        if step != "-"
        for name in step.split("+")
    ]


def _number(name: str) -> int:
    found = _NOTE.fullmatch(name)
    number = C4 + _DEGREES[found[1].upper()] + _SHIFTS[found[2]] + 12 * (int(found[3]) - 4) if found else -1
    if not LOWEST <= number <= HIGHEST:
        raise SynthVRError(f"{name!r} is no note from C-1 to G9; write notes like C3, F#4 or Bb2.")
    return number
