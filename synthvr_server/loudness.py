"""How loud a recording is, in LUFS: loudness units below full scale, after ITU-R BS.1770-5.

samples ─► K weighting: high shelf (the head), high-pass ─► mean square of 400 ms, four a step of 100 ms
        ─► without what lies below −70 LUFS, then without what lies 10 LU below the mean of the rest ─► mean
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

STEPS_PER_SECOND, STEPS_OF_A_BLOCK = 10, 4
OFFSET = -0.691  # dB: a sine of 997 Hz at full scale in one channel is −3.01 LUFS
SILENCE, RELATIVE_GATE = -70.0, -10.0  # LUFS, LU


class LoudnessMeter:
    """Takes a recording piece by piece; ``integrated`` is its loudness so far."""

    def __init__(self, rate: int, channels: int = 2) -> None:
        self._sections = _k_weighting(rate)
        self._memory = np.zeros((channels, len(self._sections), 2))
        self._step = round(rate / STEPS_PER_SECOND)
        self._rest = np.zeros((0, channels))
        self._powers: list[float] = []  # sum over channels of the mean square, by steps

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take the next ``float[frames, channels]``, full scale ±1."""
        weighted = _filtered(np.ascontiguousarray(samples, np.float64), self._sections, self._memory)
        heard = np.concatenate((self._rest, weighted))
        whole = len(heard) // self._step
        steps = heard[: whole * self._step].reshape(whole, self._step, heard.shape[1])
        self._powers += (np.square(steps).sum((1, 2)) / self._step).tolist()
        self._rest = heard[whole * self._step :]

    @property
    def integrated(self) -> float:
        """Integrated loudness in LUFS; −inf for silence and for less than 400 ms."""
        steps = np.array(self._powers)
        if len(steps) < STEPS_OF_A_BLOCK:
            return -math.inf
        blocks = np.convolve(steps, np.full(STEPS_OF_A_BLOCK, 1 / STEPS_OF_A_BLOCK), "valid")
        blocks = blocks[blocks > _power(SILENCE)]
        if not len(blocks):
            return -math.inf
        gate = blocks.mean() * 10 ** (RELATIVE_GATE / 10)
        return OFFSET + 10 * math.log10(blocks[blocks > gate].mean())


def _power(loudness: float) -> float:
    return float(10 ** ((loudness - OFFSET) / 10))


def _k_weighting(rate: int) -> NDArray[np.float64]:
    """float64[2, 5], b0 b1 b2 a1 a2 of both sections.

    The standard gives numbers for 48 kHz; these analogue prototypes give the same there, and fit at any other rate
    (De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145, 2018).
    """
    k, q, head = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band, a0 = head**0.4996667741545416, 1 + k / q + k * k
    shelf = [head + band * k / q + k * k, 2 * (k * k - head), head - band * k / q + k * k]
    shelf = [each / a0 for each in (*shelf, 2 * (k * k - 1), 1 - k / q + k * k)]
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return np.array([shelf, [1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]])


@nb.njit(cache=True)
def _filtered(samples, sections, memory):
    out = np.empty_like(samples)
    for channel in range(samples.shape[1]):
        for frame in range(samples.shape[0]):
            x = samples[frame, channel]
            for section in range(sections.shape[0]):
                b0, b1, b2, a1, a2 = sections[section]
                y = b0 * x + memory[channel, section, 0]
                memory[channel, section, 0] = b1 * x - a1 * y + memory[channel, section, 1]
                memory[channel, section, 1] = b2 * x - a2 * y
                x = y
            out[frame, channel] = x
    return out
