"""What the last session left on disk, in whatever state: the newest whole patch, and one sentence for what is lost.

A snapshot, and every batch of the journals after it, in order. What is torn, spoilt or not ours is left out; a batch
counts only if it follows the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..errors import PatchError, printable
from .change import Change
from .commands import Command, apply_batch
from .files import read_bounded, read_patch, without_nul
from .history import History, Origin
from .history_file import read_steps
from .model import Patch
from .session_files import journals_in, revision_of, sessions_in, snapshots_in

LARGEST_JOURNAL = 2**28  # bytes; the server begins a new one long before

LAST_REVISION = 10**12  # what a name of a file can hold

_COMMANDS: TypeAdapter[tuple[Command, ...]] = TypeAdapter(tuple[Command, ...])


@dataclass(frozen=True)
class Restored:
    """The patch to go on with and how it came about; ``problems`` are files that could not be read and cost nothing,
    ``lost`` says what is lost, and why."""

    patch: Patch
    history: History
    problems: tuple[str, ...] = ()
    lost: str = ""


def restore(sessions: Path) -> Restored | None:
    """What the latest session that can be read ended with, with an empty patch where none can; None where none is."""
    problems: list[str] = []
    passed_over: list[Path] = []
    for folder in sessions_in(sessions):
        found = _last_of(folder, problems)
        if found is not None:
            lost = [found.lost] if found.lost else []
            if passed_over:
                lost.insert(0, _only_older(passed_over, f"This is how the session {printable(folder.name)} ended."))
            return Restored(found.patch, found.history, tuple(problems), " ".join(lost))
        if _has_content(folder):
            passed_over.append(folder)
    if passed_over:
        return Restored(Patch(), History(), tuple(problems), _only_older(passed_over, "No other is there."))
    return None


def _only_older(passed_over: list[Path], instead: str) -> str:
    names = ", ".join(printable(folder.name) for folder in passed_over[:3])
    names += " and others" if len(passed_over) > 3 else ""
    return f"No whole patch could be read of the session {names}. {instead}"


def _has_content(folder: Path) -> bool:
    """Whether there is something that a patch could have come from; a session may end before it has begun."""
    try:
        return any(_counts(path) for path in folder.iterdir())
    except OSError:
        return True


def _counts(path: Path) -> bool:
    return path.name.startswith("snapshot-") or (path.name.startswith("journal-") and path.lstat().st_size > 0)


def _last_of(folder: Path, problems: list[str]) -> Restored | None:
    """The end of one session, from its newest whole snapshot on."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        problems.append(f"{_shown(folder)} cannot be read: {error.strerror}.")
        return None
    snapshots = snapshots_in(folder)
    for snapshot in snapshots:
        try:
            patch = read_patch(snapshot)
        except PatchError as error:
            problems.append(str(error))
            continue
        revision = revision_of(snapshot)
        history = History(read_steps(folder / f"history-{revision:08d}.jsonl"))
        replay = _Replay(folder, patch, history, revision, highest=revision_of(snapshots[0]))
        for path in journals_in(folder):
            if revision_of(path) >= revision:  # those before it are in it
                replay.read(path)
        return Restored(replay.patch, history, (), replay.lost)
    return None


@dataclass
class _Replay:
    """Batches on their way back into the patch."""

    folder: Path
    patch: Patch
    history: History
    revision: int
    highest: int  # revision that the session is known to have reached
    at: float | None = None  # when the last batch that counts was made
    _spoilt: int = 0  # pieces after it that make no sense
    _reasons: list[str] = field(default_factory=list)
    _fits: bool = True

    def read(self, path: Path) -> None:
        """Follow the batches of one file."""
        self.highest = max(self.highest, revision_of(path))
        for line in _lines(path):
            if isinstance(line, str):
                self._spoilt += 1
                self._reasons.append(line)
            elif line.get("session", self.folder.name) != self.folder.name:
                self._spoilt += 1
                self._reasons.append(f"{_shown(path)} holds a batch of another session")
            else:
                self._follow(line, path)

    @property
    def lost(self) -> str:
        """What is missing at the end, in one sentence; empty where nothing is."""
        missing = max(self.highest - self.revision, 0)
        if not missing and not self._spoilt:
            return ""
        count = max(missing, 1)
        edits = f"{'At least ' if self._spoilt else ''}{count} edit{'s' if count > 1 else ''}"
        since = "" if self.at is None else f" at {datetime.fromtimestamp(self.at):%H:%M:%S on %Y-%m-%d}"
        reason = self._reasons[0] if self._reasons else f"a journal is missing in {_shown(self.folder)}"
        verb = "are" if count > 1 else "is"
        return f"{edits} after revision {self.revision}{since} of the last session {verb} lost: {reason}."

    def _follow(self, line: dict[str, Any], path: Path) -> None:
        number = line["revision"]
        self.highest = max(self.highest, number)
        if number != self.revision + 1 or not self._fits:
            return
        try:
            after = apply_batch(self.patch, _COMMANDS.validate_python(line["commands"]))
            if "origin" in line:  # older SynthVRs wrote none
                self.history.follow(Origin.model_validate(line["origin"]), Change.between(self.patch, after))
        except (PatchError, ValidationError, KeyError, TypeError) as error:
            self._fits = False
            self._reasons.insert(0, f"{_shown(path)} holds a batch that does not fit ({_first_line(error)})")
            return
        self.patch, self.revision, self.at = after, number, _time(line.get("at"))
        self._spoilt = 0  # what made no sense before it was never accepted
        self._reasons.clear()


def _lines(path: Path) -> Iterator[dict[str, Any] | str]:
    """The batches of a journal; in the place of each line that is none, why."""
    try:
        *lines, rest = read_bounded(path, LARGEST_JOURNAL).split(b"\n")
    except OSError as error:
        yield f"{_shown(path)} cannot be read: {error.strerror}"
        return
    except ValueError as error:
        yield f"{_shown(path)} cannot be read: {error}"
        return
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(without_nul(line.decode()))
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict) and type(value.get("revision")) is int and 0 < value["revision"] <= LAST_REVISION:
            yield value
        else:
            yield f"{_shown(path)} is torn in line {number}"
    if rest:
        yield f"{_shown(path)} is torn at its end"


def _time(value: Any) -> float | None:
    """Unix time, if a calendar can show it."""
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e11 else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")[:300] if str(error) else type(error).__name__


def _shown(path: Path) -> str:
    return printable("/".join(path.parts[-2:]))
