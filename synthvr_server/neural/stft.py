"""The short-time Fourier transform of a stream: frame → window → FFT … inverse FFT → window → overlap and add.

Two real frames go through one complex FFT, one as its real and one as its imaginary part. Spectra are
``float32[2, 2, BINS]``: which of the two frames, real or imaginary part, bin; magnitudes are in V times half the sum of
the window. The same Hann window stands on both sides: overlapped at a quarter its squares sum to 1.5 everywhere.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from ..dsp import KERNEL_OPTIONS, inlined

SIZE = 1024  # frames of a window
HOP = 256
BINS = SIZE // 2 + 1
OVERLAP = SIZE // HOP
WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SIZE) / SIZE)).astype(np.float32)
SYNTHESIS = (WINDOW / 1.5).astype(np.float32)

SANE = np.float32(1e3)  # V: what lies beyond, or is no number, counts as 0 V

_TURNS = np.exp(-2j * np.pi * np.arange(SIZE) / SIZE)
_COS, _SIN = _TURNS.real.astype(np.float32), _TURNS.imag.astype(np.float32)

# Compiled when the file is imported, never on the audio thread.
EAGER = KERNEL_OPTIONS | {"forceinline": False, "cache": True}
ROW, PAIR, SPECTRA = nb.float32[::1], nb.float32[:, ::1], nb.float32[:, :, ::1]


@inlined
def _butterfly(x, y, i, to, stride, twiddle):
    """Four points of ``x`` from ``i`` on, a quarter apart, to ``y`` from ``to`` on, ``stride`` apart."""
    i, to, stride = np.uint64(i), np.uint64(to), np.uint64(stride)  # signed, each index would be asked for its sign
    j, k, m = i + np.uint64(SIZE // 4), i + np.uint64(SIZE // 2), i + np.uint64(3 * SIZE // 4)
    c1, s1, c2, s2, c3, s3 = twiddle
    sum_r, sum_i = x[0, i] + x[0, k], x[1, i] + x[1, k]
    gap_r, gap_i = x[0, i] - x[0, k], x[1, i] - x[1, k]
    odd_r, odd_i = x[0, j] + x[0, m], x[1, j] + x[1, m]
    turn_r, turn_i = x[1, j] - x[1, m], x[0, m] - x[0, j]  # the other difference, turned by −90°
    y[0, to], y[1, to] = sum_r + odd_r, sum_i + odd_i
    a, b = gap_r + turn_r, gap_i + turn_i
    y[0, to + stride], y[1, to + stride] = a * c1 - b * s1, a * s1 + b * c1
    a, b = sum_r - odd_r, sum_i - odd_i
    y[0, to + stride + stride], y[1, to + stride + stride] = a * c2 - b * s2, a * s2 + b * c2
    a, b = gap_r - turn_r, gap_i - turn_i
    y[0, to + stride * np.uint64(3)], y[1, to + stride * np.uint64(3)] = a * c3 - b * s3, a * s3 + b * c3


@inlined
def _twiddle(i):
    i = np.uint64(i)
    j, k = i + i, i + i + i
    return _COS[i], _SIN[i], _COS[j], _SIN[j], _COS[k], _SIN[k]


# Called, not inlined: as five copies in every caller it compiled for twenty seconds.
@nb.njit(nb.void(PAIR, PAIR, nb.int64), **EAGER)
def _stage(x, y, stride):
    """One radix-4 stage of Stockham's FFT: the results lie in ``y`` in the order the next stage wants."""
    for first in range(0, SIZE // 4, stride):
        twiddle = _twiddle(first)
        for q in range(stride):
            _butterfly(x, y, first + q, 4 * first + q, stride, twiddle)


@nb.njit(nb.void(PAIR, PAIR), **EAGER)
def transform(x, y):
    """The complex FFT of ``x`` into ``y``, both float32[2, SIZE] (real, imaginary); ``x`` is used up."""
    _stage(x, y, 1)
    _stage(y, x, 4)
    _stage(x, y, 16)
    _stage(y, x, 64)
    _stage(x, y, 256)


@nb.njit(nb.void(ROW, ROW, SPECTRA, PAIR, PAIR), **EAGER)
def analyse(first, second, spectra, x, y):
    """The spectra of two real frames, float32[SIZE] each; ``x`` and ``y`` are float32[2, SIZE] of room."""
    for i in range(SIZE):
        x[0, i] = first[i] * WINDOW[i] if abs(first[i]) < SANE else np.float32(0.0)
        x[1, i] = second[i] * WINDOW[i] if abs(second[i]) < SANE else np.float32(0.0)
    transform(x, y)
    half = np.float32(0.5)
    for k in range(BINS):
        mirror = (SIZE - k) & (SIZE - 1)
        spectra[0, 0, k], spectra[0, 1, k] = half * (y[0, k] + y[0, mirror]), half * (y[1, k] - y[1, mirror])
        spectra[1, 0, k], spectra[1, 1, k] = half * (y[1, k] + y[1, mirror]), half * (y[0, mirror] - y[0, k])


@nb.njit(nb.void(SPECTRA, ROW, ROW, PAIR, PAIR), **EAGER)
def synthesise(spectra, first, second, x, y):
    """Add the two frames of ``spectra``, windowed again, to ``first`` and ``second``, float32[SIZE] each."""
    # Real and imaginary part change places on the way in and out, which makes the FFT its own inverse.
    x[1, 0], x[0, 0] = spectra[0, 0, 0], spectra[1, 0, 0]
    x[1, BINS - 1], x[0, BINS - 1] = spectra[0, 0, BINS - 1], spectra[1, 0, BINS - 1]
    for k in range(1, BINS - 1):
        x[1, k], x[0, k] = spectra[0, 0, k] - spectra[1, 1, k], spectra[0, 1, k] + spectra[1, 0, k]
        x[1, SIZE - k], x[0, SIZE - k] = spectra[0, 0, k] + spectra[1, 1, k], spectra[1, 0, k] - spectra[0, 1, k]
    transform(x, y)
    scale = np.float32(1 / SIZE)
    for i in range(SIZE):
        first[i] += y[1, i] * SYNTHESIS[i] * scale
        second[i] += y[0, i] * SYNTHESIS[i] * scale
