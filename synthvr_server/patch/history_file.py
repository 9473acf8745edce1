"""The latest steps of a history on disk, one JSON line each, the newest first: undo survives a restart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .files import read_bounded, without_nul, write_atomically
from .history import Step

MOST_STEPS = 200
MOST_BYTES = 4 * 2**20  # a load of a large patch alone may be more: then undo ends there


def write_steps(path: Path, steps: Sequence[Step]) -> None:
    """Write as many of the latest steps as there is room for. Raises PatchError."""
    lines, size = [], 0
    for step in reversed(steps[-MOST_STEPS:]):
        line = step.model_dump_json(by_alias=True)
        size += len(line.encode()) + 1
        if size > MOST_BYTES:
            break
        lines.append(line + "\n")
    write_atomically(path, "".join(lines))


def read_steps(path: Path) -> list[Step]:
    """The steps of a file, the oldest first; from a line on that nobody understands there are none.

    Undo is a comfort: a file that is gone or spoilt costs it, and nothing else.
    """
    try:
        lines = read_bounded(path, MOST_BYTES).splitlines()
    except (OSError, ValueError):
        return []
    steps: list[Step] = []
    for line in lines[:MOST_STEPS]:
        try:
            step = Step.model_validate_json(without_nul(line.decode()))
        except ValueError:  # no text, or no step
            break
        if steps and step.number >= steps[-1].number:
            break
        steps.append(step)
    return steps[::-1]
