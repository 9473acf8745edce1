"""The activations of a capture's network, in place over one row of frames.

Their codes are positions in ``ACTIVATIONS``. Every one is a straight line of arithmetic, so that a row is computed
eight or sixteen frames at a time; tanh is a ratio of polynomials fitted for this file (error below 3e-7).
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from ... import dsp

ACTIVATIONS = (
    "Identity", "Tanh", "Sigmoid", "ReLU", "LeakyReLU", "PReLU", "Hardtanh", "LeakyHardtanh", "SiLU", "Hardswish",
    "Softsign",
)  # fmt: skip
IDENTITY, TANH, SIGMOID, RELU, LEAKY, PRELU, HARDTANH, LEAKY_HARDTANH, SILU, HARDSWISH, SOFTSIGN = range(11)

_F = np.float32
_ZERO, _HALF, _ONE = _F(0.0), _F(0.5), _F(1.0)

_options: dict[str, Any] = dsp.KERNEL_OPTIONS


@dsp.inlined
def tanh(x):
    """tanh within 3e-7: where it is used thousands of times in a row, 2e-4 would add up."""
    x = dsp.clamp(x, _F(-9.0), _F(9.0))
    s = x * x
    over = _F(1.3184819118128367e-08) * s + _F(2.0472323384643513e-05)
    over = (over * s + _F(0.0034866145167893638)) * s + _F(0.1337322611420791)
    over = over * s + _F(0.999999906689219)
    under = _F(7.702926002033266e-07) * s + _F(0.00032714368574396726)
    under = (under * s + _F(0.025842106154433653)) * s + _F(0.4670652306703711)
    under = under * s + _ONE
    return x * over / under


@dsp.inlined
def sigmoid(x):
    """1 / (1 + e**−x)."""
    return _HALF + _HALF * tanh(_HALF * x)


@nb.njit(**(_options | {"forceinline": False}))
def bend(row, frames, code, slope, low, high, rising):
    """Apply activation ``code`` to ``row[:frames]``; the rest are the constants of the leaky ones: the slope below
    ``low`` (or 0), and ``rising``, that above ``high``."""
    if code == TANH:
        for f in range(frames):
            row[f] = tanh(row[f])
    elif code == SIGMOID:
        for f in range(frames):
            row[f] = sigmoid(row[f])
    elif code == SILU:
        for f in range(frames):
            row[f] = row[f] * sigmoid(row[f])
    elif code == RELU:
        for f in range(frames):
            row[f] = dsp.select(row[f] > _ZERO, row[f], _ZERO)
    elif code in (LEAKY, PRELU):
        for f in range(frames):
            row[f] = dsp.select(row[f] > _ZERO, row[f], slope * row[f])
    elif code in (HARDTANH, LEAKY_HARDTANH):  # the hard one has slope 0
        for f in range(frames):
            held = dsp.clamp(row[f], low, high)
            row[f] = held + dsp.select(row[f] > high, rising, slope) * (row[f] - held)
    elif code == HARDSWISH:
        for f in range(frames):
            row[f] = row[f] * dsp.clamp(row[f] + _F(3.0), _ZERO, _F(6.0)) * _F(1 / 6)
    elif code == SOFTSIGN:
        for f in range(frames):
            row[f] = row[f] / (_ONE + abs(row[f]))
