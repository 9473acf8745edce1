"""A small catalogue, and patches and commands that fit it."""

from __future__ import annotations

from synthvr_server.patch.catalogue import Catalogue, InputInfo, KnobInfo, ModuleInfo, OutputInfo, Panel
from synthvr_server.patch.commands import AddModule, Connect, SetKnob
from synthvr_server.patch.history import Author, Origin
from synthvr_server.patch.model import Cable, Jack, Patch, PlacedModule

SOMEBODY = Author(person="somebody", name="Somebody")
SOMEBODYS = Origin(author=SOMEBODY, deed="did", step=99, what="an edit")


def knob(name: str, minimum: float, maximum: float, choices: tuple[str, ...] = ()) -> KnobInfo:
    return KnobInfo(
        id=name,
        label=name,
        minimum=minimum,
        maximum=maximum,
        default=minimum,
        unit="" if choices else "V",
        scale="linear",
        choices=choices,
        help="",
    )


def module_info(name: str, plays_notes: bool = False, by_chance: bool = False) -> ModuleInfo:
    return ModuleInfo(
        id=name,
        title=name.upper(),
        description="For tests.",
        tags=("test",),
        inputs=(InputInfo(id="in", label="In", kind="audio", normal=0.0, help=""),),
        outputs=(OutputInfo(id="out", label="Out", kind="audio", help=""),),
        knobs=(knob("level", 0.0, 10.0), knob("mode", 0.0, 2.0, ("a", "b", "c"))),
        plays_notes=plays_notes,
        by_chance=by_chance,
        panel=Panel(width=20.32, height=128.5, places={}),
    )


CATALOGUE: Catalogue = {
    info.id: info
    for info in (module_info("amp"), module_info("keys", plays_notes=True), module_info("dice", by_chance=True))
}


def add(name: str, kind: str = "amp", **knobs: float) -> AddModule:
    return AddModule(id=name, module=PlacedModule(type=kind, knobs=knobs))


def cable(source: str, target: str, color: str = "") -> Cable:
    """A cable from ``module/jack`` to ``module/jack``."""
    ends = [Jack(**dict(zip(("module", "jack"), end.split("/"), strict=True))) for end in (source, target)]
    return Cable(source=ends[0], target=ends[1], color=color)


def connect(name: str, source: str, target: str) -> Connect:
    return Connect(id=name, cable=cable(source, target))


def turn(module: str, value: float, which: str = "level") -> SetKnob:
    return SetKnob(module=module, knob=which, value=value)


def two_amplifiers() -> Patch:
    """a/out → b/in."""
    modules = {name: PlacedModule(type="amp", knobs={"level": 1.0}) for name in ("a", "b")}
    return Patch(title="Two", modules=modules, cables={"c": cable("a/out", "b/in")})
