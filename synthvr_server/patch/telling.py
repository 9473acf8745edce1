"""Changes of a patch in words: what somebody has undone, and what of somebody else's stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

from .catalogue import Catalogue
from .change import Change, Part, parts_of
from .model import Patch, PlacedModule

_OF_A_MODULE = {"place": "the move of {}", "label": "the name of {}", "data": "a setting of {}"}


@dataclass(frozen=True)
class Names:
    """What people call the modules and knobs of a patch."""

    patch: Patch
    catalogue: Catalogue

    def module(self, name: str, placed: PlacedModule | None = None) -> str:
        """A module's label, its title, or whatever is known of it; ``placed`` is what it was, if it is gone."""
        found = placed or self.patch.modules.get(name)
        if found is None:
            return name
        info = self.catalogue.get(found.type)
        return found.label or (info.title if info else found.type)

    def knob(self, placed: PlacedModule, knob: str) -> str:
        """A knob's label, or its id where nobody knows the module."""
        info = self.catalogue.get(placed.type)
        found = info.knob(knob) if info else None
        return found.label if found else knob


def in_words(change: Change, names: Names) -> str:
    """What was changed, as a thing: "the Cutoff of VCO", "3 new modules", "the removal of Ladder"."""
    if change.modules:
        return _modules_in_words(change, names)
    if change.cables:
        return _cables_in_words(change, names)
    return "the title and the notes" if change.title and change.notes else "the title" if change.title else "the notes"


def done_in_words(part: Part, change: Change, names: Names) -> str:
    """What ``change`` did to ``part``, as the end of "Ada has since …"."""
    if part.kind == "cable":
        return _cable_done(part, change, names)
    if part.kind in ("title", "notes"):
        return f"changed the {part.kind}"
    old, new = change.modules[part.id]
    if new is None:
        return f"removed {names.module(part.id, old)}"
    called = names.module(part.id, new)
    if old is None or old.type != new.type:
        return f"put {called} in"
    if part.kind == "knob":
        return f"changed the {names.knob(new, part.key)} of {called}"
    return f"{'moved' if part.kind == 'place' else 'renamed' if part.kind == 'label' else 'changed'} {called}"


def _modules_in_words(change: Change, names: Names) -> str:
    (name, (old, new)), *others = change.modules.items()
    if all(before is None for before, _ in change.modules.values()):
        return f"{len(change.modules)} new modules" if others else f"the new {names.module(name, new)}"
    if all(after is None for _, after in change.modules.values()):
        return f"the removal of {f'{len(change.modules)} modules' if others else names.module(name, old)}"
    if others or change.cables or old is None or new is None or old.type != new.type:
        return f"{change.size} changes"
    first, *rest = parts_of(name, old, new)
    called = names.module(name, new)
    if rest:
        return f"{1 + len(rest)} changes of {called}"
    if first.kind == "knob":
        return f"the {names.knob(new, first.key)} of {called}"
    return _OF_A_MODULE[first.kind].format(called)


def _cables_in_words(change: Change, names: Names) -> str:
    (old, new), *others = change.cables.values()
    if others:
        return f"{len(change.cables)} cables"
    cable = new or old
    assert cable is not None
    ends = f"cable from {names.module(cable.source.module)} to {names.module(cable.target.module)}"
    return f"the new {ends}" if old is None else f"the removal of the {ends}" if new is None else f"the {ends}"


def _cable_done(part: Part, change: Change, names: Names) -> str:
    old, new = change.cables[part.id]
    if new is not None:
        return f"plugged a cable from {names.module(new.source.module)} into {names.module(new.target.module)}"
    assert old is not None
    for module in (old.source.module, old.target.module):
        before, after = change.modules.get(module, (None, None))
        if before is not None and after is None:
            return f"removed {names.module(module, before)}"
    return f"unplugged the cable from {names.module(old.source.module)} to {names.module(old.target.module)}"
