"""What a session leaves on disk while it runs, so that a crash costs nothing.

Every session has a folder of its own, so that no two servers ever write the same file and no session
touches a file that a user has saved::

    sessions/20260131T142530-3f9c/
      snapshot-00000000.json    the patch at a revision
      history-00000000.jsonl    the latest steps that led to it, newest first: what undo can take back
      lock                      held while its server runs
      journal-00000000.jsonl    one line per accepted batch after it: {"revision": …, "commands": […], "origin": …}

A batch is handed to the operating system before anybody hears of it, so it survives the end of this
process; ``sync`` makes it survive a power cut, and the server calls it within a second. A last line that
was torn is left out.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError

from ..errors import PatchError
from .change import Change
from .commands import Command, apply_batch
from .files import read_bounded, read_patch, write_patch
from .history import History, Origin, Step
from .history_file import read_steps, write_steps
from .model import Patch

fcntl: Any = None
with contextlib.suppress(ImportError):  # Windows has none
    import fcntl

SESSIONS_KEPT = 10
SNAPSHOTS_KEPT = 3
LARGEST_JOURNAL = 2**28  # bytes; a snapshot begins a new one every 200 batches of at most a megabyte

_COMMANDS: TypeAdapter[tuple[Command, ...]] = TypeAdapter(tuple[Command, ...])


class Journal:
    """The journal of one running session. Everything here raises PatchError when the disk refuses."""

    def __init__(self, sessions: Path) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self.folder = sessions / f"{stamp}-{secrets.token_hex(4)}"
        self._file: BinaryIO | None = None
        self._lock: BinaryIO | None = None  # held as long as the session lives

    @property
    def is_open(self) -> bool:
        """Whether batches can be appended."""
        return self._file is not None

    def start_file(self, revision: int) -> None:
        """Write the batches after ``revision`` into a file of their own; ``write_snapshot`` belongs to it."""
        self._close()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = _lock(self.folder)
            self._file = (self.folder / f"journal-{revision:08d}.jsonl").open("ab", buffering=0)
        except OSError as error:
            raise PatchError(f"The journal in {self.folder} cannot be written: {error}.") from error

    def append(self, revision: int, commands: Sequence[Command], origin: Origin) -> None:
        """Keep one accepted batch."""
        batch = {
            "revision": revision,
            "commands": [command.model_dump(mode="json", by_alias=True) for command in commands],
            "origin": origin.model_dump(mode="json"),
        }
        line = json.dumps(batch, ensure_ascii=False, separators=(",", ":"))
        if self._file is None:
            raise PatchError(f"The journal in {self.folder} is not open.")
        whole = line.encode() + b"\n"
        try:
            written = self._file.write(whole)
            if written != len(whole):  # the disk is full: the system takes what has room, and says so
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            # What was written of the line is torn; a file of its own keeps it from spoiling the next one.
            self._close()
            raise PatchError(f"The journal in {self.folder} cannot be written: {error}.") from error

    def sync(self) -> None:
        """Put what was appended on the disk itself. May be called from another thread."""
        file = self._file
        if file is None:
            return
        try:
            os.fsync(file.fileno())
        except ValueError:
            return  # closed meanwhile: a snapshot takes its place
        except OSError as error:
            raise PatchError(f"The journal in {self.folder} cannot be written: {error}.") from error

    def write_snapshot(self, revision: int, patch: Patch, steps: Sequence[Step] = ()) -> None:
        """Keep the whole patch and the steps to it, and drop what that makes superfluous.

        May be called from another thread.
        """
        write_steps(self.folder / f"history-{revision:08d}.jsonl", steps)
        write_patch(self.folder / f"snapshot-{revision:08d}.json", patch)
        kept = _snapshots(self.folder)[:SNAPSHOTS_KEPT]
        oldest = _revision(kept[-1])
        for path in [*self.folder.glob("snapshot-*.json"), *self.folder.glob("*-*.jsonl")]:
            if _revision(path) < oldest:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Put everything on disk and close the file."""
        try:
            self.sync()
        finally:
            self._close()
            if self._lock is not None:
                self._lock.close()
                self._lock = None

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


@dataclass(frozen=True)
class Restored:
    """The patch that a session ended with, how it came about, and what of it could not be read."""

    patch: Patch
    history: History
    folder: Path
    problems: tuple[str, ...]


def restore(sessions: Path) -> Restored | None:
    """The patch of the latest session that can be read; None where there is none."""
    problems: list[str] = []
    for folder in _sessions(sessions):
        for snapshot in _snapshots(folder):
            try:
                patch = read_patch(snapshot)
            except PatchError as error:
                problems.append(str(error))
                continue
            revision = _revision(snapshot)
            history = History(read_steps(folder / f"history-{revision:08d}.jsonl"))
            patch = _replay(patch, history, revision, folder, problems)
            return Restored(patch, history, folder, tuple(problems))
    return None


def drop_old_sessions(sessions: Path) -> None:
    """Keep the latest sessions, and those of servers that run."""
    for folder in _sessions(sessions)[SESSIONS_KEPT:]:
        lock = _lock(folder)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()


def _lock(folder: Path) -> BinaryIO | None:
    """The lock of a session, or None if a server holds it. The system frees it however the server ends."""
    if (folder / "lock").is_fifo():  # to open one is to wait for ever
        return None
    try:
        file = (folder / "lock").open("ab")
    except OSError:
        return None
    try:
        if fcntl is not None:  # elsewhere a folder with an open file cannot be removed anyway
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _replay(patch: Patch, history: History, revision: int, folder: Path, problems: list[str]) -> Patch:
    for path in sorted(folder.glob("journal-*.jsonl"), key=_revision):
        for line in _lines(path, problems):
            try:
                if line["revision"] == revision + 1:
                    after = apply_batch(patch, _COMMANDS.validate_python(line["commands"]))
                    if "origin" in line:  # older SynthVRs wrote none
                        history.follow(Origin.model_validate(line["origin"]), Change.between(patch, after))
                    patch, revision = after, revision + 1
            except (PatchError, ValidationError, KeyError, TypeError) as error:
                problems.append(f"{path} holds a batch that does not fit (revision {revision + 1}): {error}")
                return patch
    return patch


def _lines(path: Path, problems: list[str]) -> Iterator[Any]:
    """The whole lines of a journal up to the first torn one, which is a problem unless it is the last."""
    try:
        *lines, _rest = read_bounded(path, LARGEST_JOURNAL).split(b"\n")
    except (OSError, ValueError) as error:
        problems.append(f"{path} cannot be read: {error}")
        return
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
        except ValueError:
            problems.append(f"{path} is torn in line {number}: what was edited after that is lost")
            return
        yield value


def _sessions(sessions: Path) -> list[Path]:
    """The folders of all sessions, the one written to last first."""
    try:
        folders = [path for path in sessions.iterdir() if path.is_dir()]
        return sorted(folders, key=_last_write, reverse=True)
    except OSError:
        return []


def _last_write(folder: Path) -> tuple[int, str]:
    return max((path.stat().st_mtime_ns for path in folder.iterdir()), default=0), folder.name


def _snapshots(folder: Path) -> list[Path]:
    """The snapshots of a session, the newest first."""
    return sorted(folder.glob("snapshot-*.json"), key=_revision, reverse=True)


def _revision(path: Path) -> int:
    """The revision in a file's name; −1 where somebody has put a file of another name."""
    digits = path.stem.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else -1
