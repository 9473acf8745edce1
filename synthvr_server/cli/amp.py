"""`synthvr amp train`: a dry and a wet recording into a capture that is played as a module."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path

from ..errors import SynthVRError
from ..patch.leftovers import temporary_for
from .telling import answer, tell

GOOD_ESR, POOR_ESR = 0.01, 0.05
HELD_OUT = 0.1  # of the recording, its end


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `synthvr amp` takes."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    train = commands.add_parser(
        "train", help="learn an amp or pedal from a dry and a wet recording of the same playing"
    )
    train.add_argument("dry", type=Path, metavar="DRY.wav", help="what went into it")
    train.add_argument("wet", type=Path, metavar="WET.wav", help="what came out of it")
    train.add_argument("-o", "--output", type=Path, required=True, metavar="MODEL.nam")
    train.add_argument("--name", help="what the module is called (default: the name of the file)")
    train.add_argument("--minutes", type=float, default=8.0, help="how long to learn (default: 8)")
    train.add_argument("--input-level", type=float, metavar="DBU", help="level of a sine at full scale in DRY.wav")
    train.set_defaults(run=train_amp)


def train_amp(options: argparse.Namespace) -> int:
    """Learn, judge by the end of the recording, and put the file in place when it is whole."""
    output: Path = options.output
    if output.suffix != ".nam":
        raise SynthVRError(f"Cannot write {output.name}: the file name must end in .nam.")
    if not output.parent.is_dir():
        raise SynthVRError(f"There is no folder {output.parent} to write {output.name} into.")
    if not 0.01 <= options.minutes <= 600:
        raise SynthVRError("Learning takes 0.01 to 600 minutes.")
    try:
        from ..training.amp_learning import Budget, learn, loudness
        from ..training.amp_takes import read_takes
    except ModuleNotFoundError as error:
        raise SynthVRError("Learning needs torch: pip install 'synthvr-server[train]'.") from error
    takes = read_takes(options.dry, options.wet)
    for warning in takes.warnings:
        tell(warning)
    if takes.shift:
        side = "late" if takes.shift > 0 else "early"
        tell(f"the wet recording was {abs(takes.shift) / takes.rate * 1000:.2f} ms {side}, which is taken out")
    name = options.name or output.stem
    held_out = int(HELD_OUT * len(takes.dry))
    budget = Budget(seconds=60 * options.minutes)
    learned = learn(takes.dry, takes.wet, held_out, budget, 0, "Learning", quiet=not sys.stderr.isatty())
    metadata = {"name": name, "loudness": loudness(takes.wet)}
    if options.input_level is not None:
        metadata["input_level_dbu"] = options.input_level
    temporary = temporary_for(output)
    try:
        temporary.write_text(json.dumps(learned.net.file(metadata, takes.rate)), encoding="utf-8")
        temporary.replace(output)
    except OSError as error:
        raise SynthVRError(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    verdict = (
        "very close" if learned.esr < GOOD_ESR else "close" if learned.esr < POOR_ESR else "not close: learn longer"
    )
    answer(
        f"{output.name}: error-to-signal ratio {learned.esr:.4f} on the last {held_out / takes.rate:.0f} s ({verdict})."
    )
    answer(f"`synthvr models add {shlex.quote(str(output))}` makes it a module.")
    return 0
