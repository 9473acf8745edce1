"""Differences: the commands between two patches."""

from __future__ import annotations

from hypothesis import given, settings

from synthvr_server.patch.commands import RemoveModule, SetKnob, apply, apply_batch
from synthvr_server.patch.difference import MOST_TURNED, difference
from synthvr_server.patch.model import Patch, PlacedModule
from tests.patch.examples import turn, two_amplifiers
from tests.patch.strategies import patches


@given(patches(), patches())
@settings(max_examples=100, deadline=None)
def test_the_difference_leads_from_any_patch_to_any_other(old: Patch, new: Patch) -> None:
    assert apply_batch(old, difference(old, new)) == new


@given(patches())
@settings(max_examples=50, deadline=None)
def test_a_patch_does_not_differ_from_itself(patch: Patch) -> None:
    assert difference(patch, patch.model_copy(deep=True)) == []


def test_one_turned_knob_is_one_command() -> None:
    before = two_amplifiers()
    assert difference(before, apply(before, turn("a", 3.0))) == [SetKnob(module="a", knob="level", value=3.0)]


def test_taking_out_a_module_says_nothing_of_its_cables() -> None:
    before = two_amplifiers()
    assert difference(before, apply(before, RemoveModule(id="a"))) == [RemoveModule(id="a")]


def test_a_module_that_became_another_kind_is_put_in_anew_with_its_cables() -> None:
    before = two_amplifiers()
    after = before.model_copy(update={"modules": {**before.modules, "a": PlacedModule(type="keys")}})
    assert [command.do for command in difference(before, after)] == ["remove_module", "add_module", "connect"]


def test_a_module_of_which_most_texts_differ_is_put_in_anew() -> None:
    def of(text: str, count: int) -> Patch:
        return Patch(modules={"a": PlacedModule(type="x", data={f"{number}": text for number in range(count)})})

    assert len(difference(of("a", MOST_TURNED), of("b", MOST_TURNED))) == MOST_TURNED
    assert [command.do for command in difference(of("a", 5_000), of("b", 5_000))] == ["remove_module", "add_module"]
