"""Runs a kernel with every index checked, before it runs without: machine code that writes beside an array takes the
process with it, or worse, does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba as nb
import numpy as np

from .. import dsp
from ..errors import ModuleDeclarationError
from ..module import Module, Notes
from .compile import NOTE_FIELDS, lane_counts

RATE, FRAMES, BLOCKS = 48_000, 64, 40


def try_kernel(cls: type[Module]) -> Callable[[], None]:
    """Compile ``process`` with checks. Returns what runs it; that raises ModuleDeclarationError for a wrong index."""
    assert cls.process is not None
    function = cls.process.function
    options: dict[str, Any] = {**dsp.KERNEL_OPTIONS, "forceinline": False, "boundscheck": True}
    checked = nb.njit(**options)(function)
    line = function.__code__.co_firstlineno

    def run() -> None:
        for lanes in lane_counts(cls):
            for plugged in (False, True):
                for position in ("default", "minimum", "maximum"):
                    arguments = _arguments(cls, lanes, plugged, position)
                    try:
                        for _ in range(BLOCKS):
                            checked(*arguments)
                    except IndexError as error:
                        raise ModuleDeclarationError(
                            f"its kernel (line {line}) reads or writes beside an array: {error}"
                        ) from error

    checked.compile(tuple(map(nb.typeof, _arguments(cls, 1, False, "default"))))  # as compile_kernel has done without
    return run


def _arguments(cls: type[Module], lanes: int, plugged: bool, position: str) -> list[Any]:
    """What the engine would bind to the arguments of ``process``, in their order; noise where a cable is plugged in."""
    assert cls.process is not None
    declared = cls.declaration
    random = np.random.default_rng(1)
    blocks: dict[str, Any] = {"sample_rate": np.float32(RATE)}
    for name, jack in declared.inputs.items():
        volts = random.uniform(-5, 5, (FRAMES, lanes)) if plugged else np.full((FRAMES, lanes), jack.normal)
        blocks[name] = volts.astype(np.float32)
    for name in declared.outputs:
        blocks[name] = np.zeros((FRAMES, lanes), np.float32)
    for name, knob in declared.knobs.items():
        blocks[name] = np.full(FRAMES, getattr(knob, position), np.float32)
    for name, state in declared.states.items():
        shape = (*state.sized(RATE), lanes) if state.voices_last else (lanes, *state.sized(RATE))
        blocks[name] = np.full(shape, 1 if state.random else state.initial, state.dtype)
    blocks |= {f"{jack}_plugged": plugged for jack in (*declared.inputs, *declared.outputs)}
    if declared.notes:
        notes = np.zeros((Notes.MOST_PER_BLOCK if plugged else 0, NOTE_FIELDS), np.float32)
        notes[:, 0] = np.arange(len(notes)) % FRAMES
        notes[:, 1], notes[:, 3] = 60 + np.arange(len(notes)) % 24, 8.0
        blocks[declared.notes] = notes
    return [blocks[name] for name in cls.process.arguments]
