"""A musician's recording, made ready to learn from: read, brought to 32 kHz, its pitch found, its faults named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import SynthVRError
from ..module import C4_HZ
from ..neural.instrument import Inharmonicity
from ..neural.pitch import CONFIDENCE, VOICED, VOLTS, follow
from .features import CHUNK, Frames, analyse, spectrum
from .inharmonicity import find_inharmonicity
from .sounds import HOP, RATE

Array = NDArray[np.float32]

SUFFIXES = (".wav", ".flac", ".aiff", ".aif", ".ogg")
LONGEST_SECONDS = 600.0  # more teaches nothing new and does not fit the ten minutes that learning may take
LEAST_SECONDS, GOOD_SECONDS = 8.0, 60.0  # of sound with a pitch
FOLLOWER_LATE = 3  # hops: the follower's pitch is that of the middle of what it looked at, 12 ms ago
SILENCE_BELOW_PEAK_DB = 40.0
CLEAR_PART = 0.75  # of the sounding frames that should have one clear pitch
CLEAR = 0.8
LEAST_FIRST_PART = 1e-3  # of the harmonics' power: two notes at once repeat with a period in which nothing sounds
NOISE_PART_DB = -12.0
STRAY, STRAY_PARTIALS = 0.05, 10  # of the strongest line's power, among so many partials
SOME_CHORDS, CHORDS = 0.2, 0.4  # of the sound with a pitch: warned of, refused
HELD_OUT_PART = 0.15


class RecordingError(SynthVRError):
    """A recording that cannot be learned from."""


@dataclass(frozen=True)
class Recording:
    """What was recorded, apart: the part to learn from, the part to be judged by, and what is wrong with it."""

    frames: Frames
    held_audio: Array
    held_frames: Frames
    inharmonicity: Inharmonicity
    warnings: tuple[str, ...]


def read(paths: Sequence[Path]) -> Recording:
    """Read and judge recordings of one instrument. Raises RecordingError where nothing can be learned."""
    audio = np.concatenate([_read(path) for path in paths])
    warnings = []
    if len(audio) > LONGEST_SECONDS * RATE:
        warnings.append(f"only the first {LONGEST_SECONDS / 60:g} minutes are used")
        audio = audio[: int(LONGEST_SECONDS * RATE)]
    peak = float(np.max(np.abs(audio), initial=0.0))
    if peak < 1e-4:
        raise RecordingError("the recording is silent")
    audio = audio * np.float32(0.5 / peak)
    heard = follow(audio, RATE, HOP)
    heard = np.concatenate([heard[FOLLOWER_LATE:], np.zeros((FOLLOWER_LATE, heard.shape[1]), np.float32)])
    f0 = np.where(heard[:, VOICED] > 0, C4_HZ * 2.0 ** heard[:, VOLTS], 0.0).astype(np.float32)
    inharmonicity = find_inharmonicity(audio, f0)
    frames = analyse(audio, f0, inharmonicity)
    sounding = frames.loudness > frames.loudness.max() - SILENCE_BELOW_PEAK_DB
    power = np.square(frames.harmonics)
    clear = sounding & (heard[: len(sounding), CONFIDENCE] > CLEAR) & (frames.f0 > 0)
    hollow = power[:, 0] <= LEAST_FIRST_PART * power.sum(axis=1)
    pitched = sounding & (frames.f0 > 0)
    chords = float(((hollow | _is_stray(audio, frames)) & pitched).sum()) / max(float(pitched.sum()), 1.0)
    clear &= ~hollow
    warnings += _judge(frames, sounding, clear, chords)
    cut = int(len(frames.f0) * (1 - HELD_OUT_PART))
    kept = _slice(frames, cut, len(frames.f0))
    return Recording(_slice(frames, 0, cut), audio[cut * HOP :], kept, inharmonicity, tuple(warnings))


def _is_stray(audio: Array, frames: Frames) -> NDArray[np.bool_]:
    """Where a line between the partials is about as strong as they are: another note sounds. Noise is spread thin."""
    found = np.zeros(len(frames.f0), bool)
    for window, low, high in ((4096, 1.0, 160.0), (2048, 160.0, np.inf)):  # the longer one tells low partials apart
        hertz = np.arange(window // 2 + 1) * (RATE / window)
        rows = np.flatnonzero((frames.f0 >= low) & (frames.f0 < high))
        for some in np.split(rows, range(CHUNK, len(rows), CHUNK)):
            lines = np.square(spectrum(audio, some, window, 1))
            f0 = frames.f0[some, None]
            heard = (hertz > 40.0) & (hertz < STRAY_PARTIALS * f0)
            off = np.abs(hertz - np.rint(hertz / f0) * f0)
            between = heard & (off > np.maximum(2.5 * RATE / window, 0.2 * f0))
            found[some] = (lines * between).max(axis=1) > STRAY * (lines * heard).max(axis=1)
    return found


def _judge(frames: Frames, sounding: NDArray[np.bool_], clear: NDArray[np.bool_], chords: float) -> list[str]:
    if chords > CHORDS:
        raise RecordingError(
            f"several notes sound at once in {100 * chords:.0f} % of the recording: record one instrument that plays "
            "one note at a time, without reverb or accompaniment"
        )
    seconds = float(clear.sum()) * HOP / RATE
    if seconds < LEAST_SECONDS:
        raise RecordingError(
            f"there are only {seconds:.1f} s of clear pitch in the recording, at least {LEAST_SECONDS:g} are needed: "
            "record one instrument that plays one note at a time, without reverb or accompaniment"
        )
    warnings = []
    if seconds < GOOD_SECONDS:
        warnings.append(f"too short: {seconds:.0f} s of clear pitch; from {GOOD_SECONDS:g} s on it sounds good")
    if chords > SOME_CHORDS:
        warnings.append(f"polyphonic or reverberant: several notes sound at once in {100 * chords:.0f} % of the sound")
    elif clear.sum() < CLEAR_PART * sounding.sum():
        part = 100 * clear.sum() / sounding.sum()
        warnings.append(f"polyphonic or reverberant: one clear pitch in only {part:.0f} % of the sound")
    noise = frames.noise[clear].sum(axis=1) / (10.0 ** (frames.loudness[clear] / 10))
    noise_db = 10 * np.log10(float(np.median(noise)) + 1e-12)
    if noise_db > NOISE_PART_DB:
        warnings.append(f"noisy: between the harmonics lies as much as {noise_db:.0f} dB of the sound")
    return warnings


def _slice(frames: Frames, first: int, last: int) -> Frames:
    parts = (frames.f0, frames.loudness, frames.harmonics, frames.noise, frames.inharmonicity)
    return Frames(*(part[first:last] for part in parts))


def _read(path: Path) -> Array:
    if not path.is_file():
        raise RecordingError(f"there is no recording {path}")
    if path.suffix.lower() not in SUFFIXES:
        raise RecordingError(f"{path.name} is no recording: {', '.join(SUFFIXES)} can be read")
    try:
        with soundfile.SoundFile(path) as file:
            samples = file.read(int((LONGEST_SECONDS + 1) * file.samplerate), dtype="float32", always_2d=True)
            rate = file.samplerate
    except (soundfile.LibsndfileError, OSError, ValueError) as error:
        raise RecordingError(f"{path.name} cannot be read as sound") from error
    mono = np.nan_to_num(samples.mean(axis=1, dtype=np.float32), posinf=0.0, neginf=0.0)
    return _resampled(mono, rate)


def _resampled(audio: Array, rate: int) -> Array:
    """``audio`` at 32 kHz, by cutting or padding its spectrum: exact, and offline its length is no matter."""
    if rate == RATE or not len(audio):
        return audio
    seconds = -(-len(audio) // rate)
    lines = np.fft.rfft(np.pad(audio, (0, seconds * rate - len(audio))))
    kept = np.zeros(seconds * RATE // 2 + 1, lines.dtype)
    count = min(len(lines), len(kept))
    kept[:count] = lines[:count]
    resampled = np.fft.irfft(kept, seconds * RATE) * (RATE / rate)
    return resampled[: len(audio) * RATE // rate].astype(np.float32)
