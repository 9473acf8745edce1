"""Measures sound: pitch in cents, levels in dB, and what lies between the harmonics.

Signals are float[frames] in volts; levels are in dB relative to 1 V of amplitude. Every measurement looks
through a Kaiser window, so signals need not be periodic in it; a pure tone shows less than −150 dB of alias.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

HEARD = 20.0, 20000.0  # Hz
KAISER = 20.0
MAIN_LOBE = 8  # bins from the middle of a spectral line to where it has vanished

Signal = NDArray[np.float64]


def decibels(ratio: ArrayLike) -> NDArray[np.float64]:
    """Amplitude ratio → dB; silence is −400 dB."""
    return 20 * np.log10(np.maximum(np.abs(ratio), 1e-20))


def cents(frequency: float, reference: float) -> float:
    """How far ``frequency`` lies above ``reference``."""
    return float(1200 * np.log2(frequency / reference))


def level(signal: ArrayLike) -> float:
    """Effective (RMS) level in dB relative to 1 V."""
    return float(decibels(np.sqrt(np.mean(np.square(np.asarray(signal, float))))))


def powers(signal: ArrayLike, rate: float) -> tuple[Signal, Signal]:
    """The power spectrum: frequency of each bin (Hz), and its power in V² (a sine of 1 V sums to ½)."""
    samples = np.asarray(signal, float)
    window = np.kaiser(len(samples), KAISER)
    bins = np.abs(np.fft.rfft(samples * window)) ** 2
    return np.fft.rfftfreq(len(samples), 1 / rate), 2 * bins / (len(samples) * np.sum(window**2))


def high_passed(signal: ArrayLike, rate: float, corner: float) -> Signal:
    """What of a signal lies above ``corner`` (Hz): what is below 0.9 of it is 100 dB down, and nothing is shifted.

    The ends, where the filter reaches beyond the signal, are left out.
    """
    samples = np.asarray(signal, float)
    reach = round(3.3 * rate / (0.1 * corner))
    time = np.arange(-reach, reach + 1)
    cut = 2 * 0.95 * corner / rate
    low = cut * np.sinc(cut * time) * np.kaiser(len(time), 10.0)
    return samples[reach:-reach] - np.convolve(samples, low, "valid")


def alias_level(signal: ArrayLike, rate: float, fundamental: float, band: tuple[float, float] = HEARD) -> float:
    """Energy in ``band`` that belongs to no harmonic of ``fundamental``, in dB relative to the harmonics' energy.

    DC and its surroundings below ``band`` are left out. What aliases right onto a harmonic is not seen.
    """
    frequencies, power = powers(signal, rate)
    width = MAIN_LOBE * rate / len(np.asarray(signal))
    nearest = np.round(frequencies / fundamental)
    harmonic = (np.abs(frequencies - nearest * fundamental) <= width) & (nearest > 0)
    heard = (frequencies >= band[0]) & (frequencies <= band[1]) & (frequencies > width)
    return float(10 * np.log10(power[heard & ~harmonic].sum() / power[heard & harmonic].sum()))


def tone_level(signal: ArrayLike, rate: float, frequency: float | ArrayLike) -> NDArray[np.float64]:
    """Amplitude of the sine at each ``frequency``, in dB relative to 1 V."""
    samples = np.asarray(signal, float)
    window = np.kaiser(len(samples), KAISER)
    time = np.arange(len(samples)) / rate
    found = [2 * np.sum(samples * window * np.exp(-2j * np.pi * f * time)) for f in np.atleast_1d(frequency)]
    return decibels(np.abs(found) / window.sum())


def frequency_of(signal: ArrayLike, rate: float) -> float:
    """Frequency in Hz of the strongest tone: from the phase it gains between two overlapping windows.

    Exact to better than 0.01 cents for a steady tone of at least twenty periods.
    """
    samples = np.asarray(signal, float)
    size = 2 * (len(samples) // 3)
    hop = len(samples) - size
    window = np.kaiser(size, KAISER)
    first, second = np.fft.rfft(samples[:size] * window), np.fft.rfft(samples[hop:] * window)
    low = MAIN_LOBE + 1  # not DC
    peak = low + int(np.argmax(np.abs(first[low:])))
    near = np.abs(first[peak - 1 : peak + 2])
    # A Kaiser window's main lobe is close to a parabola on a logarithmic scale: near enough to count whole turns.
    lift = np.log(near)
    coarse = peak + 0.5 * (lift[0] - lift[2]) / (lift[0] - 2 * lift[1] + lift[2])
    turns = np.angle(second[peak] / first[peak]) / (2 * np.pi)
    whole = np.round(coarse * hop / size - turns)
    return float((whole + turns) * rate / hop)
