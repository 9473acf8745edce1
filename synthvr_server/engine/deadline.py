"""Watches the deadline of every block: pyo reports no underruns, so we count our own."""

from __future__ import annotations

import time

_STANDSTILL = 1.0  # s: longer than that, the machine was asleep and nobody was listening


class Deadline:
    """Counts the blocks that were not ready in time, and measures the load.

    The time a block is due follows from the ones before: one period after the last, pulled to the present
    when a callback comes early, and by a hundredth when it comes late, so that a sound card whose clock is
    slower than ours is not taken for a late one. A block is late when it ends more than one period after it
    was due to begin. A callback that comes more than a period late has missed blocks: they are counted once,
    and the clock begins anew.
    """

    _PULL = 0.01
    _LOAD_SMOOTHING = 0.01

    def __init__(self, period: float) -> None:
        self.period = period
        self.blocks = 0
        self.late = 0
        self.load = 0.0
        self._due = 0.0
        self._began = 0.0

    def begin(self) -> None:
        """A block begins."""
        now = time.perf_counter()
        behind = now - (self._due + self.period) if self.blocks else 0.0
        if behind > self.period:
            self.late += int(behind / self.period) if behind < _STANDSTILL else 0
            self._due = now
        elif behind < 0 or not self.blocks:
            self._due = now
        else:
            self._due += self.period + self._PULL * behind
        self._began = now

    def end(self) -> None:
        """The block is ready."""
        now = time.perf_counter()
        self.blocks += 1
        self.late += now > self._due + self.period
        self.load += self._LOAD_SMOOTHING * ((now - self._began) / self.period - self.load)
