"""The user's patches, by name, in a folder of their own; and the ready-made ones, which nobody can change.

::

    library/
      patches/   NAME.json
      backups/   what was saved over or deleted: see backups.py
      modules/   module files of the user's own
      models/    model files that become modules
      sessions/  what journal.py keeps
      server-lock  held by the server that runs on it: see server/tenancy.py
      devices/   who is paired, and server-id, which names this server on the network: see server/
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from ..errors import LibraryError, PatchError
from .backups import Backups
from .files import patch_from_text, patch_text, read_patch, write_patch
from .library_names import check_name, file_of, is_text, key, new_file_of
from .listing import Listed, Reader
from .model import Patch
from .suggestion import did_you_mean

READY_MADE = Path(__file__).resolve().parent.parent / "patches"


def default_folder() -> Path:
    """Where a user's library is kept."""
    return Path(platformdirs.user_data_dir("synthvr", appauthor=False)) / "library"


@dataclass(frozen=True)
class Entry:
    """One patch of the library; ``modules`` is None where it has not been read yet, ``problem`` why it cannot be."""

    name: str
    title: str
    modified: float
    modules: int | None
    ready_made: bool
    problem: str = ""


@dataclass(frozen=True)
class BackupEntry:
    """One earlier version of a patch, as a list shows it."""

    name: str
    version: str
    saved: float
    title: str
    modules: int | None
    problem: str = ""


@dataclass
class Library:
    """A folder of patches. Its methods read and write files, and may be called from any thread, one at a time."""

    folder: Path
    ready_made: Path = READY_MADE
    _reader: Reader = field(default_factory=Reader)

    @property
    def patches(self) -> Path:
        """The folder of the user's patches."""
        return self.folder / "patches"

    @property
    def models(self) -> Path:
        """The folder of the user's model files: what learned modules are made of."""
        return self.folder / "models"

    @property
    def sessions(self) -> Path:
        """The folder of the journals."""
        return self.folder / "sessions"

    @property
    def backups(self) -> Backups:
        """Earlier versions of the user's patches."""
        return Backups(self.folder / "backups")

    def written_folders(self) -> list[Path]:
        """The folders in which SynthVR writes files, where temporary ones may have been left."""
        folders = [self.folder, *(self.folder / name for name in ("patches", "backups", "devices", "models"))]
        with contextlib.suppress(OSError):
            folders += [path for path in self.sessions.iterdir() if path.is_dir()]
        return folders

    def entries(self) -> tuple[list[Entry], int]:
        """The user's own patches, newest first, then the ready-made ones by name; and how many older ones of the
        user's own are left out. Raises LibraryError."""
        listed, left_out = self._list(self.patches)
        own = [_entry(each, each.modified, False) for each in listed]
        names = {key(entry.name) for entry in own}
        ready_made = [_entry(each, 0.0, True) for each in self._list(self.ready_made)[0]]
        ready_made.sort(key=lambda entry: entry.name)
        return own + [entry for entry in ready_made if key(entry.name) not in names], left_out

    def backup_entries(self) -> tuple[list[BackupEntry], int]:
        """The earlier versions of all patches, newest first, and how many older ones are left out.

        Raises LibraryError.
        """
        versions = {version.path: version for version in self.backups.all()}
        listed, left_out = self._reader.newest(versions)
        entries = []
        for each in listed:
            version, details = versions[each.path], each.details
            title = version.name if details.title == each.path.stem else details.title
            entries.append(
                BackupEntry(version.name, version.version, each.modified, title, details.modules, details.problem)
            )
        return entries, left_out

    def load(self, name: str) -> Patch:
        """The patch of that name, the user's own first. Raises LibraryError."""
        check_name(name)
        for folder in (self.patches, self.ready_made):
            path = file_of(folder, name)
            if os.path.lexists(path):
                return self._read_own(path) if folder == self.patches else _read(path)
        raise self._unknown(name)

    def load_ready_made(self, name: str) -> Patch:
        """The patch of that name that came with SynthVR. Raises LibraryError."""
        return _read(file_of(self.ready_made, name))

    def load_backup(self, name: str, version: str) -> Patch:
        """An earlier version of a patch. Raises LibraryError."""
        return _read(self.backups.find(name, version))

    def save(self, name: str, patch: Patch, replace: bool = False) -> None:
        """Save under a name; with ``replace``, what was saved there before becomes a backup. Raises LibraryError."""
        check_name(name)
        path = file_of(self.patches, name)
        if not path.exists():
            _write(path, patch)
            return
        if not replace:
            raise _exists(path)
        with self._kept(path):
            _write(path, patch)

    def save_text(self, name: str, text: str, replace: bool = False) -> None:
        """Save the text of a patch file, if it is one. Raises LibraryError."""
        check_name(name)
        try:
            patch = patch_from_text(text, f"The file for {name!r}")
        except PatchError as error:
            raise LibraryError("unreadable_patch", str(error)) from error
        self.save(name, patch, replace)

    def text_of(self, name: str) -> str:
        """The text of a patch file. Raises LibraryError."""
        return patch_text(self.load(name))

    def delete(self, name: str) -> None:
        """Put a patch of the user's own among the backups. Raises LibraryError."""
        self.backups.take(self._own(name))

    def rename(self, name: str, to: str, replace: bool = False) -> None:
        """Give a patch of the user's own, and its backups, another name; with ``replace``, a patch that has it becomes
        a backup. Raises LibraryError."""
        check_name(to)
        path, there = self._own(name), file_of(self.patches, to)
        if there.exists() and key(there.stem) != key(path.stem):
            if not replace:
                raise _exists(there)
            with self._kept(there):
                _rename(path, there)
            path = there
        there = new_file_of(self.patches, to)
        if there != path:
            _rename(path, there)
        self.backups.rename(name, there.stem)

    @contextlib.contextmanager
    def _kept(self, path: Path) -> Iterator[None]:
        """Keep what is at ``path`` as a backup of what replaces it; if nothing does, there is no backup either."""
        before = os.lstat(path)
        kept = self.backups.keep(path)
        try:
            yield
        except LibraryError:
            if _is_still(path, before):
                kept.unlink(missing_ok=True)
            raise
        self.backups.drop_old(path.stem)

    def _read_own(self, path: Path) -> Patch:
        try:
            return _read(path)
        except LibraryError as error:
            if not self.backups.of(path.stem):
                raise
            raise LibraryError(error.code, f"{error} Earlier versions of it are among the backups.") from error

    def _own(self, name: str) -> Path:
        """The file of a patch of the user's own."""
        check_name(name)
        path = file_of(self.patches, name)
        if os.path.lexists(path):  # whatever it is
            return path
        if file_of(self.ready_made, name).is_file():
            raise LibraryError("ready_made", f"{name!r} came with SynthVR and stays as it is.")
        raise self._unknown(name)

    def _unknown(self, name: str) -> LibraryError:
        near = did_you_mean(name, (path.stem for folder in (self.patches, self.ready_made) for path in _named(folder)))
        return LibraryError("unknown_patch", f"There is no patch {name!r} in the library.{near}")

    def _list(self, folder: Path) -> tuple[list[Listed], int]:
        try:
            paths = _named(folder)
        except OSError as error:
            why = error.strerror or error
            raise LibraryError("not_listed", f"The library {folder} cannot be read: {why}.") from error
        return self._reader.newest(paths)


def _entry(listed: Listed, modified: float, ready_made: bool) -> Entry:
    details = listed.details
    return Entry(listed.path.stem, details.title, modified, details.modules, ready_made, details.problem)


def _named(folder: Path) -> list[Path]:
    """The patch files of a folder that can be asked for by name."""
    return [path for path in folder.glob("*.json") if not path.name.startswith(".") and is_text(path.name)]


def _exists(path: Path) -> LibraryError:
    return LibraryError("exists", f"There is a patch {path.stem!r} in the library already.")


def _is_still(path: Path, before: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.lstat(path), before)
    except OSError:
        return False


def _rename(path: Path, to: Path) -> None:
    try:
        path.replace(to)
    except OSError as error:
        raise LibraryError("not_saved", f"{path.stem!r} cannot be renamed: {error.strerror or error}.") from error


def _read(path: Path) -> Patch:
    try:
        return read_patch(path)
    except PatchError as error:
        raise LibraryError("unreadable_patch", str(error)) from error


def _write(path: Path, patch: Patch) -> None:
    try:
        write_patch(path, patch)
    except PatchError as error:
        raise LibraryError("not_saved", str(error)) from error
