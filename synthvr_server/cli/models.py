"""`synthvr models add` and `synthvr models list`: the files that become modules of learned sound."""

from __future__ import annotations

import argparse
import filecmp
import json
import tempfile
from pathlib import Path

from ..engine.cost import BESIDE, cost_percent
from ..engine.discovery import Found, is_card
from ..engine.workshop import catalogue_of, find_modules, open_workshop
from ..errors import ModuleDeclarationError, SynthVRError, printable
from ..neural.buffering import is_late, latency_of
from ..neural.card import Card, Tried, card_path, keep, read_card, write_whole
from ..neural.trial import try_instrument, try_model
from ..patch.catalogue import ModuleInfo
from .finding import open_library
from .telling import answer, compiling, tell, trying

BLOCK, RATE = 64, 48_000  # what the figures are for
LARGEST = 64 << 20  # bytes of a file; each kind has narrower bounds of its own
MOST_LOAD = 90.0  # percent of a core that a module may take


def add(options: argparse.Namespace) -> int:
    """Check a model file, measure it, and copy it into the library; then it is a module."""
    path: Path = options.file
    folder = open_library(options.library).models
    try:
        if not path.is_file():
            raise ModuleDeclarationError("it is no ordinary file" if path.exists() else "there is no such file")
        if path.stat().st_size > LARGEST:
            raise ModuleDeclarationError(f"it is larger than {LARGEST >> 20} MB")
        found = find_modules(folder.parent, compiling, trying)
        if path.suffix.lower() not in found.makers:
            raise ModuleDeclarationError(f"models are {', '.join(sorted(found.makers))} files")
        there = _place_for(path, folder)
        _look_at(there, path, options.replace)
        name = found.id_of_model(path)
        if name in found.modules and found.modules[name].model == there:
            found.forget(name)
        found.check_id(name)
        report = _add_onnx(path, there) if _kind(there) is Card else _add_other(found, path, there)
    except ModuleDeclarationError as error:
        raise SynthVRError(f"{printable(path.name)} cannot be added: {error}.") from error
    except OSError as error:
        why = error.strerror or error
        raise SynthVRError(f"{printable(path.name)} cannot be copied into {folder}: {why}.") from error
    answer(report)
    answer("A server that runs has it after a new start.")
    return 0


def show(options: argparse.Namespace) -> int:
    """List the models of the library; what cannot be played goes to stderr, and makes the exit code 1."""
    folder = open_library(options.library).models
    found = find_modules(folder.parent, compiling, trying)
    catalogue = catalogue_of(found)
    models = []
    for name, cls in found.modules.items():
        if cls.model and folder in cls.model.parents:
            models.append((str(cls.model.relative_to(folder)), catalogue[name], getattr(cls, "card", None)))
    if options.json:
        answer(json.dumps([_entry(*model) for model in models], indent=2, ensure_ascii=False))
    elif models:
        rows = [(file, info.title, _place(info, card)) for file, info, card in models]
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        for file, title, place in rows:
            answer(f"{file:{widths[0]}}  {title:{widths[1]}}  {place}")
    else:
        answer("The library has no models that can be played. `synthvr models add FILE` adds one.")
    for problem in found.problems:
        tell(problem)
    return 1 if found.problems else 0


def _place_for(path: Path, folder: Path) -> Path:
    """Where in the library a file belongs: what lies there already stays where it is."""
    if folder.resolve() in path.resolve().parents:
        return folder / path.resolve().relative_to(folder.resolve())
    return folder / (path.stem + path.suffix.lower())


def _look_at(there: Path, path: Path, replace: bool) -> None:
    """Make sure that nothing the library has is lost or hidden by a new file. Raises ModuleDeclarationError."""
    if is_card(there):
        raise ModuleDeclarationError("it would be taken for what tells of another file of its name there: rename it")
    card = card_path(there)
    is_safe = _has_own_card(there) if _kind(there) else there.exists()
    if card != there and card.exists() and not is_safe:
        raise ModuleDeclarationError(f"{card.name} in the library would be lost or hidden: rename this file")
    if there.exists() and not replace and not filecmp.cmp(there, path, shallow=False):
        raise ModuleDeclarationError("there is another of that name in the library: rename this one, or use --replace")


def _kind(model: Path) -> type[Tried] | None:
    """What kind of card such a file has beside it; None if it needs none."""
    kinds: dict[str, type[Tried]] = {".onnx": Card, ".timbre": Tried}
    return kinds.get(model.suffix.lower())


def _has_own_card(model: Path) -> bool:
    """Whether the card that lies there, or was left over, is that of a model of this name: it is written anew."""
    kind = _kind(model)
    try:
        return kind is not None and read_card(model, kind).file == model.name
    except ModuleDeclarationError:
        return False


def _add_onnx(path: Path, there: Path) -> str:
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


def _add_other(found: Found, path: Path, there: Path) -> str:
    data, card = try_instrument(path, there.name) if _kind(there) is Tried else (path.read_bytes(), None)

    def put(folder: Path) -> Path:
        return keep(data, card, folder) if card else write_whole(folder / there.name, data)

    with tempfile.TemporaryDirectory(prefix="synthvr-models-") as folder:
        there_first = put(Path(folder))
        found.add_model(there_first)
        name = found.id_of_model(there_first)
        cost = cost_percent(open_workshop(found, compiling, {name, *BESIDE}), name, BLOCK, RATE)
    if cost > MOST_LOAD:
        raise ModuleDeclarationError(f"it is too slow to be played: it takes {cost:.0f} % of a core here")
    put(there.parent)
    info = catalogue_of(found)[name]
    return (
        f"{_welcome(there, info.title, len(info.inputs), len(info.outputs), len(info.knobs))}\n"
        f"It takes about {cost:.1f} % of a core at {BLOCK} frames, {_place(info, None)}."
    )


def _welcome(there: Path, title: str, ins: int, outs: int, knobs: int) -> str:
    has = f"{_count(ins, 'input')}, {_count(outs, 'output')}, {_count(knobs, 'knob')}"
    return f"{there.name} is now the module {title!r}: {has}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _entry(file: str, info: ModuleInfo, card: Card | None) -> dict[str, object]:
    """A model as JSON; ``latency`` is in seconds, ``card`` is what the trial of an ONNX file found."""
    return {
        "file": Path(file).as_posix(),
        "module": info.id,
        "title": info.title,
        "latency": info.latency,
        "card": card and card.model_dump(mode="json", by_alias=True),
    }


def _place(info: ModuleInfo, card: Card | None) -> str:
    """Where a model runs, how late, and if that is known what it costs."""
    if card:
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
