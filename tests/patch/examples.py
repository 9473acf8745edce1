"""A small catalogue and patches that fit it, and hypothesis strategies for patches and commands."""

from __future__ import annotations

from hypothesis import strategies as st

from synthvr_server.patch.catalogue import Catalogue, InputInfo, KnobInfo, ModuleInfo, OutputInfo, Panel
from synthvr_server.patch.commands import AddModule, Connect, SetKnob
from synthvr_server.patch.model import Cable, Jack, Patch, PlacedModule


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


def module_info(name: str, plays_notes: bool = False) -> ModuleInfo:
    return ModuleInfo(
        id=name,
        title=name.upper(),
        description="For tests.",
        tags=("test",),
        inputs=(InputInfo(id="in", label="In", kind="audio", normal=0.0, help=""),),
        outputs=(OutputInfo(id="out", label="Out", kind="audio", help=""),),
        knobs=(knob("level", 0.0, 10.0), knob("mode", 0.0, 2.0, ("a", "b", "c"))),
        plays_notes=plays_notes,
        panel=Panel(width=20.32, height=128.5, places={}),
    )


CATALOGUE: Catalogue = {info.id: info for info in (module_info("amp"), module_info("keys", plays_notes=True))}


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


names = st.sampled_from(["a", "b", "c", "d"])
numbers = st.floats(-1e9, 1e9, allow_nan=False)
vectors = st.tuples(numbers, numbers, numbers)
quaternions = st.tuples(numbers, numbers, numbers, numbers)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
placed_modules = st.builds(
    PlacedModule,
    type=st.sampled_from(["amp", "keys", "nobody-knows-me"]),
    knobs=st.dictionaries(st.sampled_from(["level", "mode", "x"]), numbers, max_size=3),
    position=vectors,
    rotation=quaternions,
    label=texts,
    data=st.dictionaries(st.sampled_from(["k", "l"]), texts, max_size=2),
)


@st.composite
def patches(draw: st.DrawFn) -> Patch:
    modules = draw(st.dictionaries(names, placed_modules, max_size=4))
    cables: dict[str, Cable] = {}
    if modules:
        jacks = st.tuples(st.sampled_from(sorted(modules)), st.sampled_from(["in", "out"])).map("/".join)
        ends = draw(st.lists(st.tuples(jacks, jacks), max_size=4, unique=True))
        cables = {f"c{index}": cable(*pair, color=draw(texts)) for index, pair in enumerate(ends)}
    return Patch(title=draw(texts), notes=draw(texts), modules=modules, cables=cables)
