"""Temporary files: every file is written beside its place under a name of its own, and what a killed save leaves goes.

::

    .NAME.PID-N.tmp      N tells the threads of one process apart
    .NAME.PID.tmp        as older SynthVRs named them
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import stat
import time
from collections.abc import Iterable
from pathlib import Path

OLD = 24 * 3600.0  # s: nothing is written for so long
_NAMED = re.compile(r"\..+\.(?P<process>[1-9]\d{0,9})(-\d+)?\.tmp", re.DOTALL)
_serial = itertools.count()


def temporary_for(path: Path) -> Path:
    """Where to write what will become ``path``."""
    return path.with_name(f".{path.name}.{os.getpid()}-{next(_serial)}.tmp")


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temporary files of processes that are gone; of a process that runs, only those that are old."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                named = _NAMED.fullmatch(entry.name)
                if named is not None and _is_left_over(entry, int(named["process"])):
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def _is_left_over(entry: os.DirEntry[str], process: int) -> bool:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (time.time() - status.st_mtime > OLD or not _runs(process))


def _runs(process: int) -> bool:
    if os.name != "posix":  # to ask there is to end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True
