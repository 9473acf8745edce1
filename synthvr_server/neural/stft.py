"""The short-time Fourier transform of a stream: frame → window → FFT … inverse FFT → window → overlap and add.

Two real frames go through one complex FFT, one as its real and one as its imaginary part. Spectra are
``float32[2, 2, BINS]``: which of the two frames, real or imaginary part, bin; magnitudes are in V times half the sum of
the window. The same Hann window stands on both sides: overlapped at a quarter its squares sum to 1.5 everywhere.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from ..dsp import KERNEL_OPTIONS

SIZE = 1024  # frames of a window
HOP = 256
BINS = SIZE // 2 + 1
OVERLAP = SIZE // HOP
WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SIZE) / SIZE)).astype(np.float32)
SYNTHESIS = (WINDOW / 1.5).astype(np.float32)

SANE = np.float32(1e3)  # V: what lies beyond, or is no number, counts as 0 V

_TURNS = np.exp(-2j * np.pi * np.arange(SIZE) / SIZE)
_COS, _SIN = np.float32(_TURNS.real), np.float32(_TURNS.imag)

# Compiled when the file is imported, never on the audio thread.
EAGER = KERNEL_OPTIONS | {"forceinline": False, "cache": True}
ROW, PAIR, SPECTRA = nb.float32[::1], nb.float32[:, ::1], nb.float32[:, :, ::1]


@nb.njit(nb.void(PAIR, PAIR, nb.int64), **EAGER)
def _stage(x, y, stride):
    """One radix-4 stage of Stockham's FFT: butterflies of ``x`` land in ``y`` in their final order."""
    a, b, c, d = x[:, : SIZE // 4], x[:, SIZE // 4 : SIZE // 2], x[:, SIZE // 2 : 3 * SIZE // 4], x[:, 3 * SIZE // 4 :]
    for first in range(0, SIZE // 4, stride):
        c1, s1 = _COS[first], _SIN[first]
        c2, s2 = _COS[2 * first], _SIN[2 * first]
        c3, s3 = _COS[3 * first], _SIN[3 * first]
        to = y[:, 4 * first : 4 * first + 4 * stride]
        for q in range(stride):
            i = first + q
            sum_r, sum_i = a[0, i] + c[0, i], a[1, i] + c[1, i]
            gap_r, gap_i = a[0, i] - c[0, i], a[1, i] - c[1, i]
            odd_r, odd_i = b[0, i] + d[0, i], b[1, i] + d[1, i]
            turn_r, turn_i = b[1, i] - d[1, i], d[0, i] - b[0, i]  # (b − d) turned by −90°
            to[0, q], to[1, q] = sum_r + odd_r, sum_i + odd_i
            r, j = gap_r + turn_r, gap_i + turn_i
            to[0, q + stride], to[1, q + stride] = r * c1 - j * s1, r * s1 + j * c1
            r, j = sum_r - odd_r, sum_i - odd_i
            to[0, q + 2 * stride], to[1, q + 2 * stride] = r * c2 - j * s2, r * s2 + j * c2
            r, j = gap_r - turn_r, gap_i - turn_i
            to[0, q + 3 * stride], to[1, q + 3 * stride] = r * c3 - j * s3, r * s3 + j * c3


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
