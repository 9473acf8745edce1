"""The user's patches, by name, in a folder of their own; and the ready-made ones, which nobody can change.

::

    library/
      patches/   NAME.json
      backups/   NAME.1.json (the newest) … NAME.5.json
      modules/   module files of the user's own
      models/    model files that become modules
      sessions/  what journal.py keeps
      devices/   who is paired, and server-id, which names this server on the network: see server/
"""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from ..errors import LibraryError, PatchError
from .files import read_patch, write_patch
from .model import Patch

READY_MADE = Path(__file__).resolve().parent.parent / "patches"
BACKUPS = 5
LONGEST_NAME_BYTES = 200  # file systems take 255, and suffixes and the temporary file's name come on top

# Names that Windows gives to devices: a patch must be portable.
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
_FORBIDDEN = '/\\:*?"<>|'


def default_folder() -> Path:
    """Where a user's library is kept."""
    return Path(platformdirs.user_data_dir("synthvr", appauthor=False)) / "library"


@dataclass(frozen=True)
class Entry:
    """One patch of the library; ``problem`` says why it cannot be loaded, or is empty."""

    name: str
    title: str
    modified: float
    modules: int
    ready_made: bool
    problem: str = ""


@dataclass
class Library:
    """A folder of patches. Its methods read and write files, and may be called from any thread, one at a time."""

    folder: Path
    ready_made: Path = READY_MADE
    _seen: dict[Path, tuple[tuple[int, int], Entry]] = field(default_factory=dict)

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

    def entries(self) -> list[Entry]:
        """The user's own patches, newest first, then the ready-made ones by name. Raises LibraryError."""
        own = sorted(self._entries(self.patches, False), key=lambda entry: -entry.modified)
        names = {_key(entry.name) for entry in own}
        ready_made = sorted(self._entries(self.ready_made, True), key=lambda entry: entry.name)
        return own + [entry for entry in ready_made if _key(entry.name) not in names]

    def load(self, name: str) -> Patch:
        """The patch of that name, the user's own first. Raises LibraryError."""
        check_name(name)
        for folder in (self.patches, self.ready_made):
            path = _file(folder, name)
            if path.is_file():
                return _read(path)
        raise LibraryError("unknown_patch", f"There is no patch {name!r} in the library.")

    def save(self, name: str, patch: Patch) -> None:
        """Save under a name; what was saved there before becomes a backup. Raises LibraryError."""
        check_name(name)
        path = _file(self.patches, name)
        if path.exists():
            self._back_up(path)
        try:
            write_patch(path, patch)
        except PatchError as error:
            raise LibraryError("not_saved", str(error)) from error

    def backups(self, name: str) -> list[Path]:
        """The earlier versions of a patch, newest first."""
        check_name(name)
        stem = _file(self.patches, name).stem
        return [path for path in self._backup_files(stem) if path.exists()]

    def _back_up(self, path: Path) -> None:
        files = self._backup_files(path.stem)
        try:
            files[0].parent.mkdir(parents=True, exist_ok=True)
            for older, newer in zip(reversed(files), reversed(files[:-1]), strict=False):
                if newer.exists():
                    newer.replace(older)
            shutil.copy2(path, files[0])
        except OSError as error:
            raise LibraryError("not_saved", f"The earlier version of {path.stem!r} cannot be kept: {error}.") from error

    def _backup_files(self, stem: str) -> list[Path]:
        return [self.folder / "backups" / f"{stem}.{number}.json" for number in range(1, BACKUPS + 1)]

    def _entries(self, folder: Path, ready_made: bool) -> list[Entry]:
        try:
            paths = [path for path in folder.glob("*.json") if not path.name.startswith(".")]
            return [self._entry(path, ready_made) for path in paths if _is_text(path.name)]
        except OSError as error:
            raise LibraryError("not_listed", f"The library {folder} cannot be read: {error}.") from error

    def _entry(self, path: Path, ready_made: bool) -> Entry:
        try:
            status = path.stat()
        except OSError as error:  # a link that leads nowhere
            return Entry(path.stem, path.stem, 0.0, 0, ready_made, f"{path} cannot be read: {error.strerror}.")
        version = (status.st_mtime_ns, status.st_size)
        seen = self._seen.get(path)
        if seen is None or seen[0] != version:
            modified = 0.0 if ready_made else status.st_mtime
            seen = self._seen[path] = version, _read_entry(path, modified, ready_made)
        return seen[1]


def check_name(name: str) -> None:
    """Raise LibraryError, with the reason, unless a patch can be saved under this name on every system."""
    if not name.strip():
        raise LibraryError("invalid_name", "A name must not be empty.")
    if name != name.strip():
        raise LibraryError("invalid_name", "A name must not begin or end with a space.")
    if name.startswith("."):
        raise LibraryError("invalid_name", "A name must not begin with a dot: the file would be hidden.")
    if name.endswith("."):
        raise LibraryError("invalid_name", "A name must not end with a dot.")
    found = next((character for character in name if character in _FORBIDDEN), None)
    if found is not None:
        raise LibraryError("invalid_name", f"A name must not contain {found!r}.")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in name):
        raise LibraryError("invalid_name", "A name must not contain invisible characters.")
    if name.split(".")[0].strip().lower() in _DEVICES:
        raise LibraryError("invalid_name", f"{name!r} is the name of a device on Windows; choose another.")
    if len(unicodedata.normalize("NFC", name).encode()) > LONGEST_NAME_BYTES:
        raise LibraryError("invalid_name", f"A name must not be longer than {LONGEST_NAME_BYTES} bytes.")


def _is_text(name: str) -> bool:
    """Whether a file can be asked for by name: on Linux a name is any bytes."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _key(name: str) -> str:
    """Two names of one key would be one file on some systems."""
    return unicodedata.normalize("NFC", name).casefold()


def _file(folder: Path, name: str) -> Path:
    """The file of that name; an existing one that differs only in case or accents' spelling is the same."""
    path = folder / f"{unicodedata.normalize('NFC', name)}.json"
    if not path.exists() and folder.is_dir():
        same = (other for other in folder.glob("*.json") if _key(other.stem) == _key(name))
        return next(same, path)
    return path


def _read(path: Path) -> Patch:
    try:
        return read_patch(path)
    except PatchError as error:
        raise LibraryError("unreadable_patch", str(error)) from error


def _read_entry(path: Path, modified: float, ready_made: bool) -> Entry:
    try:
        patch = _read(path)
    except LibraryError as error:
        return Entry(path.stem, path.stem, modified, 0, ready_made, str(error))
    return Entry(path.stem, patch.title or path.stem, modified, len(patch.modules), ready_made)
