"""Names of patches as names of files: what every system takes, and which two names are one file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ..errors import LibraryError

LONGEST_NAME_BYTES = 200  # file systems take 255, and suffixes and the temporary file's name come on top

# Names that Windows gives to devices: a patch must be portable.
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
_FORBIDDEN = '/\\:*?"<>|'


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


def is_text(name: str) -> bool:
    """Whether a file can be asked for by name: on Linux a name is any bytes."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def key(name: str) -> str:
    """Two names of one key would be one file on some systems."""
    return unicodedata.normalize("NFC", name).casefold()


def file_of(folder: Path, name: str) -> Path:
    """The file of that name; an existing one that differs only in case or accents' spelling is the same."""
    path = new_file_of(folder, name)
    if not path.exists() and folder.is_dir():
        same = (other for other in folder.glob("*.json") if key(other.stem) == key(name))
        return next(same, path)
    return path


def new_file_of(folder: Path, name: str) -> Path:
    """The file that a new patch of that name gets."""
    return folder / f"{unicodedata.normalize('NFC', name)}.json"
