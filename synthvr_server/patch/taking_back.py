"""A patch without one earlier change, as long as nobody has touched since what the change had touched."""

from __future__ import annotations

from .catalogue import Catalogue
from .change import Change, Part, parts_of
from .model import Cable, Patch, PlacedModule


def taken_back(patch: Patch, change: Change, catalogue: Catalogue) -> Patch | Part:
    """``patch`` without ``change``; or, where it cannot be, the part that stands in the way.

    A part that stands as before the change already stands in nobody's way. A knob that nobody has turned counts as
    standing at its default, and is turned back to that: a module is not put in anew for a knob's first turn.
    """
    try:
        return _TakingBack(patch, catalogue).of(change)
    except _InTheWay as obstacle:
        return obstacle.part


class _InTheWay(Exception):
    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self.part = part


class _TakingBack:
    def __init__(self, patch: Patch, catalogue: Catalogue) -> None:
        self._patch, self._catalogue = patch, catalogue
        self._modules, self._cables = dict(patch.modules), dict(patch.cables)

    def of(self, change: Change) -> Patch:
        again = self._unplug(change)
        hanging = {end: name for name, cable in self._cables.items() for end in _modules_of(cable)}
        for name, (old, new) in change.modules.items():
            self._module(name, old, new, hanging)
        self._plug(again)
        return self._patch.model_copy(
            update={
                "modules": self._modules,
                "cables": self._cables,
                "title": _text(Part("title"), self._patch.title, change.title),
                "notes": _text(Part("notes"), self._patch.notes, change.notes),
            }
        )

    def _unplug(self, change: Change) -> dict[str, Cable]:
        """Take out the change's cables. Returns those that it had taken out: they come back after their modules."""
        again = {}
        for name, (old, new) in change.cables.items():
            now = self._cables.get(name)
            if now == old:
                continue
            if now != new:
                raise _InTheWay(Part("cable", name))
            self._cables.pop(name, None)
            if old is not None:
                again[name] = old
        return again

    def _plug(self, cables: dict[str, Cable]) -> None:
        joined = {cable.ends: name for name, cable in self._cables.items()} if cables else {}
        for name, cable in cables.items():
            for module in _modules_of(cable):
                if module not in self._modules:
                    raise _InTheWay(Part("module", module))
            if cable.ends in joined:
                raise _InTheWay(Part("cable", joined[cable.ends]))
            self._cables[name] = cable

    def _module(self, name: str, old: PlacedModule | None, new: PlacedModule | None, hanging: dict[str, str]) -> None:
        now = self._modules.get(name)
        if now is None and old is None:
            return
        if now is None:
            if new is not None:
                raise _InTheWay(Part("module", name))
            assert old is not None
            self._modules[name] = old
        elif old is None:
            self._check_same(name, now, new)
            if name in hanging:
                raise _InTheWay(Part("cable", hanging[name]))
            del self._modules[name]
        elif new is None or old.type != new.type or now.type != new.type:
            if not self._is_same(now, old):
                self._check_same(name, now, new)
                self._modules[name] = old
        else:
            self._modules[name] = self._merged(name, now, old, new)

    def _merged(self, name: str, now: PlacedModule, old: PlacedModule, new: PlacedModule) -> PlacedModule:
        """The module as it is now, but for what the change had touched."""
        for part in parts_of(name, old, new):
            was = self._value(old, part)
            if self._value(now, part) == was:
                continue
            if self._value(now, part) != self._value(new, part):
                raise _InTheWay(part)
            now = _with(now, part, was)
        return now

    def _check_same(self, name: str, now: PlacedModule, left: PlacedModule | None) -> None:
        """The module must stand as the change left it."""
        if left is None or now.type != left.type:
            raise _InTheWay(Part("module", name))
        for part in parts_of(name, left, now):
            if self._value(left, part) != self._value(now, part):
                raise _InTheWay(part)

    def _is_same(self, one: PlacedModule, other: PlacedModule) -> bool:
        return one.type == other.type and all(
            self._value(one, part) == self._value(other, part) for part in parts_of("", one, other)
        )

    def _value(self, module: PlacedModule, part: Part) -> object:
        if part.kind == "knob":
            info = self._catalogue.get(module.type)
            knob = info.knob(part.key) if info else None
            return module.knobs.get(part.key, knob.default if knob else None)
        if part.kind == "data":
            return module.data.get(part.key)
        return module.label if part.kind == "label" else (module.position, module.rotation)


def _with(module: PlacedModule, part: Part, value: object) -> PlacedModule:
    """The module with one part set; None takes it out."""
    if part.kind == "place":
        assert isinstance(value, tuple)
        return module.model_copy(update={"position": value[0], "rotation": value[1]})
    if part.kind == "label":
        return module.model_copy(update={"label": value})
    field = "knobs" if part.kind == "knob" else "data"
    rest = {key: kept for key, kept in getattr(module, field).items() if key != part.key}
    return module.model_copy(update={field: rest if value is None else {**rest, part.key: value}})


def _text(part: Part, now: str, change: tuple[str, str] | None) -> str:
    if change is None or now == change[0]:
        return now
    if now != change[1]:
        raise _InTheWay(part)
    return change[0]


def _modules_of(cable: Cable) -> tuple[str, str]:
    return cable.source.module, cable.target.module
