"""The command line is a contract: output, exit codes, one sentence for every error."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import soundfile

from synthvr_server.cli import run
from synthvr_server.patch.lock import hold

COMMANDS = ("serve", "devices", "render", "modules", "check", "schema", "models", "timbre", "amp")
SIDES = ("left", "right")
PATCHES = sorted((Path(__file__).parents[2] / "synthvr_server" / "patches").glob("*.json"))


def synthvr(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "synthvr_server", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=200)
    result.stderr = _but_for_compiling(result.stderr)
    return result


def synthvr_here(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, where all is imported already."""
    command = list(map(str, arguments))
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = run(command)
    return subprocess.CompletedProcess(command, code, out.getvalue(), _but_for_compiling(err.getvalue()))


def _but_for_compiling(told: str) -> str:
    """What is told besides, on a machine where everything is new."""
    lines = told.splitlines(keepends=True)
    return "".join(line for line in lines if "compiling kernels, only this once" not in line)


def fails(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("serve first-light --prot 7341", ["usage: synthvr serve", "--prot 7341", "Did you mean '--port'?"]),
        ("modules --jsn", ["usage: synthvr modules", "Did you mean '--json'?"]),
        ("serve --port all", ["a port is a number from 0 to 65535, not all"]),
        ("render first-light -o out.wav --seconds long", ["in seconds, not long"]),
        ("timbre train cello.wav -o cello.timbre --steps many", ["steps, not many"]),
    ],
)
def test_an_argument_that_makes_no_sense_is_told_in_words(arguments: str, words: list[str]) -> None:
    fails(synthvr_here(*arguments.split()), 2, *words)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = synthvr(command, "--help")
    assert result.returncode == 0
    assert command in result.stdout


@pytest.mark.parametrize(
    "arguments", [(), ("nonsense",), ("render", "x"), ("serve", "--port", "many"), ("schema", "x")]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    fails(synthvr(*arguments), 2, "usage:")


def test_modules_lists_the_catalogue_as_json() -> None:
    result = synthvr("modules", "--json")
    assert result.returncode == 0
    assert result.stderr == ""
    catalogue = json.loads(result.stdout)
    assert {"id", "title", "tags", "inputs", "outputs", "knobs"} <= catalogue[0].keys()
    assert {"vco", "ladder", "vca", "adsr", "keys", "output"} <= {module["id"] for module in catalogue}


def test_the_page_of_modules_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "modules.md"
    assert synthvr("modules", "--markdown").stdout == page.read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("what", ["patch", "protocol"])
def test_schema_prints_a_valid_json_schema(what: str) -> None:
    result = synthvr("schema", what)
    assert result.returncode == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(result.stdout))


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.stem)
def test_every_ready_made_patch_is_valid_and_names_its_schema(path: Path) -> None:
    patch = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads(synthvr("schema", "patch").stdout)
    jsonschema.validate(patch, schema)
    assert patch["$schema"] == schema["$id"]
    assert synthvr("check", path).returncode == 0


def test_check_lists_every_problem_with_its_place(tmp_path: Path) -> None:
    bad: dict[str, dict[str, Any]] = {
        "modules": {"a": {"type": "vco", "knobs": {"fine": 1e6, "nope": 1}}, "b": {"type": "no-such-thing"}},
        "cables": {"c": {"from": {"module": "a", "jack": "pitch"}, "to": {"module": "a", "jack": "fm"}}},
    }
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(bad))
    result = synthvr("check", path)
    fails(result, 1, "modules/a/knobs/fine", "modules/a/knobs/nope", "modules/b/type", "cables/c")
    assert len(result.stderr.splitlines()) == 4
    bad["modules"]["d"] = {"type": 5}
    bad["cables"]["e"] = {"from": {"module": "a", "jack": "saw"}, "to": {"module": "gone", "jack": "in"}}
    path.write_text(json.dumps(bad))
    result = synthvr("check", path)
    fails(result, 1, "modules/a/knobs/fine", "cables/c", "modules/d/type", "cables/e/to: module 'gone'")
    assert len(result.stderr.splitlines()) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not valid JSON"),
        ("[]", "JSON object"),
        ('{"schema_version": 99}', "newer SynthVR"),
        ('{"modules": {"a": {"type": 5, "knobs": {"x": "y"}}}}', "modules/a/type"),
        (
            '{"cables": {"c": {"from": {"module": "a", "jack": "b"}, "to": {"module": "a", "jack": "b"}}}}',
            "not in the patch",
        ),
        ('{"modules": {"a": {"type": "vco", "knobs": {"fine": NaN}}}}', "modules/a/knobs/fine"),
    ],
)
def test_each_problem_of_a_broken_patch_file_is_one_clear_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    result = synthvr("check", path)
    fails(result, 1, words)
    assert all(words in line or "modules/" in line for line in result.stderr.splitlines()), "one line for each problem"


def test_a_missing_file_is_one_clear_sentence(tmp_path: Path) -> None:
    fails(synthvr("check", tmp_path / "nothing.json"), 1, "There is no file")


@pytest.mark.parametrize(("name", "subtype"), [("out.wav", "PCM_24"), ("out.flac", "PCM_24")])
def test_render_writes_exactly_the_seconds_asked_for(tmp_path: Path, name: str, subtype: str) -> None:
    result = synthvr("render", "first-light", "-o", tmp_path / name, "--seconds", "1.234", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    info = soundfile.info(tmp_path / name)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 2, subtype)
    assert info.frames == round(1.234 * 48_000)
    sound, _ = soundfile.read(tmp_path / name)
    assert -40 < 20 * np.log10(np.sqrt(np.mean(sound**2))) < -6
    assert [path.name for path in tmp_path.iterdir()] == [name], "nothing but the file is left"


def test_a_render_that_is_silent_says_so_and_one_that_sounds_does_not(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("{}")
    for patch, silent in ((tmp_path / "empty.json", True), ("first-light", False)):
        result = synthvr("render", patch, "-o", tmp_path / "out.wav", "--seconds", "1")
        assert result.returncode == 0, result.stderr
        assert ("The result is silent" in result.stderr) == silent


def test_the_block_size_does_not_change_a_render(tmp_path: Path) -> None:
    sounds = []
    for block in ("64", "256"):
        path = tmp_path / f"{block}.wav"
        assert (
            synthvr("render", "silver-line", "-o", path, "--seconds", "2", "--float", "--block", block).returncode == 0
        )
        sounds.append(soundfile.read(path)[0])
    np.testing.assert_allclose(sounds[0], sounds[1], atol=1e-4)


def test_noise_is_another_in_every_module_and_the_same_in_every_render(tmp_path: Path) -> None:
    sides = {side: {"from": {"module": side, "jack": "white"}, "to": {"module": "out", "jack": side}} for side in SIDES}
    patch = tmp_path / "two.json"
    modules = {side: {"type": "noise"} for side in SIDES} | {"out": {"type": "output"}}
    patch.write_text(json.dumps({"schema_version": 1, "modules": modules, "cables": sides}))
    sounds = []
    for name in ("once.wav", "again.wav"):
        result = synthvr("render", patch, "-o", tmp_path / name, "--seconds", "2")
        assert result.returncode == 0, result.stderr
        sounds.append((tmp_path / name).read_bytes())
    assert sounds[0] == sounds[1]
    heard = soundfile.read(tmp_path / "once.wav")[0]
    assert np.abs(heard).max() > 0.1
    assert abs(np.corrcoef(heard.T)[0, 1]) < 0.02


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("first-light", "-o", "out.mp3"), ".wav or .flac"),
        (("first-light", "-o", "no/such/folder/out.wav"), "no folder"),
        (("first-light", "-o", "out.flac", "--float"), "FLAC"),
        (("no-such-patch", "-o", "out.wav"), "no-such-patch"),
        (("missing.json", "-o", "out.wav"), "missing.json"),
    ],
)
def test_a_render_that_cannot_be_is_one_clear_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = synthvr("render", *arguments, "--seconds", "1", cwd=tmp_path)
    fails(result, 1, words)
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_broken_module_of_the_users_own_is_named_and_the_others_play(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "broken.py").write_text("import no_such_library\n")
    result = synthvr("modules", "--library", tmp_path)
    fails(result, 1, "broken.py", "no_such_library")
    assert "vco" in result.stdout


def test_a_second_server_on_a_library_is_refused_in_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    running = hold(tmp_path / "server-lock")
    assert running is not None
    result = synthvr_here("serve", "--library", tmp_path, "--port", "0")
    running.close()
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("synthvr: Another SynthVR is running on the library")
    assert "--library" in result.stderr
    assert not (tmp_path / "sessions").exists()
