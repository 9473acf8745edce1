"""A flat program that run.py plays, and what it is built with: buffers, steps and weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bend import ACTIVATIONS
from .network import Activation, Convolution, Film, Floats
from .run import ADD, BEND, BLEND, BUFFER_FIELDS, CHUNK, COPY, FILM, GATE, MIX, STEP_FIELDS, run
from .tile import OUTPUTS

NONE = -1
_MOVES_BACK_EVERY = 16  # chunks: how seldom a buffer's history is copied back to its start


@dataclass
class Program:
    """The arrays that ``run`` takes; ``play`` goes on where it stopped, ``reset`` starts again from silence."""

    arena: Floats
    buffers: NDArray[np.int64]
    steps: NDArray[np.int64]
    weights: Floats
    rows: NDArray[np.int64]

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames], any number of frames; may be the same array."""
        run(self.arena, self.buffers, self.steps, self.weights, self.rows, audio, out)

    @property
    def size(self) -> int:
        """How many weights: about as many multiplications a frame."""
        return int(self.weights.size)

    def reset(self) -> None:
        """Forget what was played."""
        self.arena.fill(0.0)


@dataclass
class Builder:
    """Collects buffers, steps and weights. The first buffer is what goes in, the last what comes out."""

    buffers: list[tuple[int, int]] = field(default_factory=list)  # channels, history
    steps: list[list[int]] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)
    used: int = 0
    widest: int = 1

    def buffer(self, channels: int, history: int = 0) -> int:
        """A further buffer, by its number."""
        self.buffers.append((channels + -channels % OUTPUTS, history))
        return len(self.buffers) - 1

    def store(self, values: Any) -> int:
        """Where among the weights the values begin."""
        at, array = self.used, np.ascontiguousarray(values, np.float32).ravel()
        self.weights.append(array)
        self.used += array.size
        return at

    def mix(
        self, source: int, conv: Convolution, out: int, mixin: Convolution | None = None, condition: int = NONE,
        carry: int = NONE,
    ) -> None:  # fmt: skip
        """``out`` = conv(source) (+ mixin(condition)) (+ carry), all of them one sum."""
        channels, inputs, taps = conv.weight.shape
        rows = conv.weight.transpose(2, 1, 0).reshape(taps * inputs, channels)
        bias = np.zeros(channels, np.float32) if conv.bias is None else conv.bias
        if mixin is not None:
            rows = np.concatenate([rows, mixin.weight[:, :, 0].T])
            bias = bias if mixin.bias is None else bias + mixin.bias
        padding = -channels % OUTPUTS
        packed = np.pad(rows, ((0, 0), (0, padding))).reshape(len(rows), -1, OUTPUTS).transpose(1, 0, 2)
        self.widest = max(self.widest, len(rows))
        extra = 0 if mixin is None else mixin.weight.shape[1]
        weight, offset = self.store(packed), self.store(np.pad(bias, (0, padding)))
        self.step(
            MIX, source, inputs, taps, conv.dilation, condition, extra, out, channels + padding, carry, weight, offset
        )

    def step(self, *fields: int) -> None:
        """A step, see run.py."""
        self.steps.append([*fields, *[0] * (STEP_FIELDS - len(fields))])

    def constants(self, activation: Activation, channels: int) -> int:
        """Where an activation's constants are."""
        slopes = np.broadcast_to(np.array(activation.slopes, np.float32), (channels,))
        rest = np.broadcast_to(np.array([activation.low, activation.high], np.float32), (channels, 2))
        rising = slopes if activation.rising is None else np.full(channels, activation.rising, np.float32)
        return self.store(np.column_stack([slopes, rest, rising]))

    def bend(self, buffer: int, first: int, channels: int, activation: Activation) -> None:
        """Channels of a buffer, in place."""
        if activation.name != "Identity":
            code = ACTIVATIONS.index(activation.name)
            self.step(BEND, buffer, first, channels, code, self.constants(activation, channels))

    def gate(self, buffer: int, channels: int, activation: Activation, gate: Activation, blended: bool) -> None:
        """The first half of a buffer's channels, gated by or blended with the second."""
        self.bend(buffer, channels, channels, gate)
        if blended:
            code = ACTIVATIONS.index(activation.name)
            self.step(BLEND, buffer, channels, code, self.constants(activation, channels))
        else:
            self.bend(buffer, 0, channels, activation)
            self.step(GATE, buffer, channels)

    def film(self, film: Film | None, source: int, out: int, condition: int, room: int) -> None:
        """``out`` = source as the condition modulates it; nothing where there is no film. ``room`` is for the scales
        and shifts."""
        if film is not None:
            rows = int(film.modulation.weight.shape[0])
            channels = rows // 2 if film.shifts else rows
            self.mix(condition, film.modulation, room)
            self.step(FILM, out, source, channels, room, channels if film.shifts else NONE)

    def add(self, out: int, channels: int, first: int, second: int = NONE) -> None:
        """``out`` = first (+ second); ``out`` may be the first."""
        if first != out:
            self.step(COPY, out, first, channels)
        if second != NONE:
            self.step(ADD, out, second, channels)

    def program(self) -> Program:
        """What was collected."""
        table = np.zeros((len(self.buffers), BUFFER_FIELDS), np.int64)
        offset = 0
        for index, (channels, history) in enumerate(self.buffers):
            stride = history + CHUNK * (_MOVES_BACK_EVERY if history else 1)
            table[index] = offset, stride, channels, history, history
            offset += channels * stride
        return Program(
            np.zeros(offset, np.float32),
            table,
            np.array(self.steps, np.int64),
            np.concatenate(self.weights),
            np.zeros(self.widest, np.int64),
        )
