"""Plays LSTM and GRU captures: layer after layer over a chunk of frames, gate arithmetic over all cells at once."""

# ruff: noqa: ARG001 (both kinds of cell are called alike)

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from ... import dsp
from .bend import sigmoid, tanh
from .network import Cell, Floats, Recurrent

CHUNK = 64  # frames

_F = np.float32
_ONE_D, _TWO_D = nb.types.float32[::1], nb.types.float32[:, ::1]
_SIGNATURE = nb.types.void(*[_TWO_D] * 4, *[_ONE_D] * 6, nb.types.int64)
_OPTIONS: dict[str, Any] = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True, "nogil": True}


@nb.njit(_SIGNATURE, **_OPTIONS)
def _lstm(x, y, into, back, bias, back_bias, hidden, memory, gates, spare, frames):
    """x float32[frames, in] → y float32[frames, hidden]; gates i, f, g, o."""
    n = hidden.shape[0]
    for f in range(frames):
        for g in range(4 * n):
            gates[g] = bias[g]
        for j in range(into.shape[0]):
            for g in range(4 * n):
                gates[g] += x[f, j] * into[j, g]
        for j in range(n):
            for g in range(4 * n):
                gates[g] += hidden[j] * back[j, g]
        for c in range(n):
            opened, kept = sigmoid(gates[c]), sigmoid(gates[n + c])
            memory[c] = kept * memory[c] + opened * tanh(gates[2 * n + c])
            spare[c] = sigmoid(gates[3 * n + c]) * tanh(memory[c])
        for c in range(n):
            hidden[c] = spare[c]
            y[f, c] = spare[c]


@nb.njit(_SIGNATURE, **_OPTIONS)
def _gru(x, y, into, back, bias, back_bias, hidden, memory, gates, spare, frames):
    """x float32[frames, in] → y float32[frames, hidden]; gates z, r, n; the reset comes after the matrix."""
    n = hidden.shape[0]
    for f in range(frames):
        for g in range(3 * n):
            gates[g] = bias[g]
            spare[g] = back_bias[g]
        for j in range(into.shape[0]):
            for g in range(3 * n):
                gates[g] += x[f, j] * into[j, g]
        for j in range(n):
            for g in range(3 * n):
                spare[g] += hidden[j] * back[j, g]
        for c in range(n):
            update, reset = sigmoid(gates[c] + spare[c]), sigmoid(gates[n + c] + spare[n + c])
            new = tanh(gates[2 * n + c] + reset * spare[2 * n + c])
            hidden[c] = new + update * (hidden[c] - new)
            y[f, c] = hidden[c]


@nb.njit(nb.types.void(_TWO_D, _ONE_D, _ONE_D, nb.types.float32, nb.types.float32, _ONE_D), **_OPTIONS)
def _head(y, weights, audio, bias, skip, out):
    for f in range(audio.shape[0]):
        total = bias + skip * audio[f]
        for c in range(weights.shape[0]):
            total += weights[c] * y[f, c]
        out[f] = total


class RecurrentPlayer:
    """The state of one recurrent capture that is being played."""

    def __init__(self, net: Recurrent) -> None:
        self._run = _lstm if net.kind == "lstm" else _gru
        self._cells = [(cell, _Memory(cell)) for cell in net.cells]
        self._input = np.zeros((CHUNK, 1), np.float32)
        gain = np.float32(net.gain)
        self._head = (
            np.ascontiguousarray(net.head * gain),
            gain * np.float32(net.head_bias),
            gain * np.float32(net.skip),
        )

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames], any number of frames; may be the same array."""
        weights, bias, skip = self._head
        for start in range(0, len(audio), CHUNK):
            piece = audio[start : start + CHUNK]
            self._input[: len(piece), 0] = piece
            x = self._input
            for cell, memory in self._cells:
                self._run(
                    x, memory.out, cell.into, cell.back, cell.bias, cell.back_bias, memory.hidden, memory.memory,
                    memory.gates, memory.spare, len(piece),
                )  # fmt: skip
                x = memory.out
            _head(x, weights, piece, bias, skip, out[start : start + CHUNK])

    @property
    def size(self) -> int:
        """How many weights: about as many multiplications a frame."""
        return sum(cell.into.size + cell.back.size for cell, _ in self._cells)

    def reset(self) -> None:
        """Forget what was played."""
        for cell, memory in self._cells:
            memory.hidden[:], memory.memory[:] = cell.hidden, cell.memory


class _Memory:
    """What one layer keeps, and its room to work in."""

    def __init__(self, cell: Cell) -> None:
        self.hidden, self.memory = cell.hidden.copy(), cell.memory.copy()
        self.gates, self.spare = np.zeros(len(cell.bias), np.float32), np.zeros(len(cell.bias), np.float32)
        self.out = np.zeros((CHUNK, len(cell.hidden)), np.float32)
