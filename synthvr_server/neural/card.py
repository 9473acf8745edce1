"""The card of a model: that it was tried, what it declares and costs, and of which file; JSON beside the model.

Only a file with a card that fits it, byte for byte, becomes a module: what has not been tried is not played.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from ..errors import ModuleDeclarationError
from .contract import Contract, Strict, first_problem

LARGEST_CARD = 1 << 20  # bytes
SHARE = 0.5  # of a block's time that a model may take inside the graph
ADVICE = "run `synthvr models add` with it"


class Cost(Strict):
    """What one run takes, measured on the machine that the model was added on."""

    frames: int = Field(gt=0)  # of the run
    fastest: float = Field(gt=0)  # s
    typical: float = Field(gt=0)  # s, the median
    worst: float = Field(gt=0)  # s

    def percent(self, rate: float) -> float:
        """Of one core, at ``rate`` Hz."""
        return 100 * self.typical * rate / self.frames


class Tried(Strict):
    """That a model file, byte for byte, was tried and did no harm."""

    version: int = Field(1, ge=1, le=1)
    file: str
    sha256: str
    bytes: int


Kind = TypeVar("Kind", bound=Tried)


class Card(Tried):
    """What is known of an ONNX file. ``costs`` are by rising length of the run; ``memory`` is in bytes.

    ``block_error`` is how much the output (1.0 = full scale) differs between runs of 64 and of 256 frames:
    a model that does not carry its past from run to run in states clicks at the edges of blocks.
    """

    contract: Contract
    costs: tuple[Cost, ...] = Field(min_length=1)
    memory: int
    block_error: float
    measured_on: str = ""
    onnxruntime: str = ""

    def seconds_of(self, frames: int) -> float:
        """How long a run of that many frames takes: a straight line through what was measured."""
        first, last = self.costs[0], self.costs[-1]
        if first.frames == last.frames:
            return first.typical * max(frames / first.frames, 1.0)
        slope = (last.typical - first.typical) / (last.frames - first.frames)
        return max(first.typical + slope * (frames - first.frames), min(first.typical, last.typical))


def card_path(model: Path) -> Path:
    """Where a model's card lies."""
    return model.with_suffix(".json")


def digest(data: bytes) -> str:
    """The fingerprint of a file's contents."""
    return hashlib.sha256(data).hexdigest()


def read_card(model: Path, kind: type[Kind]) -> Kind:
    """The card of a model file, of the kind that such files have. Raises ModuleDeclarationError if none can be used."""
    path = card_path(model)
    try:
        if path.stat().st_size > LARGEST_CARD:
            raise ModuleDeclarationError(f"its card {path.name} is too large; {ADVICE}")
        return kind.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ModuleDeclarationError(f"it has not been checked yet; {ADVICE}") from error
    except OSError as error:
        raise ModuleDeclarationError(f"its card {path.name} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ModuleDeclarationError(f"its card {path.name} is broken ({first_problem(error)}); {ADVICE}") from error


def read_model(model: Path, card: Tried) -> bytes:
    """The bytes that the card is about. Raises ModuleDeclarationError if they are others."""
    try:
        if model.stat().st_size == card.bytes and digest(data := model.read_bytes()) == card.sha256:
            return data
    except OSError as error:
        raise ModuleDeclarationError(f"it cannot be read: {error.strerror}") from error
    raise ModuleDeclarationError(f"it has changed since it was checked; {ADVICE} again")


def keep(data: bytes, card: Tried, folder: Path) -> Path:
    """Put a model and its card into a folder: each whole or not at all, the card last. Raises OSError."""
    model = write_whole(folder / card.file, data)
    write_whole(card_path(model), (card.model_dump_json(indent=2) + "\n").encode())
    return model


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file, and its folder if there is none: the whole file or nothing. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")  # what a killed one leaves goes: patch/leftovers.py
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
