"""The arguments of the commands that deal with learned models: `models`, `timbre` and `amp`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import amp

AddLibrary = Callable[[argparse.ArgumentParser], None]


def add_commands(commands: Any, add_library: AddLibrary) -> None:
    """Add them to the command line; ``commands`` is argparse's."""
    models = commands.add_parser(
        "models", help="add learned models, list them", description="Learned models that become modules."
    )
    _add_models(models.add_subparsers(required=True, metavar="COMMAND"), add_library)
    timbre = commands.add_parser(
        "timbre", help="learn an instrument from recordings", description="Instruments for the Timbre module."
    )
    _add_timbre(timbre.add_subparsers(required=True, metavar="COMMAND"))
    amp.add_arguments(
        commands.add_parser("amp", help="learn an amp or pedal", description="Captures of amps and pedals.")
    )


def _add_models(commands: Any, add_library: AddLibrary) -> None:
    add = commands.add_parser("add", help="check a model, measure it and put it into the library")
    add.add_argument("file", type=Path, metavar="FILE", help="ONNX (see docs/onnx-contract.md), .nam, AIDA-X, .timbre")
    add.add_argument("--replace", action="store_true", help="take the place of another model of that name")
    add_library(add)
    add.set_defaults(run=_add)
    show = commands.add_parser("list", help="list the models of the library")
    show.add_argument("--json", action="store_true", help="as JSON, with the cards of ONNX models")
    add_library(show)
    show.set_defaults(run=_list)


def _add_timbre(commands: Any) -> None:
    train = commands.add_parser("train", help="learn an instrument from recordings of it alone, one note at a time")
    train.add_argument("recordings", type=Path, nargs="+", metavar="RECORDING", help="WAV or FLAC files")
    train.add_argument("-o", "--output", type=Path, required=True, metavar="MODEL.timbre")
    train.add_argument("--steps", type=_steps, metavar="N", help="how long to learn (default: 1000)")
    train.set_defaults(run=_train_timbre)


def _steps(text: str) -> int:
    steps = int(text) if text.isdecimal() else 0
    if not 1 <= steps <= 1_000_000:
        raise argparse.ArgumentTypeError(f"give 1 to 1,000,000 steps, not {text}")
    return steps


def _add(options: argparse.Namespace) -> int:
    from .models import add

    return add(options)


def _list(options: argparse.Namespace) -> int:
    from .models import show

    return show(options)


def _train_timbre(options: argparse.Namespace) -> int:
    from .timbre import train

    return train(options)
