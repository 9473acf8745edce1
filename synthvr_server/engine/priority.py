"""Real-time scheduling of the engine's threads, where the system has it and lets us (rtprio in limits.conf)."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

AUDIO = 10
# Whoever holds the interpreter while the audio thread waits for it must not be put aside for another program.
EDITING = 5


def ask_for_priority(priority: int) -> None:
    """Schedule the calling thread before all ordinary ones; threads and processes that it starts are ordinary."""
    if hasattr(os, "sched_setscheduler"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(priority))


def stand_back() -> None:
    """Let whatever plays go before the calling thread, where threads have a priority of their own (nice, on Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
