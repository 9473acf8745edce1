"""What an ONNX file must say to become a module: tensors ↔ jacks, knobs and states; docs/onnx-contract.md in code.

::

    input   float32[1, channels, frames]   jacks: one per channel     (or a gliding knob, if the metadata call it one)
    input   float32[] or float32[1]        a knob
    output  float32[1, channels, frames]   jacks: one per channel
    input ``state_x`` → output ``state_x_out``, float32 of one fixed shape: starts at zero, carried from run to run

``frames`` is free (the engine's block) or one fixed number in all of them. Everything else, such as titles,
ranges and units, stands in the metadata under ``synthvr.*`` and has a default.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from ..errors import ModuleDeclarationError
from ..module import Input, Knob, Module, Output, Switch

MOST_JACKS = 16  # inputs, and as many outputs: more do not fit a panel
MOST_KNOBS = 32
MOST_STATES = 256
MOST_STATE_VALUES = 1 << 20  # in all states together: 22 s of one channel at 48 kHz
FRAMES = (1, 16_384)
LONGEST_METADATA = 64 << 10  # characters
STATE, NEXT = "state_", "_out"

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Strict(BaseModel):
    """Nothing unknown, nothing infinite, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class JackText(Strict):
    """What the metadata may say about a signal. ``volts`` is the voltage that 1.0 in the tensor stands for."""

    label: Name | None = None
    kind: Literal["audio", "cv", "pitch", "gate", "trigger"] = "audio"
    volts: float | None = Field(None, gt=0, le=24)
    normal: float = Field(0.0, ge=-24, le=24)
    help: Sentence = ""


class KnobText(Strict):
    """What the metadata may say about a knob."""

    label: Name | None = None
    minimum: float = Field(0.0, alias="min")
    maximum: float = Field(1.0, alias="max")
    default: float | None = None
    unit: Annotated[str, StringConstraints(max_length=12)] = ""
    scale: Literal["linear", "log"] = "linear"
    choices: tuple[Name, ...] = Field((), max_length=64)
    help: Sentence = ""


class Signal(Strict):
    """A tensor of jacks: ``ids`` names them, one per channel."""

    tensor: str
    ids: tuple[Id, ...] = Field(min_length=1, max_length=MOST_JACKS)
    label: str
    kind: Literal["audio", "cv", "pitch", "gate", "trigger"]
    volts: float = Field(gt=0, le=24)
    normal: float = 0.0
    help: str = ""

    def labels(self) -> tuple[str, ...]:
        """What stands beside its jacks."""
        if len(self.ids) == 1:
            return (self.label,)
        sides = ("L", "R") if len(self.ids) == 2 else tuple(map(str, range(1, len(self.ids) + 1)))
        return tuple(f"{self.label} {side}" for side in sides)


class Setting(Strict):
    """A tensor behind a knob: ``form`` is a number, a vector of one, or a signal that glides."""

    tensor: str
    id: Id
    form: Literal["number", "vector", "signal"]
    text: KnobText

    def knob(self) -> Knob:
        """The knob. Raises ModuleDeclarationError where its range makes no sense."""
        text = self.text
        label = text.label or _label(self.tensor)
        if text.choices:
            return Switch(label, text.choices, int(text.default or 0), help=text.help)
        default = text.default if text.default is not None else text.minimum
        return Knob(label, text.minimum, text.maximum, default, text.unit, text.scale, help=text.help)


class Contract(Strict):
    """What a model declares, read and checked. ``frames`` None: any number; ``sample_rate`` None: any rate (Hz)."""

    title: Name
    description: Sentence
    sample_rate: float | None = Field(None, ge=8_000, le=192_000)
    latency: int = Field(0, ge=0, le=192_000)  # frames that the model itself is late
    frames: int | None = Field(None, ge=FRAMES[0], le=FRAMES[1])
    inputs: tuple[Signal, ...]
    outputs: tuple[Signal, ...] = Field(min_length=1)
    knobs: tuple[Setting, ...]
    states: dict[str, str]

    def attributes(self) -> dict[str, Input | Output | Knob]:
        """The jacks and knobs of the module, by id. Raises ModuleDeclarationError."""
        found: dict[str, Input | Output | Knob] = {}
        for jack in self.inputs:
            for name, label in zip(jack.ids, jack.labels(), strict=True):
                found[name] = Input(label, jack.kind, jack.normal, jack.help)
        for setting in self.knobs:
            found[setting.id] = setting.knob()
        for jack in self.outputs:
            for name, label in zip(jack.ids, jack.labels(), strict=True):
                found[name] = Output(label, jack.kind, jack.help)
        return found


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


def first_problem(error: ValidationError) -> str:
    """The first of pydantic's complaints, as one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg'][0].lower()}{first['msg'][1:]}"


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
            raise ModuleDeclarationError(f"its states hold more than {MOST_STATE_VALUES} values")
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
        label=text.label or _label(tensor.name),
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


_OF_A_MODULE = {"voices", "sample_rate", "block", "self", "contract", "card"}


def _label(name: str) -> str:
    return (re.sub(r"[_\W]+", " ", name).strip().capitalize() or "Signal")[:24]
