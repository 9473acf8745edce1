"""Earlier versions of patches: of every name the last five that were saved over or deleted.

::

    backups/NAME.20260131T142530-123.json    by the time (UTC) at which it was saved over or deleted
    backups/NAME.1.json                      as older SynthVRs named them: 1 is newer than 2

A version is a file of its own from the beginning: nothing is renumbered, so a save that fails costs none.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..errors import LibraryError
from .leftovers import temporary_for
from .library_names import is_text, key, new_file_of

VERSIONS_KEPT = 5  # of every name
_NAMED = re.compile(r"(?P<name>.+)\.(?P<version>\d{8}T\d{6}-\d{3}|\d)\.json")


@dataclass(frozen=True)
class Version:
    """One earlier version of the patch ``name``."""

    name: str
    version: str
    path: Path


@dataclass(frozen=True)
class Backups:
    """A folder of earlier versions. Everything here raises LibraryError when the disk refuses."""

    folder: Path

    def all(self) -> list[Version]:
        """Every version of every name."""
        try:
            return list(self._found())
        except OSError as error:
            raise LibraryError(
                "not_listed", f"The backups in {self.folder} cannot be read: {error.strerror or error}."
            ) from error

    def of(self, name: str) -> list[Version]:
        """The versions of one patch, newest first."""
        same = [version for version in self.all() if key(version.name) == key(name)]
        return sorted(same, key=_age, reverse=True)

    def find(self, name: str, version: str) -> Path:
        """The file of one version."""
        found = (each.path for each in self.of(name) if each.version == version)
        path = next(found, None)
        if path is None:
            raise LibraryError("unknown_backup", f"There is no version {version!r} of {name!r} among the backups.")
        return path

    def keep(self, path: Path) -> Path:
        """Keep a second name for a file that is about to be replaced. Returns it."""
        kept = self._new(path.stem)
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, kept)  # takes no room: what replaces the file is a new one
            except OSError:
                _copy(path, kept)
        except OSError as error:
            why = error.strerror or error
            raise LibraryError("not_saved", f"The earlier version of {path.stem!r} cannot be kept: {why}.") from error
        return kept

    def take(self, path: Path) -> None:
        """Move a file in here: it was deleted."""
        kept = self._new(path.stem)
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, kept)
        except OSError as error:
            raise LibraryError(
                "not_saved", f"{path.stem!r} cannot be put among the backups: {error.strerror or error}."
            ) from error
        self.drop_old(path.stem)

    def rename(self, name: str, to: str) -> None:
        """The patch has another name: so have its earlier versions. One that cannot be renamed keeps the old one."""
        for version in self.of(name):
            path = self.folder / f"{to}.{version.version}.json"
            if not path.exists():
                with contextlib.suppress(OSError):
                    version.path.replace(path)

    def drop_old(self, name: str) -> None:
        """Let go of the oldest versions of a patch that has too many."""
        for version in self.of(name)[VERSIONS_KEPT:]:
            with contextlib.suppress(OSError):
                version.path.unlink()

    def _found(self) -> Iterator[Version]:
        for path in self.folder.glob("*.json"):
            named = _NAMED.fullmatch(path.name)
            if named is not None and is_text(path.name) and not path.name.startswith("."):
                yield Version(named["name"], named["version"], path)

    def _new(self, name: str) -> Path:
        now = datetime.now(UTC)
        while True:
            path = new_file_of(self.folder, f"{name}.{now:%Y%m%dT%H%M%S}-{now.microsecond // 1000:03d}")
            if not path.exists():
                return path
            now += timedelta(milliseconds=1)


def _age(version: Version) -> tuple[bool, str, int]:
    """Greater for a newer version: those with a time come after the numbered ones, of which 1 is the newest."""
    if len(version.version) == 1:
        return False, "", -int(version.version)
    return True, version.version, 0


def _copy(path: Path, to: Path) -> None:
    """Copy a file whole or not at all."""
    temporary = temporary_for(to)
    try:
        shutil.copy2(path, temporary)
        temporary.replace(to)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
