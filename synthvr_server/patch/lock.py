"""A file that one process holds. The system lets go of it however that process ends."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCKED_BYTE = 2**30  # Windows locks bytes, and keeps others from reading them: one that is never written


def hold(path: Path) -> BinaryIO | None:
    """The open file as long as it is held, or None where another process holds it.

    Raises OSError where the file cannot be had at all. On a file system that knows no locks nobody ever holds one.
    """
    # Whatever lies there is opened without waiting for it: it may be a named pipe.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"{path} is no ordinary file")
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        file.close()
        return None
    except OSError:
        return file
    return file


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
