"""`synthvr render`: a patch into a sound file, faster than real time, and what came of it."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from tqdm import tqdm

from ..engine.discovery import Found
from ..engine.offline import TimedNote, offline, render_patch
from ..engine.workshop import catalogue_of, find_modules, open_workshop, problems_in
from ..errors import SynthVRError
from ..loudness import LoudnessMeter
from ..patch.leftovers import temporary_for
from ..patch.model import Patch
from .finding import open_library, open_patch
from .notes import PlayedNote, notes_of
from .supervised import supervised
from .telling import answer, compiling, tell, trying

_FORMATS = {".wav": "WAV", ".flac": "FLAC"}
VELOCITY = 8.0  # V, of 10
SILENT = 2.0**-24  # of full scale: half of what 24 bits can tell from nothing


def render(options: argparse.Namespace) -> int:
    """Render into a temporary file beside the output, and put it in place when it is whole."""
    output: Path = options.output
    kind = _FORMATS.get(output.suffix.lower())
    if kind is None:
        raise SynthVRError(f"Cannot write {output.name}: the file name must end in .wav or .flac.")
    if kind == "FLAC" and options.float:
        raise SynthVRError("FLAC holds no float samples: leave out --float, or write a .wav file.")
    if not output.parent.is_dir():
        raise SynthVRError(f"There is no folder {output.parent} to write {output.name} into.")
    notes = notes_of(options.notes) if options.notes is not None else []
    library = open_library(options.library)
    patch = open_patch(options.patch, library)
    found = find_modules(library.folder, compiling, trying)
    catalogue = catalogue_of(found)
    for problem in problems_in(patch, found):
        tell(problem)
    if any(placed.type in found.left_out and placed.type not in catalogue for placed in patch.modules.values()):
        raise SynthVRError(f"{output} is not written: it would lack what cannot be played.")
    players = [
        name
        for name, placed in patch.modules.items()
        if placed.type in catalogue and catalogue[placed.type].plays_notes
    ]
    if notes and not players:
        raise SynthVRError(f"No module of {options.patch} plays notes: leave out --notes, or add Keys to the patch.")
    temporary = temporary_for(output)
    played = list(_played(notes, players, options))
    try:
        if any(placed.type in found.files for placed in patch.modules.values()):
            heard = supervised(_write_anew, (temporary, kind, options, patch, played), patch, found)
        else:
            heard = _write(None, temporary, kind, options, patch, played, found)
        temporary.replace(output)
    except OSError as error:
        raise _not_written(output, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    answer(f"{output}: {options.seconds:g} s, {_loudness(heard.peak, heard.integrated)}.")
    if heard.peak < SILENT:
        tell(_why_silent(patch, notes, players))
    return 0


@dataclass(frozen=True)
class _Heard:
    """What was written: its peak, of full scale, and its loudness in LUFS."""

    peak: float
    integrated: float


def _write(
    rings_file: Path | None,
    path: Path,
    kind: str,
    options: argparse.Namespace,
    patch: Patch,
    notes: list[TimedNote],
    found: Found,
) -> _Heard:
    """Play the patch into the file at ``path``. Raises SynthVRError, also where a module fails meanwhile."""
    workshop = open_workshop(found, compiling, {placed.type for placed in patch.modules.values()})
    peak, loudness = 0.0, LoudnessMeter(options.rate)
    failed: list[str] = []

    def fail(module: str, sentence: str) -> None:
        failed.append(module)
        tell(f"{module}: {sentence}")

    try:
        subtype = "FLOAT" if options.float else "PCM_24"
        with (
            offline(workshop, options.rate, options.block, fail, rings_file) as engine,
            soundfile.SoundFile(path, "w", options.rate, 2, subtype, format=kind) as file,
            tqdm(total=options.seconds, unit="s", desc="Rendering", disable=not sys.stderr.isatty(), delay=0.5) as bar,
        ):
            for piece in render_patch(engine, patch, options.seconds, notes):
                file.write(piece)
                peak = max(peak, float(np.abs(piece).max(initial=0.0)))
                loudness.hear(piece)
                bar.update(len(piece) / options.rate)
                if failed:
                    raise SynthVRError(f"{options.output} is not written: it would lack what {failed[0]} should play.")
    except (OSError, soundfile.LibsndfileError) as error:
        raise _not_written(options.output, error) from error
    return _Heard(peak, loudness.integrated)


def _write_anew(
    rings_file: Path, path: Path, kind: str, options: argparse.Namespace, patch: Patch, notes: list[TimedNote]
) -> _Heard:
    """The same in a process of its own, which finds the modules by itself."""
    found = find_modules(open_library(options.library).folder, compiling, trying)
    return _write(rings_file, path, kind, options, patch, notes, found)


def _not_written(output: Path, error: Exception) -> SynthVRError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error).rstrip(".")
    return SynthVRError(f"{output} cannot be written: {why}.")


def _played(notes: list[PlayedNote], players: list[str], options: argparse.Namespace) -> Iterator[TimedNote]:
    """The notes on every module that plays notes, by frame."""
    frames = options.seconds * options.rate
    for player in players:
        for note in notes:
            yield player, (note.number, note.pitch, VELOCITY), round(note.start * frames)
            yield player, (note.number, note.pitch, 0.0), round(note.end * frames)


def _loudness(peak: float, integrated: float) -> str:
    if peak < SILENT:
        return "silent"
    said = f"peak {20 * math.log10(peak):.1f} dBFS"
    return said if integrated == -math.inf else f"{said}, {integrated:.1f} LUFS"


def _why_silent(patch: Patch, notes: list[PlayedNote], players: list[str]) -> str:
    if not patch.modules:
        return "The result is silent: the patch has no modules."
    if players and not notes:
        return 'The result is silent; the patch waits for notes: give it some, such as --notes "C3 E3 G3".'
    return "The result is silent."
