"""One server at a time keeps its sessions in a library. The second one says so, and does not start on it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

from ..errors import SynthVRError
from ..patch.files import read_bounded
from ..patch.lock import hold

LARGEST = 20  # bytes: the number of a process


class Tenancy:
    """This server's hold on a library, by a file that the system lets go of however the server ends."""

    def __init__(self, library: Path) -> None:
        self._path = library / "server-lock"
        self._file: BinaryIO | None = None

    def begin(self) -> None:
        """Take the library. Raises SynthVRError where another server has it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = hold(self._path)
        except OSError:  # a library that cannot be written is no reason not to play; the journal says so
            return
        if file is None:
            raise SynthVRError(
                f"Another SynthVR{self._whose()} is running on the library {self._path.parent}: open the page that it "
                "shows, stop it, or give this one a library of its own with --library.",
            )
        self._file = file
        with contextlib.suppress(OSError):
            file.truncate(0)
            file.write(str(os.getpid()).encode())

    def renew(self) -> None:
        """Take it again if somebody has deleted or moved it; who has begun on the new one meanwhile stays."""
        if self._file is None or self._path.exists():
            return
        self.end()
        with contextlib.suppress(SynthVRError):
            self.begin()

    def end(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _whose(self) -> str:
        try:
            return f" (process {int(read_bounded(self._path, LARGEST))})"
        except (OSError, ValueError):
            return ""
