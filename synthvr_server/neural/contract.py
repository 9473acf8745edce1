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

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ..module import Input, Knob, Output, Switch

MOST_JACKS = 16  # inputs, and as many outputs: more do not fit a panel
FRAMES = (1, 16_384)

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
        label = text.label or label_of(self.tensor)
        if text.choices:
            return Switch(label, text.choices, int(text.default or 0), help=text.help)
        default = text.default if text.default is not None else text.minimum
        return Knob(label, text.minimum, text.maximum, default, text.unit, text.scale, help=text.help)


class Contract(Strict):
    """What a model declares, read and checked. ``frames`` None: any number; ``sample_rate`` None: any rate (Hz)."""

    title: Name
    description: Sentence = Field(min_length=1)
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


def label_of(tensor: str) -> str:
    """What stands on the panel where the metadata give no label."""
    return (re.sub(r"[_\W]+", " ", tensor).strip().capitalize() or "Signal")[:24]


def first_problem(error: ValidationError) -> str:
    """The first of pydantic's complaints, as one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg'][0].lower()}{first['msg'][1:]}"
