"""The command line: a stable contract. Exit codes: 0 ok, 1 failed, 2 usage; errors are one sentence on stderr."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .. import __version__
from ..errors import SynthVRError
from ..patch.suggestion import did_you_mean
from ..protocol.limits import PORT
from . import learned
from .telling import answer, tell

OK, FAILED, USAGE = 0, 1, 2

DRIVERS = ("auto", "portaudio", "jack", "coreaudio", "clock")
RATES = (22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000)
BLOCKS = tuple(2**n for n in range(4, 13))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; returns the exit code."""
    try:
        options, unknown = _parser().parse_known_args(arguments)
        parser = vars(options).pop("parser")  # what a command is told may go to another process
        if unknown:
            parser.refuse(unknown)
    except SystemExit as leaving:  # argparse has printed usage or help
        return leaving.code if isinstance(leaving.code, int) else USAGE
    try:
        return int(options.run(options))
    except SynthVRError as error:
        tell(str(error))
        return FAILED
    except BrokenPipeError:  # `synthvr modules | head` is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return OK
    except KeyboardInterrupt:
        return FAILED


class _Parser(argparse.ArgumentParser):
    """A parser that guesses what a misspelled command or choice was meant to be; Python does so itself from 3.14 on."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, and leave with exit code 2."""
        found = re.search(r"invalid choice: '(.*)' \(choose from (.*)\)$", message)
        near = did_you_mean(found[1], re.findall(r"[^\s',]+", found[2])) if found else ""
        super().error(message + near)

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """The same for what is no argument of this command."""
        near = did_you_mean(unknown[0], re.findall(r"--[a-z-]+", self.format_usage()))
        self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="synthvr", description="A modular synthesizer, played in virtual reality.")
    parser.add_argument("--version", action="version", version=f"synthvr {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="start the server and play", description="Start the server and play.")
    serve.add_argument("patch", nargs="?", metavar="PATCH", help="a patch file, or the name of one in the library")
    serve.add_argument(
        "--lan", action="store_true", help="let headsets and browsers on the network in, with a pairing code"
    )
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1; with --lan, all addresses)")
    serve.add_argument("--port", type=_port, default=PORT, help="port to listen on (default: %(default)s)")
    serve.add_argument("--audio", choices=DRIVERS, default="auto", help="audio driver (default: %(default)s)")
    _add_sound_options(serve)
    _add_library(serve)
    serve.set_defaults(run=_serve)

    devices = commands.add_parser(
        "devices", help="list the paired devices, forget them", description="List who is paired, or forget a device."
    )
    what = devices.add_mutually_exclusive_group()
    what.add_argument("--forget", metavar="NAME", help="the device of that name (or id) needs the code again")
    what.add_argument("--json", action="store_true", help="as JSON")
    _add_library(devices)
    devices.set_defaults(run=_devices)

    render = commands.add_parser(
        "render", help="play a patch into a file", description="Play a patch into a file, faster than real time."
    )
    render.add_argument("patch", metavar="PATCH", help="a patch file, or the name of one in the library")
    render.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.wav", help="WAV or FLAC, by suffix")
    render.add_argument("--seconds", type=_seconds, required=True, metavar="S", help="how long to play")
    render.add_argument(
        "--notes", metavar="NOTES", help='notes to play in that time: "C3 E3 G3" in turn, "C3+E3+G3" together, - rests'
    )
    render.add_argument("--float", action="store_true", help="32-bit float samples (WAV only) instead of 24-bit")
    _add_sound_options(render)
    _add_library(render)
    render.set_defaults(run=_render)

    modules = commands.add_parser("modules", help="list the modules", description="List the modules there are.")
    form = modules.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole catalogue as JSON")
    form.add_argument("--markdown", action="store_true", help="the whole catalogue as a page of documentation")
    _add_library(modules)
    modules.set_defaults(run=_modules)

    check = commands.add_parser("check", help="validate a patch", description="List every problem of a patch.")
    check.add_argument("patch", metavar="PATCH", help="a patch file, or the name of one in the library")
    _add_library(check)
    check.set_defaults(run=_check)

    schema = commands.add_parser("schema", help="print a JSON Schema", description="Print a JSON Schema.")
    schema.add_argument("what", choices=("patch", "protocol"))
    schema.set_defaults(run=_schema)

    learned.add_commands(commands, _add_library)
    for command in commands.choices.values():
        command.set_defaults(parser=command)
    return parser


def _add_sound_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--block", type=int, choices=BLOCKS, default=64, metavar="N", help="frames a block, 16–4096 (default: 64)"
    )
    parser.add_argument(
        "--rate", type=int, choices=RATES, default=48_000, metavar="R", help="sample rate in Hz (default: 48000)"
    )


def _add_library(parser: argparse.ArgumentParser) -> None:
    where = "folder of your patches, modules and models (default: synthvr/library where your system keeps such things)"
    parser.add_argument("--library", type=Path, metavar="DIR", help=where)


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text}")
    return port


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 24 * 3600:
        raise argparse.ArgumentTypeError(f"give a length above 0 and up to a day, in seconds, not {text}")
    return seconds


# Each command imports what it needs: `--help` and `schema` do not wait for numba and pyo.


def _serve(options: argparse.Namespace) -> int:
    from .serve import serve

    return serve(options)


def _devices(options: argparse.Namespace) -> int:
    from .devices import devices

    return devices(options)


def _render(options: argparse.Namespace) -> int:
    from .render import render

    return render(options)


def _modules(options: argparse.Namespace) -> int:
    from .modules import modules

    return modules(options)


def _check(options: argparse.Namespace) -> int:
    from .check import check

    return check(options)


def _schema(options: argparse.Namespace) -> int:
    from ..codegen.schema import schema

    answer(json.dumps(schema(options.what), indent=2, ensure_ascii=False))
    return OK
