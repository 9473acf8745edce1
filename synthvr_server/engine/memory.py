"""What a kernel remembers: how it begins, and how it lies in memory; and the seed of what is random in a module."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Mapping, Sequence

import numba as nb
import numpy as np

from ..module import MAX_CHANNELS, Module, Scratch, State
from ..patch.seeds import SEED
from .intrinsics import int32_at, int64_at

_FIELDS, _BEFORE = 7, 8  # of a memory in the table of ``_rearrange``; the last one of the first
_WORD = 4  # bytes: every dtype of a state is one or two
_LONG = 1 << 16  # bytes that are laid out in a few µs; a line of two seconds would make the audio thread late
_SILENCE = np.zeros(1, np.float32)


def seed_of(name: str, data: Mapping[str, str]) -> int:
    """1 … 2**64 − 1: from the text that the patch keeps for a module as its seed, or else from the module's id."""
    digest = hashlib.sha256(data.get(SEED, name).encode(errors="replace")).digest()
    return int.from_bytes(digest[:8], "big") or 1


def fresh_states(cls: type[Module], seed: int, rate: int) -> dict[str, np.ndarray]:
    """The memory that a kernel keeps, by name: dtype[16, *shape], filled as declared."""
    declared = {name: state for name, state in cls.declaration.states.items() if not isinstance(state, Scratch)}
    return {name: _filled(state, number, seed, rate) for number, (name, state) in enumerate(declared.items())}


class Memory:
    """The states of one running kernel.

    Here alone it is known how voices lie in memory for a number of lanes. When that number changes, the first voice
    keeps its state, and the others begin anew.
    """

    def __init__(self, cls: type[Module], seed: int, rate: int) -> None:
        self.states = fresh_states(cls, seed, rate)
        self.lanes = 0  # nothing has run yet
        self._fresh: list[np.ndarray] = []  # how each begins
        self._long: list[tuple[int, np.ndarray, np.ndarray]] = []  # place in the table, memory, how it begins
        rows = []
        for number, (name, memory) in enumerate(self.states.items()):
            state = cls.declaration.states[name]
            fresh = memory.copy() if state.random else np.full(1, state.initial, state.dtype)
            self._fresh.append(fresh)
            rows.append(_row(memory, state.voices_last, fresh, state.random))
            if state.voices_last and memory.nbytes > _LONG:
                self._long.append((number, memory.reshape(-1), fresh.reshape(-1)))
        self._before: list[np.ndarray] = []  # what the first voice remembered when the lines were got ready
        self._table = _table(rows)
        self._address = int(self._table.ctypes.data)

    def get_ready(self) -> None:
        """Do what can be done of laying out long lines for sixteen lanes while the first voice plays on, alone.

        On the editing thread: what lies behind the first voice's line is nobody's yet. What that voice has changed
        since then is all that ``lay_out`` has to move, but for the beginning, where old and new overlap.
        """
        for number, memory, fresh in self._long:
            items = len(memory) // MAX_CHANNELS
            first = -(-items // MAX_CHANNELS)
            before = memory[:items].copy()
            rows = memory[first * MAX_CHANNELS :].reshape(-1, MAX_CHANNELS)
            rows[:] = fresh[-rows.size :].reshape(rows.shape) if len(fresh) > 1 else fresh
            rows[:, 0] = before[first:]
            self._before.append(before)
            self._table[_BEFORE + number * _FIELDS] = before.ctypes.data

    def lay_out(self, lanes: int, blocks: Collection[np.ndarray] = ()) -> None:
        """Get ready to run with another number of lanes; so are the blocks that late cables still read.

        Call it between blocks.
        """
        if self.lanes:
            self._table[0] = lanes
            _rearrange(self._address)
            for number, *_ in self._long:
                self._table[_BEFORE + number * _FIELDS] = 0
            self._before.clear()
        if self.lanes and blocks:
            table = _table([_row(block, True, _SILENCE, False) for block in blocks])
            table[0] = lanes
            _rearrange(table.ctypes.data)
        self.lanes = lanes


def _table(rows: Sequence[Sequence[int]]) -> np.ndarray:
    return np.array([0, len(rows), *itertools.chain(*rows)], np.int64)


def _row(memory: np.ndarray, side_by_side: bool, fresh: np.ndarray, has_own: bool) -> tuple[int, ...]:
    """Of the table of ``_rearrange``; of memory for sixteen voices."""
    items, words = memory.size // MAX_CHANNELS, memory.itemsize // _WORD
    return memory.ctypes.data, items, words, side_by_side, fresh.ctypes.data, has_own, 0


def _filled(state: State, number: int, seed: int, rate: int) -> np.ndarray:
    """The memory of the nth state."""
    shape = (MAX_CHANNELS, *state.sized(rate))
    if not state.random and not state.initial:
        return np.zeros(shape, state.dtype)  # the system gives memory as it is used: of a line, what one voice needs
    if not state.random:
        return np.full(shape, state.initial, state.dtype)
    # Of numpy's random numbers only the bare generators' are the same in every version.
    drawn = np.random.PCG64(np.random.SeedSequence([seed, number])).random_raw(int(np.prod(shape)))
    filled = drawn.astype(state.dtype).reshape(shape)
    filled[filled == 0] = 1
    return filled


@nb.njit(nb.types.void(nb.types.int64), cache=True)
def _rearrange(address: int) -> None:
    """Rearrange memories of 1 or 16 lanes for the other number: the first voice keeps what it has, the rest is fresh.

    table: lanes from now on, memories, then per memory: its address, items per voice, words of four bytes per item,
    do voices lie side by side?, what is fresh: address, is that one item per item and voice?, what the first voice
    remembered when all but the beginning was got ready, or 0.
    """
    table = int64_at(address)
    lanes = table[0]
    for number in range(table[1]):
        at = 2 + _FIELDS * number
        memory, items, words = int32_at(table[at]), table[at + 1], table[at + 2]
        side_by_side, fresh, has_own = table[at + 3] != 0, int32_at(table[at + 4]), table[at + 5] != 0
        if not side_by_side and lanes > 1 and not has_own:  # what begins at random may just as well go on
            for item in range(items, items * MAX_CHANNELS):
                for word in range(words):
                    memory[item * words + word] = fresh[word]
        elif side_by_side and lanes > 1:
            first = items
            if table[at + 6] != 0:
                first, before = (items + MAX_CHANNELS - 1) // MAX_CHANNELS, int32_at(table[at + 6])
                for i in range(first * words, items * words):
                    if memory[i] != before[i]:
                        memory[i // words * MAX_CHANNELS * words + i % words] = memory[i]
            for item in range(first - 1, -1, -1):  # from the end: it is moved upwards
                for word in range(words):
                    memory[item * MAX_CHANNELS * words + word] = memory[item * words + word]
                for voice in range(item * MAX_CHANNELS + 1, (item + 1) * MAX_CHANNELS):
                    for word in range(words):
                        memory[voice * words + word] = fresh[voice * words + word if has_own else word]
        elif side_by_side:
            for item in range(items):
                for word in range(words):
                    memory[item * words + word] = memory[item * MAX_CHANNELS * words + word]
