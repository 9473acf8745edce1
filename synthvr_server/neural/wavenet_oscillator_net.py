"""The net of the Wave module: a gated, dilated, causal convolution that makes one sample at a time.

    last sample, phase ─► start ─┬─► layer 1 ─► layer 2 ─► … ─► layer 9        (dilations 1, 2, 4 … 256)
                                 │      └─ z ──────┴─ z ─── + ───► head ─► mean, log deviation ─► the next sample
    material, character, pitch ─► two small layers ─► biases and gains of every layer, once a millisecond

    layer:  z = gain · tanh(W now, back, phase) · sigmoid(W now, back, phase);   x ← x + mix(z)

``back`` is the layer's own input one dilation ago. It is kept in a queue as long as the dilation, so that a sample
costs the same whatever the net's memory is (Paine et al., "Fast Wavenet Generation Algorithm", 2016). The phase is that
of an oscillator which is driven from outside, in sine and cosine of some harmonics: it makes the pitch exact, while the
samples themselves, noise included, come from what the net has heard itself say (van den Oord et al., "WaveNet", 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numba as nb
import numpy as np

from .. import dsp
from ..module import C4_HZ
from .wavenet_oscillator_lanes import product

RATE = 32_000  # Hz of the net itself: two thirds of the work at 48 kHz, and nothing it says lies above 13 kHz
CHANNELS = 16
DILATIONS = tuple(1 << power for power in range(9))
MEMORY = sum(DILATIONS)  # rows of all queues; with the newest sample 16 ms, a period of C2
MATERIALS = ("breath", "voice", "reed", "bow", "edge", "glass")
HARMONICS = (1, 2, 4, 8, 16)  # of the phase, each the double of the one before
PHASES = 2 * len(HARMONICS)
HEARD = 2 * CHANNELS + PHASES  # what a layer hears: now, back, phase
GATED = 2 * CHANNELS
TUNED = 3 * CHANNELS  # what the conditions set in a layer: the biases of both halves, and a gain
CONDITIONS = len(MATERIALS) + 2
INNER = 32
MIDDLE_HZ = C4_HZ  # the pitch that is 0 to the net
CONTROL = 32  # samples between two looks at the conditions

LOUDEST_MEAN = 1.25
QUIETEST_LOG, LOUDEST_LOG = -6.5, -1.0  # natural logarithm of the deviation: 0.0015 … 0.37
FADE_FROM, FADE_OVER = 8_000.0, 4_000.0  # Hz: a harmonic of the phase goes before it would fold

SHAPES: dict[str, tuple[int, ...]] = {
    "start": (1 + PHASES, CHANNELS),
    "start_bias": (CHANNELS,),
    "taps": (len(DILATIONS), HEARD, GATED),
    "mix": (len(DILATIONS), CHANNELS, CHANNELS),
    "mix_bias": (len(DILATIONS), CHANNELS),
    "head": (CHANNELS, CHANNELS),
    "head_bias": (CHANNELS,),
    "last": (CHANNELS, 2),
    "last_bias": (2,),
    "first_condition": (CONDITIONS, INNER),
    "first_bias": (INNER,),
    "second_condition": (INNER, INNER),
    "second_bias": (INNER,),
    "tune": (len(DILATIONS), INNER, TUNED),
    "tune_bias": (len(DILATIONS), TUNED),
}

_F = np.float32
_ZERO, _HALF, _ONE = _F(0.0), _F(0.5), _F(1.0)
_MATRIX, _VECTOR = nb.types.Array(nb.float32, 2, "C"), nb.types.Array(nb.float32, 1, "C")
_CUBE = nb.types.Array(nb.float32, 3, "C")
WEIGHT_TYPES = tuple({1: _VECTOR, 2: _MATRIX, 3: _CUBE}[len(shape)] for shape in SHAPES.values())
WEIGHTS = nb.types.Tuple(WEIGHT_TYPES)  # in the order of SHAPES
MIND = nb.types.UniTuple(_MATRIX, 3)  # what a net in motion keeps: see ``mind``
OPTIONS: dict[str, Any] = dsp.KERNEL_OPTIONS | {"forceinline": False}


@dataclass(frozen=True)
class Net:
    """Weights, each float32 and of the shape that SHAPES gives; ``tensors`` is what the compiled functions take."""

    tensors: tuple[np.ndarray, ...]

    @classmethod
    def load(cls, path: Path) -> Net:
        """The net in an .npz file; raises ValueError if it is not one of ours."""
        with np.load(path, allow_pickle=False) as stored:
            return cls.of({name: stored[name] for name in stored.files})

    @classmethod
    def of(cls, named: dict[str, np.ndarray]) -> Net:
        """The net with these weights; raises ValueError if one is missing, misshapen or not finite."""
        for name, shape in SHAPES.items():
            if name not in named or named[name].shape != shape or not np.isfinite(named[name]).all():
                raise ValueError(f"not the weights of a wave net: {name} should be finite and of shape {shape}")
        return cls(tuple(np.ascontiguousarray(named[name], np.float32) for name in SHAPES))


def mind() -> tuple[np.ndarray, ...]:
    """A net's memory, empty: the queues, what the conditions make of the layers, and room to work in."""
    return (
        np.zeros((MEMORY, CHANNELS), np.float32),
        np.zeros((len(DILATIONS), TUNED), np.float32),
        np.zeros((6, max(HEARD, GATED)), np.float32),
    )


_hear = product(HEARD, GATED)
_hear_phase = product(PHASES, CHANNELS)
_mix = product(CHANNELS, CHANNELS)
_begin = product(CONDITIONS, INNER)
_deepen = product(INNER, INNER)
_tune = product(INNER, TUNED)


@dsp.inlined
def describe(material, character, hertz, conditions):
    """Material 0–5 (between two of them a blend), character 0–1 and pitch as the net is told them."""
    material = dsp.clamp(material, _ZERO, _F(len(MATERIALS) - 1))
    for kind in range(len(MATERIALS)):
        conditions[kind] = max(_ZERO, _ONE - abs(material - _F(kind)))
    conditions[len(MATERIALS)] = dsp.clamp(character, _ZERO, _ONE) - _HALF
    conditions[len(MATERIALS) + 1] = np.log2(hertz / _F(MIDDLE_HZ)) * _F(0.25)


@dsp.inlined
def attune(weights, memory, material, character, hertz):
    """Set the biases and gains of all layers by the conditions."""
    work = memory[2]
    conditions, inner, deeper = work[0], work[1], work[2]
    describe(material, character, hertz, conditions)
    for unit in range(INNER):
        inner[unit], deeper[unit] = weights[10][unit], weights[12][unit]
    _begin(conditions, weights[9], inner)
    for unit in range(INNER):
        inner[unit] = dsp.tanh(inner[unit])
    _deepen(inner, weights[11], deeper)
    for unit in range(INNER):
        deeper[unit] = dsp.tanh(deeper[unit])
    for layer in range(len(DILATIONS)):
        for column in range(TUNED):
            memory[1][layer, column] = weights[14][layer, column]
        _tune(deeper, weights[13][layer], memory[1][layer])


@dsp.inlined
def tell_phase(phase, hertz, grip, work):
    """Write sine and cosine of the phase's harmonics, ``grip`` times, to where a layer hears them."""
    sine, cosine = dsp.sin_turns(phase), dsp.sin_turns(phase + _F(0.25))
    for order in range(len(HARMONICS)):
        there = hertz * _F(1 << order)
        loud = grip * dsp.clamp(_ONE - (there - _F(FADE_FROM)) / _F(FADE_OVER), _ZERO, _ONE)
        work[0, 2 * CHANNELS + 2 * order] = loud * sine
        work[0, 2 * CHANNELS + 2 * order + 1] = loud * cosine
        sine, cosine = _F(2.0) * sine * cosine, cosine * cosine - sine * sine


@dsp.inlined
def say(weights, memory, time, sample):
    """Mean and deviation of the next sample, ``sample`` being the last; ``tell_phase`` comes before it.

    ``time`` counts the samples. Whatever goes in, both are finite: all that is kept is a sum of bounded terms.
    """
    start, start_bias, taps, mix, mix_bias = weights[0], weights[1], weights[2], weights[3], weights[4]
    queues, tuned, work = memory
    heard, gated, told, head, voice = work[0], work[1], work[2], work[3], work[4]
    for channel in range(CHANNELS):
        heard[channel] = start_bias[channel] + sample * start[0, channel]
        head[channel] = _ZERO
    _hear_phase(heard[2 * CHANNELS :], start[1:], heard)
    for layer in range(len(DILATIONS)):
        dilation = 1 << layer
        row = dilation - 1 + (time & (dilation - 1))  # the shorter queues before this one have dilation − 1 rows
        for channel in range(CHANNELS):
            heard[CHANNELS + channel] = queues[row, channel]
            queues[row, channel] = heard[channel]
        for column in range(GATED):
            gated[column] = tuned[layer, column]
        _hear(heard, taps[layer], gated)
        for channel in range(CHANNELS):
            gate = _HALF + _HALF * dsp.tanh(_HALF * gated[CHANNELS + channel])
            told[channel] = dsp.tanh(gated[channel]) * gate * tuned[layer, GATED + channel]
        for channel in range(CHANNELS):
            head[channel] += told[channel]
            heard[channel] += mix_bias[layer, channel]
        _mix(told, mix[layer], heard)
    for channel in range(CHANNELS):
        voice[channel] = weights[6][channel]
    _mix(head, weights[5], voice)
    mean, log_deviation = weights[8][0], weights[8][1]
    for channel in range(CHANNELS):
        loud = dsp.tanh(voice[channel])
        mean += loud * weights[7][channel, 0]
        log_deviation += loud * weights[7][channel, 1]
    mean = _F(LOUDEST_MEAN) * dsp.tanh(mean * _F(1 / LOUDEST_MEAN))
    log_deviation = dsp.clamp(log_deviation, _F(QUIETEST_LOG), _F(LOUDEST_LOG))
    return mean, dsp.exp2(log_deviation * _F(1.4426950408889634))


@dsp.inlined
def noise(seed):
    """The next number of a generator, near enough to a normal one: four uniform ones added up (xorshift64)."""
    bits = seed[0]
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    seed[0] = bits
    low = np.uint64(0xFFFF)
    total = (bits & low) + ((bits >> np.uint64(16)) & low) + ((bits >> np.uint64(32)) & low) + (bits >> np.uint64(48))
    return (_F(total) * _F(1 / 65536) - _F(2.0)) * _F(np.sqrt(3.0))
