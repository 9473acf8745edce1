"""A musician's own instrument: recordings ─► decoder, and a score on the part of them that was kept back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..neural import instrument
from .timbre_decoder import to_onnx
from .timbre_learning import STEPS, learn, spectra
from .timbre_lesson import facts, lesson
from .timbre_recording import read
from .timbre_score import Score, mean_spectrum, score

SEED = 1


@dataclass(frozen=True)
class Learned:
    """The score on what was held out, and what was wrong with the recording."""

    score: Score
    warnings: tuple[str, ...]


def learn_recording(
    recordings: Sequence[Path],
    output: Path,
    steps: int = STEPS,
    progress: Callable[[int, float], None] | None = None,
) -> Learned:
    """Write ``output``, an instrument learned from recordings. Raises RecordingError; OSError where it cannot write."""
    recording = read(recordings)
    heard = lesson(recording.frames)
    decoder = learn(heard, SEED, steps, progress)
    held = lesson(recording.held_frames)
    result = score(spectra(decoder, held.condition), held, recording.held_audio, mean_spectrum(heard))
    card = {
        "title": output.stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Instrument",
        **facts(heard, recording.inharmonicity),
        "data": [path.name for path in recordings],
        "licence": "that of the recordings",
        "seed": SEED,
        "steps": steps,
        "held_out_lsd_db": round(result.decoder, 3),
        "static_lsd_db": round(result.static, 3),
        "warnings": list(recording.warnings),
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    instrument.write(output, to_onnx(decoder), card)
    return Learned(result, recording.warnings)
