"""Fingerprints: the same for the same patch, however it came about."""

from __future__ import annotations

import gc
import weakref

from hypothesis import given, settings

from synthvr_server.patch.commands import apply
from synthvr_server.patch.fingerprint import Fingerprint, fingerprint
from synthvr_server.patch.model import Patch, PlacedModule
from tests.patch.examples import turn, two_amplifiers
from tests.patch.strategies import patches


@given(patches(), patches())
@settings(max_examples=100, deadline=None)
def test_following_an_edit_gives_the_fingerprint_of_the_result(old: Patch, new: Patch) -> None:
    assert str(Fingerprint.of(old).after(new)) == fingerprint(new)


@given(patches())
@settings(max_examples=50, deadline=None)
def test_order_does_not_matter(patch: Patch) -> None:
    shuffled = patch.model_copy(
        update={
            "modules": dict(reversed(patch.modules.items())),
            "cables": dict(reversed(patch.cables.items())),
        }
    )
    assert fingerprint(shuffled) == fingerprint(patch)


def test_one_turned_knob_changes_it_and_turning_back_restores_it() -> None:
    before = two_amplifiers()
    turned = apply(before, turn("a", 2.0))
    assert fingerprint(turned) != fingerprint(before)
    assert fingerprint(apply(turned, turn("a", 1.0))) == fingerprint(before)


def test_swapping_two_modules_names_changes_it() -> None:
    one, other = PlacedModule(type="amp", label="1"), PlacedModule(type="amp", label="2")
    assert fingerprint(Patch(modules={"a": one, "b": other})) != fingerprint(Patch(modules={"a": other, "b": one}))


def test_minus_zero_is_zero() -> None:
    patches = [Patch(modules={"a": PlacedModule(type="amp", knobs={"level": zero})}) for zero in (0.0, -0.0)]
    assert fingerprint(patches[0]) == fingerprint(patches[1])


def test_what_was_edited_away_is_not_kept_alive() -> None:
    before = two_amplifiers()
    replaced = weakref.ref(before.modules["a"])
    followed = Fingerprint.of(before).after(apply(before, turn("a", 2.0)))
    del before
    gc.collect()
    assert str(followed)
    assert replaced() is None
