"""What stands around a capture: the way from volts to its full scale and back, and the dry sound beside it."""

from __future__ import annotations

import numba as nb
import numpy as np

from ... import dsp

_F = np.float32
_ROW, _ONE = nb.types.float32[::1], nb.types.float32
_OPTIONS = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True, "nogil": True}


@nb.njit(nb.void(_ROW, _ROW, _ONE, _ROW), **_OPTIONS)
def amplified(audio, decibels, factor, out):
    """``out`` = audio · factor · the gain in dB, all float32[frames]."""
    for f in range(audio.shape[0]):
        out[f] = audio[f] * factor * dsp.gain(decibels[f])


@nb.njit(nb.void(_ROW, _ROW, _ROW), **_OPTIONS)
def delayed(line, audio, out):
    """``out`` float32[frames] is ``audio`` from as many frames ago as ``line`` is long; the line moves on."""
    frames, delay = audio.shape[0], line.shape[0]
    early = min(frames, delay)
    for f in range(early):
        out[f] = line[f]
    for f in range(early, frames):
        out[f] = audio[f - delay]
    for f in range(delay - early):
        line[f] = line[f + early]
    for f in range(early):
        line[delay - early + f] = audio[frames - early + f]


@nb.njit(nb.void(_ROW, _ROW, _ONE, _ONE, _ROW, _ROW, _ROW), **_OPTIONS)
def mixed(wet, decibels, factor, most, dry, mix, out):
    """``out`` = dry, or by ``mix`` (0 … 1) wet · factor · the gain in dB, held to ±``most``; NaN becomes 0."""
    for f in range(out.shape[0]):
        loud = dsp.clamp(wet[f] * factor, -most, most)
        loud = dsp.select(wet[f] == wet[f], loud, _F(0.0)) * dsp.gain(decibels[f])
        out[f] = dry[f] + mix[f] * (loud - dry[f])
