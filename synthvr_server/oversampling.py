"""What lets a non-linearity run at two, four or more times the sample rate: nothing it makes up there folds back.

::

    x ─► doubled ─► non-linearity, twice a frame ─► halved ─► y
    x ─► doubled ─► doubled_again ─► four times a frame ─► halved_again ─► halved ─► y     (fourfold, quartered)

Half-band filters of two paths of first-order allpasses (Valenzuela and Constantinides, "Digital signal processing
schemes for efficient interpolation and decimation", IEE Proceedings G, 1983), elliptic. Six multiplications a frame;
a linear-phase filter of the same stop-band needs 36 and delays by 35 frames. What they stop, up to 20 kHz at a sample
rate of 48 kHz (0.417 of any other), is down by 96 dB, in the second doubling by 101 dB; what they pass is flat within
0.001 dB, but its phase is not straight. There and back, what is low comes late by ``DELAY_OF_TWO`` (2.7)
or ``DELAY_OF_FOUR`` (3.5) frames, 20 kHz by three times that.

A module keeps one memory per filter and declares it, ``State(shape=(STEEP,), voices_last=True)`` for ``doubled`` and
``halved``, ``GENTLE`` for those again. ``voice`` is a row's column. All are branch-free, and vectorised over voices.

What bends only now and then runs plainly until then, and crosses over: the filters fill unheard, then one way fades
into the other. A State of int32 keeps where the crossing stands (``moved_on``, ``crossed``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .dsp import clamp, inlined, ordered

# Frames after its start: filters filled; filled again, with what the plain way has handed over; faded over.
WARM, READY, CROSSED = 96, 192, 672
PASSED = 20.0 / 48.0  # of the sample rate; from as far above half of it on, all is stopped
_F = np.float32


def allpasses(count: int, passed: float) -> NDArray[np.float64]:
    """Coefficients of an elliptic half-band filter of order 2 ``count`` + 1; even ones to the first path, odd ones to
    the second. ``passed`` is the end of its pass-band, of half its own rate.
    """
    k = np.tan(np.pi * passed / 2) ** 2  # selectivity: tangents of both band edges, one the inverse of the other
    root = np.sqrt(np.sqrt(1 - k * k))
    start = (1 - root) / (1 + root) / 2
    nome = start + 2 * start**5 + 15 * start**9 + 150 * start**13
    place = np.pi * np.arange(1, count + 1)[:, None] / (2 * count + 1)
    m = np.arange(8)
    theta1 = np.sum((-1.0) ** m * nome ** (m * (m + 1)) * np.sin((2 * m + 1) * place), axis=1)
    theta4 = 1 + 2 * np.sum((-1.0) ** m[1:] * nome ** (m[1:] ** 2) * np.cos(2 * m[1:] * place), axis=1)
    square = 4 * np.sqrt(nome) * (theta1 / theta4) ** 2  # where the attenuation has its poles
    pole = np.sqrt((1 - square * k) * (1 - square / k)) / (1 + square)
    return np.asarray((1 - pole) / (1 + pole))


def delay(coefficients: NDArray[np.float64]) -> float:
    """Frames, at the filter's own (upper) rate, by which it delays what is low."""
    late = 2 * (1 - coefficients) / (1 + coefficients)
    return float((late[::2].sum() + 1 + late[1::2].sum()) / 2)


_STEEP, _GENTLE = allpasses(6, PASSED), allpasses(3, PASSED / 2)
STEEP, GENTLE = len(_STEEP) + 2, len(_GENTLE) + 2  # values that a filter keeps
# Frames, up and down again: half the filter's own, twice, less the half by which the later of two frames is later.
DELAY_OF_TWO = delay(_STEEP) - 0.5
DELAY_OF_FOUR = DELAY_OF_TWO + (delay(_GENTLE) - 0.5) / 2
DELAY_OF_EIGHT = DELAY_OF_FOUR + (delay(_GENTLE) - 0.5) / 4

A1, A2, A3, A4, A5, A6 = map(np.float32, _STEEP)
B1, B2, B3 = map(np.float32, _GENTLE)
_ZERO, _HALF, _ONE = _F(0.0), _F(0.5), _F(1.0)


@ordered
def _allpass(a, x, before, after):
    """A frame of the allpass of coefficient ``a``, from its last input and output."""
    return a * (x - after) + before


@inlined
def _steep_first(x, memory, voice):
    m0, m1, m2, m3 = memory[0, voice], memory[1, voice], memory[2, voice], memory[3, voice]
    y1 = _allpass(A1, x, m0, m1)
    y2 = _allpass(A3, y1, m1, m2)
    y3 = _allpass(A5, y2, m2, m3)
    memory[0, voice], memory[1, voice], memory[2, voice], memory[3, voice] = x, y1, y2, y3
    return y3


@inlined
def _steep_second(x, memory, voice):
    m0, m1, m2, m3 = memory[4, voice], memory[5, voice], memory[6, voice], memory[7, voice]
    y1 = _allpass(A2, x, m0, m1)
    y2 = _allpass(A4, y1, m1, m2)
    y3 = _allpass(A6, y2, m2, m3)
    memory[4, voice], memory[5, voice], memory[6, voice], memory[7, voice] = x, y1, y2, y3
    return y3


@inlined
def _gentle_first(x, memory, voice):
    m0, m1, m2 = memory[0, voice], memory[1, voice], memory[2, voice]
    y1 = _allpass(B1, x, m0, m1)
    y2 = _allpass(B3, y1, m1, m2)
    memory[0, voice], memory[1, voice], memory[2, voice] = x, y1, y2
    return y2


@inlined
def _gentle_second(x, memory, voice):
    m0, m1 = memory[3, voice], memory[4, voice]
    y1 = _allpass(B2, x, m0, m1)
    memory[3, voice], memory[4, voice] = x, y1
    return y1


@inlined
def doubled(x, memory, voice):
    """The two frames, one after the other, that ``x`` becomes at twice the rate; ``memory`` is [STEEP, voices]."""
    return _steep_first(x, memory, voice), _steep_second(x, memory, voice)


@inlined
def halved(first, second, memory, voice):
    """The frame that two become at half their rate; ``memory`` is [STEEP, voices]."""
    return _HALF * (_steep_second(first, memory, voice) + _steep_first(second, memory, voice))


@inlined
def doubled_again(x, memory, voice):
    """Each of the frames of ``doubled`` once more doubled, and each of those again; ``memory`` is [GENTLE, voices]."""
    return _gentle_first(x, memory, voice), _gentle_second(x, memory, voice)


@inlined
def halved_again(first, second, memory, voice):
    """Undoes ``doubled_again``; comes before ``halved``; ``memory`` is [GENTLE, voices]."""
    return _HALF * (_gentle_second(first, memory, voice) + _gentle_first(second, memory, voice))


@inlined
def fourfold(x, steep, gentle, voice):
    """The four frames that ``x`` becomes at four times the rate; memories [STEEP, voices] and [GENTLE, voices]."""
    early, late = doubled(x, steep, voice)
    first, second = doubled_again(early, gentle, voice)
    third, fourth = doubled_again(late, gentle, voice)
    return first, second, third, fourth


@inlined
def quartered(first, second, third, fourth, steep, gentle, voice):
    """The frame that four become at a quarter of their rate; memories of its own, as ``fourfold`` has them."""
    early = halved_again(first, second, gentle, voice)
    late = halved_again(third, fourth, gentle, voice)
    return halved(early, late, steep, voice)


@inlined
def moved_on(place, wanted, count):
    """Where the crossing stands after ``count`` frames: 0 is plain only, ``CROSSED`` oversampled only."""
    if wanted:
        return min(place + count, CROSSED)
    return place - count if place - count > READY else 0


@inlined
def crossed(place):
    """How much of the oversampled way is heard there."""
    return clamp(_F(place - READY) / _F(CROSSED - READY), _ZERO, _ONE)
