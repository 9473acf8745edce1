"""What the Morph autoencoder learns from: six instruments, frame by frame, as the decoder and as the ear hears them.

The decoder's frames are Timbre's (pitch and loudness → spectrum in dB relative to the loudness of the frame); *mel* is
the same spectrum in 40 bands as the ear divides it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.additive import BAND_HZ, BANDS, HARMONICS
from .features import analyse
from .sounds import FLUID_R3, RATE, render
from .timbre_lesson import Lesson, lesson

Array = NDArray[np.float32]

MELS = 40
LOWEST_MEL_HZ = 60.0
QUIETEST_MEL = 1e-6  # of the frame's power: −60 dB, masked by the rest of it


@dataclass(frozen=True)
class Take:
    """One instrument: its frames as a Lesson of n, and mel dB [n, 40] relative to the loudness of each frame."""

    lesson: Lesson
    mel: Array


def take(instrument: str, seconds: float, seed: int, soundfont: Path = FLUID_R3) -> Take:
    """Render phrases of ``instrument`` and take them apart. Raises SoundError."""
    phrases = render(instrument, seconds, seed, soundfont)
    frames = lesson(analyse(phrases.audio, phrases.f0))
    return Take(frames, mel_of(frames.condition[:, 0], frames.target))


def mel_of(volts: Array, spectrum: Array) -> Array:
    """Spectra [n, 129] in dB at pitches [n] in V, as dB in 40 mel bands [n, 40], no lower than −60."""
    power = 10.0 ** (spectrum / 10.0)
    hertz = C4_HZ * 2.0 ** volts.astype(np.float64)
    mel = power[:, HARMONICS:] @ _triangles((np.arange(BANDS) * BAND_HZ).astype(np.float64))
    for number in range(1, HARMONICS + 1):
        sounding = hertz * number < RATE / 2
        mel[sounding] += power[sounding, number - 1, None] * _triangles(hertz[sounding] * number)
    return (10.0 * np.log10(mel + QUIETEST_MEL)).astype(np.float32)


def _triangles(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each mel band hears of each frequency, [n, 40]; neighbours add up to 1."""
    low, high = np.log1p(np.array([LOWEST_MEL_HZ, RATE / 2]) / 700.0)
    place = (np.log1p(hertz / 700.0) - low) / (high - low) * (MELS - 1)
    return np.maximum(0.0, 1.0 - np.abs(place.clip(0, MELS - 1)[:, None] - np.arange(MELS)))
