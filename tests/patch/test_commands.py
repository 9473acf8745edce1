"""Commands: what each does to a patch, and every way in which one can be rejected."""

from __future__ import annotations

import pytest

from synthvr_server.errors import Rejected
from synthvr_server.patch import commands as do
from synthvr_server.patch import model
from synthvr_server.patch.commands import Command, apply, apply_batch
from synthvr_server.patch.model import Patch, PlacedModule
from tests.patch.examples import CATALOGUE, add, cable, connect, turn, two_amplifiers


def test_a_new_module_stands_where_it_was_put() -> None:
    command = do.AddModule(id="x", module=PlacedModule(type="amp", position=(1, 2, 3)))
    assert apply(Patch(), command).modules["x"].position == (1, 2, 3)


def test_a_removed_module_takes_its_cables_along() -> None:
    after = apply(two_amplifiers(), do.RemoveModule(id="a"))
    assert set(after.modules) == {"b"}
    assert after.cables == {}


def test_a_moved_module_keeps_everything_but_its_place() -> None:
    before = two_amplifiers()
    after = apply(before, do.MoveModule(id="a", position=(1, 2, 3), rotation=(0, 1, 0, 0)))
    assert after.modules["a"] == before.modules["a"].model_copy(
        update={"position": (1, 2, 3), "rotation": (0, 1, 0, 0)}
    )


def test_a_module_may_be_patched_into_itself() -> None:
    assert "self" in apply_batch(two_amplifiers(), [connect("self", "a/out", "a/in")], CATALOGUE).cables


def test_an_input_takes_any_number_of_cables() -> None:
    patch = apply_batch(two_amplifiers(), [add("d"), connect("e", "d/out", "b/in")], CATALOGUE)
    assert len(patch.cables) == 2


def test_a_cable_can_be_unplugged() -> None:
    assert apply(two_amplifiers(), do.Disconnect(id="c")).cables == {}


def test_a_knob_keeps_the_value_it_is_set_to() -> None:
    assert apply(two_amplifiers(), turn("a", 4.5)).modules["a"].knobs == {"level": 4.5}


def test_texts_come_and_go() -> None:
    patch = apply(two_amplifiers(), do.SetData(id="a", key="k", text="words"))
    assert patch.modules["a"].data == {"k": "words"}
    assert apply(patch, do.SetData(id="a", key="k", text=None)).modules["a"].data == {}


def test_labels_and_titles_are_only_words() -> None:
    patch = apply_batch(two_amplifiers(), [do.SetLabel(id="a", label="Lead"), do.Describe(title="T", notes="N")])
    assert (patch.modules["a"].label, patch.title, patch.notes) == ("Lead", "T", "N")


def test_applying_changes_no_patch_that_exists() -> None:
    before = two_amplifiers()
    copy = before.model_copy(deep=True)
    apply_batch(before, [turn("a", 2.0), do.RemoveModule(id="b"), add("z")])
    assert before == copy


def test_what_did_not_change_is_shared() -> None:
    before = two_amplifiers()
    after = apply(before, turn("a", 2.0))
    assert after.modules["b"] is before.modules["b"]
    assert after.cables is before.cables


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (add("a"), "duplicate_id"),
        (add("x", "nonsense"), "unknown_type"),
        (add("x", "amp", wrong=1.0), "unknown_knob"),
        (add("x", "amp", level=11.0), "value_out_of_range"),
        (do.RemoveModule(id="x"), "unknown_module"),
        (do.MoveModule(id="x", position=(0, 0, 0)), "unknown_module"),
        (connect("c", "b/out", "a/in"), "duplicate_id"),
        (connect("x", "a/out", "b/in"), "duplicate_cable"),
        (connect("x", "z/out", "a/in"), "unknown_module"),
        (connect("x", "a/out", "z/in"), "unknown_module"),
        (connect("x", "a/nose", "b/in"), "unknown_jack"),
        (connect("x", "a/in", "b/in"), "not_an_output"),
        (connect("x", "a/out", "b/out"), "not_an_input"),
        (do.Disconnect(id="x"), "unknown_cable"),
        (turn("x", 1.0), "unknown_module"),
        (turn("a", 1.0, "nose"), "unknown_knob"),
        (turn("a", 10.5), "value_out_of_range"),
        (turn("a", 0.5, "mode"), "value_out_of_range"),
        (do.SetLabel(id="x", label=""), "unknown_module"),
        (do.SetData(id="x", key="k", text=None), "unknown_module"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.do,
)
def test_a_command_that_does_not_fit_is_rejected_with_its_code(command: Command, code: str) -> None:
    with pytest.raises(Rejected) as rejection:
        apply_batch(two_amplifiers(), [command], CATALOGUE)
    assert rejection.value.code == code
    assert str(rejection.value).endswith(".")


def test_a_batch_names_the_command_at_fault() -> None:
    with pytest.raises(Rejected) as rejection:
        apply_batch(Patch(), [add("a"), add("b"), add("a")], CATALOGUE)
    assert rejection.value.index == 2


def test_a_patch_holds_only_so_many_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(do, "MOST_MODULES", 2)
    with pytest.raises(Rejected, match="at most 2 modules"):
        apply(two_amplifiers(), add("x"))


def test_a_patch_holds_only_so_many_cables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(do, "MOST_CABLES", 1)
    with pytest.raises(Rejected, match="at most 1 cables"):
        apply(two_amplifiers(), connect("x", "b/out", "a/in"))


def test_a_ghost_can_be_wired_and_turned_but_not_made() -> None:
    ghost = Patch(modules={"g": PlacedModule(type="forgotten"), "a": PlacedModule(type="amp")})
    patch = apply_batch(ghost, [connect("x", "g/anything", "a/in"), turn("g", 99.0, "whatever")], CATALOGUE)
    assert patch.modules["g"].knobs == {"whatever": 99.0}


def test_an_id_is_plain_enough_for_every_language() -> None:
    for name in ("", "a b", "ä", "a/b", "x" * 65, "a\n"):
        with pytest.raises(ValueError, match="pattern"):
            model.Jack(module=name, jack="out")


def test_a_cable_says_from_and_to() -> None:
    assert cable("a/out", "b/in").model_dump(by_alias=True)["from"] == {"module": "a", "jack": "out"}
