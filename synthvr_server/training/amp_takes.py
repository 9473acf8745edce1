"""Two recordings of the same playing, dry and through the amp: read, aligned, and examined before they are learned."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import SynthVRError

Floats = NDArray[np.float32]

SHORTEST, GOOD, LONGEST = 10.0, 120.0, 1200.0  # s: refused below, warned below, cut beyond
FURTHEST = 0.5  # s by which the recordings may be shifted against each other
SLOWEST, FASTEST = 16000, 192000  # Hz
_CLIPPED = 0.999
_MOST_CLIPPED = 1e-4  # of all samples
_SILENT = 1e-3  # RMS
_CERTAIN = 0.15  # correlation of what goes in with what comes out, at its best shift


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
    (dry, rate), (wet, wet_rate) = _read(dry_file), _read(wet_file)
    if rate != wet_rate:
        raise SynthVRError(f"{dry_file.name} has {rate} Hz and {wet_file.name} {wet_rate} Hz: record both at one rate.")
    if not SLOWEST <= rate <= FASTEST:
        raise SynthVRError(f"{dry_file.name} has {rate} Hz: captures are made at {SLOWEST} to {FASTEST} Hz.")
    return align(dry, wet, rate)


def _read(path: Path) -> tuple[Floats, int]:
    try:
        with soundfile.SoundFile(path) as file:
            sound = file.read(int(LONGEST * file.samplerate), dtype="float32", always_2d=True)
            rate = int(file.samplerate)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SynthVRError(f"{path} cannot be read as sound: {error}") from error
    if not np.isfinite(sound).all():
        raise SynthVRError(f"{path.name} holds samples that are no numbers.")
    return np.ascontiguousarray(sound.mean(axis=1), np.float32), rate


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
    shift, certainty = find_shift(dry, wet, rate)
    if certainty < _CERTAIN:
        warnings.append("The recordings hardly resemble each other: are they of the same playing?")
    frames = min(len(dry), len(wet))
    third, apart = frames // 3, []
    for start in (0, frames - third):
        part = slice(start, start + third)
        apart.append(find_shift(dry[part], wet[part], rate)[0])
    if abs(apart[0] - apart[1]) > 2:
        warnings.append(f"The recordings drift apart by {abs(apart[0] - apart[1])} frames: use one clock for both.")
    for what, sound in (("dry", dry), ("wet", wet)):
        if np.mean(np.abs(sound) >= _CLIPPED) > _MOST_CLIPPED:
            warnings.append(f"The {what} recording clips: record it softer.")
    dry, wet = (dry, wet[shift:]) if shift >= 0 else (dry[-shift:], wet)
    frames = min(len(dry), len(wet))
    if frames < GOOD * rate:
        warnings.append(f"{frames / rate:.0f} s is short: with {GOOD / 60:.0f} minutes the capture gets better.")
    return Takes(dry[:frames].copy(), wet[:frames].copy(), rate, tuple(warnings), shift)


def find_shift(dry: Floats, wet: Floats, rate: int) -> tuple[int, float]:
    """Frames by which ``wet`` comes late, and how much it is like ``dry`` there (0 to 1).

    Both are whitened first: a correlation of their spectra's phases has a narrow peak even behind a loudspeaker.
    """
    frames = min(len(dry), len(wet), 30 * rate)
    size = 1 << math.ceil(math.log2(2 * frames))
    a, b = np.fft.rfft(dry[:frames], size), np.fft.rfft(wet[:frames], size)
    cross = b * np.conj(a)
    most = int(FURTHEST * rate)

    def near(spectrum: NDArray[np.complex128]) -> NDArray[np.float64]:
        whole = np.fft.irfft(spectrum, size)
        return np.concatenate([whole[-most:], whole[: most + 1]])

    sharp = np.abs(near(cross / (np.abs(cross) + 1e-3 * np.abs(cross).mean())))
    power = math.sqrt(float(np.square(dry[:frames]).sum()) * float(np.square(wet[:frames]).sum()))
    alike = np.abs(near(cross)) / max(power, 1e-12)
    at = int(np.argmax(sharp))
    around = alike[max(at - 50, 0) : at + 51]
    # An amp answers at once: the peak is where its answer is strongest, and its own filters come after it.
    return at - most, float(around.max())
