"""An ONNX file's tensors and metadata → its contract, or one sentence why it has none."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..errors import ModuleDeclarationError
from ..module import Module
from .contract import MOST_JACKS, Contract, JackText, KnobText, Setting, Signal, first_problem, label_of
from .session import MOST_STATE_VALUES

MOST_KNOBS = 32
MOST_STATES = 256
LONGEST_METADATA = 64 << 10  # characters
STATE, NEXT = "state_", "_out"

# What a module has beside jacks and knobs, though its class does not show it.
_OF_A_MODULE = {"voices", "sample_rate", "block", "live", "self", "contract", "card"}


class Tensor(Protocol):
    """An input or output as onnxruntime describes it."""

    name: str
    type: str
    shape: list[int | str | None]


def read_contract(
    inputs: Iterable[Tensor], outputs: Iterable[Tensor], metadata: Mapping[str, str], title: str
) -> Contract:
    """The contract of a model; ``title`` is for one that has none. Raises ModuleDeclarationError, one sentence."""
    takes, gives = list(inputs), list(outputs)
    words = {key.removeprefix("synthvr."): text for key, text in metadata.items() if key.startswith("synthvr.")}
    _check_metadata(words)
    jacks_in, jacks_out = (_parsed(words, key, JackText) for key in ("inputs", "outputs"))
    knob_texts = _parsed(words, "knobs", KnobText)
    states = dict(_states(takes, gives))
    signals = [tensor for tensor in takes if tensor.name not in states and len(tensor.shape) == 3]
    results = [tensor for tensor in gives if tensor.name not in states.values()]
    scalars = [tensor for tensor in takes if tensor.name not in states and len(tensor.shape) != 3]
    gliding = [tensor for tensor in signals if tensor.name in knob_texts]
    signals = [tensor for tensor in signals if tensor.name not in knob_texts]
    frames = {_frames(tensor) for tensor in (*signals, *gliding, *results)}
    if len(frames) > 1:
        raise ModuleDeclarationError(f"its signals have different numbers of frames: {_sizes(frames)}")
    for key, texts, tensors in (
        ("inputs", jacks_in, signals),
        ("outputs", jacks_out, results),
        ("knobs", knob_texts, [*scalars, *gliding]),
    ):
        if unknown := sorted(texts.keys() - {tensor.name for tensor in tensors}):
            raise ModuleDeclarationError(f"synthvr.{key} describes {unknown[0]!r}, which the model does not have")
    taken: set[str] = set()
    contract = _made(
        title=words.get("title") or title[:32],
        description=words.get("description") or "A learned model.",
        sample_rate=words.get("sample_rate"),
        latency=words.get("latency", 0),
        frames=frames.pop() if frames else None,
        inputs=tuple(_signal(tensor, jacks_in, taken) for tensor in signals),
        knobs=tuple(_setting(tensor, knob_texts, taken) for tensor in (*scalars, *gliding)),
        outputs=tuple(_signal(tensor, jacks_out, taken) for tensor in results),
        states=states,
    )
    for what, most, count in (
        ("input jacks", MOST_JACKS, sum(len(signal.ids) for signal in contract.inputs)),
        ("output jacks", MOST_JACKS, sum(len(signal.ids) for signal in contract.outputs)),
        ("knobs", MOST_KNOBS, len(contract.knobs)),
    ):
        if count > most:
            raise ModuleDeclarationError(f"it has {count} {what}; at most {most} fit a panel")
    contract.attributes()
    return contract


def _check_metadata(words: Mapping[str, str]) -> None:
    known = {"title", "description", "sample_rate", "latency", "inputs", "outputs", "knobs"}
    if unknown := sorted(words.keys() - known):
        raise ModuleDeclarationError(f"its metadata have synthvr.{unknown[0][:40]}, which means nothing")
    if sum(map(len, words.values())) > LONGEST_METADATA:
        raise ModuleDeclarationError(f"its metadata are longer than {LONGEST_METADATA} characters")


_Text = TypeVar("_Text", JackText, KnobText)


def _parsed(words: Mapping[str, str], key: str, kind: type[_Text]) -> dict[str, _Text]:
    text = words.get(key, "{}")
    try:
        return TypeAdapter(dict[str, kind]).validate_python(json.loads(text))  # type: ignore[valid-type]
    except ValidationError as error:
        raise ModuleDeclarationError(f"synthvr.{key}: {first_problem(error)}") from error
    except (ValueError, RecursionError) as error:
        raise ModuleDeclarationError(f"synthvr.{key} is not valid JSON: {error}") from error


def _made(**fields: Any) -> Contract:
    try:
        return Contract.model_validate(fields)
    except ValidationError as error:
        raise ModuleDeclarationError(f"synthvr.{first_problem(error)}") from error


def _states(takes: list[Tensor], gives: list[Tensor]) -> Iterator[tuple[str, str]]:
    results = {tensor.name: tensor for tensor in gives}
    names = {tensor.name for tensor in takes}
    for name in results:
        if name.startswith(STATE) and name.removesuffix(NEXT) not in names:
            raise ModuleDeclarationError(f"{name!r} carries on a state that is no input")
    total = 0
    states = [tensor for tensor in takes if tensor.name.startswith(STATE)]
    if len(states) > MOST_STATES:
        raise ModuleDeclarationError(f"it has {len(states)} states, more than {MOST_STATES}")
    for tensor in states:
        carried = results.get(tensor.name + NEXT)
        if carried is None:
            raise ModuleDeclarationError(f"the state {tensor.name!r} has no output {tensor.name + NEXT!r}")
        sizes = [size for size in tensor.shape if isinstance(size, int) and size > 0]
        if len(sizes) != len(tensor.shape) or {tensor.type, carried.type} != {"tensor(float)"}:
            raise ModuleDeclarationError(f"the state {tensor.name!r} must be float32 of a fixed shape")
        count = 1
        for size in sizes:
            count *= size
        total += count
        if total > MOST_STATE_VALUES:
            raise ModuleDeclarationError(f"its states together hold more than {MOST_STATE_VALUES} values")
        yield tensor.name, carried.name


def _frames(tensor: Tensor) -> int | None:
    shape = tensor.shape
    if tensor.type != "tensor(float)" or len(shape) != 3 or shape[0] != 1 or not isinstance(shape[1], int):
        raise ModuleDeclarationError(f"{tensor.name!r} is {tensor.type}{shape}, not float32[1, channels, frames]")
    if not 1 <= shape[1] <= MOST_JACKS:
        raise ModuleDeclarationError(f"{tensor.name!r} has {shape[1]} channels, not 1 to {MOST_JACKS}")
    return shape[2] if isinstance(shape[2], int) else None


def _sizes(frames: set[int | None]) -> str:
    return ", ".join(sorted("any" if count is None else str(count) for count in frames))


def _signal(tensor: Tensor, texts: Mapping[str, JackText], taken: set[str]) -> Signal:
    text = texts.get(tensor.name, JackText())
    channels = tensor.shape[1]
    assert isinstance(channels, int)
    names = [tensor.name] if channels == 1 else [f"{tensor.name}_{n}" for n in range(1, channels + 1)]
    volts = text.volts or (5.0 if text.kind == "audio" else 1.0)
    return Signal(
        tensor=tensor.name,
        ids=tuple(_id(name, "jack", taken) for name in names),
        label=text.label or label_of(tensor.name),
        kind=text.kind,
        volts=volts,
        normal=text.normal,
        help=text.help,
    )


def _setting(tensor: Tensor, texts: Mapping[str, KnobText], taken: set[str]) -> Setting:
    form = {0: "number", 1: "vector", 3: "signal"}.get(len(tensor.shape), "")
    if not form or tensor.type != "tensor(float)" or (form == "vector" and tensor.shape != [1]):
        raise ModuleDeclarationError(
            f"the input {tensor.name!r} is {tensor.type}{tensor.shape}: neither a signal float32[1, channels, frames], "
            "nor a knob float32[] or float32[1], nor a state"
        )
    if form == "signal" and tensor.shape[1] != 1:
        raise ModuleDeclarationError(f"the knob {tensor.name!r} must have one channel")
    text = texts.get(tensor.name, KnobText())
    return Setting(tensor=tensor.name, id=_id(tensor.name, "knob", taken), form=form, text=text)


def _id(name: str, kind: str, taken: set[str]) -> str:
    """A jack's or knob's id: the tensor's name, made usable, unlike all others and unlike what every module has."""
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:48]
    if not slug[:1].isalpha() or keyword.iskeyword(slug) or hasattr(Module, slug) or slug in _OF_A_MODULE:
        slug = f"{kind}_{slug}".rstrip("_")
    slug = next(each for each in (slug, *(f"{slug}_{n}" for n in range(2, 999))) if each not in taken)
    taken |= {slug, f"{slug}_plugged"}
    return slug
