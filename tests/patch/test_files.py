"""Patch files: what comes back, what is said of broken ones, and what a failed write leaves behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from synthvr_server.errors import PatchError
from synthvr_server.patch import files
from synthvr_server.patch.files import patch_from_json, patch_schema, read_patch, write_patch
from synthvr_server.patch.model import Patch
from tests.patch.examples import two_amplifiers
from tests.patch.strategies import patches


@given(patches())
@settings(max_examples=50, deadline=None)
def test_a_patch_survives_json(patch: Patch) -> None:
    assert patch_from_json(json.loads(json.dumps(patch.to_json()))) == patch


@given(patches())
@settings(max_examples=50, deadline=None)
def test_every_patch_fits_the_published_schema(patch: Patch) -> None:
    jsonschema.validate(patch.to_json(), patch_schema())


def test_a_patch_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "patch.json"
    write_patch(path, two_amplifiers())
    assert read_patch(path) == two_amplifiers()
    assert [entry.name for entry in path.parent.iterdir()] == ["patch.json"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not valid JSON"),
        (b"\0" * 100, "not valid JSON"),
        (b"\xff\xfe", "cannot be read"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "a JSON object was expected"),
        (b'{"schema_version": 2}', "newer SynthVR"),
        (b'{"surprise": 1}', "surprise"),
        (b'{"modules": {"a": {"type": "amp", "knobs": {"level": NaN}}}}', "modules/a/knobs/level"),
        (b'{"modules": {"a": {}}}', "modules/a/type"),
        (b'{"title": "\\ud800"}', "title"),
        (b'{"cables": {"c": {"from": {"module": "x", "jack": "o"}, "to": {"module": "y", "jack": "i"}}}}', "cables/c"),
    ],
    ids=range(11),
)
def test_a_broken_file_is_refused_with_the_reason(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(PatchError, match=words):
        read_patch(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(PatchError, match="There is no file"):
        read_patch(tmp_path / "nothing.json")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "patch.json"
    write_patch(path, two_amplifiers())

    def no_space(_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", no_space)
    with pytest.raises(PatchError, match="No space left"):
        write_patch(path, Patch())
    assert read_patch(path) == two_amplifiers()
    assert [entry.name for entry in tmp_path.iterdir()] == ["patch.json"]
