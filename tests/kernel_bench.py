"""Runs one kernel on numpy arrays, without engine or pyo: the workbench for writing DSP."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from synthvr_server.engine.compile import FIRST_POINTER, FRAMES, NOTE_COUNT, PLUGGED, SAMPLE_RATE, compile_kernel
from synthvr_server.engine.intrinsics import call
from synthvr_server.engine.memory import fresh_states
from synthvr_server.module import MAX_CHANNELS, Module, Notes, Scratch


@nb.njit
def _repeat(address: int, table: int, times: int) -> None:
    for _ in range(times):
        call(address, table)


class KernelBench:
    """One instance of a module's kernel with its state; ``run`` may be called again and goes on."""

    def __init__(
        self, cls: type[Module], lanes: int = 1, rate: int = 48000, block: int = 64, seed: int = 0, **knobs: float
    ) -> None:
        self.cls, self.lanes, self.rate, self.block = cls, lanes, rate, block
        self.compiled = compile_kernel(cls)
        self.knobs = {name: knob.default for name, knob in cls.declaration.knobs.items()} | knobs
        self.states = fresh_states(cls, seed, rate) | {
            name: np.zeros((MAX_CHANNELS, *state.shape), state.dtype)
            for name, state in cls.declaration.states.items()
            if isinstance(state, Scratch)
        }

    def run(self, frames: int, notes: Any = (), plugged: tuple[str, ...] = (), **signals: Any) -> dict[str, np.ndarray]:
        """Feed ``signals`` (jack → scalar, [frames] or [frames, lanes]; knob → scalar or [frames]).

        ``notes`` are (frame, number, pitch V, velocity V). Jacks fed and all outputs count as plugged
        unless ``plugged`` names them. Returns output → float32[frames, lanes].
        """
        declared = self.cls.declaration
        frames = -(-frames // self.block) * self.block
        whole: dict[str, np.ndarray] = {}
        for name, jack in declared.inputs.items():
            value = np.asarray(signals.get(name, jack.normal), np.float32)
            value = value[:, None] if value.ndim == 1 else value
            if value.ndim == 2 and len(value) < frames:
                value = np.pad(value, ((0, frames - len(value)), (0, 0)))
            whole[name] = np.ascontiguousarray(
                np.broadcast_to(value[:frames] if value.ndim else value, (frames, self.lanes))
            )
        for name in declared.knobs:
            value = np.asarray(signals.get(name, self.knobs[name]), np.float32)
            whole[name] = np.ascontiguousarray(np.broadcast_to(value, (frames,)))
        outputs = {name: np.zeros((frames, self.lanes), np.float32) for name in declared.outputs}
        jacks = list(declared.inputs | declared.outputs)
        live = set(plugged) or (set(signals) & set(declared.inputs)) | set(outputs)
        mask = sum(1 << bit for bit, jack in enumerate(jacks) if jack in live)
        events = np.asarray(sorted(notes), np.float32).reshape(-1, 4)
        table = np.zeros(FIRST_POINTER + len(self.compiled.pointers), np.int64)
        table[[FRAMES, PLUGGED, SAMPLE_RATE]] = self.block, mask, self.rate
        for start in range(0, frames, self.block):
            now = np.zeros((Notes.MOST_PER_BLOCK, 4), np.float32)
            due = events[(events[:, 0] >= start) & (events[:, 0] < start + self.block)]
            now[: len(due)] = due - np.float32([start, 0, 0, 0])
            count = np.array([len(due)], np.int64)
            table[NOTE_COUNT] = count.ctypes.data
            for index, name in enumerate(self.compiled.pointers):
                if name == declared.notes:
                    array = now
                elif name in self.states:
                    array = self.states[name]
                else:
                    array = (outputs[name] if name in outputs else whole[name])[start:]
                table[FIRST_POINTER + index] = array.ctypes.data
            _repeat(self.compiled.addresses[self.lanes], table.ctypes.data, 1)
        return outputs

    def nanoseconds_per_sample(self, plugged: tuple[str, ...] = (), repeats: int = 5000, **signals: Any) -> float:
        """Cost per frame and lane over the block left by the last run (warm caches)."""
        import time

        declared = self.cls.declaration
        arrays = {name: np.zeros((self.block, self.lanes), np.float32) for name in declared.inputs | declared.outputs}
        for name, jack in declared.inputs.items():
            arrays[name][:] = signals.get(name, jack.normal)
        arrays |= {
            name: np.full(self.block, signals.get(name, self.knobs[name]), np.float32) for name in declared.knobs
        }
        arrays |= self.states
        arrays[declared.notes or ""] = np.zeros((64, 4), np.float32)
        jacks = list(declared.inputs | declared.outputs)
        live = set(plugged) or (set(signals) & set(declared.inputs)) | set(declared.outputs)
        table = np.zeros(FIRST_POINTER + len(self.compiled.pointers), np.int64)
        mask = sum(1 << bit for bit, jack in enumerate(jacks) if jack in live)
        count = np.zeros(1, np.int64)
        table[[FRAMES, PLUGGED, NOTE_COUNT, SAMPLE_RATE]] = self.block, mask, count.ctypes.data, self.rate
        for index, name in enumerate(self.compiled.pointers):
            table[FIRST_POINTER + index] = arrays[name].ctypes.data
        address = self.compiled.addresses[self.lanes]
        _repeat(address, table.ctypes.data, 10)
        best = np.inf
        for _ in range(5):
            start = time.perf_counter()
            _repeat(address, table.ctypes.data, repeats)
            best = min(best, time.perf_counter() - start)
        return best / repeats / self.block / self.lanes * 1e9
