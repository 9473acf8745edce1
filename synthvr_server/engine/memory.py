"""What a kernel remembers, as it begins; and the seed of what is random in a module."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np

from ..module import MAX_CHANNELS, Module, Scratch, State

SEED = "seed"  # the key in a module's data


def seed_of(name: str, data: Mapping[str, str]) -> int:
    """0 … 2**64 − 1: from the text that the patch keeps for a module as its seed, or else from the module's id."""
    return int.from_bytes(hashlib.sha256(data.get(SEED, name).encode(errors="replace")).digest()[:8], "big")


def fresh_states(cls: type[Module], seed: int, rate: int) -> dict[str, np.ndarray]:
    """The memory that a kernel keeps, by name: dtype[16, *shape], filled as declared."""
    declared = {name: state for name, state in cls.declaration.states.items() if not isinstance(state, Scratch)}
    return {name: _filled(state, number, seed, rate) for number, (name, state) in enumerate(declared.items())}


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
