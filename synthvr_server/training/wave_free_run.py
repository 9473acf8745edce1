"""What the Wave module's net says when it hears nobody but itself, as fast as it plays."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from ..dsp import clamp
from ..neural.wavenet_oscillator_net import MIND, OPTIONS, RATE, WEIGHTS, Net, attune, mind, noise, say, tell_phase

_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
_ROW = nb.types.Array(nb.float32, 1, "C")


_compiled: Any = nb.njit(nb.void(WEIGHTS, MIND, *(nb.float32,) * 5, nb.uint64, _ROW, _ROW), cache=True, **OPTIONS)


@_compiled
def _run(weights, memory, material, character, hertz, phase, temperature, seed, thrown_in, out):
    seeds = np.full(1, seed, np.uint64)
    attune(weights, memory, material, character, hertz)
    last, turns, step = _ZERO, np.float64(phase), np.float64(hertz) / RATE
    for time in range(len(out)):
        tell_phase(np.float32(turns), hertz, _ONE, memory[2])
        mean, deviation = say(weights, memory, time, clamp(last + thrown_in[time], -_ONE, _ONE))
        last = clamp(mean + temperature * deviation * noise(seeds), -_ONE, _ONE)
        out[time] = last
        turns += step
        turns -= np.floor(turns)


def free_run(
    net: Net, material: float, character: float, hertz: float, phase: float, temperature: float, thrown_in: np.ndarray
) -> np.ndarray:
    """What the net says from silence and ``phase`` (turns) on, float32[frames] at RATE.

    Before it says sample t it hears sample t − 1 and ``thrown_in``[t], float32[frames].
    """
    out = np.zeros(len(thrown_in), np.float32)
    parameters = map(np.float32, (material, character, hertz, phase, temperature))
    _run(net.tensors, mind(), *parameters, np.uint64(1), thrown_in, out)
    return out
