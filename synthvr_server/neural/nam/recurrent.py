"""Plays LSTM and GRU captures: layer after layer over a chunk of frames, gate arithmetic over all cells at once.

A block is one compiled call with one array of weights and one of state: small captures cost little more than the call.
"""

# ruff: noqa: ARG001 (both kinds of cell are called alike)

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from ... import dsp
from .bend import sigmoid, tanh
from .network import Floats, Recurrent

CHUNK = 64  # frames

_F = np.float32
_ONE_D, _TWO_D = nb.types.float32[::1], nb.types.float32[:, ::1]
_TABLE = nb.types.int64[:, ::1]
_OPTIONS: dict[str, Any] = dsp.KERNEL_OPTIONS | {"forceinline": False}

# Fields of a layer, int64 each; of weights and state where they begin.
INPUTS, CELLS, INTO, BACK, BIAS, BACK_BIAS, HIDDEN, MEMORY = range(8)
GATES = {"lstm": 4, "gru": 3}


@nb.njit(**_OPTIONS)
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


@nb.njit(**_OPTIONS)
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


@nb.njit(
    nb.types.void(nb.types.int64, _TABLE, _ONE_D, _ONE_D, _TWO_D, _ONE_D, _ONE_D),
    cache=True, nogil=True, error_model="numpy",
)  # fmt: skip
def _play(gates, layers, weights, state, room, audio, out):
    """``audio`` → ``out``, float32[frames]. The head's weights, its bias and what it adds of the input come last."""
    last = layers.shape[0] - 1
    cells = layers[last, CELLS]
    head = weights.shape[0] - cells - 2
    for start in range(0, audio.shape[0], CHUNK):
        frames = min(CHUNK, audio.shape[0] - start)
        room[0, :frames] = audio[start : start + frames]
        for n in range(last + 1):
            layer = layers[n]
            inputs, hidden = layer[INPUTS], layer[CELLS]
            width = gates * hidden
            arguments = (
                room[n % 2, : CHUNK * inputs].reshape(CHUNK, inputs),
                room[1 - n % 2, : CHUNK * hidden].reshape(CHUNK, hidden),
                weights[layer[INTO] : layer[BACK]].reshape(inputs, width),
                weights[layer[BACK] : layer[BIAS]].reshape(hidden, width),
                weights[layer[BIAS] : layer[BIAS] + width],
                weights[layer[BACK_BIAS] : layer[BACK_BIAS] + width],
                state[layer[HIDDEN] : layer[HIDDEN] + hidden],
                state[layer[MEMORY] : layer[MEMORY] + hidden],
                room[2, :width],
                room[3, :width],
                frames,
            )
            if gates == 4:
                _lstm(*arguments)
            else:
                _gru(*arguments)
        y = room[1 - last % 2]
        for f in range(frames):
            total = weights[head + cells] + weights[head + cells + 1] * audio[start + f]
            for c in range(cells):
                total += weights[head + c] * y[f * cells + c]
            out[start + f] = total


class RecurrentPlayer:
    """The state of one recurrent capture that is being played."""

    def __init__(self, net: Recurrent) -> None:
        self._gates = GATES[net.kind]
        weights: list[Floats] = []
        layers: list[list[int]] = []
        start: list[Floats] = []
        used = 0
        for cell in net.cells:
            inputs, cells = cell.into.shape[0], len(cell.hidden)
            parts = (cell.into, cell.back, cell.bias, cell.back_bias if len(cell.back_bias) else cell.bias)
            places = used + np.cumsum([0, *(part.size for part in parts)])
            weights += [np.ascontiguousarray(part, np.float32).ravel() for part in parts]
            state = sum(len(part) for part in start)
            layers.append([inputs, cells, *places[:4], state, state + cells])
            start += [cell.hidden, cell.memory]
            used = int(places[4])
        gain = np.float32(net.gain)
        weights += [net.head * gain, np.array([gain * np.float32(net.head_bias), gain * np.float32(net.skip)])]
        self._layers = np.array(layers, np.int64)
        self._weights = np.concatenate(weights).astype(np.float32)
        self._start = np.concatenate(start).astype(np.float32)
        self._state = self._start.copy()
        self._room = np.zeros((4, max(CHUNK, self._gates) * int(self._layers[:, CELLS].max())), np.float32)

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames], any number of frames; may be the same array."""
        _play(self._gates, self._layers, self._weights, self._state, self._room, audio, out)

    @property
    def size(self) -> int:
        """How many weights: about as many multiplications a frame."""
        return int(self._weights.size)

    def reset(self) -> None:
        """Forget what was played."""
        self._state[:] = self._start
