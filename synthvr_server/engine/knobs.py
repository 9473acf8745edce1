"""The knobs of one running module: values that glide, as float32[frames] blocks for its DSP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from weakref import WeakValueDictionary

import numpy as np

from ..module import Knob
from .rows import GLIDE, GLIDE_FIELDS

VALUE, STEP, TARGET, LEFT, IS_RATIO, SETTLE = range(GLIDE_FIELDS)

Blocks = Callable[[str], np.ndarray]


class Knobs:
    """Gliding values of all knobs of a module.

    ``blocks`` gives each knob its float32[frames] memory: plain arrays for a kernel, a pyo table's own memory
    for pyo objects. A kernel's knob that stands still reads a block that all knobs at that value share: five
    hundred voices would otherwise push each other out of the CPU's cache.
    """

    def __init__(
        self, knobs: Mapping[str, Knob], values: Mapping[str, float], blocks: Blocks, block: int, rate: float
    ) -> None:
        self._knobs = dict(knobs)
        self._rate, self._block = rate, block
        self._index = {name: index for index, name in enumerate(knobs)}
        self._fields = np.zeros((max(len(knobs), 1), GLIDE_FIELDS))
        self._moving = np.zeros(1, np.int64)
        self._moves = np.zeros(len(knobs), bool)  # does the kernel read the knob's own block?
        self.blocks = {name: blocks(name) for name in knobs}
        self.targets: dict[str, float] = {}  # where each knob is going
        for name, knob in knobs.items():
            value = self._held(name, values.get(name, knob.default))
            self.targets[name] = value
            self._fields[self._index[name], [VALUE, TARGET]] = value
            self.blocks[name][:] = value
        self._own = [int(array.ctypes.data) for array in self.blocks.values()]
        self._steady = [_steady(block, self.targets[name]) for name in knobs]
        self._read = np.array([array.ctypes.data for array in self._steady], np.int64)
        self._kernels_table, self._places = np.zeros(0, np.int64), np.zeros(0, np.int64)
        fields, moving = self._fields.ctypes.data, self._moving.ctypes.data
        self._table = np.array([block, len(knobs), moving, fields, *self._own], np.int64)

    @property
    def row(self) -> tuple[int, np.ndarray]:
        """The row of the plan that moves them."""
        return GLIDE.address, self._table

    def attach(self, table: np.ndarray, places: np.ndarray) -> None:
        """Let a kernel's table, at ``places``, tell where to read each knob. Call it between blocks."""
        self._kernels_table, self._places = table, places
        if self._moves.any():
            for index in np.flatnonzero(self._moves & (self._fields[:, LEFT] == 0) & (self._fields[:, SETTLE] == 0)):
                self._steady[index] = _steady(self._block, float(self._fields[index, TARGET]))
                self._read[index], self._moves[index] = self._steady[index].ctypes.data, False
        table[places] = self._read

    @property
    def still(self) -> bool:
        """Whether no knob glides."""
        return not self._moving[0]

    def turn(self, name: str, value: float) -> Callable[[], None]:
        """Aim a knob at a value (held in its range); what is returned, called between blocks, starts the glide."""
        value = self.targets[name] = self._held(name, value)
        return lambda: self._glide(name, value)

    def _glide(self, name: str, value: float) -> None:
        index = self._index[name]
        knob, fields = self._knobs[name], self._fields[index]
        frames = max(round(knob.glide * self._rate), 1)
        by_ratio = knob.scale == "log"
        if fields[LEFT] == 0 and fields[SETTLE] == 0:
            self._moving[0] += 1
        if not self._moves[index]:
            self._moves[index], self._read[index] = True, self._own[index]
            if len(self._places):
                self._kernels_table[self._places[index]] = self._own[index]
        now = fields[VALUE]
        step = (value / now) ** (1 / frames) if by_ratio else (value - now) / frames
        fields[[STEP, TARGET, LEFT, IS_RATIO]] = step, value, frames, by_ratio

    def _held(self, name: str, value: float) -> float:
        return min(max(float(value), self._knobs[name].minimum), self._knobs[name].maximum)


_steady_blocks: WeakValueDictionary[tuple[int, float], np.ndarray] = WeakValueDictionary()


def _steady(block: int, value: float) -> np.ndarray:
    """The block that all knobs share that stand at a value."""
    found = _steady_blocks.get((block, value))
    if found is None:
        found = _steady_blocks[block, value] = np.full(block, value, np.float32)
    return found
