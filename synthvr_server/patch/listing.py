"""What a list of patch files shows of each, for bounded work: files are read once, and not too many at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import PatchError, printable
from .files import read_patch

MOST_LISTED = 1_000  # files, the newest
MOST_READ = 32 * 2**20  # bytes in one listing: the next one goes on where it ended
MOST_REMEMBERED = 4 * MOST_LISTED


@dataclass(frozen=True)
class Details:
    """What a dialog shows. ``modules`` is None where the file has not been read yet; ``problem`` says why it cannot."""

    title: str
    modules: int | None
    problem: str = ""


@dataclass(frozen=True)
class Listed:
    """One file: when it was written (Unix time), and what is in it."""

    path: Path
    modified: float
    details: Details


@dataclass
class Reader:
    """Looks into files, and remembers what it saw until they change."""

    _seen: dict[Path, tuple[tuple[int, int], Details]] = field(default_factory=dict)

    def newest(self, paths: Iterable[Path]) -> tuple[list[Listed], int]:
        """The newest files first, and how many older ones are left out."""
        found = [(path, _status(path)) for path in paths]
        found.sort(key=_age)
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.clear()
        listed, read = [], 0
        for path, status in found[:MOST_LISTED]:
            if isinstance(status, OSError):  # a link that leads nowhere
                problem = f"{printable(str(path))} cannot be read: {status.strerror}."
                listed.append(Listed(path, 0.0, Details(path.stem, 0, problem)))
                continue
            version = (status.st_mtime_ns, status.st_size)
            seen = self._seen.get(path)
            if (seen is None or seen[0] != version) and read < MOST_READ:
                read += status.st_size
                seen = self._seen[path] = version, _read(path)
            details = seen[1] if seen and seen[0] == version else Details(path.stem, None)
            listed.append(Listed(path, status.st_mtime, details))
        return listed, max(0, len(found) - MOST_LISTED)


def _status(path: Path) -> os.stat_result | OSError:
    try:
        return path.stat()
    except OSError as error:
        return error


def _age(found: tuple[Path, os.stat_result | OSError]) -> tuple[int, str]:
    path, status = found
    return 0 if isinstance(status, OSError) else -status.st_mtime_ns, path.name


def _read(path: Path) -> Details:
    try:
        patch = read_patch(path)
    except PatchError as error:
        return Details(path.stem, 0, str(error))
    return Details(patch.title or path.stem, len(patch.modules))
