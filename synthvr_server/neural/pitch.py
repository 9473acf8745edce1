"""Pitch and loudness of one voice, as it is played: YIN on the newest 16 ms and as far back as one period.

    audio ─► down to about 24 kHz ─► ring ─┬─► difference of the newest 16 ms and itself, lag by lag ─► first dip ─►
             refined at multiples of the lag ─► is it the pitch, or some periods of one? ─► median of three ─►
             V/oct, confidence; nothing outside 55 Hz to 4.2 kHz
                                           └─► mean square under a Hann window of 32 ms ─► dB

After de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator", JASA 111 (2002). A pitch is known 8 ms and
half a period (that is 8–17 ms) after it sounded, and one look later for the median; there are 250 looks a second.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .. import dsp
from ..module import C4_HZ

WORKING_RATE = 24000.0  # Hz, about: nothing above 12 kHz says anything about a pitch
LOWEST_HZ, HIGHEST_HZ = 54.6, 4300.0  # 55 Hz and 4.2 kHz, out of tune
SEARCHED_HZ = 53.0  # so far down it looks for a dip: one at the very end of the search is none
SURE_FROM_HZ = 62.0  # below it, where the search ends, only a DEEP dip is one
DEEP = 0.05
LOWEST_LOOKED_AT_HZ = 250.0  # below it the window does not tell partials apart
NEVER_HOLLOW_HZ = 600.0  # from here on a period at which nothing sounds is some periods of something higher
LEAST_PARTIAL = (
    0.015  # of all the power, for "something sounds there", and in proportion above 1 kHz: what folds is less
)
WINDOW_SECONDS = 0.016
LOUDNESS_SECONDS = 0.032
DIP = 0.15  # of the mean difference: the first dip below it is the period
ENDING = 0.2  # of the power of the 16 ms before: a tone has been cut off, and what is left is no period
ENDED = 0.05  # of the power of the 16 ms before those: between the pulses of a tone too low to be heard as one
STARTS, ENDS = 0.8, 0.6  # confidence at which a pitch begins and ends
FLOOR_DB = -90.0
RING = 1792  # samples: 48 ms, at up to 36 kHz
FULL_SCALE_VOLTS = 5.0  # what 0 dB means

# What a look leaves behind, in the array ``heard``.
VOLTS, CONFIDENCE, DECIBELS, VOICED = range(4)
HEARD = 4
# What is kept between looks, in ``kept``: two raw pitches, whether there was one, the sums for the rate reduction.
OLDER, OLD, WAS_VOICED, SUM, BEFORE, NEXT = range(6)
KEPT = 6

_F = np.float32
_HANN = np.hanning(1026)[1:-1].astype(np.float32)
_compiled = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True}


@nb.njit("int64(float64)", **_compiled)
def reduction(rate):
    """Into how many frames of the engine one of ours goes."""
    return max(1, int(np.floor(rate / WORKING_RATE + 0.5)))


@dsp.inlined
def push(sample, factor, kept, ring, place):
    """Take one frame in volts. ring: float32[2 · RING], written twice so that its newest part is one piece."""
    # Weights rise over one group and fall over the next: what folds down to a pitch is 35 dB down, 1 3 3 1 for two.
    rising = (_F(place[1]) + _F(0.5)) / _F(factor * factor)
    kept[SUM] += sample * (_F(1.0) / _F(factor) - rising)
    kept[NEXT] += sample * rising
    place[1] += 1
    if place[1] >= factor:
        value = (sample if factor == 1 else kept[SUM] + kept[BEFORE]) / _F(FULL_SCALE_VOLTS)
        kept[BEFORE] = kept[NEXT]
        kept[SUM], kept[NEXT] = _F(0.0), _F(0.0)
        place[1] = 0
        at = place[0]
        ring[at] = value
        ring[at + RING] = value
        place[0] = (at + 1) % RING


@nb.njit("float32(float32[::1], int64, int64, int64)", **_compiled)
def _difference(newest, end, window, lag):
    now = newest[end - window : end]
    then = newest[end - window - lag : end - lag]
    total = _F(0.0)
    for j in range(window):  # of views from 0 on: an index that might be negative is not vectorised
        change = now[j] - then[j]
        total += change * change
    return total


@nb.njit("float64(float32[::1], int64, int64, int64)", **_compiled)
def _bottom(newest, end, window, lag):
    """Where the parabola through the differences at lag − 1, lag and lag + 1 has its lowest point."""
    left = _difference(newest, end, window, lag - 1)
    middle = _difference(newest, end, window, lag)
    right = _difference(newest, end, window, lag + 1)
    bend = left - 2.0 * middle + right
    if bend <= 0.0:
        return float(lag)
    return lag + min(1.0, max(-1.0, 0.5 * (left - right) / bend))


@nb.njit("float64(float32[::1], int64, int64, int64, int64)", **_compiled)
def _refined(newest, end, window, lag, longest):
    """The period in samples: a dip many periods away shows a period's length that much finer."""
    period = _bottom(newest, end, window, lag)
    times = 2
    while period * times < longest - 2:
        at = int(np.floor(period * times + 0.5))
        period = _bottom(newest, end, window, at) / times
        times *= 2
    return period


@nb.njit("float64(float32[::1], int64, int64, float64)", **_compiled)
def _share(newest, end, window, turns):
    """The part of the power that lies around ``turns``, a frequency in turns a sample (Goertzel's sum)."""
    x, y, cosine, sine = 1.0, 0.0, np.cos(2.0 * np.pi * turns), np.sin(2.0 * np.pi * turns)
    real, imaginary, total, weights, squares = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(window):
        weight = float(_HANN[i * 1024 // window])
        value = newest[end - window + i] * weight
        real += value * x
        imaginary += value * y
        x, y = x * cosine - y * sine, x * sine + y * cosine
        total += value * value
        weights += weight
        squares += weight * weight
    return 2.0 * (real * real + imaginary * imaginary) / (weights * weights) / (total / squares + 1e-12)


@nb.njit("float64(float32[::1], int64, int64, float64, float64)", **_compiled)
def _heard(newest, end, window, period, own):
    """``period``, or the part of it that is the pitch; 0 where all that sounds is too high to have one."""
    if own / period < LOWEST_LOOKED_AT_HZ:
        return period
    first = 1
    while 2 * first < period:
        least = LEAST_PARTIAL * max(own * first / period / 1000.0, 1.0)
        if _share(newest, end, window, first / period) > least:
            break
        first += 1
    if 2 * first >= period or own * first / period > HIGHEST_HZ:
        return 0.0
    return period / first if own / period > NEVER_HOLLOW_HZ else period


@nb.njit("float32(float32[::1], int64, int64)", **_compiled)
def _power(newest, first, last):
    total = _F(0.0)
    for i in range(first, last):
        total += newest[i] * newest[i]
    return total


@nb.njit("void(float64, float32[::1], int64[::1], float32[::1], float32[::1], float32[::1])", **_compiled)
def look(rate, ring, place, difference, kept, heard):
    """Judge what was pushed; rate is the engine's in Hz, difference float32[RING] room to work in."""
    own = rate / reduction(rate)
    newest = ring[place[0] : place[0] + RING]
    end = RING
    size = int(own * LOUDNESS_SECONDS)
    power, weights = _F(0.0), _F(0.0)
    for i in range(size):
        weight = _HANN[i * 1024 // size]
        power += weight * newest[end - size + i] * newest[end - size + i]
        weights += weight
    heard[DECIBELS] = max(_F(FLOOR_DB), _F(10.0) * np.log10(power / weights + _F(1e-12)))

    window, longest = int(own * WINDOW_SECONDS), int(own / SEARCHED_HZ)
    shortest = max(3, int(own / HIGHEST_HZ))
    running, best, lag = _F(0.0), _F(2.0), 0
    for tau in range(1, longest):
        value = _difference(newest, end, window, tau)
        running += value
        normal = value * tau / (running + _F(1e-9))
        difference[tau] = normal
        if tau > shortest:
            if normal < best:
                best, lag = normal, tau
            elif best < _F(DIP) and normal > best * _F(1.1) + _F(0.01):
                break  # past the first dip
    confidence = min(_F(1.0), max(_F(0.0), _F(1.0) - best))
    now = _power(newest, end - window, end)
    before = _power(newest, end - 2 * window, end - window)
    long_before = _power(newest, end - 3 * window, end - 2 * window)
    if heard[DECIBELS] <= FLOOR_DB + 5.0 or now < max(_F(ENDING) * before, _F(ENDED) * long_before):
        confidence = _F(0.0)
    period = 0.0
    if confidence > _F(ENDS) and lag < longest - 1:
        period = _refined(newest, end, window, lag, longest)
        period = _heard(newest, end, window, period, own)
        if own < period * SURE_FROM_HZ and best > _F(DEEP):
            period = 0.0
    if period * HIGHEST_HZ < own or period * LOWEST_HZ > own:
        confidence = _F(0.0)
    heard[CONFIDENCE] = confidence
    voiced = confidence > (_F(ENDS) if kept[WAS_VOICED] > 0 else _F(STARTS))
    heard[VOICED] = _F(1.0) if voiced else _F(0.0)
    if not voiced:
        kept[WAS_VOICED] = _F(0.0)
        return
    volts = _F(np.log2(own / period / C4_HZ))
    if kept[WAS_VOICED] <= 0:
        kept[OLDER], kept[OLD] = volts, volts
    kept[WAS_VOICED] = _F(1.0)
    low, high = min(kept[OLDER], kept[OLD]), max(kept[OLDER], kept[OLD])
    heard[VOLTS] = max(low, min(high, volts))
    kept[OLDER], kept[OLD] = kept[OLD], volts


@nb.njit("void(float32[::1], float64, float32[::1], float32[::1], int64[::1])", **_compiled)
def _push_all(samples, rate, kept, ring, place):
    factor = reduction(rate)  # asked once
    for i in range(samples.shape[0]):
        push(samples[i], factor, kept, ring, place)


class Follower:
    """Pitch and loudness of a signal: ``hear`` frames in volts, ``look`` about 250 times a second, read ``heard``."""

    def __init__(self, rate: float) -> None:
        """``rate`` is that of the frames, in Hz."""
        self.rate = float(rate)
        self.heard = np.zeros(HEARD, np.float32)
        self.heard[DECIBELS] = FLOOR_DB
        self._ring = np.zeros(2 * RING, np.float32)
        self._place = np.zeros(2, np.int64)
        self._kept = np.zeros(KEPT, np.float32)
        self._difference = np.zeros(RING, np.float32)

    def hear(self, frames: NDArray[np.float32]) -> None:
        """Take float32[n] volts, contiguous."""
        _push_all(frames, self.rate, self._kept, self._ring, self._place)

    def look(self) -> None:
        """Bring ``heard`` up to date: V/oct, confidence 0…1, dB re 5 V, whether there is a pitch."""
        look(self.rate, self._ring, self._place, self._difference, self._kept, self.heard)


def follow(audio: NDArray[np.float32], rate: float, hop: int) -> NDArray[np.float32]:
    """A whole recording (±1): float32[n, 4] as in ``heard``, one row per hop."""
    follower: Any = Follower(rate)
    volts = np.ascontiguousarray(audio, np.float32) * np.float32(FULL_SCALE_VOLTS)
    rows = np.zeros((len(audio) // hop, HEARD), np.float32)
    for row in range(len(rows)):
        follower.hear(volts[row * hop : (row + 1) * hop])
        follower.look()
        rows[row] = follower.heard
    return rows
