"""An instrument that was learned: a file with a decoder and what one must know to play it.

<name>.instrument (ours), <name>.timbre (a musician's own): a zip archive of
    decoder.onnx   condition float32[1, 1, 2] (pitch in V, loudness in dB), memory float32[1, 1, n]
                   → spectrum float32[1, 1, 129] (64 harmonics, 65 noise bands: power in dB), memory_next
    card.json      title, lowest_hz, highest_hz, loudness_db (levels at LOUDNESS_RANKS), inharmonicity (B at C4, and the
                   factor by which it grows an octave; left out where partials are harmonics), and what the model card
                   says
"""

from __future__ import annotations

import itertools
import json
import math
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..errors import ModuleDeclarationError, printable
from ..module import C4_HZ
from .additive import BANDS, HARMONICS
from .session import Session

LOUDNESS_RANKS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
MOST_INHARMONIC, STEEPEST = 0.01, 4.0  # far beyond a piano (models/timbre/piano.json)
LOUDEST_DB = 300.0  # of a spectrum, up and down
TRIED_RUNS = 2500  # of a decoder, 250 a second
LARGEST_PART = 8 << 20  # bytes: a hundred times what a decoder needs
MODELS = Path(__file__).parent / "models" / "timbre"
DECODER, CARD = "decoder.onnx", "card.json"
Source = Path | IO[bytes]  # of an archive
CONDITION, SPECTRUM, MEMORY, MEMORY_NEXT = "condition", "spectrum", "memory", "memory_next"


@dataclass(frozen=True)
class Inharmonicity:
    """B of an instrument's partials (see additive.py): at C4, and the factor by which it grows in an octave."""

    at_c4: float = 0.0
    growth: float = 1.0

    def is_sane(self) -> bool:
        """Whether an instrument can have it."""
        return 0.0 <= self.at_c4 <= MOST_INHARMONIC and 1 / STEEPEST <= self.growth <= STEEPEST

    def at(self, volts: float) -> float:
        """B at a pitch in V."""
        return self.at_c4 * self.growth**volts


@dataclass(frozen=True)
class Card:
    """What must be known to play it: its name, its range in Hz, how loud it was learned (dB at LOUDNESS_RANKS), and
    how wide its partials lie."""

    title: str
    lowest_hz: float
    highest_hz: float
    loudness_db: tuple[float, ...]
    inharmonicity: Inharmonicity = Inharmonicity()


class Decoder:
    """A running instrument: write ``condition`` (V, dB), ``run``, read ``spectrum`` (dB, 64 harmonics and 65 bands)."""

    def __init__(self, source: Source) -> None:
        """Raises ModuleDeclarationError where ``source`` is no instrument."""
        self.card = read_card(source)
        self._condition = np.zeros((1, 1, 2), np.float32)
        self._spectrum = np.zeros((1, 1, HARMONICS + BANDS), np.float32)
        self.condition = self._condition.reshape(2)
        self.spectrum = self._spectrum.reshape(HARMONICS + BANDS)
        inputs, outputs = {CONDITION: self._condition}, {SPECTRUM: self._spectrum}
        session = Session(part_of(source, DECODER, "instrument"), inputs, outputs, {MEMORY: MEMORY_NEXT})
        self.run, self.reset = session.run, session.reset


def hear_instrument(source: Source) -> None:
    """Run an instrument's decoder for ten seconds of playing; in a trial, for a stranger's may take all there is.

    Raises ModuleDeclarationError, and whatever a broken decoder makes onnxruntime raise.
    """
    from .inspection import inspect_model  # loads onnx, which nobody needs who plays

    card = read_card(source)
    inspect_model(part_of(source, DECODER, "instrument"))
    decoder = Decoder(source)
    notes = itertools.cycle(itertools.product((card.lowest_hz, card.highest_hz), card.loudness_db))
    for hertz, level in itertools.islice(notes, TRIED_RUNS):
        decoder.condition[:] = math.log2(hertz / C4_HZ), level
        decoder.run()
        if not np.abs(decoder.spectrum).max() < LOUDEST_DB:
            raise ModuleDeclarationError(f"what its decoder makes of {hertz:.0f} Hz at {level:.0f} dB is no spectrum")


def read_card(source: Source) -> Card:
    """The card of an instrument's file, without opening its decoder. Raises ModuleDeclarationError."""
    try:
        fields: Any = json.loads(part_of(source, CARD, "instrument"))
        levels = tuple(float(level) for level in list(fields["loudness_db"]))
        inharmonicity = Inharmonicity(*(float(value) for value in fields.get("inharmonicity", ())))
        title, low, high = printable(str(fields["title"]))[:40], float(fields["lowest_hz"]), float(fields["highest_hz"])
        card = Card(title, low, high, levels, inharmonicity)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ModuleDeclarationError("its card cannot be read") from error
    if not (card.title.strip() and 10.0 <= card.lowest_hz < card.highest_hz <= 20000.0):
        raise ModuleDeclarationError("its card has no title or no range")
    finite = all(abs(level) < LOUDEST_DB for level in levels)
    if len(levels) != len(LOUDNESS_RANKS) or not finite or any(np.diff(levels) < 0):
        raise ModuleDeclarationError(f"the loudness in its card must be {len(LOUDNESS_RANKS)} rising levels")
    if not inharmonicity.is_sane():
        raise ModuleDeclarationError(
            f"the inharmonicity in its card must be 0 … {MOST_INHARMONIC:g}, growing {1 / STEEPEST:g} … {STEEPEST:g} "
            "times an octave"
        )
    return card


def write(path: Path, decoder: bytes, card: dict[str, Any]) -> None:
    """Pack an instrument; the same parts always make the same file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((CARD, json.dumps(card, indent=2).encode()), (DECODER, decoder)):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def part_of(source: Source, name: str, what: str) -> bytes:
    """One part of an archive that is to be ``what``. Raises ModuleDeclarationError."""
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.getinfo(name).file_size > LARGEST_PART:
                raise ModuleDeclarationError(f"its {name} is too large")
            return archive.read(name)
    except OSError as error:
        raise ModuleDeclarationError(f"it cannot be read: {error.strerror or error}") from error
    except ModuleDeclarationError:
        raise
    except KeyError as error:
        raise ModuleDeclarationError(f"it is no {what}: it has no {name}") from error
    except Exception as error:  # zipfile's own, and those of every way to pack
        raise ModuleDeclarationError(f"it is no {what}, or a damaged one") from error
