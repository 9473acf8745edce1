"""How much memory the engine may take, and who took it: no module can take the machine with it.

The system refuses what goes beyond the ration (RLIMIT_DATA, where there is one): whoever asked for that gets a
MemoryError, and a module is silent from then on. What grows slowly is looked at once a second; from half of the ration
on, what each ``play`` adds is counted, and at three quarters the engine is started again without the greediest.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from ..errors import EngineError

LEAST = 2 << 30  # bytes: what the libraries and a large patch need
_STATM = Path("/proc/self/statm")


class TooMuchMemory(EngineError):
    """The engine has used up its ration; ``module`` is the id of who took most of it, where that can be told."""

    def __init__(self, most: int, module: str | None) -> None:
        super().__init__(f"The engine has taken more than {most >> 20} MB of memory.")
        self.module = module
        self.did = f"take more than {most >> 20} MB of memory"


class Ration:
    """The memory of this process."""

    def __init__(self, most: int | None = None) -> None:
        """``most``: bytes; half of what the machine has, if that is not said."""
        self.most = most or max(_of_the_machine() // 2, LEAST)
        self.counting = False
        self.taken: dict[str, int] = {}  # module id → bytes

    def enforce(self) -> None:
        """From here on, the system refuses this process more."""
        with contextlib.suppress(ImportError, OSError, ValueError):
            import resource

            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            most = self.most if hard == resource.RLIM_INFINITY else min(self.most, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))

    def count(self, module: str, before: int) -> None:
        """A module has played, and ``before`` was the resident memory when it began."""
        self.taken[module] = self.taken.get(module, 0) + resident() - before

    def refused(self, module: str) -> None:
        """A module has been refused memory: if there is none left, it was this one."""
        self.taken[module] = self.most

    def look(self) -> None:
        """Once a second. Raises TooMuchMemory."""
        now = resident()
        if now > self.most * 3 // 4:
            raise self.used_up()
        self.counting = now > self.most // 2

    def used_up(self) -> TooMuchMemory:
        """What to raise when there is no more."""
        module = max(self.taken, key=lambda name: self.taken[name], default=None)
        return TooMuchMemory(self.most, module if module and self.taken[module] > self.most // 10 else None)


def resident() -> int:
    """Bytes that this process has in memory; where the system tells only that, the most it has ever had."""
    try:
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return _peak()


def _peak() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


def _of_the_machine() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0


RATION = Ration()
