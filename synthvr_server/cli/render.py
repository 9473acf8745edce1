"""`synthvr render`: a patch into a sound file, faster than real time."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
import soundfile
from tqdm import tqdm

from ..engine.offline import offline, render_patch
from ..engine.workshop import catalogue_of, find_modules, open_workshop
from ..errors import SynthVRError
from ..patch.problems import problems
from .finding import open_library, open_patch
from .telling import compiling, tell

_FORMATS = {".wav": "WAV", ".flac": "FLAC"}
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
    library = open_library(options.library)
    patch = open_patch(options.patch, library)
    found = find_modules(library.folder, compiling)
    for problem in problems(patch, catalogue_of(found)):
        tell(str(problem))
    workshop = open_workshop(found, compiling, {placed.type for placed in patch.modules.values()})
    peak = 0.0
    temporary = output.with_name(f".{output.stem}.{os.getpid()}{output.suffix}")
    try:
        subtype = "FLOAT" if options.float else "PCM_24"
        with (
            offline(
                workshop, options.rate, options.block, lambda module, sentence: tell(f"{module}: {sentence}")
            ) as engine,
            soundfile.SoundFile(temporary, "w", options.rate, 2, subtype, format=kind) as file,
            tqdm(total=options.seconds, unit="s", desc="Rendering", disable=not sys.stderr.isatty(), delay=0.5) as bar,
        ):
            for piece in render_patch(engine, patch, options.seconds):
                file.write(piece)
                peak = max(peak, float(np.abs(piece).max(initial=0.0)))
                bar.update(len(piece) / options.rate)
        temporary.replace(output)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SynthVRError(f"{output} cannot be written: {error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    if peak < SILENT:
        tell("The result is silent.")
    return 0
