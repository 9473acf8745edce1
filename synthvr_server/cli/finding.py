"""What commands share: the library they mean, and the patch that an argument names."""

from __future__ import annotations

from pathlib import Path

from ..patch.files import read_patch
from ..patch.library import Library, default_folder
from ..patch.model import Patch


def open_library(folder: Path | None) -> Library:
    """The library in ``folder``, or the user's own."""
    return Library(folder or default_folder())


def open_patch(text: str, library: Library) -> Patch:
    """The patch that an argument names: a file if it looks like one, else a name in the library.

    Raises PatchError or LibraryError.
    """
    path = Path(text)
    if path.suffix == ".json" or path.is_file() or len(path.parts) > 1:
        return read_patch(path)
    return library.load(text)
