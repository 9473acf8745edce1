"""Watches the deadline of every block: pyo reports no underruns, so we count our own."""

from __future__ import annotations

import time


class Deadline:
    """Counts the blocks that were not ready in time, and measures the load.

    The time a block is due follows from the ones before: one period after the last, pulled to the present
    when a callback comes early, and by a thousandth when it comes late, so that a sound card whose
    clock is slower than ours is not taken for a late one. A block is late when it ends more than one
    period after it was due to begin.
    """

    _PULL = 0.001
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
        expected = self._due + self.period
        # The first block, and the first after a standstill (a suspended machine), set the clock anew.
        if not self.blocks or now - expected > 1.0:
            expected = now
        self._due = now if now < expected else expected + self._PULL * (now - expected)
        self._began = now

    def end(self) -> None:
        """The block is ready."""
        now = time.perf_counter()
        self.blocks += 1
        self.late += now > self._due + self.period
        self.load += self._LOAD_SMOOTHING * ((now - self._began) / self.period - self.load)
