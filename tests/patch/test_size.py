"""Every patch that can be made can be sent, saved and loaded; what is too large cannot be made."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given

from synthvr_server.errors import LibraryError, PatchError, Rejected
from synthvr_server.patch.change import Change
from synthvr_server.patch.commands import AddModule, SetKnob, apply, apply_batch
from synthvr_server.patch.difference import difference
from synthvr_server.patch.files import LARGEST_FILE, patch_from_text, patch_text
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import (
    MOST_CABLES,
    MOST_MODULE_KNOBS,
    MOST_MODULES,
    MOST_PATCH_BYTES,
    Cable,
    Jack,
    Patch,
    PlacedModule,
)
from synthvr_server.patch.size import growth, size_of
from synthvr_server.protocol.codec import CODECS
from synthvr_server.protocol.limits import MOST_BEHIND
from synthvr_server.protocol.server_messages import Batch
from synthvr_server.server.document import Document
from tests.patch.strategies import patches
from tests.server.fakes import somebody


def of_knobs(value: float = 0.0) -> Patch:
    """As many knobs as there is room for, in modules of the longest names: what grows most on the way."""
    modules: dict[str, PlacedModule] = {}
    knobs = {f"{number:x}": value for number in range(MOST_MODULE_KNOBS)}
    size = 0
    for number in itertools.count():
        module = PlacedModule(type="g" * 64, knobs=knobs)
        name = f"{number:064d}"
        size += len(name) + len(module.model_dump_json())
        if size > MOST_PATCH_BYTES:
            return Patch(modules=modules)
        modules[name] = module


def of_cables() -> Patch:
    """As many cables as there may be, with the longest names that there is room for."""
    modules = {f"m{number}": PlacedModule(type="x") for number in range(MOST_MODULES)}
    cables = {
        f"{number:064d}": Cable(
            source=Jack(module=f"m{number % MOST_MODULES}", jack=f"{number:064d}"),
            target=Jack(module=f"m{number % 7}", jack=f"{number:064d}"),
            color="é" * 60,
        )
        for number in range(MOST_CABLES)
    }
    return Patch(modules=modules, cables=cables)


@pytest.mark.parametrize("patch", [of_knobs(), of_cables()], ids=["knobs", "cables"])
def test_the_largest_patches_can_be_saved_loaded_and_sent(patch: Patch, tmp_path: Path) -> None:
    assert MOST_PATCH_BYTES / 2 < size_of(patch) <= MOST_PATCH_BYTES
    text = patch_text(patch)
    assert len(text.encode()) < LARGEST_FILE
    assert patch_from_text(text, "It") == patch
    for codec in CODECS.values():
        load = Batch.model_construct(
            type="batch", revision=1, client="a", cause="load", commands=tuple(difference(Patch(), patch)),
            fingerprint="", subject="",
        )  # fmt: skip
        assert len(codec.encode(load)) + len(codec.encode(patch)) < MOST_BEHIND, "whoever loads it, and a welcome"


def test_a_load_that_turns_every_knob_is_no_larger_than_the_patch() -> None:
    old, new = of_knobs(0.0), of_knobs(1.0)
    commands = difference(old, new)
    assert sum(len(command.model_dump_json()) for command in commands) < 2 * MOST_PATCH_BYTES
    assert apply_batch(old, commands) == new


def test_a_file_that_is_too_large_is_refused_in_one_sentence_where_it_comes_in(tmp_path: Path) -> None:
    patch = of_knobs()
    values = patch.to_json()
    for number in range(20):
        values["modules"][f"more{number}"] = {"type": "x", "knobs": dict.fromkeys(map(str, range(1_000)), 0.5)}
    text = json.dumps(values)
    with pytest.raises(PatchError, match=r"more than a patch can \(8 MB.*take something out"):
        patch_from_text(text, "It")
    library = Library(tmp_path)
    with pytest.raises(LibraryError, match="more than a patch can"):
        library.save_text("large", text)
    assert not list(library.patches.glob("*"))


def test_a_patch_that_is_full_takes_no_more_and_can_be_emptied() -> None:
    document = Document(of_knobs())
    ghost = PlacedModule(type="x", knobs=dict.fromkeys(map(str, range(1_000)), 0.5))
    more = [AddModule(id=f"more{number}", module=ghost) for number in range(20)]
    with pytest.raises(Rejected, match="at most 8 MB") as caught:
        document.replace(apply_batch(document.patch, more), somebody())
    assert caught.value.code == "patch_full"
    assert document.patch == of_knobs()
    document.replace(Patch(), somebody())
    assert document.patch == Patch()


def test_a_module_has_no_more_knobs_than_it_may() -> None:
    full = PlacedModule(type="x", knobs=dict.fromkeys(map(str, range(MOST_MODULE_KNOBS)), 0.5))
    patch = Patch(modules={"a": full})
    assert apply(patch, SetKnob(module="a", knob="0", value=1.0)).modules["a"].knobs["0"] == 1.0
    with pytest.raises(Rejected, match="no more than 1000 knobs"):
        apply(patch, SetKnob(module="a", knob="one-more", value=1.0))
    values = patch.to_json()
    values["modules"]["a"]["knobs"]["one-more"] = 1.0
    with pytest.raises(PatchError, match="modules/a/knobs"):
        patch_from_text(json.dumps(values), "It")


@given(patches(), patches())
def test_the_size_follows_every_change(before: Patch, after: Patch) -> None:
    assert size_of(before) + growth(Change.between(before, after)) == size_of(after)
