"""Any patch, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from synthvr_server.patch.model import Cable, Patch, PlacedModule
from tests.patch.examples import cable

names = st.sampled_from(["a", "b", "c", "d"])
numbers = st.floats(-1e9, 1e9, allow_nan=False)
vectors = st.tuples(numbers, numbers, numbers)
quaternions = st.tuples(numbers, numbers, numbers, numbers)
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
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
