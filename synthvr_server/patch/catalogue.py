"""What modules there are, as data: made from the module files, sent to every client."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .model import Frozen

Kind = Literal["audio", "cv", "pitch", "gate", "trigger"]
Point = tuple[float, float]


class InputInfo(Frozen):
    """An input jack: any number of cables, summed."""

    id: str = Field(description="Id within the module.")
    label: str = Field(description="Text on the panel.")
    kind: Kind = Field(description="What usually flows here; any output may be plugged into any input.")
    normal: float = Field(description="Volts it reads while nothing is plugged in.")
    help: str = Field(description="One sentence, or empty.")


class OutputInfo(Frozen):
    """An output jack: feeds any number of cables."""

    id: str = Field(description="Id within the module.")
    label: str = Field(description="Text on the panel.")
    kind: Kind = Field(description="What flows here.")
    help: str = Field(description="One sentence, or empty.")


class KnobInfo(Frozen):
    """A knob, or a switch where it has choices."""

    id: str = Field(description="Id within the module.")
    label: str = Field(description="Text on the panel.")
    minimum: float = Field(description="Lowest value.")
    maximum: float = Field(description="Highest value.")
    default: float = Field(description="Value of a new module.")
    unit: str = Field(description="Unit of the value, such as Hz, s, V, dB; empty for a ratio.")
    scale: Literal["linear", "log"] = Field(description="How the value spreads over the turn of the knob.")
    choices: tuple[str, ...] = Field(description="Names of a switch's positions, indexed by the value; else empty.")
    help: str = Field(description="One sentence, or empty.")


class Panel(Frozen):
    """Where things sit on the panel, in mm from its top left corner (x right, y down)."""

    width: float = Field(description="Panel width in mm, a whole number of 5.08 mm HP.")
    height: float = Field(description="Panel height in mm: 128.5, three rack units.")
    places: dict[str, Point] = Field(description="Centre of every knob and jack by id.")


class ModuleInfo(Frozen):
    """One module of the catalogue."""

    id: str = Field(description="Id to put into a patch.")
    title: str = Field(description="Name on the panel.")
    description: str = Field(description="What it is for.")
    tags: tuple[str, ...] = Field(description="Words to find it by; the first is its family.")
    inputs: tuple[InputInfo, ...] = Field(description="Input jacks, in panel order.")
    outputs: tuple[OutputInfo, ...] = Field(description="Output jacks, in panel order.")
    knobs: tuple[KnobInfo, ...] = Field(description="Knobs, in panel order.")
    plays_notes: bool = Field(description="Whether clients can play notes on it.")
    latency: float = Field(0.0, ge=0, description="Seconds by which its outputs come late, as its method needs.")
    by_chance: bool = Field(False, description="Whether chance has a part in it: a new one is given a seed.")
    panel: Panel = Field(description="Layout of the panel.")
    being_made: bool = Field(
        False, description="Whether it is still being compiled: it can be patched, and sounds as soon as it is ready."
    )

    def input(self, jack: str) -> InputInfo | None:
        """The input jack of that id, if there is one."""
        return next((found for found in self.inputs if found.id == jack), None)

    def output(self, jack: str) -> OutputInfo | None:
        """The output jack of that id, if there is one."""
        return next((found for found in self.outputs if found.id == jack), None)

    def knob(self, knob: str) -> KnobInfo | None:
        """The knob of that id, if there is one."""
        return next((found for found in self.knobs if found.id == knob), None)


Catalogue = dict[str, ModuleInfo]
