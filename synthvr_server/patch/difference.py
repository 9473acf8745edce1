"""The commands that turn one patch into another: undo, redo and loading a patch are made of them."""

from __future__ import annotations

from .commands import (
    AddModule,
    Command,
    Connect,
    Describe,
    Disconnect,
    MoveModule,
    RemoveModule,
    SetData,
    SetKnob,
    SetLabel,
)
from .model import MOST_CABLES, MOST_MODULES, Cable, Patch, PlacedModule

MOST_TURNED = 100  # knobs and texts of one module: a command for each says its id every time
# Commands at most: every cable out and in, and of every module that stays what differs, its place and its label.
MOST_DIFFERENT = 2 * MOST_CABLES + (MOST_TURNED + 2) * MOST_MODULES + 1


def difference(old: Patch, new: Patch) -> list[Command]:
    """Commands such that ``apply_batch(old, difference(old, new)) == new``.

    A module whose type changed, that lost a knob's value, or of which more knobs and texts differ than any module has
    that can be played, is taken out and put in anew. There are never more than ``MOST_DIFFERENT``.
    """
    kept = {name for name, module in old.modules.items() if _can_become(module, new.modules.get(name))}
    commands: list[Command] = [
        Disconnect(id=name)
        for name, cable in old.cables.items()
        if _differs(new.cables.get(name), cable) and _hangs_on(cable, kept)
    ]
    commands += [RemoveModule(id=name) for name in old.modules if name not in kept]
    commands += [AddModule(id=name, module=module) for name, module in new.modules.items() if name not in kept]
    for name in sorted(kept):
        if old.modules[name] is not new.modules[name]:
            commands += _changes(name, old.modules[name], new.modules[name])
    commands += [
        Connect(id=name, cable=cable)
        for name, cable in new.cables.items()
        if _differs(old.cables.get(name), cable) or not _hangs_on(cable, kept)
    ]
    if (old.title, old.notes) != (new.title, new.notes):
        commands.append(Describe(title=new.title, notes=new.notes))
    return commands


def _differs(one: Cable | None, other: Cable) -> bool:
    return one is not other and one != other  # identity first: most cables are shared, and comparing is slow


def _hangs_on(cable: Cable, modules: set[str]) -> bool:
    return cable.source.module in modules and cable.target.module in modules


def _can_become(old: PlacedModule, new: PlacedModule | None) -> bool:
    if old is new:
        return True
    if new is None or old.type != new.type or not old.knobs.keys() <= new.knobs.keys():
        return False
    turned = sum(old.knobs.get(knob) != value for knob, value in new.knobs.items())
    return turned + len(_rewritten(old, new)) <= MOST_TURNED


def _rewritten(old: PlacedModule, new: PlacedModule) -> list[str]:
    return [key for key in sorted(old.data.keys() | new.data.keys()) if old.data.get(key) != new.data.get(key)]


def _changes(name: str, old: PlacedModule, new: PlacedModule) -> list[Command]:
    changes: list[Command] = [
        SetKnob(module=name, knob=knob, value=value)
        for knob, value in new.knobs.items()
        if old.knobs.get(knob) != value
    ]
    if (old.position, old.rotation) != (new.position, new.rotation):
        changes.append(MoveModule(id=name, position=new.position, rotation=new.rotation))
    if old.label != new.label:
        changes.append(SetLabel(id=name, label=new.label))
    changes += [SetData(id=name, key=key, text=new.data.get(key)) for key in _rewritten(old, new)]
    return changes
