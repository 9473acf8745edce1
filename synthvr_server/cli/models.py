"""`synthvr models add` and `synthvr models list`: learned models that become modules."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..errors import ModuleDeclarationError, SynthVRError
from ..neural.buffering import is_late, latency_of
from ..neural.card import Card, card_path, keep, read_card, read_model
from ..neural.trial import try_model
from .finding import open_library

SUFFIX = ".onnx"
BLOCK, RATE = 64, 48_000.0  # what the list's latency is for


def add(options: argparse.Namespace) -> int:
    """Check a model file, measure it, and copy it with its card into the library; then it is a module."""
    path: Path = options.file
    if path.suffix.lower() != SUFFIX:
        raise SynthVRError(f"{path.name} cannot be added: only {SUFFIX} files can.")
    folder = _folder(options)
    name = path.stem + SUFFIX
    try:
        data, card = try_model(path, name)
    except ModuleDeclarationError as error:
        raise SynthVRError(f"{path.name} cannot be added: {str(error).rstrip('.')}.") from error
    there = folder / name
    try:
        if there.exists() and not options.replace and there.read_bytes() != data:
            raise SynthVRError(f"There is another {name} in the library: rename this one, or add it with --replace.")
        if not there.exists() and card_path(there).exists():
            raise SynthVRError(f"{card_path(there)} is in the way, and belongs to another model: rename this one.")
        keep(data, card, folder)
    except OSError as error:
        raise SynthVRError(f"{name} cannot be written into {folder}: {error.strerror or error}.") from error
    print(_report(card))
    return 0


def show(options: argparse.Namespace) -> int:
    """List the models of the library; those that cannot be played go to stderr, and make the exit code 1."""
    cards, problems = [], []
    for path in sorted(_folder(options).rglob(f"*{SUFFIX}")):
        try:
            card = read_card(path)
            read_model(path, card)
            cards.append(card)
        except ModuleDeclarationError as error:
            problems.append(f"{path.name}: {error}")
    if options.json:
        print(json.dumps([card.model_dump(mode="json", by_alias=True) for card in cards], indent=2, ensure_ascii=False))
    else:
        if not cards and not problems:
            print("The library has no models. `synthvr models add FILE` adds one.")
        width = max((len(card.file) for card in cards), default=0)
        for card in cards:
            print(f"{card.file:{width}}  {_where(card):24}  {_load(card)}  {card.contract.title}")
    for problem in problems:
        print(f"synthvr: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _folder(options: argparse.Namespace) -> Path:
    return open_library(options.library).folder / "models"


def _report(card: Card) -> str:
    contract = card.contract
    ins = sum(len(jack.ids) for jack in contract.inputs)
    outs = sum(len(jack.ids) for jack in contract.outputs)
    lines = [
        f"{card.file} is now the module {contract.title!r}: "
        f"{_count(ins, 'input')}, {_count(outs, 'output')}, {_count(len(contract.knobs), 'knob')}.",
        f"It takes {_load(card)} of a core, worst run {1e3 * max(c.worst for c in card.costs):.2f} ms, {_where(card)}.",
    ]
    if card.block_error > 1e-3:
        lines.append(
            f"Its sound depends on the block size (by {card.block_error:.0%} of full scale): "
            "it does not carry its past from run to run in states, and may click."
        )
    if contract.sample_rate:
        rate = f"{contract.sample_rate:.0f}"
        lines.append(f"It plays at {rate} Hz only: start SynthVR with --rate {rate}.")
    return "\n".join(lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _load(card: Card) -> str:
    rate = card.contract.sample_rate or RATE
    return ", ".join(f"{cost.percent(rate):.1f} % at {cost.frames}" for cost in card.costs)


def _where(card: Card) -> str:
    rate = card.contract.sample_rate or RATE
    late = 1e3 * latency_of(card, BLOCK, rate) / rate
    place = "in a worker" if is_late(card, BLOCK, rate) else "in the graph"
    return f"{place}, {late:.1f} ms late" if late else f"{place}, no latency"
