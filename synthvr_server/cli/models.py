"""`synthvr models add` and `synthvr models list`: the files that become modules of learned sound."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..engine.cost import NEEDED, cost_percent
from ..engine.discovery import Found, is_card
from ..engine.workshop import catalogue_of, find_modules, open_workshop
from ..errors import ModuleDeclarationError, SynthVRError
from ..neural.buffering import is_late, latency_of
from ..neural.card import Card, card_path, keep, read_card, write_whole
from ..neural.trial import try_model
from ..patch.catalogue import ModuleInfo
from .finding import open_library
from .telling import compiling, tell

TRIED = ".onnx"  # what is tried in a process of its own before it is played
BLOCK, RATE = 64, 48_000  # what the figures are for


def add(options: argparse.Namespace) -> int:
    """Check a model file, measure it, and copy it into the library; then it is a module."""
    path: Path = options.file
    folder = open_library(options.library).models
    found = find_modules(folder.parent, compiling)
    suffix = path.suffix.lower()
    if suffix not in found.makers:
        raise SynthVRError(f"{path.name} cannot be added: models are {', '.join(sorted(found.makers))} files.")
    there = folder / (path.stem + suffix)
    try:
        if not path.is_file():
            raise ModuleDeclarationError("there is no such file")
        _look_at_place(found, path, there, options.replace)
        report = _add_tried(path, there) if suffix == TRIED else _add_measured(found, path, there)
    except ModuleDeclarationError as error:
        raise SynthVRError(f"{path.name} cannot be added: {str(error).rstrip('.')}.") from error
    except OSError as error:
        raise SynthVRError(f"{there.name} cannot be written into {folder}: {error.strerror or error}.") from error
    print(report)
    print("A server that runs has it after a new start.")
    return 0


def show(options: argparse.Namespace) -> int:
    """List the models of the library; what cannot be played goes to stderr, and makes the exit code 1."""
    folder = open_library(options.library).models
    found = find_modules(folder.parent, compiling)
    files = {name: cls.model for name, cls in found.modules.items() if cls.model and folder in cls.model.parents}
    models = [(file, info) for name, info in catalogue_of(found).items() if (file := files.get(name))]
    if options.json:
        print(json.dumps([_entry(folder, file, info) for file, info in models], indent=2, ensure_ascii=False))
    elif not models and not found.problems:
        print("The library has no models. `synthvr models add FILE` adds one.")
    else:
        rows = [(str(file.relative_to(folder)), info.title, _place(file, info)) for file, info in models]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
        for name, title, place in rows:
            print(f"{name:{widths[0]}}  {title:{widths[1]}}  {place}")
    for problem in found.problems:
        tell(problem)
    return 1 if found.problems else 0


def _look_at_place(found: Found, path: Path, there: Path, replace: bool) -> None:
    """Make sure that nothing which the library has is lost, or hidden, by a new file. Raises ModuleDeclarationError."""
    if there.exists() and not replace and there.read_bytes() != path.read_bytes():
        raise ModuleDeclarationError("there is another of that name in the library: rename this one, or use --replace")
    if not there.exists() and (is_card(there) or card_path(there).exists()):
        raise ModuleDeclarationError("the library has a model of that name: rename this one")
    name = found.id_of_model(path)
    if name in found.modules and found.modules.pop(name).model != there:
        raise ModuleDeclarationError(f"a module called {name!r} exists already: rename the file")


def _add_tried(path: Path, there: Path) -> str:
    data, card = try_model(path, there.name)
    keep(data, card, there.parent)
    contract = card.contract
    ins, outs = (sum(len(jack.ids) for jack in jacks) for jacks in (contract.inputs, contract.outputs))
    lines = [
        _welcome(there, contract.title, ins, outs, len(contract.knobs)),
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


def _add_measured(found: Found, path: Path, there: Path) -> str:
    name = found.id_of_model(path)
    found.add_model(path)
    cost = cost_percent(open_workshop(found, compiling, {name, *NEEDED}), name, BLOCK, RATE)
    write_whole(there, path.read_bytes())
    info = catalogue_of(found)[name]
    return (
        f"{_welcome(there, info.title, len(info.inputs), len(info.outputs), len(info.knobs))}\n"
        f"It takes about {cost:.1f} % of a core at {BLOCK} frames, {_place(there, info)}."
    )


def _welcome(there: Path, title: str, ins: int, outs: int, knobs: int) -> str:
    has = f"{_count(ins, 'input')}, {_count(outs, 'output')}, {_count(knobs, 'knob')}"
    return f"{there.name} is now the module {title!r}: {has}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _card(file: Path) -> Card | None:
    return read_card(file) if file.suffix.lower() == TRIED else None


def _entry(folder: Path, file: Path, info: ModuleInfo) -> dict[str, object]:
    """A model as JSON; ``latency`` is in seconds, ``card`` is what the trial of an ONNX file found."""
    card = _card(file)
    return {
        "file": file.relative_to(folder).as_posix(),
        "module": info.id,
        "title": info.title,
        "latency": info.latency,
        "card": card and card.model_dump(mode="json", by_alias=True),
    }


def _place(file: Path, info: ModuleInfo) -> str:
    """Where a model runs, how late, and if that is known what it costs."""
    if card := _card(file):
        return f"{_where(card)}, {_load(card)}"
    return f"in the graph, {1e3 * info.latency:.1f} ms late" if info.latency else "in the graph, no latency"


def _load(card: Card) -> str:
    rate = card.contract.sample_rate or RATE
    return ", ".join(f"{cost.percent(rate):.1f} % at {cost.frames}" for cost in card.costs)


def _where(card: Card) -> str:
    rate = card.contract.sample_rate or RATE
    late = 1e3 * latency_of(card, BLOCK, rate) / rate
    place = "in a worker" if is_late(card, BLOCK, rate) else "in the graph"
    return f"{place}, {late:.1f} ms late" if late else f"{place}, no latency"
