"""How loud something is among what was heard before: levels as ranks, and an envelope in volts.

level (dB) ─► the levels that a quarter and nine tenths of the frames lie below, followed slowly ─► rank 0…1
"""

from __future__ import annotations

import numpy as np

from .. import dsp

LOW_PART, HIGH_PART = 0.25, 0.9
LOW_DB, HIGH_DB = -32.0, -14.0  # until something was heard: a synthesizer's usual ±1 V to ±5 V
STEP_DB = 0.05  # per frame of 4 ms: 11 dB a second at most, 1 dB a second about the right place
LEAST_SPAN_DB = 8.0  # a steady sound has no dynamics to be spread
HEARD_DB = -60.0

ENVELOPE_FLOOR_DB = -60.0  # 0 V
ENVELOPE_DB_PER_VOLT = 6.0  # 10 V is 0 dB: ±5 V square

_F = np.float32


class Ranks:
    """Follows two quantiles of a level, each by small steps up or down (stochastic approximation)."""

    def __init__(self) -> None:
        self._low, self._high = LOW_DB, HIGH_DB

    def rank(self, decibels: float, counts: bool) -> float:
        """The rank 0…1 of a level; it is learned from only where it ``counts``."""
        if counts and decibels > HEARD_DB:
            self._low += STEP_DB * (LOW_PART - (decibels < self._low))
            self._high += STEP_DB * (HIGH_PART - (decibels < self._high))
        span = max(self._high - self._low, LEAST_SPAN_DB)
        rank = HIGH_PART + (HIGH_PART - LOW_PART) * (decibels - self._high) / span
        return min(max(rank, 0.0), 1.0)


@dsp.inlined
def smoothed(level, target, rise, fall):
    """The next level on its way to ``target``; rise and fall are the parts of the way that a frame goes."""
    return level + dsp.select(target > level, rise, fall) * (target - level)


@dsp.inlined
def envelope_volts(power):
    """A level as 0…10 V, 6 dB a volt: from the mean square, re 5 V."""
    decibels = _F(10.0) * np.log10(power + _F(1e-12))
    return dsp.clamp((decibels - _F(ENVELOPE_FLOOR_DB)) / _F(ENVELOPE_DB_PER_VOLT), _F(0.0), _F(10.0))
