"""Plays a capture at two, four or eight times its rate, so that what it bends folds back less.

::

    in ─→ half-band filters up ─→ every second (fourth, eighth) frame to a run of its own ─→ and down again ─→ out

The network itself stays as it is: each run hears the sound a part of a frame later than the one before, at the rate
that the network was trained at. Their answers, one between the others, are the network at the higher rate, with all its
delays as long as they were: what it makes above half its own rate lies where it belongs, and is filtered out. It holds
for whatever gives the same answer to the same sound later, recurrent networks too: each run has a state of its own.
"""

from __future__ import annotations

import copy
from typing import Any

import numba as nb
import numpy as np

from ... import dsp
from ...oversampling import (
    DELAY_OF_EIGHT,
    DELAY_OF_FOUR,
    DELAY_OF_TWO,
    STEEP,
    doubled,
    doubled_again,
    halved,
    halved_again,
)
from .network import Floats
from .resample import Plays

DELAYS = {1: 0.0, 2: DELAY_OF_TWO, 4: DELAY_OF_FOUR, 8: DELAY_OF_EIGHT}  # frames of the capture, by how many runs
WARM = 256  # frames after which the filters have forgotten that they were empty
_STAGES = 3

_ROW, _ROWS, _MEMORIES = nb.types.float32[::1], nb.types.float32[:, ::1], nb.types.float32[:, :, ::1]
_OPTIONS: dict[str, Any] = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True, "nogil": True}


@nb.njit(nb.types.void(_ROW, _MEMORIES, _ROWS), **_OPTIONS)
def _part(audio, memories, runs):
    """``audio`` float32[frames], at as many times its rate as there are ``runs`` float32[runs, frames or more]."""
    count = runs.shape[0]
    for f in range(audio.shape[0]):
        width, stage = count // 2, 1
        runs[0, f], runs[width, f] = doubled(audio[f], memories[0], 0)
        while width > 1:
            for first in range(0, count, width):
                x = runs[first, f]
                runs[first, f], runs[first + width // 2, f] = doubled_again(x, memories[stage], 0)
            width, stage = width // 2, stage + 1


@nb.njit(nb.types.void(_ROWS, _MEMORIES, _ROW), **_OPTIONS)
def _join(runs, memories, out):
    """Undoes ``_part``; leaves nothing of ``runs``."""
    count = runs.shape[0]
    for f in range(out.shape[0]):
        width, stage = 1, 1
        while 2 * width < count:
            for first in range(0, count, 2 * width):
                runs[first, f] = halved_again(runs[first, f], runs[first + width, f], memories[stage], 0)
            width, stage = 2 * width, stage + 1
        out[f] = halved(runs[0, f], runs[width, f], memories[0], 0)


class Oversampled:
    """``runs`` copies of ``settled``, made one by one; then it plays, at most ``block`` frames at once."""

    def __init__(self, settled: Plays, runs: int, block: int) -> None:
        self._settled = settled
        self._each: list[Plays] = []
        self._runs = np.zeros((runs, block), np.float32)
        self._up, self._down = np.zeros((2, _STAGES, STEEP, 1), np.float32)

    def grows(self) -> bool:
        """Make one more of the runs; false if there were all."""
        if len(self._each) == len(self._runs):
            return False
        self._each.append(copy.deepcopy(self._settled))
        return True

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames]; may be the same array."""
        frames = len(audio)
        _part(audio, self._up, self._runs)
        for plays, run in zip(self._each, self._runs, strict=True):
            plays.play(run[:frames], run[:frames])
        _join(self._runs, self._down, out)

    def reset(self) -> None:
        """Forget what was played."""
        for plays in self._each:
            plays.reset()
        self._up.fill(0.0)
        self._down.fill(0.0)
