"""Two recordings of the same playing, dry and through the amp: read, aligned, and examined before they are learned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import SynthVRError
from .amp_answer import FURTHEST, Answer

Floats = NDArray[np.float32]

SHORTEST, GOOD, LONGEST = 10.0, 120.0, 1200.0  # s: refused below, warned below, cut beyond
SLOWEST, FASTEST = 16000, 192000  # Hz
_CLIPPED = 0.999
_MOST_CLIPPED = 1e-4  # of all samples
_SILENT = 1e-3  # RMS
_CERTAIN = 0.15  # correlation of what goes in with what comes out, at its best shift
_SAME = 0.98  # correlation of the sides of a stereo file that holds one sound
_SAME_LEVEL = 1.1  # and how much louder one side may be
MOST_NOISE, MOST_ECHO = -45.0, -42.0  # dB of the wet recording


@dataclass(frozen=True)
class Takes:
    """``dry`` and ``wet`` float32[n], ±1, aligned; what a musician should know about them; the shift taken out."""

    dry: Floats
    wet: Floats
    rate: int
    warnings: tuple[str, ...]
    shift: int


def read_takes(dry_file: Path, wet_file: Path) -> Takes:
    """The two recordings. Raises SynthVRError where they cannot be learned from."""
    warnings: list[str] = []
    (dry, rate), (wet, wet_rate) = (_read(path, warnings) for path in (dry_file, wet_file))
    if rate != wet_rate:
        raise SynthVRError(f"{dry_file.name} has {rate} Hz and {wet_file.name} {wet_rate} Hz: record both at one rate.")
    if not SLOWEST <= rate <= FASTEST:
        raise SynthVRError(f"{dry_file.name} has {rate} Hz: captures are made at {SLOWEST} to {FASTEST} Hz.")
    takes = align(dry, wet, rate)
    return replace(takes, warnings=(*warnings, *takes.warnings))


def _read(path: Path, warnings: list[str]) -> tuple[Floats, int]:
    try:
        with soundfile.SoundFile(path) as file:
            sound = file.read(int(LONGEST * file.samplerate), dtype="float32", always_2d=True)
            rate = int(file.samplerate)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SynthVRError(f"{path} cannot be read as sound: {error}") from error
    if not np.isfinite(sound).all():
        raise SynthVRError(f"{path.name} holds samples that are no numbers.")
    side = _one_side(sound)
    if side is None:
        return np.ascontiguousarray(sound.mean(axis=1), np.float32), rate
    name = ("left", "right")[side] if sound.shape[1] == 2 else f"{side + 1}."
    warnings.append(f"{path.name} is not mono: its {name} channel is used, which is the loudest.")
    return np.ascontiguousarray(sound[:, side]), rate


def _one_side(sound: Floats) -> int | None:
    """Of channels that do not all hold the same sound the loudest: their mean would be softer, or comb-filtered."""
    power = np.square(sound, dtype=np.float64).mean(axis=0)
    loudest = int(power.argmax())
    alike = (sound.astype(np.float64) * sound[:, loudest : loudest + 1]).mean(axis=0)
    same = alike > _SAME * np.sqrt(power * power[loudest])
    return None if (same & (power * _SAME_LEVEL**2 > power[loudest])).all() else loudest


def align(dry: Floats, wet: Floats, rate: int) -> Takes:
    """Shift ``wet`` to where ``dry`` is, and say what is wrong with them. Raises SynthVRError."""
    for what, sound in (("dry", dry), ("wet", wet)):
        if len(sound) < SHORTEST * rate:
            seconds = len(sound) / rate
            raise SynthVRError(f"The {what} recording lasts {seconds:.1f} s: {SHORTEST:.0f} s are needed at least.")
        if float(np.sqrt(np.square(sound, dtype=np.float64).mean())) < _SILENT:
            raise SynthVRError(f"The {what} recording is silent.")
    warnings = []
    if abs(len(dry) - len(wet)) > FURTHEST * rate:
        warnings.append(f"The recordings differ in length by {abs(len(dry) - len(wet)) / rate:.1f} s.")
    answer = Answer(dry, wet, rate)
    if answer.certainty < _CERTAIN:
        warnings.append("The recordings hardly resemble each other: are they of the same playing?")
    frames = min(len(dry), len(wet))
    third, apart = frames // 3, []
    for start in (0, frames - third):
        part = slice(start, start + third)
        apart.append(Answer(dry[part], wet[part], rate).peak)
    if abs(apart[0] - apart[1]) > 2:
        warnings.append(f"The recordings drift apart by {abs(apart[0] - apart[1])} frames: use one clock for both.")
    elif answer.certainty >= _CERTAIN:
        warnings += _faults(answer)
    shift = answer.onset()
    for what, sound in (("dry", dry), ("wet", wet)):
        if np.mean(np.abs(sound) >= _CLIPPED) > _MOST_CLIPPED:
            warnings.append(f"The {what} recording clips: record it softer.")
    dry, wet = (dry, wet[shift:]) if shift >= 0 else (dry[-shift:], wet)
    frames = min(len(dry), len(wet))
    if frames < GOOD * rate:
        warnings.append(f"{frames / rate:.0f} s is short: with {GOOD / 60:.0f} minutes the capture gets better.")
    return Takes(dry[:frames].copy(), wet[:frames].copy(), rate, tuple(warnings), shift)


def _faults(answer: Answer) -> list[str]:
    """What is in the wet recording that no capture can learn."""
    faults = []
    noise, echo = answer.noise_and_echo()
    if noise is None:
        faults.append("The dry recording is never quiet, so noise in the wet one cannot be judged: leave rests.")
    elif noise > MOST_NOISE:
        faults.append(f"The wet recording is noisy ({noise:.0f} dB of it): turn the amp up, or the noise down.")
    if echo is not None and echo > MOST_ECHO:
        faults.append(
            "The wet recording has an echo or a room, which a capture cannot learn: switch the effect off, or move the "
            "microphone closer."
        )
    return faults
