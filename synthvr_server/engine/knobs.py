"""The knobs of one running module: values that glide, as float32[frames] blocks for its DSP."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..module import Knob
from .rows import GLIDE, GLIDE_FIELDS

VALUE, STEP, TARGET, LEFT, IS_RATIO, SETTLE = range(GLIDE_FIELDS)

Blocks = Callable[[str], np.ndarray]


class Knobs:
    """Gliding values of all knobs of a module.

    ``blocks`` gives each knob its float32[frames] memory: plain arrays for a kernel, a pyo table's own
    memory for pyo objects.
    """

    def __init__(
        self, knobs: Mapping[str, Knob], values: Mapping[str, float], blocks: Blocks, block: int, rate: float
    ) -> None:
        self._knobs = dict(knobs)
        self._rate = rate
        self._index = {name: index for index, name in enumerate(knobs)}
        self._fields = np.zeros((max(len(knobs), 1), GLIDE_FIELDS))
        self._moving = np.zeros(1, np.int64)
        self.blocks = {name: blocks(name) for name in knobs}
        self.targets: dict[str, float] = {}  # where each knob is going
        for name, knob in knobs.items():
            value = self._held(name, values.get(name, knob.default))
            self.targets[name] = value
            self._fields[self._index[name], [VALUE, TARGET]] = value
            self.blocks[name][:] = value
        addresses = [array.ctypes.data for array in self.blocks.values()]
        self._table = np.array(
            [block, len(knobs), self._moving.ctypes.data, self._fields.ctypes.data, *addresses], np.int64
        )

    @property
    def row(self) -> tuple[int, np.ndarray]:
        """The row of the plan that moves them."""
        return GLIDE.address, self._table

    def turn(self, name: str, value: float) -> Callable[[], None]:
        """Aim a knob at a value (held in its range); what is returned, called between blocks, starts the glide."""
        value = self.targets[name] = self._held(name, value)
        return lambda: self._glide(name, value)

    def _glide(self, name: str, value: float) -> None:
        knob, fields = self._knobs[name], self._fields[self._index[name]]
        frames = max(round(knob.glide * self._rate), 1)
        by_ratio = knob.scale == "log"
        if fields[LEFT] == 0 and fields[SETTLE] == 0:
            self._moving[0] += 1
        now = fields[VALUE]
        step = (value / now) ** (1 / frames) if by_ratio else (value - now) / frames
        fields[[STEP, TARGET, LEFT, IS_RATIO]] = step, value, frames, by_ratio

    def _held(self, name: str, value: float) -> float:
        return min(max(float(value), self._knobs[name].minimum), self._knobs[name].maximum)
