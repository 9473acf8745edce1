"""An instrument that somebody else's sound, or a pitch and a gate, plays.

    audio ─► pitch, loudness ─┐                   ┌─► fold into the range ─┐
    V/oct, gate, loudness CV ─┴─► pitch and level ┤                        ├─► decoder ─► spectrum ─► sines and noise
                                        │         └─► rank among its levels┘                 ▲
                                        └──────────────────── level ─────────────────────────┘

The level that is played is the level that is heard; the decoder only gives the colour. What it was never taught it
cannot colour, so pitches are folded by octaves into its range, and levels are mapped by rank: a player's loud is its
loud, whatever the two are in dB. All of this happens once a control frame (4 ms).
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from .. import dsp
from ..module import C4_HZ
from .additive import BAND_HZ, BANDS, FADE_TO, HARMONICS, HIGHEST_LEARNED_HZ, AdditiveVoice, partial
from .instrument import LOUDNESS_RANKS, Card, Decoder
from .loudness import Ranks
from .pitch import DECIBELS, FULL_SCALE_VOLTS, VOICED, VOLTS, Follower

TILT_DB = 6.0  # per octave, at the ends of the brightness knob
TILT_AROUND_HZ = 1000.0
ATTACK, RELEASE = 0.35, 0.06  # part of the way a gate's level goes in a control frame: 9 ms up, 65 ms down
UNVOICED = 0.4  # part of the way from voiced to breath, or back, in a control frame
SLOWLY = 0.03  # the same for the pitch without its vibrato: about 0.13 s
LEAP_VOLTS = 0.9 / 12  # a pitch this far from its slow self is a new note: a semitone is
EDGE_VOLTS = 1 / 24  # a note that is out of the range by a quarter tone is not folded: ranges are measured
MARGIN_VOLTS = 1 / 6  # nor is a glide that leaves it by two semitones
LOUDEST_VOLTS = 10.0  # that the loudness CV is taken for, whatever a jack brings
# Of the loudness CV, re 5 V RMS: 0 V and 10 V are 40 dB apart, and the 8 V of an open jack are a saw of ±5 V.
QUIETEST_DB, DB_PER_VOLT = -37.0, 4.0
SILENT_DB = -120.0

_F = np.float32
_compiled = dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True}


@nb.njit("float64(float64)", **_compiled)
def _power_of(decibels):
    return 10.0 ** (0.1 * decibels)


@nb.njit(
    "void(float32[::1], float64, float64, float64, float64, float64, float64, float64, float32[::1], float32[::1])",
    **_compiled,
)
def _colour(spectrum, rate, hertz, inharmonicity, decibels, voiced, brightness, noise, harmonics, bands):
    """Turn a spectrum in dB into amplitudes and powers in volts whose level is ``decibels`` re 5 V."""
    highest = min(HIGHEST_LEARNED_HZ, FADE_TO * rate)
    tilt = brightness * TILT_DB / (10.0 * np.log10(2.0))  # the exponent of the frequency
    total = 1e-12
    for k in range(HARMONICS):
        frequency = partial(hertz, inharmonicity, k)
        power = 0.0
        if frequency < highest:
            power = _power_of(spectrum[k]) * (frequency / TILT_AROUND_HZ) ** tilt
        harmonics[k] = power
        total += power
    for b in range(BANDS):
        frequency = b * BAND_HZ if b > 0 else TILT_AROUND_HZ  # what rumbles below all notes is not tilted
        power = 0.0
        if frequency < highest:
            power = _power_of(spectrum[HARMONICS + b]) * (frequency / TILT_AROUND_HZ) ** tilt
        bands[b] = power
        total += power
    level = FULL_SCALE_VOLTS * FULL_SCALE_VOLTS * _power_of(decibels) / total
    for k in range(HARMONICS):
        harmonics[k] = np.sqrt(2.0 * level * harmonics[k]) * voiced
    for b in range(BANDS):
        bands[b] *= level * noise * noise


@nb.njit("void(float32[::1], float32[::1], float32[::1], float32[:, :])", **_compiled)
def mix_in(dry, wet, mix, out):
    """``dry`` where ``mix`` is 0, ``wet`` where it is 1, into the first channel of ``out``."""
    for i in range(dry.shape[0]):
        out[i, 0] = dry[i] + mix[i] * (wet[i] - dry[i])


@dataclass
class Touch:
    """The knobs of a player: octaves, brightness −1…1, noise and vibrato as factors (1 = as learned, as played)."""

    octave: int = 0
    brightness: float = 0.0
    noise: float = 1.0
    vibrato: float = 1.0


class Range:
    """Folds a pitch by octaves into an instrument's range, and does not fold back in the middle of a glide."""

    def __init__(self, card: Card) -> None:
        self.low, self.high = math.log2(card.lowest_hz / C4_HZ), math.log2(card.highest_hz / C4_HZ)
        self._octaves = 0.0

    def fold(self, volts: float, new_note: bool) -> float:
        """The pitch to play, in volts."""
        if new_note:
            self._octaves = 0.0
        margin = EDGE_VOLTS if new_note else MARGIN_VOLTS
        pitch = volts + self._octaves
        if pitch < self.low - margin:
            self._octaves += math.ceil(self.low - pitch)
        elif pitch > self.high + margin:
            self._octaves -= math.ceil(pitch - self.high)
        return min(max(volts + self._octaves, self.low - MARGIN_VOLTS), self.high + MARGIN_VOLTS)


def _level_at(rank: float, levels: Sequence[float]) -> float:
    """The level in dB of an instrument at a rank: straight lines between those at LOUDNESS_RANKS.

    By hand: numpy takes longer to look at its arguments than this takes in all.
    """
    after = bisect.bisect_right(LOUDNESS_RANKS, rank)
    if after in (0, len(levels)):
        return levels[min(after, len(levels) - 1)]
    low, high = LOUDNESS_RANKS[after - 1], LOUDNESS_RANKS[after]
    return levels[after - 1] + (rank - low) / (high - low) * (levels[after] - levels[after - 1])


class Player:
    """Plays instruments, one at a time, through one voice."""

    def __init__(self, rate: float, decoders: Sequence[Decoder], seed: int = 1) -> None:
        """``rate`` in Hz; ``decoders`` are the instruments to choose from; ``seed`` is its noise's. Warms all of it."""
        self.touch = Touch()
        self.follower = Follower(rate)
        self._decoders = decoders
        self._ranges = [Range(decoder.card) for decoder in decoders]
        self._voice = AdditiveVoice(rate, seed)
        self._ranks = Ranks()
        self._chosen = 0
        self._harmonics = np.zeros(HARMONICS, np.float32)
        self._bands = np.zeros(BANDS, np.float32)
        self._place = 0
        self._slow = self._before = 0.0
        self._envelope = self._voiced = 0.0
        self._new_note = True
        for decoder in decoders:
            decoder.run()
            decoder.reset()

    def start(self, frame: int) -> None:
        """Play from ``frame`` on: control frames begin at multiples of their length, whenever it is made."""
        self._place = frame % self._voice.hop

    def choose(self, instrument: int) -> None:
        """Take another of the decoders in hand; its memory starts empty."""
        if instrument != self._chosen:
            self._chosen = instrument
            self._decoders[instrument].reset()

    def play(
        self, heard: NDArray[np.float32], out: NDArray[np.float32], pitch: float | None, level: float | None
    ) -> None:
        """Play float32[frames] into ``out`` (volts, contiguous).

        ``pitch`` (V/oct) and ``level`` (V, 0…10: off at 0) rule where they are given, else what is ``heard`` does.
        """
        first = 0
        while first < len(out):
            if self._place == 0:
                self._control(pitch, level)
            last = min(len(out), first + self._voice.hop - self._place)
            self.follower.hear(heard[first:last])
            self._voice.render(out[first:last], self._place)
            self._place = (self._place + last - first) % self._voice.hop
            first = last

    def _control(self, pitch: float | None, level: float | None) -> None:
        listening = pitch is None or level is None
        if listening:
            self.follower.look()
        heard: Any = self.follower.heard
        voiced = pitch is not None or heard[VOICED] > 0
        if level is None:
            decibels, rank = float(heard[DECIBELS]), self._ranks.rank(float(heard[DECIBELS]), voiced)
        else:
            held = min(level, LOUDEST_VOLTS)
            target = 0.0 if held <= 0 else 10.0 ** ((QUIETEST_DB + DB_PER_VOLT * held) / 20)
            self._envelope += (ATTACK if target > self._envelope else RELEASE) * (target - self._envelope)
            decibels = 20.0 * math.log10(self._envelope + 1e-6)
            rank = min(max(0.1 * (decibels - QUIETEST_DB) / DB_PER_VOLT, 0.0), 1.0)
        self._voiced += UNVOICED * (float(voiced) - self._voiced)
        volts = self._bent(float(heard[VOLTS]) if pitch is None else pitch, voiced)
        self._aim(volts, decibels, rank)

    def _bent(self, volts: float, voiced: bool) -> float:
        """The pitch with as much of its vibrato as the knob lets pass."""
        if not voiced:
            return self._before
        self._new_note = abs(volts - self._slow) > LEAP_VOLTS
        self._slow = volts if self._new_note else self._slow + SLOWLY * (volts - self._slow)
        self._before = self._slow + self.touch.vibrato * (volts - self._slow) + self.touch.octave
        return self._before

    def _aim(self, volts: float, decibels: float, rank: float) -> None:
        decoder, fitting = self._decoders[self._chosen], self._ranges[self._chosen]
        volts = fitting.fold(volts, self._new_note)
        self._new_note = False
        decoder.condition[0] = volts
        decoder.condition[1] = _level_at(rank, decoder.card.loudness_db)
        decoder.run()
        inharmonicity = decoder.card.inharmonicity.at(volts)
        hertz = C4_HZ * 2.0**volts / math.sqrt(1.0 + inharmonicity)  # so that the first partial is in tune
        touch = self.touch
        _colour(
            decoder.spectrum,
            self._voice.rate,
            hertz,
            inharmonicity,
            max(decibels, SILENT_DB),
            self._voiced,
            touch.brightness,
            touch.noise,
            self._harmonics,
            self._bands,
        )
        self._voice.aim(hertz, self._harmonics, self._bands, inharmonicity)
