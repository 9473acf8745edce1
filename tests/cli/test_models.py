"""`synthvr models`: what may become a module, and what is said of what may not."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from synthvr_server.engine.discovery import MODELS
from synthvr_server.errors import printable
from tests.cli.test_command_line import fails, synthvr, synthvr_here
from tests.neural import onnx_files as files
from tests.neural.nam_files import aidax, linear


def add(path: Path, library: Path, *more: str):
    return synthvr_here("models", "add", path, "--library", library, *more)


def test_a_model_becomes_a_module_with_its_jacks_and_knobs(tmp_path: Path) -> None:
    library = tmp_path / "library"
    path = files.write(tmp_path, files.gain(title="Warm", knobs={"level": {"max": 2, "default": 1}}), "My model.onnx")
    result = synthvr("models", "add", path, "--library", library)
    assert result.returncode == 0, result.stderr
    assert "Warm" in result.stdout and "1 input, 1 output, 1 knob." in result.stdout and "in the graph" in result.stdout
    assert sorted(file.name for file in (library / "models").iterdir()) == ["My model.json", "My model.onnx"]

    card = json.loads((library / "models" / "My model.json").read_text())
    assert {"sha256", "costs", "contract", "memory"} <= card.keys()
    assert [cost["frames"] for cost in card["costs"]] == [64, 256]
    assert all(0 < cost["fastest"] <= cost["typical"] <= cost["worst"] for cost in card["costs"])

    listed = synthvr("models", "list", "--library", library)
    assert listed.returncode == 0 and "My model.onnx" in listed.stdout and "Warm" in listed.stdout
    catalogue = json.loads(synthvr("modules", "--json", "--library", library).stdout)
    module = next(module for module in catalogue if module["id"] == "onnx_model_my_model")
    assert (module["title"], module["latency"]) == ("Warm", 0)
    assert [knob["maximum"] for knob in module["knobs"]] == [2]


@pytest.mark.parametrize(
    ("data", "name", "module"),
    [
        ((MODELS / "amp" / "fuzz.nam").read_bytes(), "Mine.NAM", "amp_mine"),
        (json.dumps(aidax("lstm")).encode(), "mine.json", "amp_mine"),
        ((MODELS / "timbre" / "trumpet.instrument").read_bytes(), "my horn.timbre", "timbre_my_horn"),
    ],
    ids=["nam", "aidax", "timbre"],
)
def test_every_kind_of_model_is_added_and_listed(tmp_path: Path, data: bytes, name: str, module: str) -> None:
    library, path = tmp_path / "library", files.write(tmp_path, data, name)
    result = add(path, library)
    assert result.returncode == 0, result.stderr
    cost = re.search(r"takes about ([0-9.]+) % of a core", result.stdout)
    assert cost and 0 < float(cost[1]) < 100
    there = path.stem + path.suffix.lower()
    assert (library / "models" / there).read_bytes() == data
    (listed,) = json.loads(synthvr_here("models", "list", "--json", "--library", library).stdout)
    assert (listed["file"], listed["module"], listed["card"]) == (there, module, None)
    assert add(path, library).returncode == 0


def test_a_name_as_people_share_them_becomes_a_shorter_id_and_stays_the_title(tmp_path: Path) -> None:
    name = "Some Amp 100W Mk2 Ch2 Lead Gain 6.5 Bass 5 Mid 6 Treble 7 Pres 5 V30 SM57 ESR 0.0097"
    for last in ("", " (2)"):
        path = files.write(tmp_path, json.dumps(linear(1, False)).encode(), f"{name}{last}.nam")
        result = add(path, tmp_path / "library")
        assert result.returncode == 0, result.stderr
    listed = json.loads(synthvr_here("models", "list", "--json", "--library", tmp_path / "library").stdout)
    assert [each["title"] for each in listed] == [f"{name} (2)", name]
    ids = [each["module"] for each in listed]
    assert len(set(ids)) == 2
    assert all(len(each) == 64 and each.startswith("amp_some_amp_100w_mk2_ch2_lead_gain_6_5_") for each in ids)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("amp.nam", b'{"version": "0.5.4", "architecture": "Mystery", "config": {}, "weights": [1]}', "'Mystery'"),
        ("amp.nam", b"RIFF", "no JSON"),
        ("horn.timbre", b"RIFF", "no instrument"),
        ("a\x1b[2J.nam", b"{}", "cannot be shown"),
    ],
)
def test_what_cannot_be_a_module_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    fails(add(files.write(tmp_path, data, name), tmp_path / "library"), 1, f"{printable(name)} cannot be added", words)
    assert not (tmp_path / "library" / "models").exists()


def test_no_model_hides_or_overwrites_another(tmp_path: Path) -> None:
    library = tmp_path / "library"
    models = library / "models"
    models.mkdir(parents=True)
    capture, onnx = json.dumps(aidax("lstm")).encode(), files.write(tmp_path, files.gain(), "horn.onnx")
    files.write(models, capture, "horn.json")
    fails(add(onnx, library, "--replace"), 1, "horn.json in the library would be lost or hidden")
    assert (models / "horn.json").read_bytes() == capture
    (models / "horn.json").unlink()
    assert add(onnx, library).returncode == 0
    card = (models / "horn.json").read_bytes()
    fails(add(files.write(tmp_path, capture, "horn.json"), library, "--replace"), 1, "rename")
    assert (models / "horn.json").read_bytes() == card
    fails(add(files.write(tmp_path, onnx.read_bytes(), "HORN!.onnx"), library), 1, "'onnx_model_horn' exists already")


def test_a_card_that_was_left_over_is_no_obstacle(tmp_path: Path) -> None:
    library, path = tmp_path / "library", files.write(tmp_path, files.gain())
    assert add(path, library).returncode == 0
    (library / "models" / "model.onnx").unlink()
    assert add(path, library).returncode == 0


def test_a_file_that_lies_in_the_library_stays_where_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "library" / "models" / "Borrowed"
    folder.mkdir(parents=True)
    assert add(files.write(folder, files.gain(), "Horn.ONNX"), tmp_path / "library").returncode == 0
    assert sorted(path.name for path in folder.parent.rglob("*.*")) == ["Horn.ONNX", "Horn.json"]
    assert synthvr_here("models", "list", "--library", tmp_path / "library").returncode == 0


def test_a_model_that_clicks_between_blocks_is_added_with_a_warning(tmp_path: Path) -> None:
    result = add(files.write(tmp_path, files.fir([1.0] * 32, keeps=False)), tmp_path / "library")
    assert result.returncode == 0, result.stderr
    assert "block size" in result.stdout


def test_an_empty_library_says_how_a_model_is_added(tmp_path: Path) -> None:
    result = synthvr_here("models", "list", "--library", tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "synthvr models add" in result.stdout


def test_another_model_of_the_same_name_is_not_lost(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert add(files.write(tmp_path, files.gain()), library).returncode == 0
    first = (library / "models" / "model.onnx").read_bytes()
    other = files.write(tmp_path, files.gain(title="Other"))
    fails(add(other, library), 1, "--replace")
    assert (library / "models" / "model.onnx").read_bytes() == first
    assert add(other, library, "--replace").returncode == 0
    assert (library / "models" / "model.onnx").read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"nonsense", "no ONNX file"),
        (files.endless(), "Loop"),
        (files.huge_memory(), "memory"),
        (files.not_a_number(), "NaN"),
        (files.gain(knobs={"level": {"min": 2}}), "minimum"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_leaves_nothing(tmp_path: Path, data: bytes, words: str) -> None:
    library = tmp_path / "library"
    result = add(files.write(tmp_path, data), library)
    fails(result, 1, "model.onnx", words)
    assert len(result.stderr.splitlines()) == 1
    assert not library.exists() or list((library / "models").iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.onnx"
    with path.open("wb") as file:
        file.truncate(17 << 20)
    fails(add(path, tmp_path / "library"), 1, "16 MB")


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    fails(add(tmp_path / "none.onnx", tmp_path / "library"), 1, "none.onnx", "no such file")
    sound = files.write(tmp_path, b"RIFF", "sound.wav")
    fails(add(sound, tmp_path / "library"), 1, "sound.wav", ".nam, .onnx, .timbre")


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_pipe_does_not_hang_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.onnx")
    fails(add(tmp_path / "pipe.onnx", tmp_path / "library"), 1, "no ordinary file")


@pytest.mark.parametrize("arguments", [("models",), ("models", "add"), ("models", "lose")])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    fails(synthvr_here(*arguments), 2, "usage:")


def test_a_file_put_there_by_hand_or_changed_later_is_a_problem_and_no_module(tmp_path: Path) -> None:
    library = tmp_path / "library"
    add(files.write(tmp_path, files.gain(), "good.onnx"), library)
    files.write(library / "models", files.gain(), "by_hand.onnx")
    listed = synthvr_here("models", "list", "--library", library)
    fails(listed, 1, "by_hand.onnx", "synthvr models add")
    assert "good.onnx" in listed.stdout
    files.write(library / "models", files.gain(title="Else"), "good.onnx")
    found = synthvr_here("modules", "--library", library)
    fails(found, 1, "good.onnx", "changed", "by_hand.onnx")
    assert "onnx_model" not in found.stdout
