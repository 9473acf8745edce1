"""Turns a convolutional network into the flat program that run.py plays.

Folded here: the condition's mixin into the convolution beside it (more rows of one sum), biases into the sums' first
values, the residual into the 1×1 that follows, the head's scale into its weights; the last layer's way on, which
nobody hears, is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bend import ACTIVATIONS
from .network import Activation, ConvNet, Convolution, Floats, Layer, WaveNet
from .run import ADD, BEND, BLEND, BUFFER_FIELDS, CHUNK, COPY, GATE, MIX, STEP_FIELDS, run
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

    def reset(self) -> None:
        """Forget what was played."""
        self.arena.fill(0.0)


@dataclass
class _Builder:
    """Collects buffers, steps and weights."""

    buffers: list[tuple[int, int]] = field(default_factory=list)  # channels, history
    steps: list[list[int]] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)
    used: int = 0
    widest: int = 1

    def buffer(self, channels: int, history: int = 0) -> int:
        self.buffers.append((channels + -channels % OUTPUTS, history))
        return len(self.buffers) - 1

    def store(self, values: Any) -> int:
        at, array = self.used, np.ascontiguousarray(values, np.float32).ravel()
        self.weights.append(array)
        self.used += array.size
        return at

    def mix(
        self, source: int, conv: Convolution, out: int, mixin: Convolution | None = None, condition: int = NONE,
        carry: int = NONE,
    ) -> None:  # fmt: skip
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
        self.steps.append([*fields, *[0] * (STEP_FIELDS - len(fields))])

    def constants(self, activation: Activation, channels: int) -> int:
        slopes = np.broadcast_to(np.array(activation.slopes, np.float32), (channels,))
        rest = np.broadcast_to(np.array([activation.low, activation.high], np.float32), (channels, 2))
        return self.store(np.column_stack([slopes, rest]))

    def bend(self, buffer: int, first: int, channels: int, activation: Activation) -> None:
        if activation.name != "Identity":
            code = ACTIVATIONS.index(activation.name)
            self.step(BEND, buffer, first, channels, code, self.constants(activation, channels))

    def program(self) -> Program:
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


def compile_network(network: WaveNet | ConvNet) -> Program:
    """The program of a network; its sizes have been checked by who read it."""
    return _wavenet(network) if isinstance(network, WaveNet) else _convnet(network)


def _wavenet(net: WaveNet) -> Program:
    make = _Builder()
    condition = x = make.buffer(1)
    head = NONE
    for number, array in enumerate(net.arrays):
        layers, last_array = array.layers, number == len(net.arrays) - 1
        width = array.rechannel.weight.shape[0]
        previous, x = x, make.buffer(width, layers[0].conv.reach)
        make.mix(previous, array.rechannel, x)
        widest = max(layer.conv.weight.shape[0] for layer in layers)
        z = make.buffer(widest + max(_outputs(layer) for layer in layers))  # room for a blend's bent row
        total = make.buffer(array.head.weight.shape[1], array.head.reach)
        for index, layer in enumerate(layers):
            _layer(make, layer, x, condition, z)
            carry = head if index == 0 else total
            if layer.head1x1 is not None:
                make.mix(z, layer.head1x1, total, carry=carry)
            elif carry == total:
                make.step(ADD, total, z, _outputs(layer))
            else:
                make.step(COPY, total, z if carry == NONE else carry, _outputs(layer))
                if carry != NONE:
                    make.step(ADD, total, z, _outputs(layer))
            if index + 1 < len(layers) or not last_array:
                reach = layers[index + 1].conv.reach if index + 1 < len(layers) else 0
                following = make.buffer(width, reach)
                make.mix(z, layer.layer1x1, following, carry=x)
                x = following
        head = make.buffer(array.head.weight.shape[0])
        make.mix(total, _scaled(array.head, net.scale) if last_array else array.head, head)
    return make.program()


def _outputs(layer: Layer) -> int:
    """Channels of a layer after its gate."""
    return int(layer.conv.weight.shape[0]) // (1 if layer.gate is None else 2)


def _layer(make: _Builder, layer: Layer, x: int, condition: int, z: int) -> None:
    make.mix(x, layer.conv, z, layer.mixin, condition)
    channels = _outputs(layer)
    if layer.gate is not None:
        make.bend(z, channels, channels, layer.gate)
    if layer.blended:
        code = ACTIVATIONS.index(layer.activation.name)
        make.step(BLEND, z, channels, code, make.constants(layer.activation, channels))
    else:
        make.bend(z, 0, channels, layer.activation)
        if layer.gate is not None:
            make.step(GATE, z, channels)


def _scaled(conv: Convolution, scale: float) -> Convolution:
    factor = np.float32(scale)
    return Convolution(conv.weight * factor, None if conv.bias is None else conv.bias * factor, conv.dilation)


def _convnet(net: ConvNet) -> Program:
    make = _Builder()
    x = make.buffer(1, net.blocks[0][0].reach)
    for index, (conv, activation) in enumerate(net.blocks):
        reach = net.blocks[index + 1][0].reach if index + 1 < len(net.blocks) else 0
        following = make.buffer(conv.weight.shape[0], reach)
        make.mix(x, conv, following)
        make.bend(following, 0, conv.weight.shape[0], activation)
        x = following
    return make.program()
