"""The drive circuits whose captures we ship, written for this project: float64[n] volts of a guitar in, ±1 out.

::

    overdrive  guitar → high-pass → gain → two diodes across a capacitor → tone
    stack      guitar → tube stage → coupling → tube stage → tone stack → loudspeaker
    fuzz       guitar → gain → lopsided transistor with a drifting bias → scooped tone

What is bent runs at eight times the rate, so that what is learned is the circuit and not its aliases.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

RATE = 48000  # Hz
OVERSAMPLING = 8

Signal = NDArray[np.float64]


@dataclass(frozen=True)
class Circuit:
    """A circuit with the name and the words its capture carries."""

    title: str
    about: str
    play: Callable[[Signal], Signal]


def _biquad(x: Signal, b: tuple[float, float, float], a: tuple[float, float, float]) -> Signal:
    return np.asarray(_filtered(x, np.array(b) / a[0], np.array(a) / a[0]))


@nb.njit(nb.float64[::1](nb.float64[::1], nb.float64[::1], nb.float64[::1]), cache=True)
def _filtered(x: Any, b: Any, a: Any) -> Any:
    y = np.empty_like(x)
    s, t = 0.0, 0.0
    for n in range(len(x)):
        y[n] = b[0] * x[n] + s
        s = b[1] * x[n] - a[1] * y[n] + t
        t = b[2] * x[n] - a[2] * y[n]
    return y


def _angle(hertz: float, rate: float) -> tuple[float, float]:
    w = 2 * math.pi * hertz / rate
    return math.cos(w), math.sin(w)


def highpass(x: Signal, hertz: float, rate: float = RATE) -> Signal:
    """First order, −3 dB at ``hertz``."""
    k = math.tan(math.pi * hertz / rate)
    return _biquad(x, (1.0, -1.0, 0.0), (1 + k, k - 1, 0.0))


def lowpass(x: Signal, hertz: float, rate: float = RATE) -> Signal:
    """First order, −3 dB at ``hertz``."""
    k = math.tan(math.pi * hertz / rate)
    return _biquad(x, (k, k, 0.0), (1 + k, k - 1, 0.0))


def steep_lowpass(x: Signal, hertz: float, q: float, rate: float = RATE) -> Signal:
    """Second order (bilinear transform of the analogue prototype)."""
    cosine, sine = _angle(hertz, rate)
    alpha = sine / (2 * q)
    return _biquad(x, ((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2), (1 + alpha, -2 * cosine, 1 - alpha))


def peak(x: Signal, hertz: float, decibels: float, q: float, rate: float = RATE) -> Signal:
    """A bell of so many dB (bilinear transform of the analogue prototype)."""
    cosine, sine = _angle(hertz, rate)
    alpha, root = sine / (2 * q), 10 ** (decibels / 40)
    over = (1 + alpha * root, -2 * cosine, 1 - alpha * root)
    return _biquad(x, over, (1 + alpha / root, -2 * cosine, 1 - alpha / root))


def _faster(x: Signal) -> Signal:
    """Band-limited, ``OVERSAMPLING`` times as many samples."""
    return np.fft.irfft(np.fft.rfft(x), len(x) * OVERSAMPLING) * OVERSAMPLING


def _slower(x: Signal) -> Signal:
    frames = len(x) // OVERSAMPLING
    return np.fft.irfft(np.fft.rfft(x)[: frames // 2 + 1], frames) / OVERSAMPLING


@nb.njit(nb.float64[::1](nb.float64[::1], nb.float64, nb.float64, nb.float64), cache=True)
def _diodes(x: Any, step: Any, resistance: Any, capacity: Any) -> Any:
    """Two antiparallel silicon diodes and a capacitor behind a resistor: implicit Euler, solved by Newton's method."""
    leak, thermal = 2.5e-9, 0.0453  # A, V (ideality 1.75 times 25.9 mV)
    y = np.empty_like(x)
    v = 0.0
    for n in range(len(x)):
        before = v
        for _ in range(30):
            current = 2 * leak * math.sinh(v / thermal)
            slope = 2 * leak * math.cosh(v / thermal) / thermal
            miss = capacity / step * (v - before) + (v - x[n]) / resistance + current
            change = miss / (capacity / step + 1 / resistance + slope)
            v -= min(max(change, -0.1), 0.1)
            if abs(change) < 1e-9:
                break
        y[n] = v
    return y


def _overdrive(guitar: Signal) -> Signal:
    rate = RATE * OVERSAMPLING
    x = _faster(guitar)
    driven = highpass(x, 720.0, rate) * 70.0 + x * 2.0
    clipped = _diodes(driven, 1 / rate, 2200.0, 10e-9)
    return highpass(lowpass(_slower(clipped), 2400.0), 40.0) * 1.1


def _tube(x: Signal, gain: float, bias: float) -> Signal:
    """A triode's lopsided bend: grid current holds one side earlier than cut-off the other."""
    driven = gain * x + bias
    bent = np.where(driven > 0, np.tanh(driven), 1.6 * np.tanh(driven / 1.6))
    return -bent


def _stack(guitar: Signal) -> Signal:
    rate = RATE * OVERSAMPLING
    x = _tube(highpass(_faster(guitar), 60.0, rate), 6.0, 0.25)
    x = _tube(highpass(x, 90.0, rate), 3.0, -0.15)
    x = highpass(_slower(x), 70.0)
    x = peak(peak(peak(x, 110.0, 4.0, 0.8), 550.0, -6.0, 0.7), 2600.0, 5.0, 1.0)
    return steep_lowpass(steep_lowpass(x, 5200.0, 0.6), 6000.0, 1.0) * 0.36


def _fuzz(guitar: Signal) -> Signal:
    rate = RATE * OVERSAMPLING
    x = highpass(_faster(guitar), 50.0, rate) * 60.0
    drift = lowpass(np.maximum(x, 0.0), 60.0, rate)  # the louder, the further its bias moves
    bent = np.tanh(x - 0.25 * np.minimum(drift, 6.0) + 0.3)
    x = highpass(_slower(lowpass(bent, 6000.0, rate)), 60.0)
    return peak(lowpass(x, 4500.0), 800.0, -8.0, 0.8) * 0.55


CIRCUITS = {
    "overdrive": Circuit(
        "Overdrive", "Two diodes across a capacitor, mids pushed into them: a small green pedal.", _overdrive
    ),
    "stack": Circuit("Stack", "Two lopsided tube stages, a tone stack and a closed loudspeaker box.", _stack),
    "fuzz": Circuit("Fuzz", "A transistor driven until its bias drifts, mids scooped out.", _fuzz),
}
