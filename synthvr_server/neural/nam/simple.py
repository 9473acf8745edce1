"""Reads the `.nam` architectures LSTM, ConvNet and Linear."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ModuleDeclarationError
from .network import Activation, Cell, ConvNet, Convolution, Recurrent
from .weights import Weights, activation, whole, wholes

LINEAR = Activation("Identity")


def read_lstm(config: dict[str, Any], weights: Weights) -> Recurrent:
    """Per layer the joined matrix of input and feedback, gates i, f, g, o, one bias, and where it starts."""
    hidden, layers = whole(config, "hidden_size"), whole(config, "num_layers", 16)
    if whole(config, "input_size") != 1:
        raise ModuleDeclarationError("it has more than one input channel, which is not supported")
    cells = []
    for layer in range(layers):
        inputs = 1 if layer == 0 else hidden
        joined = weights.take(4 * hidden, inputs + hidden).T
        bias = weights.take(4 * hidden)
        start, memory = weights.take(hidden), weights.take(hidden)
        into, back = np.ascontiguousarray(joined[:inputs]), np.ascontiguousarray(joined[inputs:])
        cells.append(Cell(into, back, bias, np.zeros(0, np.float32), start, memory))
    head, head_bias = weights.take(hidden), weights.take(1)
    weights.finish()
    return Recurrent("lstm", tuple(cells), head, float(head_bias[0]))


def read_convnet(config: dict[str, Any], weights: Weights) -> ConvNet:
    """Convolutions of two taps; what batch norm learned is folded into them."""
    channels, groups = whole(config, "channels"), whole(config, "groups", default=1)
    normed = bool(config.get("batchnorm", False))
    blocks = []
    for index, dilation in enumerate(wholes(config, "dilations")):
        inputs = 1 if index == 0 else channels
        conv = weights.convolution(inputs, channels, 2, dilation, groups, bias=not normed)
        if normed:
            mean, variance, gain, offset = (weights.take(channels) for _ in range(4))
            spread = variance + weights.take(1)
            if not (spread > 0).all():
                raise ModuleDeclarationError("the variances of its batch norm are not positive")
            scale = gain / np.sqrt(spread)
            conv = Convolution(conv.weight * scale[:, None, None], offset - scale * mean, dilation)
        blocks.append((conv, activation(config.get("activation"), channels)))
    blocks.append((weights.convolution(channels, 1), LINEAR))
    weights.finish()
    return ConvNet(tuple(blocks))


def read_linear(config: dict[str, Any], weights: Weights) -> ConvNet:
    """One impulse response, its newest tap first."""
    response = weights.take(1, 1, whole(config, "receptive_field", 1 << 13))
    bias = weights.take(1) if config.get("bias") else None
    weights.finish()
    return ConvNet(((Convolution(np.ascontiguousarray(response[..., ::-1]), bias), LINEAR),))
