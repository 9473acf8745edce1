"""Turns a learned latent into eight knobs that feel even: the widest axis first, equal turns for equal steps.

1. How much does the sound move (mean square of 40 mel bands, dB²) per unit of latent? That is the metric.
2. Principal axes of the instruments' latents under it: the first knob changes most of what sets them apart.
3. Along each axis, and between each two instruments, places are spread so that equal steps of the knob are equal
   steps of the sound, on average over instruments, pitches and levels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray

from ..neural.morph import AXIS_POINTS, BLEND_POINTS, LATENTS
from .morph_data import Take, mel_of
from .morph_net import STRIDE, Decoder, Encoder, Excerpts, with_latent

Array = NDArray[np.float64]

EXCERPT = 200  # frames (0.8 s) from which an instrument's latents are read
EXCERPTS = 40  # of each instrument
SETTLED = 30  # frames after which a held note's spectrum stands
NUDGE = 0.1  # of latent, to see how the sound moves
VOLTS = (-0.25, 0.25, 0.75, 1.25)  # pitches at which steps are measured: A3 to D♯5, which all instruments can play
LOUDNESS_DB = (-32.0, -22.0)  # and levels
FINE = 8  # measured steps to a step of a table
REACH = 0.75  # of the span between the outermost sounds that were learned: how far 5 V goes at most


@dataclass(frozen=True)
class Axes:
    """``latent = centre + matrix @ place``; the rest is in places, as neural.morph.Space has it."""

    centre: Array  # [8]
    matrix: Array  # [8, 8]
    anchors: Array  # [instruments, 8]
    lowest: Array  # [8]
    highest: Array  # [8]
    axes: Array  # [8, AXIS_POINTS]: offset at −5 … 5 V
    blends: Array  # [instruments, instruments, BLEND_POINTS]: how far along the line at a blend of 0 … 1


def find_axes(encoder: Encoder, decoder: Decoder, takes: Sequence[Take], seed: int) -> Axes:
    """The axes of a trained pair of networks."""
    latents = read_latents(encoder, takes, seed)
    centre = latents.mean(axis=(0, 1))
    turn, turned_back = _principal(latents.reshape(-1, LATENTS) - centre, _metric(decoder, latents))
    places = (latents - centre) @ turn.T
    anchors = places.mean(axis=1)
    matrix = turned_back

    def heard(at: Array) -> Array:
        return sounds(decoder, centre + at @ matrix.T)

    low, high = places.min(axis=(0, 1)), places.max(axis=(0, 1))
    span = high - low
    axes = np.stack([_even_axis(heard, anchors, np.eye(LATENTS)[k], REACH * span[k]) for k in range(LATENTS)])
    blends = np.tile(np.linspace(0, 1, BLEND_POINTS), (len(takes), len(takes), 1))
    for a, b in combinations(range(len(takes)), 2):
        part = np.linspace(0, 1, FINE * (BLEND_POINTS - 1) + 1)
        length = _lengths(heard(anchors[a] + part[:, None] * (anchors[b] - anchors[a])))
        blends[a, b] = np.interp(np.linspace(0, length[-1], BLEND_POINTS), length, part)
        blends[b, a] = 1.0 - blends[a, b, ::-1]
    reach = np.abs(axes).max(axis=1)
    return Axes(centre, matrix, anchors, low - reach, high + reach, axes, blends)


def read_latents(encoder: Encoder, takes: Sequence[Take], seed: int) -> Array:
    """Latents of excerpts of each take, [takes, EXCERPTS, 8]."""
    excerpts = Excerpts(takes, EXCERPT, np.random.default_rng(seed))
    found = []
    for n in range(len(takes)):
        condition, _, _, mel = excerpts.draw(EXCERPTS, only=n)
        with torch.no_grad():
            found.append(encoder(torch.from_numpy(mel[::STRIDE]), torch.from_numpy(condition[::STRIDE])).numpy())
    return np.stack(found).astype(np.float64)


def sounds(
    decoder: Decoder, latents: Array, volts: Sequence[float] = VOLTS, loudness: Sequence[float] = LOUDNESS_DB
) -> Array:
    """How held notes sound at each latent [n, 8]: dB in mel bands at each pitch and level, [n, notes, 40]."""
    notes = np.array([(volt, level) for volt in volts for level in loudness], np.float32)
    condition = torch.from_numpy(np.tile(notes, (len(latents), 1)))[None].expand(SETTLED, -1, -1)
    latent = torch.from_numpy(np.repeat(latents, len(notes), axis=0).astype(np.float32))
    with torch.no_grad():
        spectrum = decoder(with_latent(condition, latent))[-1].numpy()
    spectrum = spectrum - 10.0 * np.log10((10.0 ** (spectrum / 10.0)).sum(axis=1, keepdims=True))
    return mel_of(np.tile(notes[:, 0], len(latents)), spectrum).reshape(len(latents), len(notes), -1).astype(np.float64)


def steps(heard: Array) -> Array:
    """How far each sound of a path [n, notes, bands] lies from the one before, dB [n − 1]."""
    distance: Array = np.sqrt(np.square(np.diff(heard, axis=0)).mean(axis=2)).mean(axis=1)
    return distance


def _lengths(heard: Array) -> Array:
    return np.append(0.0, np.cumsum(steps(heard)))


def _metric(decoder: Decoder, latents: Array) -> Array:
    """Mean square change of the sound per unit of latent in every direction, [8, 8]."""
    at = latents[:, ::8].reshape(-1, LATENTS)
    nudges = NUDGE * np.eye(LATENTS)
    slopes = np.stack([(sounds(decoder, at + n) - sounds(decoder, at - n)) / (2 * NUDGE) for n in nudges])
    rows = slopes.reshape(LATENTS, -1)
    metric: Array = rows @ rows.T / rows.shape[1]
    return metric + 1e-6 * np.trace(metric) * np.eye(LATENTS)


def _principal(latents: Array, metric: Array) -> tuple[Array, Array]:
    """The matrix to places along principal axes, widest first, and the one back."""
    root = np.linalg.cholesky(metric).T
    heard = latents @ root.T
    _, vectors = np.linalg.eigh(heard.T @ heard)
    turn = vectors[:, ::-1].T @ root
    return turn, np.linalg.inv(turn)


def _even_axis(heard: Callable[[Array], Array], anchors: Array, direction: Array, reach: float) -> Array:
    """Offsets at AXIS_POINTS voltages from −5 V to 5 V: 0 in the middle, even steps on both sides, as far on each."""
    half = AXIS_POINTS // 2
    fine = np.linspace(0, reach, FINE * half + 1)
    sides = []
    for sign in (-1.0, 1.0):
        paths = [_lengths(heard(anchor + sign * fine[:, None] * direction)) for anchor in anchors]
        sides.append(np.mean(paths, axis=0))
    far = min(side[-1] for side in sides)
    down, up = (np.interp(np.linspace(0, far, half + 1), side, fine) for side in sides)
    return np.concatenate([-down[:0:-1], up])
