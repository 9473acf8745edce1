"""How far a learned instrument is from the real one: log-spectral distance of mel spectra on sound it never heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.additive import HARMONICS, resynthesise
from .sounds import HOP, RATE
from .timbre_lesson import Array, Lesson

MEL_BANDS = 64
MEL_WINDOW = 2048
LOWEST_MEL_HZ, HIGHEST_MEL_HZ = 60.0, 14000.0
DYNAMICS_DB = 60.0  # what lies further below the loudest band of a recording is not compared
LATE_HOPS = 1  # a control frame is reached at the end of its hop


@dataclass(frozen=True)
class Score:
    """Mel log-spectral distances in dB: of the decoder, and of the instrument's mean spectrum at the right
    pitch and level."""

    decoder: float
    static: float

    @property
    def ratio(self) -> float:
        """The decoder's distance as a part of the static one's."""
        return self.decoder / self.static


def score(given: Array, held: Lesson, audio: Array, static: Array) -> Score:
    """Compare a decoder's spectra float32[n, 129] of a lesson with its ``audio`` (32 kHz), and with the ``static``
    one, float32[129]; all in dB."""
    real, heard = mel(audio), held.heard > 0
    plain = np.broadcast_to(static, held.target.shape)
    return Score(*(_distance(real, mel(sound(held, which)), heard) for which in (given, plain)))


def mean_spectrum(heard: Lesson) -> Array:
    """The mean spectrum of an instrument, relative to its loudness, in dB: float32[129].

    The mean of decibels, not of power: no one spectrum comes closer in the distance that is measured.
    """
    return heard.target[heard.heard > 0].mean(axis=0).astype(np.float32)


def sound(held: Lesson, decibels: Array) -> Array:
    """The sound of spectra float32[n, 129] (dB relative to loudness) at the pitch and loudness of a lesson."""
    hertz = (C4_HZ * 2.0 ** held.condition[:, 0]).astype(np.float32)
    power = 10.0 ** ((decibels + held.condition[:, 1:]) / 10) * held.heard[:, None]
    harmonics, noise = np.split(power, [HARMONICS], axis=1)
    made = resynthesise(
        RATE, hertz, np.sqrt(2 * harmonics).astype(np.float32), noise.astype(np.float32), held.inharmonicity
    )
    return made[LATE_HOPS * HOP :]


def mel(audio: Array) -> Array:
    """Mel spectrum in dB, float32[n, 64], at each hop of 128 frames (32 kHz)."""
    padded = np.pad(audio, MEL_WINDOW // 2)
    views = np.lib.stride_tricks.sliding_window_view(padded, MEL_WINDOW)[: len(audio) : HOP]
    weights = np.hanning(MEL_WINDOW + 1)[:-1].astype(np.float32)
    filters = _mel_filters()
    rows = [np.square(np.abs(np.fft.rfft(part * weights))) @ filters for part in _chunks(views)]
    return (10.0 * np.log10(np.concatenate(rows) + 1e-9)).astype(np.float32)


def _chunks(views: Array) -> list[Array]:
    return np.split(views, range(2048, len(views), 2048))


def _mel_filters() -> Array:
    """Triangles [lines, bands], even on the mel scale (O'Shaughnessy's 2595 log10(1 + f/700))."""
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (LOWEST_MEL_HZ, HIGHEST_MEL_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, MEL_BANDS + 2) / 2595) - 1)
    lines = np.fft.rfftfreq(MEL_WINDOW, 1 / RATE)[:, None]
    rising = (lines - edges[:-2]) / np.diff(edges[:-1])
    falling = (edges[2:] - lines) / np.diff(edges[1:])
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def _distance(real: Array, ours: Array, heard: NDArray[np.bool_]) -> float:
    frames = min(len(real), len(ours), len(heard))
    floor = real.max() - DYNAMICS_DB
    real, ours = (np.maximum(part[:frames], floor) for part in (real, ours))
    squares = np.square(real - ours).mean(axis=1)[heard[:frames]]
    return float(np.sqrt(squares).mean())
