"""The folders of sessions and the files in them: which there are, in which order, and which folders can go."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from .lock import hold

SESSIONS_KEPT = 10


def sessions_in(sessions: Path) -> list[Path]:
    """The folders of all sessions, the one written to last first."""
    try:
        folders = [path for path in sessions.iterdir() if path.is_dir()]
    except OSError:
        return []
    return sorted(folders, key=_last_write, reverse=True)


def snapshots_in(folder: Path) -> list[Path]:
    """The snapshots of a session, the newest first."""
    return sorted(folder.glob("snapshot-*.json"), key=revision_of, reverse=True)


def journals_in(folder: Path) -> list[Path]:
    """The journals of a session, in order."""
    return sorted(folder.glob("journal-*.jsonl"), key=revision_of)


def revision_of(path: Path) -> int:
    """The revision in a file's name; −1 where somebody has put a file of another name."""
    digits = path.stem.rpartition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) <= 12 else -1


def drop_old_sessions(sessions: Path) -> None:
    """Keep the latest sessions, and those of servers that run."""
    for folder in sessions_in(sessions)[SESSIONS_KEPT:]:
        try:
            lock = hold(folder / "lock")
        except OSError:
            continue
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()


def _last_write(folder: Path) -> tuple[int, str]:
    latest = 0
    try:
        for path in folder.iterdir():
            latest = max(latest, path.lstat().st_mtime_ns)
    except OSError:  # not ours to read, or gone meanwhile: by what was seen
        with contextlib.suppress(OSError):
            latest = latest or folder.lstat().st_mtime_ns
    return latest, folder.name
