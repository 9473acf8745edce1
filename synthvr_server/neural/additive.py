"""A sound from its parts: sines at the multiples of one pitch, and noise through a filter of 65 bands.

    pitch ─► phase ─► 64 sines × amplitudes ─┐
    white noise ─► filter (65 bands, FIR) ───┴─► out

Every parameter glides from one control frame (4 ms) to the next and the phase is never set, so nothing clicks. A sine
fades before it would fold over. Frames are samples at the engine's rate; ``hop`` of them make a control frame.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .. import dsp

HARMONICS = 64
BANDS = 65  # 250 Hz apart, from 0 to 16 kHz
BAND_HZ = 250.0
CONTROL_HZ = 250.0
CHUNK = 64  # frames rendered at once: their sines stay in the first-level cache
FILTER_SECONDS = 1 / 375  # 128 taps at 48 kHz: its response blurs about one band
FADE_FROM, FADE_TO = 0.42, 0.48  # of the sample rate: where a sine on its way up goes silent
HIGHEST_LEARNED_HZ = 16000.0
UNIT_VARIANCE = np.float32(np.sqrt(3.0))  # of noise that is uniform between −1 and 1

_F = np.float32
_compiled = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True}


@nb.njit(
    "void(float32[::1], int64, int64, float64, float64[::1], float64[::1], float64[:, ::1], float64[:, ::1])",
    **_compiled,
)
def _sines(out, start, hop, rate, phase, hertz, amplitudes, work):
    """Add the harmonics to ``out``; work is float64[5, CHUNK]: two and one harmonics ago, 2 cos, glide, sum."""
    frames = out.shape[0]
    turns = phase[0]
    for i in range(frames):
        glide = (start + i + 1) / hop
        turns += (hertz[0] + (hertz[1] - hertz[0]) * glide) / rate
        turns -= np.floor(turns)
        work[0, i] = 0.0
        work[1, i] = np.sin(2.0 * np.pi * turns)
        work[2, i] = 2.0 * np.cos(2.0 * np.pi * turns)
        work[3, i] = glide
        work[4, i] = 0.0
    phase[0] = turns
    audible = HARMONICS
    while audible > 0 and amplitudes[0, audible - 1] == 0.0 and amplitudes[1, audible - 1] == 0.0:
        audible -= 1
    for k in range(audible):
        first = amplitudes[0, k]
        change = amplitudes[1, k] - first
        for i in range(frames):  # sin kx = 2 cos x sin (k−1)x − sin (k−2)x
            now = work[1, i]
            work[4, i] += (first + change * work[3, i]) * now
            work[1, i] = work[2, i] * now - work[0, i]
            work[0, i] = now
    for i in range(frames):
        out[i] += _F(work[4, i])


@nb.njit("void(float32[::1], int64, int64, uint32[::1], float32[:, ::1], float32[::1])", **_compiled)
def _noise(out, start, hop, seed, taps, white):
    """Add filtered noise to ``out``; white is float32[taps − 1 + CHUNK], its first part what was heard last."""
    frames, length = out.shape[0], taps.shape[1]
    state = seed[0]
    for i in range(frames):
        state = np.uint32(state * np.uint32(1664525) + np.uint32(1013904223))
        white[length - 1 + i] = (_F(state) * _F(2.0**-31) - _F(1.0)) * UNIT_VARIANCE
    seed[0] = state
    for i in range(frames):
        first, second = _F(0.0), _F(0.0)
        for t in range(length):
            first += taps[0, t] * white[i + t]
            second += taps[1, t] * white[i + t]
        out[i] += first + (second - first) * _F((start + i + 1) / hop)
    for t in range(length - 1):
        white[t] = white[frames + t]


@nb.njit("void(float64, float64, float32[::1], float64[::1])", **_compiled)
def _audible(hertz, rate, harmonics, amplitudes):
    """Copy ``harmonics`` to ``amplitudes``, faded out where they would fold over."""
    low, high = FADE_FROM * rate, FADE_TO * rate
    if high > HIGHEST_LEARNED_HZ:
        low, high = HIGHEST_LEARNED_HZ * FADE_FROM / FADE_TO, HIGHEST_LEARNED_HZ
    for k in range(HARMONICS):
        part = (high - hertz * (k + 1)) / (high - low)
        amplitudes[k] = harmonics[k] * min(1.0, max(0.0, part))


@nb.njit("void(float32[::1], float32[:, ::1], float32[::1])", **_compiled)
def _filter(power, basis, taps):
    """The taps of the filter that gives white noise ``power`` in each band."""
    for t in range(taps.shape[0]):
        taps[t] = _F(0.0)
    for b in range(BANDS):
        level = np.sqrt(power[b])
        for t in range(taps.shape[0]):
            taps[t] += level * basis[b, t]


def _basis(rate: float) -> NDArray[np.float32]:
    """[BANDS, taps]: what a band with power 1 adds to the filter."""
    length = 2 * int(rate * FILTER_SECONDS / 2)
    time = (np.arange(length) - length / 2 + 0.5) / rate
    bands = np.arange(BANDS)[:, None] * BAND_HZ
    share = BAND_HZ / (rate / 2)  # of white noise's power that falls into a band
    basis = share * np.cos(2 * np.pi * bands * time) * np.hanning(length + 2)[1:-1] / np.sqrt(share)
    basis[0] *= 0.5
    basis[bands[:, 0] > FADE_FROM * rate] = 0.0
    return np.ascontiguousarray(basis, np.float32)


class AdditiveVoice:
    """One voice. ``aim`` once a control frame, then ``render`` until ``hop`` frames are made."""

    def __init__(self, rate: float, seed: int = 1) -> None:
        """Allocates everything; ``rate`` is the engine's in Hz, ``seed`` chooses the noise."""
        self.rate = float(rate)
        self.hop = round(rate / CONTROL_HZ)
        self._basis = _basis(self.rate)
        taps = self._basis.shape[1]
        self._phase = np.zeros(1)
        self._hertz = np.full(2, 261.6)
        self._amplitudes = np.zeros((2, HARMONICS))
        self._taps = np.zeros((2, taps), np.float32)
        self._white = np.zeros(taps - 1 + CHUNK, np.float32)
        self._seed = np.array([seed], np.uint32)
        self._work = np.zeros((5, CHUNK))

    def aim(self, hertz: float, harmonics: NDArray[np.float32], noise: NDArray[np.float32]) -> None:
        """Where to be one hop from now: pitch in Hz, float32[64] amplitudes, float32[65] power in each band."""
        self._hertz[0] = self._hertz[1]
        self._hertz[1] = hertz
        self._amplitudes[0] = self._amplitudes[1]
        _audible(hertz, self.rate, harmonics, self._amplitudes[1])
        self._taps[0] = self._taps[1]
        _filter(noise, self._basis, self._taps[1])

    def render(self, out: NDArray[np.float32], start: int) -> None:
        """Write ``out``, float32[frames], contiguous: the frames from ``start`` of the present hop on."""
        out.fill(0.0)
        for first in range(0, len(out), CHUNK):
            part = out[first : first + CHUNK]
            _sines(part, start + first, self.hop, self.rate, self._phase, self._hertz, self._amplitudes, self._work)
            _noise(part, start + first, self.hop, self._seed, self._taps, self._white)


def resynthesise(
    rate: float, hertz: NDArray[np.float32], harmonics: NDArray[np.float32], noise: NDArray[np.float32]
) -> NDArray[np.float32]:
    """All control frames in one go, float32[frames · hop]: pitch [n], harmonics [n, 64], noise [n, 65]."""
    voice: Any = AdditiveVoice(rate)
    out = np.zeros(len(hertz) * voice.hop, np.float32)
    harmonics, noise = np.ascontiguousarray(harmonics, np.float32), np.ascontiguousarray(noise, np.float32)
    for frame in range(len(hertz)):
        voice.aim(float(hertz[frame]), harmonics[frame], noise[frame])
        voice.render(out[frame * voice.hop : (frame + 1) * voice.hop], 0)
    return out
