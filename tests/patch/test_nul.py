"""No text holds NUL: a text ends with one in the fingerprint. What older SynthVRs let in is read all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from synthvr_server.patch.change import Change
from synthvr_server.patch.commands import Describe, SetLabel, apply
from synthvr_server.patch.files import patch_text, read_patch, without_nul
from synthvr_server.patch.history import Step
from synthvr_server.patch.history_file import read_steps, write_steps
from synthvr_server.patch.model import Cable, Patch, PlacedModule
from synthvr_server.patch.restoring import restore
from tests.patch.examples import SOMEBODY, two_amplifiers

MARK = "\N{REPLACEMENT CHARACTER}"
JACK = {"module": "a", "jack": "b"}


@pytest.mark.parametrize(
    ("model", "field", "values"),
    [
        (PlacedModule, "label", {"type": "amp", "label": "a\0b"}),
        (PlacedModule, "data", {"type": "amp", "data": {"k": "\0"}}),
        (Cable, "color", {"from": JACK, "to": JACK, "color": "\0"}),
        (Describe, "title", {"title": "\0"}),
        (Describe, "notes", {"title": "", "notes": "line\n\0"}),
        (SetLabel, "label", {"id": "a", "label": "\0"}),
    ],
)
def test_no_text_of_a_patch_holds_nul(model: Any, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(values)
    assert caught.value.errors()[0]["loc"][0] == field


def test_all_other_characters_are_text() -> None:
    notes = "".join(map(chr, range(1, 256))) + "\u2028\U0001f39b"
    assert Describe(title="", notes=notes).notes == notes


@pytest.mark.parametrize(
    "text", ["a\0b", "\0\0", "\\", "\\u0000", "\\\0", "\\\\u0000", "u0000", "", "\n\0\\\\\0"], ids=repr
)
def test_nul_is_replaced_and_nothing_else(text: str) -> None:
    assert json.loads(without_nul(json.dumps(text))) == text.replace("\0", MARK)


def test_a_file_of_an_older_synthvr_is_read(tmp_path: Path) -> None:
    named = apply(two_amplifiers(), Describe(title="was nul"))
    file = tmp_path / "old.json"
    file.write_text(patch_text(named).replace("was nul", r"a\u0000b"))
    assert read_patch(file) == apply(named, Describe(title=f"a{MARK}b"))


def test_a_session_of_an_older_synthvr_goes_on(tmp_path: Path) -> None:
    session = tmp_path / "20260101-000000"
    session.mkdir()
    (session / "snapshot-00000000.json").write_text(patch_text(Patch()))
    command = {"do": "describe", "title": "a\0b", "notes": ""}
    (session / "journal-00000000.jsonl").write_text(json.dumps({"revision": 1, "commands": [command]}) + "\n")
    found = restore(tmp_path)
    assert found is not None
    assert (found.patch.title, found.lost) == (f"a{MARK}b", "")


def test_the_past_of_an_older_synthvr_is_read(tmp_path: Path) -> None:
    change = Change.between(Patch(), Patch(title="was nul"))
    file = tmp_path / "history.jsonl"
    write_steps(file, [Step(number=1, author=SOMEBODY, what="x", change=change)])
    file.write_text(file.read_text().replace("was nul", r"\u0000"))
    (step,) = read_steps(file)
    assert step.change.title == ("", MARK)
