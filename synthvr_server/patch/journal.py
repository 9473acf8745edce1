"""What a session leaves on disk while it runs, so that a crash costs nothing.

Every session has a folder of its own, so that no two servers ever write the same file and no session
touches a file that a user has saved::

    sessions/20260131T142530-3f9c/
      snapshot-00000000.json    the patch at a revision
      history-00000000.jsonl    the latest steps that led to it, newest first: what undo can take back
      lock                      held while its server runs
      journal-00000000.jsonl    one line per accepted batch after it: {"revision": …, "commands": […], "origin": …,
                                "session": the folder's name, "at": Unix time}

A batch is handed to the operating system before anybody hears of it, so it survives the end of this
process; ``sync`` makes it survive a power cut, and the server calls it within a second. The next session
reads all of it by ``restoring.py``.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ..errors import PatchError
from .commands import Command
from .files import write_patch
from .history import Origin, Step
from .history_file import write_steps
from .lock import hold
from .model import Patch
from .session_files import revision_of, snapshots_in

SNAPSHOTS_KEPT = 3


class Journal:
    """The journal of one running session. Everything here raises PatchError when the disk refuses."""

    def __init__(self, sessions: Path, clock: Callable[[], float] = time.time) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self.folder = sessions / f"{stamp}-{secrets.token_hex(4)}"
        self._clock = clock
        self._path = self.folder  # of the file that batches go into
        self._file: BinaryIO | None = None
        self._size = 0  # bytes of it that are whole batches
        self._full: list[BinaryIO] = []  # earlier files that are not synced yet
        self._snapshot: Path | None = None  # the one on which it all rests
        self._lock: BinaryIO | None = None  # held as long as the session lives

    @property
    def is_open(self) -> bool:
        """Whether batches can be appended."""
        return self._file is not None

    @property
    def size(self) -> int:
        """Bytes of the file that batches go into."""
        return self._size

    def start_file(self, revision: int) -> None:
        """Write the batches after ``revision`` into a file of their own; ``write_snapshot`` belongs to it."""
        if self._file is not None:
            self._full.append(self._file)
            self._file = None
        try:
            if not self.folder.is_dir():  # the first time, or somebody has deleted it
                self.folder.mkdir(parents=True, exist_ok=True)
                self._unlock()
            if self._lock is None:
                self._lock = _lock(self.folder)
            self._path = self.folder / f"journal-{revision:08d}.jsonl"
            self._file = self._path.open("ab", buffering=0)
            self._size = self._file.tell()
        except OSError as error:
            raise self._refused(error) from error

    def append(self, revision: int, commands: Sequence[Command], origin: Origin) -> None:
        """Keep one accepted batch. Where that fails the file is closed: the next one needs a snapshot."""
        batch = {
            "revision": revision,
            "commands": [command.model_dump(mode="json", by_alias=True) for command in commands],
            "origin": origin.model_dump(mode="json"),
            "session": self.folder.name,
            "at": round(self._clock(), 3),
        }
        line = json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if self._file is None:
            raise PatchError(f"The journal in {self.folder} is not open.")
        try:
            self._write(self._file, line)
            self._check_file(self._file)
        except OSError as error:
            self.give_up()
            raise self._refused(error) from error
        except PatchError:
            self.give_up()
            raise

    def sync(self) -> None:
        """Put what was appended on the disk itself. May be called from another thread."""
        try:
            while self._full:
                file = self._full.pop()
                with file:
                    os.fsync(file.fileno())
            if self._file is not None:
                os.fsync(self._file.fileno())
        except ValueError:
            return  # closed meanwhile: a snapshot takes its place
        except OSError as error:
            raise self._refused(error) from error

    def check(self) -> None:
        """Raise PatchError unless all that was written is still there. May be called from another thread."""
        file, snapshot = self._file, self._snapshot
        if file is None or snapshot is None:
            return
        try:
            self._check_file(file)
            if not snapshot.is_file():
                raise PatchError(f"{snapshot} was deleted or moved away while SynthVR ran.")
        except ValueError:
            return  # closed meanwhile
        except OSError as error:
            raise self._refused(error) from error

    def write_snapshot(self, revision: int, patch: Patch, steps: Sequence[Step] = ()) -> None:
        """Keep the whole patch and the steps to it, and drop what that makes superfluous.

        May be called from another thread.
        """
        write_steps(self.folder / f"history-{revision:08d}.jsonl", steps)
        snapshot = self.folder / f"snapshot-{revision:08d}.json"
        write_patch(snapshot, patch)
        self._snapshot = snapshot
        oldest = min(map(revision_of, snapshots_in(self.folder)[:SNAPSHOTS_KEPT]), default=0)
        for path in [*self.folder.glob("snapshot-*.json"), *self.folder.glob("*-*.jsonl")]:
            if revision_of(path) < oldest:
                with contextlib.suppress(OSError):
                    path.unlink()

    def give_up(self) -> None:
        """Close the file, as something of it is lost."""
        for file in (*self._full, self._file):
            if file is not None:
                with contextlib.suppress(OSError):
                    file.close()
        self._full.clear()
        self._file = None

    def close(self) -> None:
        """Put everything on disk and close the file."""
        try:
            self.sync()
        finally:
            self.give_up()
            self._unlock()

    def _write(self, file: BinaryIO, line: bytes) -> None:
        try:
            if file.write(line) != len(line):  # the disk is full: the system takes what has room, and says so
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with contextlib.suppress(OSError):  # nothing of a batch that is not kept
                file.truncate(self._size)
            raise
        self._size += len(line)

    def _check_file(self, file: BinaryIO) -> None:
        """An open file lives on without a name: whoever deletes or moves the library leaves it so."""
        status = os.fstat(file.fileno())
        try:
            there: os.stat_result | None = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            there = None
        if there is None or not os.path.samestat(status, there) or status.st_nlink == 0:
            raise PatchError(f"{self.folder} was deleted or moved away while SynthVR ran.")
        if status.st_size < self._size:
            raise PatchError(f"{self._path} was cut short while SynthVR ran.")

    def _refused(self, error: OSError) -> PatchError:
        return PatchError(f"The journal in {self.folder} cannot be written: {error.strerror or error}.")

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _lock(folder: Path) -> BinaryIO | None:
    """The lock of a session; None where a server holds it, or it cannot be had: a session lives without."""
    try:
        return hold(folder / "lock")
    except OSError:
        return None
