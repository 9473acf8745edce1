"""What a batch has changed, part by part.

A **part** is what people change one at a time: that a module is there, one knob, its place, its label, one of its
texts, a cable, the title, the notes. A change can be taken back (taking_back.py) where every part that this would touch
stands as the change left it; whoever has touched one since would lose work otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeVar

from pydantic import Field

from .model import Cable, DataText, Frozen, Identifier, Patch, PlacedModule, Text


class Part(NamedTuple):
    """One part of a patch: of a module or cable its id, of a knob or text also its own."""

    kind: Literal["module", "knob", "place", "label", "data", "cable", "title", "notes"]
    id: str = ""
    key: str = ""


class Change(Frozen):
    """Everything that differs between two patches, before and after; None where there was, or is, nothing."""

    modules: dict[Identifier, tuple[PlacedModule | None, PlacedModule | None]] = Field(default_factory=dict)
    cables: dict[Identifier, tuple[Cable | None, Cable | None]] = Field(default_factory=dict)
    title: tuple[Text, Text] | None = None
    notes: tuple[DataText, DataText] | None = None

    @classmethod
    def between(cls, before: Patch, after: Patch) -> Change:
        """What has led from one patch to the other."""
        return cls.model_construct(
            modules=_differences(before.modules, after.modules),
            cables=_differences(before.cables, after.cables),
            title=_differing(before.title, after.title),
            notes=_differing(before.notes, after.notes),
        )

    @property
    def size(self) -> int:
        """How many modules, cables and texts it has changed; 0 where nothing has changed."""
        return len(self.modules) + len(self.cables) + (self.title is not None) + (self.notes is not None)

    def reversed(self) -> Change:
        """The change that leads back."""
        return Change.model_construct(
            modules={name: (new, old) for name, (old, new) in self.modules.items()},
            cables={name: (new, old) for name, (old, new) in self.cables.items()},
            title=self.title and (self.title[1], self.title[0]),
            notes=self.notes and (self.notes[1], self.notes[0]),
        )

    def touches(self, part: Part) -> bool:
        """Whether it has changed that part; who puts a module in or takes it out touches everything in it."""
        if part.kind == "cable":
            return part.id in self.cables
        if part.kind in ("title", "notes"):
            return getattr(self, part.kind) is not None
        old, new = self.modules.get(part.id, (None, None))
        if old is None or new is None or old.type != new.type:
            return old is not new
        return part in parts_of(part.id, old, new)


def parts_of(name: str, old: PlacedModule, new: PlacedModule) -> Iterator[Part]:
    """The parts in which two states of a module differ."""
    if (old.position, old.rotation) != (new.position, new.rotation):
        yield Part("place", name)
    if old.label != new.label:
        yield Part("label", name)
    for knob in sorted(old.knobs.keys() | new.knobs.keys()):
        if old.knobs.get(knob) != new.knobs.get(knob):
            yield Part("knob", name, knob)
    for key in sorted(old.data.keys() | new.data.keys()):
        if old.data.get(key) != new.data.get(key):
            yield Part("data", name, key)


_Value = TypeVar("_Value")


def _differences(
    before: Mapping[str, _Value], after: Mapping[str, _Value]
) -> dict[str, tuple[_Value | None, _Value | None]]:
    if before is after:
        return {}
    found: dict[str, tuple[_Value | None, _Value | None]] = {}
    for name, old in before.items():
        new = after.get(name)
        if old is not new and old != new:  # identity first: most are shared, and comparing is slow
            found[name] = old, new
    for name, new in after.items():
        if name not in before:
            found[name] = None, new
    return found


def _differing(before: str, after: str) -> tuple[str, str] | None:
    return None if before == after else (before, after)
