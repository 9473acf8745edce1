"""Small functions that kernels share: fast, branch-free, and therefore vectorised over voices.

libm is called one lane at a time; these polynomials run on sixteen. All take and return float32.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from .module import C4_HZ

# reassoc and nsz let LLVM vectorise sums; NaN and Inf keep their meaning, the guards look for them.
KERNEL_OPTIONS: dict[str, Any] = {
    "fastmath": {"contract", "reassoc", "arcp", "nsz"},
    "error_model": "numpy",
    "forceinline": True,
}

# Only kernels call these: what would let Python call them too need not be compiled.
FOR_KERNELS: dict[str, Any] = KERNEL_OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

inlined = nb.njit(**FOR_KERNELS)
rare = nb.njit(**FOR_KERNELS | {"forceinline": False})  # what happens a few times a cycle is called, not inlined

# For recursions: computed as written. Free to reorder, LLVM factors products out of sums, which saves operations and
# makes the way from one frame to the next longer: a mono ladder took 41 cycles a frame instead of 35.
ordered = nb.njit(**FOR_KERNELS | {"fastmath": {"contract", "arcp", "nsz"}})

_F = np.float32
_C4 = np.float32(C4_HZ)
_OCTAVES_PER_DB = np.float32(np.log2(10.0) / 20.0)

SILENCE_DB = -60.0


@inlined
def clamp(x, low, high):
    """``x`` held between ``low`` and ``high``; NaN becomes ``low``."""
    x = x if x > low else low  # two plain selects: the machine's max and min, no branch
    return x if x < high else high


@inlined
def select(condition, yes, no):
    """``yes`` where ``condition`` holds, else ``no``: the ternary operator without a branch.

    A kernel's own ``a if c else b`` is a branch at first, and LLVM likes to move stores into it; those
    become masked, and the next frame waits for them. Measured: an ADSR ran 3 times slower.
    """
    return yes if condition else no


@inlined
def exp2(x):
    """2**x for −126 ≤ x ≤ 126, relative error below 2e-7 (0.0003 cents)."""
    x = clamp(x, _F(-126.0), _F(126.0))
    whole = np.floor(x + _F(0.5))
    f = (x - whole) * _F(0.6931471805599453)  # |f| ≤ 0.35: the Taylor series of e**f to degree 6
    e = _F(1 / 720)
    e = e * f + _F(1 / 120)
    e = e * f + _F(1 / 24)
    e = e * f + _F(1 / 6)
    e = e * f + _F(0.5)
    e = e * f + _F(1.0)
    e = e * f + _F(1.0)
    scale = np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32)
    return e * scale


@inlined
def hertz(volts):
    """Frequency in Hz of a pitch voltage: 1 V/oct, 0 V = C4."""
    return _C4 * exp2(volts)


@inlined
def gain(decibels):
    """The factor that a level knob in dB stands for; at ``SILENCE_DB``, its bottom, it is off."""
    return select(decibels > _F(SILENCE_DB), exp2(decibels * _OCTAVES_PER_DB), _F(0.0))


@inlined
def tanh(x):
    """tanh within 2e-4, odd, monotonic, bounded by ±1 (continued fraction, clamped where it reaches 1)."""
    x = clamp(x, _F(-4.97), _F(4.97))
    s = x * x
    y = x * (_F(135135.0) + s * (_F(17325.0) + s * (_F(378.0) + s)))
    return y / (_F(135135.0) + s * (_F(62370.0) + s * (_F(3150.0) + s * _F(28.0))))


@inlined
def sin_turns(turns):
    """sin(2π·turns) for any finite ``turns``, error below 3e-7 of full scale."""
    t = turns - np.floor(turns + _F(0.5))  # −0.5 … 0.5
    # Fold to a quarter turn, where the series converges fast.
    a = abs(t)
    folded = _F(0.5) - a if a > _F(0.25) else a
    x = folded * _F(6.283185307179586)
    s = x * x
    y = _F(-2.5052108e-08)
    y = y * s + _F(2.7557319e-06)
    y = y * s + _F(-1.9841270e-04)
    y = y * s + _F(8.3333333e-03)
    y = y * s + _F(-1.6666667e-01)
    y = x + x * s * y
    return y if t >= _F(0.0) else -y


@inlined
def tan_turns(turns):
    """tan(2π·turns), relative error below 1e-6 where it is far from its poles."""
    return sin_turns(turns) / sin_turns(turns + _F(0.25))


@inlined
def softly(x, knee, ceiling):
    """``x`` as it is up to ``knee``, from there on bent towards ``ceiling``, which it never passes; odd."""
    straight = clamp(x, -knee, knee)
    return straight + (ceiling - knee) * tanh((x - straight) / (ceiling - knee))


@inlined
def schmitt(x, high):
    """The next state (0 or 1) of a Schmitt trigger: up at 1 V, down at 0.1 V (VCV voltage standards)."""
    return _F(1.0) if x >= _F(1.0) else (_F(0.0) if x <= _F(0.1) else high)


@inlined
def after(state):
    """The random number that follows ``state`` (uint64, not 0); all but 0 come before one repeats.

    xorshift: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003). Its high bits are its best.
    """
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    return state ^ (state << np.uint64(17))


@inlined
def evenly(state):
    """A number between −1 and 1, all equally likely, from a random uint64."""
    return _F(np.int32(state >> np.uint64(32))) * _F(2.0**-31)
