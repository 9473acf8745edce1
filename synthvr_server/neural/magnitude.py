"""What is done to magnitudes: two spectra → one between them → smeared over time, or held.

All functions work on one frame; magnitudes are float32[BINS], spectra float32[2, BINS] (real, imaginary).
"""

from __future__ import annotations

import numba as nb
import numpy as np

from .stft import BINS, EAGER, PAIR, ROW

QUIET = np.float32(1e-3)  # −60 dB below a frame's effective level, a bin counts no less
NOTHING = np.float32(1e-9)
ZERO, ONE = np.float32(0.0), np.float32(1.0)


@nb.njit(nb.void(PAIR, PAIR, nb.float32, PAIR, ROW), **EAGER)
def between(a, b, share, live, wanted):
    """``wanted``: magnitudes ``share`` of the way from ``a`` to ``b`` in dB, its level on the way in V.

    ``live`` is the sum in the same shares: what has phases that can be kept. At 0 and 1 both are one input, exactly.
    In dB, what both have stands out and what only one has steps back; yet two sounds without a common bin are heard
    both, for a bin is never further down than ``QUIET``.
    """
    energy_a, energy_b = ZERO, ZERO
    for k in range(BINS):
        live[0, k] = a[0, k] + share * (b[0, k] - a[0, k]) if share < ONE else b[0, k]
        live[1, k] = a[1, k] + share * (b[1, k] - a[1, k]) if share < ONE else b[1, k]
        energy_a += a[0, k] * a[0, k] + a[1, k] * a[1, k]
        energy_b += b[0, k] * b[0, k] + b[1, k] * b[1, k]
    if share <= ZERO or share >= ONE:
        for k in range(BINS):
            wanted[k] = np.sqrt(live[0, k] * live[0, k] + live[1, k] * live[1, k])
        return
    level_a, level_b = np.sqrt(energy_a / np.float32(BINS)), np.sqrt(energy_b / np.float32(BINS))
    floor_a, floor_b = QUIET * level_a + NOTHING, QUIET * level_b + NOTHING
    energy = ZERO
    for k in range(BINS):
        from_a = np.sqrt(a[0, k] * a[0, k] + a[1, k] * a[1, k]) + floor_a
        from_b = np.sqrt(b[0, k] * b[0, k] + b[1, k] * b[1, k]) + floor_b
        wanted[k] = from_a * (from_b / from_a) ** share
        energy += wanted[k] * wanted[k]
    level = level_a + share * (level_b - level_a)
    scale = level / (np.sqrt(energy / np.float32(BINS)) + NOTHING)
    for k in range(BINS):
        wanted[k] *= scale


@nb.njit(nb.void(ROW, ROW, nb.float32), **EAGER)
def smear(wanted, held, keep):
    """Move ``held`` towards ``wanted``, keeping a share of it: 0 is ``wanted`` at once, exactly."""
    for k in range(BINS):
        held[k] = wanted[k] + keep * (held[k] - wanted[k])
        held[k] = held[k] if held[k] > NOTHING else ZERO  # what fades never becomes a denormal
