"""What a peer must be able to do, and how the CPU time of a child process is read."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import CannotMeasureError

PATIENCE = 120.0  # s
MONO_GAIN = 0.01  # of one voice: hundreds are summed


@dataclass(frozen=True)
class Peer:
    """Another synthesizer.

    ``cpu_seconds(voices, block, seconds)`` plays so many voices for so long, offline at 48 kHz, and returns user and
    system time. ``expected`` is about what a core of today carries: where the search for a full core begins.
    """

    name: str
    package: str
    installed: Callable[[], bool]
    cpu_seconds: Callable[[int, int, float], float]
    expected: int


def cpu_of(command: Sequence[str], **environment: str) -> float:
    """Run a program; returns the CPU seconds it took. Raises CannotMeasureError with its last words if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE, env={**os.environ, **environment}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        words = done.stdout.decode(errors="replace").strip()[-400:]
        raise CannotMeasureError(f"{command[0]} failed with exit code {done.returncode}: {words}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
