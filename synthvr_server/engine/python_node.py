"""A module whose DSP is Python over numpy blocks: views of its jacks' memory, and a call between two segments."""

from __future__ import annotations

import ctypes
import inspect
import time
from collections.abc import Callable, Collection, Mapping

import numpy as np

from ..module import Module
from .node import Node, Row, lanes_of
from .ration import RATION, resident
from .whereabouts import told

SLOWEST = 10  # times as long as its sound that a block may take: beside such a module nothing else is heard
MOST_SLOW = 1.0  # s of blocks that slow, one after the other; a busy machine holds up a few


class PythonNode(Node):
    """A running ``play`` module. It is made for a number of channels; for another it is made anew.

    One that raises, or holds up all others, is silent from then on, and ``failure`` says why: the sound goes on.
    """

    def __init__(
        self,
        name: str,
        cls: type[Module],
        knobs: Mapping[str, float],
        block: int,
        rate: float,
        now: np.ndarray,
        turn: int = 0,
        live: bool = True,
        seed: int = 1,
    ) -> None:
        """``now``: int64[1], the frame at which the present block begins."""
        super().__init__(name, cls, knobs, block, rate, seed)
        self.failure: str | None = None
        self.turn = turn
        self._now, self._live = now, live
        self._module: Module | None = None
        self.made_for = 0  # channels
        self._started: Module | None = None
        self._asked = _arguments(cls)
        self._slow = 0.0  # s that the latest blocks took which were too slow

    def anew(self) -> PythonNode:
        """The same module, for another number of channels; one that failed does not try again."""
        again = PythonNode(
            self.name, self.cls, self.knobs.targets, self.block, self.rate, self._now, self.turn, self._live, self.seed
        )
        again.failure = self.failure
        return again

    def prepare(self, channels: int) -> None:
        """Make the module. Raises what its ``prepare`` raises."""
        module = self.cls(channels, self.rate, self.block)
        module.turn, module.live, module.seed = self.turn, self._live, self.seed
        module.prepare()
        self._module, self.made_for = module, channels

    def rows_before(self) -> list[Row]:
        """What must have run before the call: the knobs."""
        return [self.knobs.row] if self.knobs.blocks else []

    def call(self, reading: Mapping[str, int], heard: Collection[str]) -> Callable[[], None]:
        """The call of one plan: its arrays are those of the blocks that this plan gives to the jacks."""
        assert self._module is not None
        ins = {jack: self._view(reading.get(jack, port.resting_address)) for jack, port in self.inputs.items()}
        outs = {
            jack: self._view(port.address) if jack in heard else np.zeros((self.block, self.channels), np.float32)
            for jack, port in self.outputs.items()
        }
        blocks: dict[str, object] = {**ins, **outs, **self.knobs.blocks}
        blocks |= {f"{jack}_plugged": jack in reading for jack in ins}
        blocks |= {f"{jack}_plugged": jack in heard for jack in outs}
        asked = {name: blocks[name] for name in self._asked or blocks}
        module, play = self._module, self._module.play

        def call() -> None:
            if self.failure is None:
                try:
                    if self._started is not module:
                        self._started = module
                        module.start(int(self._now[0]))
                    before = resident() if RATION.counting else 0
                    began = time.perf_counter()
                    play(**asked)
                    self._clocked(time.perf_counter() - began)
                    if before:
                        RATION.count(self.name, before)
                except BaseException as error:  # whatever a module's own code raises, sys.exit() included
                    if isinstance(error, MemoryError):
                        RATION.refused(self.name)
                    self.failure = f"{self.cls.title} has stopped playing: {told(error)}"
            if self.failure is not None:
                for out in outs.values():
                    out[:] = 0.0

        return call

    def rows_after(self, heard: Collection[str]) -> list[Row]:
        """What follows the call: the guard."""
        return self.guard(heard)

    def _clocked(self, took: float) -> None:
        """A block took so many seconds. Where nobody waits for the sound, it may."""
        length = self.block / self.rate
        self._slow = self._slow + took if took > SLOWEST * length else 0.0
        if self._slow > MOST_SLOW and self._live:
            too_slow = f"it takes {1000 * took:.0f} ms for a block that lasts {1000 * length:.1f} ms"
            self.failure = f"{self.cls.title} has stopped playing: {too_slow}"

    def _view(self, address: int) -> np.ndarray:
        lanes = lanes_of(self.channels)
        memory = (ctypes.c_float * (self.block * lanes)).from_address(address)
        return np.ctypeslib.as_array(memory).reshape(self.block, lanes)[:, : self.channels]


def _arguments(cls: type[Module]) -> tuple[str, ...]:
    """What ``play`` asks for by name; nothing if it takes all there is."""
    parameters = inspect.signature(cls.play).parameters
    takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    return () if takes_all else tuple(parameters)[1:]
