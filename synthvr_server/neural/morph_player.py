"""Timbre's player with a place in the timbre space instead of an instrument.

blend, eight voltages ─► + jitter ─► place ─► glide ─► decoder ─► as Timbre
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from .morph import LATENTS, Morph, find_place
from .timbre import Player

GLIDE = 0.3  # part of the way to a new place in a control frame: 11 ms, so that a switch does not click
WANDER = 0.03  # part of itself that a jitter loses in a control frame: it changes its mind after 0.13 s
JITTER_VOLTS = 2.0  # how far it wanders (standard deviation) with the knob at 1


@dataclass
class Whereabouts:
    """Between which instruments, how far (0…1), moved by which voltages (float32[8]), how restless (0…1)."""

    a: int = 0
    b: int = 0
    blend: float = 0.0
    volts: NDArray[np.float32] = field(default_factory=lambda: np.zeros(LATENTS, np.float32))
    jitter: float = 0.0


class MorphPlayer(Player):
    """Plays a timbre space; set ``where`` and ``morph.frozen`` before each block."""

    def __init__(self, rate: float, morph: Morph, seed: int = 1) -> None:
        """``rate`` in Hz; from ``seed`` follow noise and jitter."""
        super().__init__(rate, [morph], seed)  # type: ignore[list-item]  # it has all that a Decoder has
        self.morph = morph
        self.where = Whereabouts()
        self._random = np.random.default_rng(seed)
        self._step = np.zeros(LATENTS, np.float32)
        self._wander = np.zeros(LATENTS, np.float32)
        self._volts = np.zeros(LATENTS, np.float32)
        self._target = np.zeros(LATENTS, np.float32)
        self._arrived = False
        self._was = (-1, -1, -1.0)

    def _aim(self, volts: float, decibels: float, rank: float) -> None:
        if not self.morph.frozen:
            self._move()
        super()._aim(volts, decibels, rank)

    def _move(self) -> None:
        where, space = self.where, self.morph.space
        self._random.standard_normal(dtype=np.float32, out=self._step)
        self._step *= np.sqrt(WANDER * (2.0 - WANDER))  # keeps its spread at 1
        self._wander *= 1.0 - WANDER
        self._wander += self._step
        np.multiply(self._wander, JITTER_VOLTS * where.jitter, out=self._volts)
        self._volts += where.volts
        find_place(
            space.anchors, space.axes, space.blends, space.bounds,
            where.a, where.b, where.blend, self._volts, self._target,
        )  # fmt: skip
        self._target -= self.morph.place
        self._target *= GLIDE if self._arrived else 1.0
        self.morph.place += self._target
        self._arrived = True
        if self._was != (where.a, where.b, where.blend):
            self._was = (where.a, where.b, where.blend)
            card = self.morph.card = space.card(*self._was)
            fitting = self._ranges[0]
            fitting.low, fitting.high = np.log2(card.lowest_hz / C4_HZ), np.log2(card.highest_hz / C4_HZ)
