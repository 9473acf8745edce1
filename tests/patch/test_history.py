"""Undo is mine: whatever people do in whatever order, nobody's undo changes what another has touched last."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthvr_server.errors import Rejected
from synthvr_server.patch.change import Change
from synthvr_server.patch.commands import (
    Command,
    Describe,
    Disconnect,
    MoveModule,
    RemoveModule,
    SetData,
    SetLabel,
    apply_batch,
)
from synthvr_server.patch.history import LONGEST, Author, History, Origin
from synthvr_server.patch.model import Patch
from synthvr_server.patch.telling import Names, in_words
from tests.patch.examples import CATALOGUE, add, connect, turn, two_amplifiers
from tests.patch.strategies import patches

ADA, BEN = (Author(person=name.lower(), name=name) for name in ("Ada", "Ben"))


class Table:
    """A patch, its history, and people who change it."""

    def __init__(self, patch: Patch) -> None:
        self.patch, self.history = patch, History()
        self.steps: dict[int, tuple[Author, Patch, Patch]] = {}  # who made each, before and after it
        self.travelled = 0  # the step that was taken back or done again last

    def edit(self, by: Author, *commands: Command) -> None:
        after = apply_batch(self.patch, commands, CATALOGUE)
        change = Change.between(self.patch, after)
        what = in_words(change, Names(self.patch, CATALOGUE)) if change.size else ""
        self._make(self.history.origin(by, what), after)

    def load(self, by: Author, patch: Patch) -> None:
        self._make(self.history.origin(by, "the load"), patch)

    def undo(self, by: Author) -> None:
        self._travel(*self.history.undo(by, self.patch, CATALOGUE))

    def redo(self, by: Author) -> None:
        self._travel(*self.history.redo(by, self.patch, CATALOGUE))

    def refusal(self, by: Author) -> str:
        with pytest.raises(Rejected) as rejection:
            self.undo(by)
        return str(rejection.value)

    def _make(self, origin: Origin, after: Patch) -> None:
        self.steps[origin.step] = origin.author, self.patch, after
        self._accept(origin, after)

    def _travel(self, origin: Origin, commands: Sequence[Command]) -> None:
        self.travelled = origin.step
        self._accept(origin, apply_batch(self.patch, commands))

    def _accept(self, origin: Origin, after: Patch) -> None:
        self.history.follow(origin, Change.between(self.patch, after))
        self.patch = after


@pytest.fixture
def table() -> Table:
    return Table(two_amplifiers())


def test_undo_takes_back_mine_and_leaves_yours(table: Table) -> None:
    table.edit(ADA, turn("a", 2.0))
    table.edit(BEN, turn("b", 3.0))
    table.undo(ADA)
    assert table.patch == apply_batch(two_amplifiers(), [turn("b", 3.0)])
    table.undo(BEN)
    assert table.patch == two_amplifiers()


REASONS: dict[str, tuple[list[Command], list[Command], str]] = {
    "the same knob": ([turn("a", 2.0)], [turn("a", 3.0)], "Ben has since changed the level of AMP"),
    "the module": ([turn("a", 2.0)], [RemoveModule(id="a")], "Ben has since removed AMP"),
    "a cable into my module": ([add("x")], [connect("y", "x/out", "a/in")], "Ben has since plugged a cable from AMP"),
    "a knob of my module": ([add("x")], [turn("x", 3.0)], "Ben has since changed the level of AMP"),
    "the place of my module": ([add("x")], [MoveModule(id="x", position=(1, 2, 3))], "Ben has since moved AMP"),
    "the name of my module": ([add("x")], [SetLabel(id="x", label="Lead")], "Ben has since renamed Lead"),
    "a text of my module": ([add("x")], [SetData(id="x", key="k", text="t")], "Ben has since changed AMP"),
    "the end of my cable": ([Disconnect(id="c")], [RemoveModule(id="b")], "Ben has since removed AMP"),
    "my cable": (
        [Disconnect(id="c"), connect("c", "b/out", "a/in")],
        [Disconnect(id="c")],
        "Ben has since unplugged the cable from AMP to AMP",
    ),
    "the jacks": ([Disconnect(id="c")], [connect("y", "a/out", "b/in")], "Ben has since plugged a cable from AMP"),
    "the title": ([Describe(title="Mine")], [Describe(title="Ours")], "Ben has since changed the title"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_undo_says_who_has_changed_what_it_would_touch_and_does_nothing(table: Table, reason: str) -> None:
    mine, theirs, words = REASONS[reason]
    table.edit(ADA, *mine)
    table.edit(BEN, *theirs)
    before = table.patch
    assert table.refusal(ADA).startswith(words)
    assert table.patch is before


@pytest.mark.parametrize("reason", REASONS)
def test_what_stood_in_the_way_was_taken_back_and_undo_goes_on(table: Table, reason: str) -> None:
    mine, theirs, _ = REASONS[reason]
    table.edit(ADA, *mine)
    table.edit(BEN, *theirs)
    table.refusal(ADA)
    table.undo(BEN)
    table.undo(ADA)
    assert table.patch == two_amplifiers()


def test_asked_again_undo_goes_on_with_what_i_did_before(table: Table) -> None:
    table.edit(ADA, turn("b", 2.0))
    table.edit(ADA, turn("a", 2.0))
    table.edit(BEN, turn("a", 3.0))
    assert "so the level of AMP cannot be undone" in table.refusal(ADA)
    table.undo(ADA)
    assert table.patch == apply_batch(two_amplifiers(), [turn("a", 3.0)])
    assert table.refusal(ADA) == "Nothing that you have done is left to undo."


def test_another_who_set_a_knob_back_stands_in_nobodys_way(table: Table) -> None:
    table.edit(ADA, turn("a", 2.0))
    table.edit(ADA, turn("b", 2.0))
    table.edit(BEN, turn("b", 1.0))
    table.undo(ADA)
    assert table.patch == two_amplifiers(), "her turn of b is back already: undo takes the one before"


def test_redo_does_again_what_i_undid_last_and_says_what_stands_in_its_way(table: Table) -> None:
    table.edit(ADA, turn("a", 2.0))
    table.edit(BEN, turn("b", 3.0))
    table.undo(ADA)
    table.redo(ADA)
    assert table.patch.modules["a"].knobs == {"level": 2.0}
    table.undo(ADA)
    table.edit(BEN, turn("a", 5.0))
    with pytest.raises(Rejected, match=r"Ben has since changed the level of AMP, so .* cannot be done again"):
        table.redo(ADA)


def test_a_new_edit_of_mine_ends_what_i_could_do_again_and_yours_does_not(table: Table) -> None:
    table.edit(ADA, turn("a", 2.0))
    table.undo(ADA)
    table.edit(BEN, turn("b", 3.0))
    table.redo(ADA)
    table.undo(ADA)
    table.edit(ADA, turn("b", 4.0))
    with pytest.raises(Rejected, match="nothing that could be done again"):
        table.redo(ADA)


def test_a_load_is_a_step_of_whoever_loaded(table: Table) -> None:
    table.load(ADA, Patch(title="Loaded", modules={"z": add("z").module}))
    with pytest.raises(Rejected):
        table.undo(BEN)
    table.edit(BEN, turn("z", 3.0))
    assert table.refusal(ADA) == (
        "Ben has since changed the level of AMP, so the load cannot be undone. Ask again to go on with the step before."
    )
    table.undo(BEN)
    table.undo(ADA)
    assert table.patch == two_amplifiers()


def test_a_module_added_beside_a_load_survives_its_undo(table: Table) -> None:
    table.load(ADA, Patch(title="Loaded"))
    table.edit(BEN, add("x"))
    table.undo(ADA)
    assert table.patch.modules.keys() == {"a", "b", "x"}


def test_the_past_has_an_end(table: Table) -> None:
    for value in range(LONGEST + 5):
        table.edit(ADA, turn("a", value % 9 + 0.5))
    assert len(table.history.steps) == LONGEST


@given(patches(), patches())
@settings(max_examples=60, deadline=None)
def test_a_load_of_anything_over_anything_can_be_undone_and_done_again(old: Patch, new: Patch) -> None:
    table = Table(old)
    table.load(ADA, new)
    if flat(old) == flat(new):  # a step that would change nothing is passed over
        return
    table.undo(ADA)
    assert flat(table.patch) == flat(old)
    table.redo(ADA)
    assert flat(table.patch) == flat(new)


# What people may do at random: few modules and knobs, so that they get into each other's way.

_MODULES = st.sampled_from(["a", "b", "c"])
_CABLES = st.sampled_from(["c", "d"])
_PLUG = st.builds(connect, _CABLES, _MODULES.map("{}/out".format), _MODULES.map("{}/in".format))
_ADD = st.builds(add, _MODULES, st.sampled_from(["amp", "keys"]))
_EDITS = st.one_of(
    _PLUG,
    _PLUG,
    st.builds(Disconnect, id=_CABLES),
    _ADD,
    _ADD,
    st.builds(RemoveModule, id=_MODULES),
    st.builds(turn, _MODULES, st.sampled_from([0.0, 1.0, 2.0])),
    st.builds(MoveModule, id=_MODULES, position=st.sampled_from([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0)])),
    st.builds(SetLabel, id=_MODULES, label=st.sampled_from(["", "Lead"])),
    st.builds(SetData, id=_MODULES, key=st.just("k"), text=st.sampled_from(["t", None])),
    st.builds(Describe, title=st.sampled_from(["Two", "Other"]), notes=st.sampled_from(["", "n"])),
)
_EDIT = st.tuples(st.just("edit"), st.lists(_EDITS, min_size=1, max_size=3))
_LOAD = st.tuples(st.just("load"), patches())
_UNDO, _REDO = (st.tuples(st.just(deed), st.none()) for deed in ("undo", "redo"))
_DEEDS = st.one_of(_EDIT, _EDIT, _EDIT, _EDIT, _UNDO, _UNDO, _UNDO, _REDO, _REDO, _LOAD)
_STORIES = st.lists(st.tuples(st.sampled_from([ADA, BEN]), _DEEDS), min_size=5, max_size=30)


def flat(patch: Patch) -> dict[tuple[str, ...], Any]:
    """Everything that can be touched, with what it is; a knob that was never turned stands at its default."""
    parts: dict[tuple[str, ...], Any] = {("title",): patch.title, ("notes",): patch.notes}
    for name, module in patch.modules.items():
        info = CATALOGUE.get(module.type)
        knobs = {knob.id: knob.default for knob in info.knobs} if info else {}
        parts |= {("module", name): module.type, ("label", name): module.label}
        parts[("place", name)] = module.position, module.rotation
        parts |= {("knob", name, knob): value for knob, value in {**knobs, **module.knobs}.items()}
        parts |= {("data", name, key): text for key, text in module.data.items()}
    return parts | {("cable", name): cable for name, cable in patch.cables.items()}


def touched(before: Patch, after: Patch) -> dict[tuple[str, ...], Any]:
    """What differs, and what it is now."""
    old, new = flat(before), flat(after)
    return {part: new.get(part) for part in old.keys() | new.keys() if old.get(part) != new.get(part)}


def fitting(patch: Patch, commands: Sequence[Command]) -> list[Command]:
    """Those of the commands that can be carried out, one after the other."""
    fit: list[Command] = []
    for command in commands:
        with suppress(Rejected):
            patch = apply_batch(patch, [command], CATALOGUE)
            fit.append(command)
    return fit


def do(table: Table, who: Author, deed: str, what: Any) -> None:
    if deed == "edit":
        table.edit(who, *fitting(table.patch, what))
    elif deed == "load":
        table.load(who, what)
    elif deed == "undo":
        table.undo(who)
    else:
        table.redo(who)


@given(_STORIES)
@settings(max_examples=150, deadline=None)
def test_undo_and_redo_change_only_what_still_stands_as_a_step_of_the_same_person_left_it(story: list[Any]) -> None:
    table = Table(two_amplifiers())
    for who, (deed, what) in story:
        before = table.patch
        try:
            do(table, who, deed, what)
        except Rejected:
            assert table.patch is before
            continue
        if deed in ("undo", "redo"):
            author, *ends = table.steps[table.travelled]
            left = touched(*ends) if deed == "undo" else touched(*reversed(ends))
            changed = touched(before, table.patch)
            assert author is who
            assert changed, "a step that does nothing is passed over"
            assert changed.keys() <= left.keys(), "only another had touched it"
            assert all(flat(before).get(part) == left[part] for part in changed), "another has touched it since"


@given(st.lists(st.one_of(_EDIT, _EDIT, _LOAD), max_size=12))
@settings(max_examples=100, deadline=None)
def test_alone_undo_leads_back_to_the_beginning_and_redo_to_the_end(deeds: list[Any]) -> None:
    table = Table(two_amplifiers())
    for deed, what in deeds:
        do(table, ADA, deed, what)
    end = flat(table.patch)
    assert _until_rejected(table, table.undo) == "nothing_to_undo"
    assert flat(table.patch) == flat(two_amplifiers())
    assert _until_rejected(table, table.redo) == "nothing_to_redo"
    assert flat(table.patch) == end


def _until_rejected(table: Table, step: Any) -> str:
    while True:
        try:
            step(ADA)
        except Rejected as rejection:
            return rejection.code
