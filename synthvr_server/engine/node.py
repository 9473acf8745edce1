"""A module as it runs: its blocks, its links, and the rows it puts into the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property

import numpy as np

from ..module import MAX_CHANNELS, Input, Module, Notes, Scratch
from .compile import FIRST_POINTER, CompiledKernel
from .knobs import Knobs
from .memory import Memory
from .ring import mark_of
from .rows import GUARD, GUARD_VOLTS

Row = tuple[int, np.ndarray]

_NOT_METERED = np.array([[GUARD_VOLTS], [-GUARD_VOLTS]], np.float32)  # lowest, highest


def lanes_of(channels: int) -> int:
    """Lanes of the SIMD layout that carries so many channels."""
    return 1 if channels == 1 else MAX_CHANNELS


def address_of(array: np.ndarray) -> int:
    """The address of an array's first element."""
    return int(array.ctypes.data)


class InputPort:
    """An input jack: what it reads while nothing is plugged in, and where its cables are summed."""

    def __init__(self, jack: Input, block: int) -> None:
        self.sums = jack.kind == "audio"
        self._normal = np.array([jack.normal])
        self._resting = _steady(block, jack.normal)
        self._mixed = np.zeros((block, MAX_CHANNELS), np.float32)
        # Asked for once: an edit plans thousands of rows, and numpy takes a microsecond to tell an address.
        self.normal_address = address_of(self._normal)
        self.resting_address = address_of(self._resting)
        self.mixed_address = address_of(self._mixed)


class OutputPort:
    """An output jack: where it writes in the present plan (see wiring), and its meter."""

    def __init__(self, block: int) -> None:
        self.address = 0  # nowhere: nobody listens
        self.meter = np.zeros((2, MAX_CHANNELS), np.float32)  # see the guard
        self.meter_address = address_of(self.meter)
        self._size = block, MAX_CHANNELS

    @cached_property
    def block(self) -> np.ndarray:
        """A block of its own, for an output that is read after the block it was made in."""
        return np.zeros(self._size, np.float32)

    @property
    def is_kept(self) -> bool:
        """Whether there is such a block: a late reader may read it before it is written again."""
        return "block" in vars(self)

    def write_to(self, address: int | None) -> None:
        """Write into the block at ``address`` from the next plan on; into a block of its own if that is None."""
        if not self.address:
            self.meter[:] = _NOT_METERED
        self.address = address_of(self.block) if address is None else address

    def metered(self, channels: int) -> tuple[int, int]:
        """For reading the meter: its address, 0 while nobody listens, and the columns that count (see the guard)."""
        return self.meter_address if self.address else 0, channels if channels > 1 else MAX_CHANNELS


class Node:
    """What all running modules share. ``seed`` is what is random in it (see memory)."""

    def __init__(
        self, name: str, cls: type[Module], knobs: Mapping[str, float], block: int, rate: float, seed: int = 1
    ) -> None:
        self.name, self.cls, self.block, self.rate, self.seed = name, cls, block, rate, seed
        self.mark = mark_of(name)
        declared = cls.declaration
        self.inputs = {jack: InputPort(what, block) for jack, what in declared.inputs.items()}
        self.outputs = {jack: OutputPort(block) for jack in declared.outputs}
        self.knobs = Knobs(declared.knobs, knobs, self.knob_block, block, rate)
        self.not_finite = np.zeros(1, np.int64)
        self._not_finite_address = address_of(self.not_finite)
        self.channels = 0  # that flow in the latest plan; none has it yet

    def heard(self, jack: str) -> np.ndarray:
        """What a watched output carries in the present block: float32[frames, channels], a view."""
        lanes = lanes_of(self.channels)
        return self.outputs[jack].block.reshape(-1)[: self.block * lanes].reshape(-1, lanes)[:, : self.channels]

    def knob_block(self, name: str) -> np.ndarray:
        """Memory for a knob's block."""
        return np.zeros(self.block, np.float32)

    @property
    def own_channels(self) -> int | None:
        """The number of channels the module sets by itself; None where it follows its cables."""
        rule = self.cls.channels
        return int(self.knobs.targets[rule] + 0.5) if isinstance(rule, str) else rule

    def close(self) -> None:
        """Let go of everything. Called between blocks, once no plan holds the node."""

    def guard(self, plugged: Iterable[str]) -> list[Row]:
        """The row that makes the outputs safe and meters them."""
        table: list[int] = []
        for jack in plugged:
            port = self.outputs[jack]
            table += [port.address, port.meter_address]
        if not table:
            return []
        head = [self.block * lanes_of(self.channels), len(table) // 2, self._not_finite_address]
        return [(GUARD.address, np.array(head + table, np.int64))]


class KernelNode(Node):
    """A module whose DSP is a compiled kernel."""

    def __init__(
        self,
        name: str,
        cls: type[Module],
        knobs: Mapping[str, float],
        block: int,
        rate: float,
        kernel: CompiledKernel,
        seed: int = 1,
    ) -> None:
        super().__init__(name, cls, knobs, block, rate, seed)
        self._kernel = kernel
        self._memory = Memory(cls, seed, round(rate))
        self._plans_made = self._plans_played = 0
        self.states = self._memory.states | {
            state: _scratch(what, number)
            for number, (state, what) in enumerate(cls.declaration.states.items())
            if isinstance(what, Scratch)
        }
        self.notes = np.zeros((Notes.MOST_PER_BLOCK, 4), np.float32)
        self.note_count = np.zeros(1, np.int64)
        own = self.knobs.blocks | self.states | ({cls.declaration.notes: self.notes} if cls.declaration.notes else {})
        self._addresses = {array: address_of(memory) for array, memory in own.items()}
        self._table = np.zeros(0, np.int64)
        # Knobs that the kernel does not ask for are told to a place behind its last pointer, which nobody reads.
        end = len(kernel.pointers)
        asked = [kernel.pointers.index(knob) if knob in kernel.pointers else end for knob in self.knobs.blocks]
        self._knob_places = np.array([FIRST_POINTER + place for place in asked], np.int64)
        self._jacks = {jack: 1 << bit for bit, jack in enumerate(self.inputs | self.outputs)}
        self._head = [block, address_of(self.note_count), round(rate)]

    def rows(self, reading: Mapping[str, int], plugged: Iterable[str]) -> list[Row]:
        """The rows of this module, given the block each plugged input reads and the outputs somebody listens to."""
        if lanes_of(self.channels) > self._memory.lanes == 1 and self._plans_made == self._plans_played:
            self._memory.get_ready()
        self._plans_made += 1
        plugged = list(plugged)
        rows: list[Row] = [self.knobs.row] if self.knobs.blocks else []
        addresses = self._addresses.copy()
        mask = sum(self._jacks[jack] for jack in (*plugged, *reading))
        for jack, entry in self.inputs.items():
            addresses[jack] = reading.get(jack, entry.resting_address)
        for number, (jack, port) in enumerate(self.outputs.items()):
            addresses[jack] = port.address if jack in plugged else _unheard(self.block, number)
        block, note_count, rate = self._head
        table = [block, mask, note_count, rate, *(addresses[name] for name in self._kernel.pointers), 0]
        self._table = np.array(table, np.int64)
        rows.append((self._kernel.addresses[lanes_of(self.channels)], self._table))
        return rows + self.guard(plugged)

    def take_over(self, channels: int) -> None:
        """A plan with this number of channels is played from now on. Called between blocks."""
        self._plans_played += 1
        lanes = lanes_of(channels)
        if self._memory.lanes != lanes:
            self._memory.lay_out(lanes, [port.block for port in self.outputs.values() if port.is_kept])
        self.attach_knobs()

    def attach_knobs(self) -> None:
        """Knobs have come to rest, or there is a new plan. Called between blocks."""
        self.knobs.attach(self._table, self._knob_places)


@cache
def _steady(block: int, volts: float) -> np.ndarray:
    """What all empty jacks with the same normal voltage read."""
    return np.full((block, MAX_CHANNELS), volts, np.float32)


@cache
def _unheard(block: int, number: int) -> int:
    """Where all modules write their nth output while nobody listens to it: one place stays in the CPU's cache."""
    _unheard_blocks[block, number] = np.zeros((block, MAX_CHANNELS), np.float32)
    return address_of(_unheard_blocks[block, number])


@cache
def _scratch(what: Scratch, number: int) -> np.ndarray:  # noqa: ARG001
    """The memory that all modules share as their nth, where it is of the same kind."""
    return np.zeros((MAX_CHANNELS, *what.sized(0)), what.dtype)


_unheard_blocks: dict[tuple[int, int], np.ndarray] = {}
