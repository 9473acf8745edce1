"""What an instrument's sound is made of, 250 times a second: pitch, loudness, harmonics and noise.

audio, rough f0 → f0 refined ± 40 cents → amplitude of each harmonic (a window of several periods around the
frame) → power of what lies between the harmonics, in 65 bands.

Amplitudes are the peak amplitudes of sines; powers and loudness are mean squares, so that Σ amplitude² / 2 + Σ noise
is about the loudness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..module import C4_HZ
from ..neural.additive import BANDS, HARMONICS
from ..neural.instrument import Inharmonicity
from .sounds import HOP, RATE

Array = NDArray[np.float32]

BAND_HZ = RATE / 2 / (BANDS - 1)
LOUDNESS_WINDOW = 1024  # frames at 32 kHz: 32 ms, as long as the follower's
PERIODS = 6  # of the pitch in a window: its harmonics stand 1.5 main lobes apart
WINDOWS = (512, 1024, 2048, 4096)
NOISE_WINDOW = 2048  # noise is told by the gaps between harmonics: the longest window that still follows a note
PADDING = 4  # the spectrum is read at its nearest line: within 0.1 dB at four lines a bin
REFINE_CENTS = np.arange(-40.0, 41.0, 5.0)
REFINE_HARMONICS = 10
STRETCH = 0.01  # a partial may lie this far off where it is looked for
NOISE_BIAS = 2.51 / 10 * np.log(10)  # the mean of log noise power lies this far (2.51 dB) below the log of its mean
CHUNK = 2048  # frames analysed at once; bounds memory
LEAST_POWER = 1e-12


@dataclass(frozen=True)
class Frames:
    """One row per frame of 4 ms: f0 in Hz (0 = none), loudness in dB, harmonics [n, 64], noise [n, 65] power a band,
    and inharmonicity, B at that pitch."""

    f0: Array
    loudness: Array
    harmonics: Array
    noise: Array
    inharmonicity: Array


def analyse(audio: Array, f0: Array, inharmonicity: Inharmonicity | None = None) -> Frames:
    """Take ``audio`` (32 kHz) apart around ``f0`` (Hz at each hop of 128 frames, 0 where there is no pitch).

    With an ``inharmonicity``, "harmonics" are the partials that lie as wide as it says.
    """
    frames = min(len(f0), len(audio) // HOP)
    f0 = f0[:frames].astype(np.float32).copy()
    known = inharmonicity or Inharmonicity()
    wide = np.array([known.at(np.log2(hertz / C4_HZ)) if hertz > 0 else 0.0 for hertz in f0], np.float32)
    harmonics = np.zeros((frames, HARMONICS), np.float32)
    noise = np.zeros((frames, BANDS), np.float32)
    fitting = np.searchsorted(WINDOWS, PERIODS * RATE / np.maximum(f0, 50.0))
    size = np.asarray(WINDOWS)[fitting.clip(0, len(WINDOWS) - 1)]
    for window in WINDOWS:
        all_rows = np.flatnonzero((f0 > 0) & (size == window))
        for rows in np.split(all_rows, range(CHUNK, len(all_rows), CHUNK)):
            if len(rows):
                lines = spectrum(audio, rows, window)
                f0[rows] = refined(lines, f0[rows], window, wide[rows])
                harmonics[rows] = _harmonics(lines, f0[rows], window, wide[rows])
    all_rows = np.arange(frames)
    for rows in np.split(all_rows, range(CHUNK, frames, CHUNK)):
        noise[rows] = _noise(spectrum(audio, rows, NOISE_WINDOW, 1), f0[rows], wide[rows])
    return Frames(f0, loudness(audio)[:frames], harmonics, noise, wide)


def loudness(audio: Array) -> Array:
    """Level in dB (mean square under a Hann window of 32 ms) at each hop."""
    frames = len(audio) // HOP
    weights = np.hanning(LOUDNESS_WINDOW + 2)[1:-1]
    padded = np.pad(np.square(audio), LOUDNESS_WINDOW // 2)
    views = np.lib.stride_tricks.sliding_window_view(padded, LOUDNESS_WINDOW)[: frames * HOP : HOP]
    power = views @ (weights / weights.sum()).astype(np.float32)
    return (10.0 * np.log10(power + LEAST_POWER)).astype(np.float32)


def spectrum(audio: Array, rows: NDArray[np.intp], window: int, padding: int = PADDING) -> Array:
    """Magnitudes [rows, lines] around each frame's centre, scaled so that a sine reads as its amplitude."""
    padded = np.pad(audio, window // 2)
    views = np.lib.stride_tricks.sliding_window_view(padded, window)[rows * HOP]
    weights = np.hanning(window + 1)[:-1].astype(np.float32)
    lines = np.fft.rfft(views * weights, window * padding)
    return (np.abs(lines) * (2.0 / weights.sum())).astype(np.float32)


def partials(f0: NDArray[Any], inharmonicity: Array, number: NDArray[Any]) -> NDArray[np.float64]:
    """Frequencies in Hz of partials: f0 [n, …], inharmonicity [n], number [k] (from 1 on) → [n, …, k]."""
    b = inharmonicity.reshape(-1, *(1,) * f0.ndim)
    return f0[..., None] * number * np.sqrt(1.0 + b * np.square(number))


def level_at(lines: Array, hertz: NDArray[np.float64], window: int) -> Array:
    """What the lines [n, …] of a padded spectrum are at frequencies [n, …]."""
    row = np.arange(len(lines)).reshape(-1, *(1,) * (hertz.ndim - 1))
    return lines[row, _line(hertz, window, lines.shape[1])]


def refined(lines: Array, f0: Array, window: int, inharmonicity: Array) -> Array:
    """The pitch within ± 40 cents at which the first partials add up to most."""
    candidates = f0[:, None] * 2.0 ** (REFINE_CENTS / 1200)
    asked = partials(candidates, inharmonicity, np.arange(1, REFINE_HARMONICS + 1))
    total = np.sqrt(level_at(lines, asked, window), dtype=np.float64).sum(axis=2)
    row = np.arange(len(f0))
    best = total.argmax(axis=1).clip(1, len(REFINE_CENTS) - 2)
    left, middle, right = (total[row, best + side] for side in (-1, 0, 1))
    bend = left - 2 * middle + right
    offset = np.where(np.abs(bend) > 1e-9, 0.5 * (left - right) / np.where(bend == 0, 1, bend), 0.0).clip(-1, 1)
    cents = np.interp(best + offset, np.arange(len(REFINE_CENTS)), REFINE_CENTS)
    return (f0 * 2.0 ** (cents / 1200)).astype(np.float32)


def _harmonics(lines: Array, f0: Array, window: int, inharmonicity: Array) -> Array:
    """The highest line near each harmonic."""
    hertz = partials(f0, inharmonicity, np.arange(1, HARMONICS + 1))
    reach = np.minimum(STRETCH * hertz, 0.25 * f0[:, None])
    found = np.zeros(hertz.shape, np.float32)
    for part in np.linspace(-1, 1, 9):
        found = np.maximum(found, level_at(lines, hertz + part * reach, window))
    found[hertz >= RATE / 2] = 0.0
    return found


def _noise(lines: Array, f0: Array, inharmonicity: Array) -> Array:
    """Power of each band, read from the lines that no harmonic touches."""
    width = RATE / NOISE_WINDOW
    hertz = np.arange(lines.shape[1]) * width
    ratio, b = np.square(hertz / np.maximum(f0[:, None], 1.0)), inharmonicity[:, None]
    squared = np.where(b > 0, (np.sqrt(1.0 + 4.0 * b * ratio) - 1.0) / (2.0 * np.maximum(b, 1e-9)), ratio)
    nearest = np.rint(np.sqrt(squared))
    off = np.abs(hertz - nearest * f0[:, None] * np.sqrt(1.0 + b * np.square(nearest)))  # from the nearest partial, Hz
    lobe = np.minimum(3.0 * width, 0.35 * f0)[:, None]
    free = (off > lobe) | (nearest > HARMONICS) | (f0[:, None] <= 0)
    free[:, hertz < 40.0] = False
    # A line's power: a Hann window's sine of amplitude A reads A; noise of power p a line reads 4 p · 1.5 / n.
    power = np.log(np.square(lines) / 2 / 1.5 + LEAST_POWER) + NOISE_BIAS
    centres = np.arange(BANDS) * BAND_HZ
    nearness = np.maximum(0.0, 1.0 - np.abs(hertz[:, None] - centres) / BAND_HZ)
    weight = free @ nearness
    level = np.where(free, power, 0.0) @ nearness
    mean = np.where(weight > 0, level / np.maximum(weight, 1e-9), np.nan)
    for row in np.flatnonzero(np.isnan(mean).any(axis=1)):
        known = ~np.isnan(mean[row])
        mean[row] = np.interp(centres, centres[known], mean[row][known]) if known.any() else np.log(LEAST_POWER)
    return (np.exp(mean) * BAND_HZ / width).astype(np.float32)


def _line(hertz: NDArray[np.float64], window: int, lines: int) -> NDArray[np.intp]:
    return np.rint(hertz * (window * PADDING / RATE)).astype(np.intp).clip(0, lines - 1)
