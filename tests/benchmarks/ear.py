"""Watches the engine's output in shared memory, to say when it begins to sound.

It looks about every 0.07 ms (a sleep of 20 µs and what the system adds): busy waiting would take a core from the
server. Latencies are therefore too long by up to that much, never too short.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from synthvr_server.engine.ring import FRAMES, Rings

from .errors import CannotMeasureError

# A frame has changed when it differs from the one before by this much (of full scale, −114 dBFS). Differences, because
# what the master's DC blocker leaves after a fade-out is small but lasts; it moves by a thousandth of itself per frame.
CHANGE = 2e-6
QUIET_FRAMES = 1_024
_PAUSE = 20e-6  # s


class Ear:
    """Listens to the master output."""

    def __init__(self, rings: Rings) -> None:
        self._rings = rings

    def wait_for_sound(self, patience: float = 10.0) -> float:
        """When (``time.perf_counter``) the first changed frame from now on is there. Raises CannotMeasureError."""
        return self._wait(lambda changes: bool(changes.max() > CHANGE), patience, "sound")

    def wait_for_silence(self, patience: float = 10.0) -> None:
        """Return once 1,024 frames in a row have not changed. Raises CannotMeasureError."""
        quiet = 0

        def enough(changes: np.ndarray) -> bool:
            nonlocal quiet
            quiet = quiet + len(changes) if changes.max() < CHANGE / 2 else 0
            return quiet >= QUIET_FRAMES

        self._wait(enough, patience, "silence")

    def _wait(self, satisfied: Callable[[np.ndarray], bool], patience: float, wanted: str) -> float:
        rings = self._rings
        position = int(rings.end[0])
        until = time.perf_counter() + patience
        while True:
            end = int(rings.end[0])
            if end > position:
                now = time.perf_counter()
                frames = rings.master[np.arange(position - 1, end) & (FRAMES - 1)]
                if satisfied(abs(np.diff(frames, axis=0))):
                    return now
            position = end  # an engine that was started again counts from 0
            if time.perf_counter() > until:
                raise CannotMeasureError(f"The engine gave no {wanted} within {patience:g} s.")
            time.sleep(_PAUSE)
