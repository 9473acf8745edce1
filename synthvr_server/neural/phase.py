"""Phases for magnitudes that have lost theirs: kept, random, or found by Griffin-Lim while the sound runs.

    magnitudes → newest of FRAMES frames ⇄ inverse FFT, overlap and add onto what has been played, FFT → oldest → out

Griffin and Lim's iteration (IEEE ASSP 32/2, 1984) runs over the few frames that are still open, on top of those that
are played (RTISI-LA: Zhu, Beauregard and Wyse, IEEE TASLP 15/5, 2007). A new frame starts from the phases that the past
predicts for it. The fast iteration goes on a little in the direction of its last step (Perraudin, Balazs and
Søndergaard, WASPAA 2013).
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from ..dsp import after, inlined
from .stft import BINS, EAGER, HOP, OVERLAP, PAIR, ROW, SIZE, SPECTRA, SYNTHESIS, WINDOW, analyse, synthesise

FRAMES = 4  # that are open at once: even, for the FFT takes two; each adds a hop of latency
LATE = SIZE + FRAMES * HOP  # frames from the input to the output
ITERATIONS = 8  # a hop; every frame is in four hops
FAST = np.float32(0.99)  # how far the fast iteration goes on, of its last step

SPAN = SIZE + (FRAMES - 1) * HOP  # samples that the open frames touch
NOTHING = np.float32(1e-9)  # magnitude that has no phase
CIRCLE = np.exp(2j * np.pi * np.arange(1024) / 1024).astype(np.complex64)
_CIRCLE_R, _CIRCLE_I = np.ascontiguousarray(CIRCLE.real), np.ascontiguousarray(CIRCLE.imag)
LIVELY = np.float32(0.1)  # a bin with less than this share of the magnitude asked for has no phase to keep


def _levelling() -> NDArray[np.float32]:
    """What makes up for the frames that are still to come, where the windows do not add up to 1 yet."""
    product = WINDOW * SYNTHESIS
    total = np.zeros(SPAN + SIZE, np.float32)
    for frame in range(1 - OVERLAP, FRAMES):
        start = frame * HOP
        total[max(start, 0) : start + SIZE] += product[max(-start, 0) :]
    return (1 / np.maximum(total[:SPAN], 1e-3)).astype(np.float32)


LEVELLING = _levelling()


@inlined
def _draw(seed):
    """The next random number, as an index into the circle."""
    seed[0] = after(seed[0])
    return seed[0] >> np.uint64(54)


@nb.njit(nb.void(ROW, SPECTRA, ROW, PAIR, PAIR), **EAGER)
def _overlap(tail, spectra, signal, x, y):
    """The sound of all open frames on top of what is played of them: ``signal``, float32[SPAN]."""
    signal[:] = tail
    for frame in range(0, FRAMES, 2):
        start = frame * HOP
        synthesise(
            spectra[frame : frame + 2], signal[start : start + SIZE], signal[start + HOP : start + HOP + SIZE], x, y
        )
    for i in range(SPAN):
        signal[i] *= LEVELLING[i]


@nb.njit(nb.void(PAIR, SPECTRA, SPECTRA, SPECTRA, ROW, ROW, PAIR, PAIR, nb.float32), **EAGER)
def _iterate(magnitudes, spectra, last, found, tail, signal, x, y, onward):
    """One iteration: the spectra that the overlapped sound really has, with the magnitudes that it should have."""
    _overlap(tail, spectra, signal, x, y)
    for frame in range(0, FRAMES, 2):
        start = frame * HOP
        analyse(signal[start : start + SIZE], signal[start + HOP : start + HOP + SIZE], found[frame : frame + 2], x, y)
    for frame in range(FRAMES):
        wanted, was, now, to = magnitudes[frame], last[frame], found[frame], spectra[frame]
        for k in range(BINS):
            r = now[0, k] + onward * (now[0, k] - was[0, k])
            i = now[1, k] + onward * (now[1, k] - was[1, k])
            scale = wanted[k] / (np.sqrt(r * r + i * i) + NOTHING)
            to[0, k], to[1, k] = r * scale, i * scale
            was[0, k], was[1, k] = now[0, k], now[1, k]


@nb.njit(nb.void(ROW, SPECTRA, SPECTRA, SPECTRA, ROW, ROW, PAIR, PAIR, nb.uint64[::1]), **EAGER)
def _predict(wanted, spectra, last, found, tail, signal, x, y, seed):
    """Begin the newest frame with the phases that those before it have left there; random, where there are none."""
    newest = FRAMES - 1
    spectra[newest] = np.float32(0.0)
    _overlap(tail, spectra, signal, x, y)
    end = signal[newest * HOP :]
    analyse(end, end, found[newest - 1 :], x, y)
    now, to = found[newest], spectra[newest]
    for k in range(BINS):
        r, i = now[0, k], now[1, k]
        size = np.sqrt(r * r + i * i)
        dice = _draw(seed)
        if size <= NOTHING:
            r, i, size = _CIRCLE_R[dice], _CIRCLE_I[dice], np.float32(1.0)
        to[0, k], to[1, k] = wanted[k] * r / size, wanted[k] * i / size
    last[newest] = to


@nb.njit(nb.void(ROW, SPECTRA, nb.uint64[::1]), **EAGER)
def _scatter(wanted, spectra, seed):
    """Give the newest frame random phases."""
    to = spectra[FRAMES - 1]
    for k in range(BINS):
        dice = _draw(seed)
        to[0, k], to[1, k] = wanted[k] * _CIRCLE_R[dice], wanted[k] * _CIRCLE_I[dice]


@nb.njit(nb.void(ROW, PAIR, PAIR, PAIR, PAIR, nb.boolean), **EAGER)
def _turn(wanted, live, heard, phasors, rates, frozen):
    """Phasors of the newest frame: those of ``live`` where it sounds; else they go on turning as they last did."""
    for k in range(BINS):
        r, i = live[0, k], live[1, k]
        size = np.sqrt(r * r + i * i)
        if not frozen and size > NOTHING and size >= LIVELY * wanted[k]:
            r, i = r / size, i / size
            # The turn since the last frame: this phasor times the conjugate of the last.
            rates[0, k], rates[1, k] = r * heard[0, k] + i * heard[1, k], i * heard[0, k] - r * heard[1, k]
            heard[0, k], heard[1, k] = r, i
        else:
            a, b = phasors[0, k], phasors[1, k]
            r, i = a * rates[0, k] - b * rates[1, k], a * rates[1, k] + b * rates[0, k]
            size = np.sqrt(r * r + i * i) + NOTHING
            r, i = r / size, i / size
            heard[0, k], heard[1, k] = r, i
        phasors[0, k], phasors[1, k] = r, i


@nb.njit(nb.void(PAIR, SPECTRA, SPECTRA, ROW), **EAGER)
def _shift(magnitudes, spectra, last, tail):
    """Move up by a frame; the place of the newest keeps what was there."""
    for frame in range(1, FRAMES):
        for k in range(BINS):
            magnitudes[frame - 1, k] = magnitudes[frame, k]
            for part in range(2):
                spectra[frame - 1, part, k] = spectra[frame, part, k]
                last[frame - 1, part, k] = last[frame, part, k]
    for i in range(SPAN - HOP):
        tail[i] = tail[i + HOP]
    tail[SPAN - HOP :] = np.float32(0.0)


class Resynthesis:
    """The frames that are still open, oldest first; once a hop one is played and one is added.

    ``pop`` first, then one of ``keep``, ``scatter`` and ``predict``; after ``predict`` a number of ``iterate``, at
    any time within the hop. Magnitudes are float32[BINS], a block of sound is float32[HOP] in V.
    """

    def __init__(self, seed: int = 1) -> None:
        """``seed``, 1 … 2⁶⁴ − 1, of the random phases."""
        self.magnitudes = np.zeros((FRAMES, BINS), np.float32)
        self.spectra, self.last, self.found = np.zeros((3, FRAMES, 2, BINS), np.float32)
        self.tail, self.signal = np.zeros((2, SPAN), np.float32)
        self.x, self.y = np.zeros((2, 2, SIZE), np.float32)
        self.alone = np.zeros((2, 2, BINS), np.float32)
        self.heard, self.phasors, self.rates = np.zeros((3, 2, BINS), np.float32)
        self.heard[0] = self.phasors[0] = self.rates[0] = 1.0
        self.seed = np.array([seed], np.uint64)

    def pop(self, out: NDArray[np.float32]) -> None:
        """Close the oldest frame and write the hop of sound that it completes."""
        self.alone[0] = self.spectra[0]
        synthesise(self.alone, self.tail[:SIZE], self.signal[:SIZE], self.x, self.y)
        out[:] = self.tail[:HOP]
        _shift(self.magnitudes, self.spectra, self.last, self.tail)

    def keep(self, magnitudes: NDArray[np.float32], live: NDArray[np.float32], frozen: bool) -> None:
        """Add a frame with the phases of ``live``, float32[2, BINS]; see ``follow``."""
        self.follow(magnitudes, live, frozen)
        self.magnitudes[-1] = magnitudes
        np.multiply(self.phasors, magnitudes, out=self.spectra[-1])
        self.last[-1] = self.spectra[-1]

    def follow(self, magnitudes: NDArray[np.float32], live: NDArray[np.float32], frozen: bool) -> None:
        """Know the phases of ``live`` and how they turn, for a frame that does not keep them but may soon."""
        _turn(magnitudes, live, self.heard, self.phasors, self.rates, frozen)

    def scatter(self, magnitudes: NDArray[np.float32]) -> None:
        """Add a frame with random phases."""
        self.magnitudes[-1] = magnitudes
        _scatter(magnitudes, self.spectra, self.seed)
        self.last[-1] = self.spectra[-1]

    def predict(self, magnitudes: NDArray[np.float32]) -> None:
        """Add a frame whose phases the iterations are to find."""
        self.magnitudes[-1] = magnitudes
        _predict(
            magnitudes, self.spectra, self.last, self.found, self.tail, self.signal, self.x, self.y, self.seed
        )  # fmt: skip

    def iterate(self, fast: bool) -> None:
        """One step of Griffin-Lim, or of fast Griffin-Lim, over all open frames."""
        _iterate(
            self.magnitudes, self.spectra, self.last, self.found, self.tail, self.signal, self.x, self.y,
            FAST if fast else np.float32(0.0),
        )  # fmt: skip
