"""A sound from its parts: 64 sines above one pitch, and noise through a filter of 65 bands.

    pitch, inharmonicity ─► 64 frequencies ─► sines × amplitudes ─┐
    white noise ─┬─► FIR filter (64 bands from 125 Hz on) ────────┼─► out
                 └─► low-pass filter (the band below 125 Hz) ─────┘

Every parameter glides from one control frame (4 ms) to the next and no phase is ever set, so nothing clicks. A sine
fades before it would fold over. Frames are samples at the engine's rate; ``hop`` of them make a control frame.

The partials of a stiff string lie wide: the kth at k f √(1 + B k²), where B is its inharmonicity, 0 where the partials
are harmonics (Fletcher, "Normal vibration frequencies of a stiff piano string", JASA 36, 1964).
"""

from __future__ import annotations

import math
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .. import dsp
from ..module import C4_HZ

HARMONICS = 64
BANDS = 65  # 250 Hz apart, from 0 to 16 kHz
BAND_HZ = 250.0
CONTROL_HZ = 250.0
CHUNK = 64  # frames of noise made at once: they stay in the first-level cache
STEADY = 16  # frames over which a gliding sine turns evenly; at their ends its phase is exact
FILTER_SECONDS = 1 / 375  # 128 taps at 48 kHz: its response blurs about one band
LOW_HZ = BAND_HZ / 2  # what lies below, a thump or a rumble, is more than such a filter can tell from its neighbours
FADE_FROM, FADE_TO = 0.42, 0.48  # of the sample rate: where a sine on its way up goes silent
HIGHEST_LEARNED_HZ = 16000.0
UNIT_VARIANCE = np.float32(np.sqrt(3.0))  # of noise that is uniform between −1 and 1

_F = np.float32
_compiled = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True}


@nb.njit("float64(float64, float64, int64)", **_compiled)
def partial(hertz, inharmonicity, k):
    """The frequency in Hz of partial ``k``, counted from 0."""
    number = k + 1.0
    return number * hertz * np.sqrt(1.0 + inharmonicity * number * number)


@nb.njit(
    "void(float32[::1], int64, int64, float64, float64[::1], float64[:, ::1], float32[:, ::1], float32[:, ::1])",
    **_compiled,
)
def _sines(out, start, hop, rate, turns, partials, amplitudes, work):
    """Add the sines to ``out``; turns are their phases when the hop began, work is float32[4, HARMONICS]."""
    audible = HARMONICS
    while audible > 0 and amplitudes[0, audible - 1] == 0.0 and amplitudes[1, audible - 1] == 0.0:
        audible -= 1
    for at in range(0, out.shape[0], STEADY):
        frames = min(STEADY, out.shape[0] - at)
        begin, end = start + at, start + at + frames
        for k in range(audible):
            change = (partials[1, k] - partials[0, k]) / (2 * hop)
            step = (partials[0, k] + change * (begin + end)) / rate
            first = turns[k] + (partials[0, k] + change * begin) * begin / rate + step
            first -= np.floor(first)
            work[0, k] = dsp.sin_turns(_F(first))
            work[1, k] = dsp.sin_turns(_F(first + 0.25))
            work[2, k] = dsp.sin_turns(_F(step))
            work[3, k] = dsp.sin_turns(_F(step + 0.25))
        for i in range(frames):
            glide = _F((begin + i + 1) / hop)
            total = _F(0.0)
            for k in range(audible):
                sine, cosine = work[0, k], work[1, k]
                total += (amplitudes[0, k] + (amplitudes[1, k] - amplitudes[0, k]) * glide) * sine
                work[0, k] = sine * work[3, k] + cosine * work[2, k]
                work[1, k] = cosine * work[3, k] - sine * work[2, k]
            out[at + i] += total


@nb.njit("void(int64, float64, float64[::1], float64[:, ::1])", **_compiled)
def _advance(hop, rate, turns, partials):
    """The phases at the end of a hop."""
    for k in range(HARMONICS):
        turns[k] += 0.5 * (partials[0, k] + partials[1, k]) * hop / rate
        turns[k] -= np.floor(turns[k])


@nb.njit(
    "void(float32[::1], int64, int64, uint64[::1], float32[:, ::1], float32[::1], float64[::1], float64[:, ::1])",
    **_compiled,
)
def _noise(out, start, hop, seed, taps, white, lows, section):
    """Add filtered noise to ``out``; white is float32[taps − 1 + CHUNK], its first part what was heard last.

    lows: amplitude of the lowest band before and after the hop; section: the low-pass filter's b and a, and its memory.
    """
    frames, length = out.shape[0], taps.shape[1]
    state = seed[0]
    for i in range(frames):
        state = dsp.after(state)
        white[length - 1 + i] = dsp.evenly(state) * UNIT_VARIANCE
    seed[0] = state
    for i in range(frames):
        first, second = _F(0.0), _F(0.0)
        for t in range(length):
            first += taps[0, t] * white[i + t]
            second += taps[1, t] * white[i + t]
        out[i] += first + (second - first) * _F((start + i + 1) / hop)
    one, two = section[2, 0], section[2, 1]
    for i in range(frames):  # transposed direct form II
        given = white[length - 1 + i]
        low = section[0, 0] * given + one
        one = section[0, 1] * given - section[1, 1] * low + two
        two = section[0, 2] * given - section[1, 2] * low
        out[i] += _F(low * (lows[0] + (lows[1] - lows[0]) * (start + i + 1) / hop))
    section[2, 0], section[2, 1] = one, two
    for t in range(length - 1):
        white[t] = white[frames + t]


@nb.njit("void(float64[::1], float64, float32[::1], float32[::1])", **_compiled)
def _audible(partials, rate, harmonics, amplitudes):
    """Copy ``harmonics`` to ``amplitudes``, faded out where they would fold over."""
    low, high = FADE_FROM * rate, FADE_TO * rate
    if high > HIGHEST_LEARNED_HZ:
        low, high = HIGHEST_LEARNED_HZ * FADE_FROM / FADE_TO, HIGHEST_LEARNED_HZ
    for k in range(HARMONICS):
        part = (high - partials[k]) / (high - low)
        amplitudes[k] = harmonics[k] * min(1.0, max(0.0, part))


@nb.njit("void(float32[::1], float32[:, ::1], float32[::1])", **_compiled)
def _filter(power, basis, taps):
    """The taps of the filter that gives white noise ``power`` in each band but the lowest."""
    for t in range(taps.shape[0]):
        taps[t] = _F(0.0)
    for b in range(1, BANDS):
        level = np.sqrt(power[b])
        for t in range(taps.shape[0]):
            taps[t] += level * basis[b, t]


@nb.njit(
    "void(float64, float64, float32[::1], float32[::1], int64, float64, float64[::1], float64[:, ::1],"
    " float32[:, ::1], float32[:, ::1], float32[:, ::1], float64[::1])",
    **_compiled,
)
def _aim(hertz, inharmonicity, harmonics, noise, hop, rate, turns, partials, amplitudes, basis, taps, lows):
    """What was aimed at is where the next hop begins; where it ends is told by the first four."""
    _advance(hop, rate, turns, partials)
    for k in range(HARMONICS):
        partials[0, k], amplitudes[0, k] = partials[1, k], amplitudes[1, k]
        partials[1, k] = partial(hertz, inharmonicity, k)
    _audible(partials[1], rate, harmonics, amplitudes[1])
    for t in range(taps.shape[1]):
        taps[0, t] = taps[1, t]
    _filter(noise, basis, taps[1])
    lows[0] = lows[1]
    lows[1] = np.sqrt(noise[0] * LOW_HZ / BAND_HZ)


@nb.njit(
    "void(float32[::1], int64, int64, float64, float64[::1], float64[:, ::1], float32[:, ::1], float32[:, ::1],"
    " uint64[::1], float32[:, ::1], float32[::1], float64[::1], float64[:, ::1])",
    **_compiled,
)
def _render(out, start, hop, rate, turns, partials, amplitudes, work, seed, taps, white, lows, section):
    for first in range(0, out.shape[0], CHUNK):
        piece = out[first : first + CHUNK]
        piece[:] = _F(0.0)
        _sines(piece, start + first, hop, rate, turns, partials, amplitudes, work)
        _noise(piece, start + first, hop, seed, taps, white, lows, section)


def _basis(rate: float) -> NDArray[np.float32]:
    """[BANDS, taps]: what a band with power 1 adds to the filter; the lowest has one of its own."""
    length = 2 * int(rate * FILTER_SECONDS / 2)
    time = (np.arange(length) - length / 2 + 0.5) / rate
    bands = np.arange(BANDS)[:, None] * BAND_HZ
    share = BAND_HZ / (rate / 2)  # of white noise's power that falls into a band
    basis = share * np.cos(2 * np.pi * bands * time) * np.hanning(length + 2)[1:-1] / np.sqrt(share)
    basis[bands[:, 0] > FADE_FROM * rate] = 0.0
    return np.ascontiguousarray(basis, np.float32)


def _section(rate: float) -> NDArray[np.float64]:
    """float64[3, 3]: b, a and memory of a Butterworth low-pass filter that gives noise of variance 1 the variance 1."""
    w = math.tan(math.pi * LOW_HZ / rate)
    first = 1 + math.sqrt(2) * w + w * w
    b = np.array([1.0, 2.0, 1.0]) * w * w / first
    a = np.array([1.0, 2 * (w * w - 1) / first, (1 - math.sqrt(2) * w + w * w) / first])
    delays = np.exp(-1j * np.pi * np.linspace(0, 1, 1 << 15))[:, None] ** np.arange(3)
    power = np.square(np.abs((delays @ b) / (delays @ a))).mean()
    return np.array([b / np.sqrt(power), a, np.zeros(3)])


class AdditiveVoice:
    """One voice. ``aim`` once a control frame, then ``render`` until ``hop`` frames are made."""

    def __init__(self, rate: float, seed: int = 1) -> None:
        """Allocates everything; ``rate`` is the engine's in Hz, ``seed``, 1 … 2⁶⁴ − 1, the noise's."""
        self.rate = float(rate)
        self.hop = round(rate / CONTROL_HZ)
        self._basis = _basis(self.rate)
        taps = self._basis.shape[1]
        self._turns = np.zeros(HARMONICS)
        self._partials = np.tile(C4_HZ * np.arange(1.0, HARMONICS + 1), (2, 1))
        self._amplitudes = np.zeros((2, HARMONICS), np.float32)
        self._taps = np.zeros((2, taps), np.float32)
        self._white = np.zeros(taps - 1 + CHUNK, np.float32)
        self._seed = np.array([seed], np.uint64)
        self._lows = np.zeros(2)
        self._section = _section(self.rate)
        self._work = np.zeros((4, HARMONICS), np.float32)

    def aim(
        self, hertz: float, harmonics: NDArray[np.float32], noise: NDArray[np.float32], inharmonicity: float = 0.0
    ) -> None:
        """Where to be one hop from now: pitch in Hz, float32[64] amplitudes, float32[65] power in each 250 Hz, B."""
        _aim(
            hertz, inharmonicity, harmonics, noise, self.hop, self.rate, self._turns, self._partials,
            self._amplitudes, self._basis, self._taps, self._lows,
        )  # fmt: skip

    def render(self, out: NDArray[np.float32], start: int) -> None:
        """Write ``out``, float32[frames], contiguous: the frames from ``start`` of the present hop on."""
        _render(
            out, start, self.hop, self.rate, self._turns, self._partials, self._amplitudes, self._work, self._seed,
            self._taps, self._white, self._lows, self._section,
        )  # fmt: skip


def resynthesise(
    rate: float,
    hertz: NDArray[np.float32],
    harmonics: NDArray[np.float32],
    noise: NDArray[np.float32],
    inharmonicity: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """All control frames in one go, float32[frames · hop]: pitch [n], harmonics [n, 64], noise [n, 65], B [n]."""
    voice: Any = AdditiveVoice(rate)
    out = np.zeros(len(hertz) * voice.hop, np.float32)
    harmonics, noise = np.ascontiguousarray(harmonics, np.float32), np.ascontiguousarray(noise, np.float32)
    wide = np.zeros(len(hertz), np.float32) if inharmonicity is None else inharmonicity
    for frame in range(len(hertz)):
        voice.aim(float(hertz[frame]), harmonics[frame], noise[frame], float(wide[frame]))
        voice.render(out[frame * voice.hop : (frame + 1) * voice.hop], 0)
    return out
