"""`render` and `check` with module files that hang, die or fail: one clear sentence, exit code 1, never a traceback."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from synthvr_server.cli import supervised
from synthvr_server.cli.telling import PlainFormatter, answer, complain, tell
from tests.cli.test_command_line import fails, synthvr, synthvr_here
from tests.engine.bad_modules import FILES, LATE, play_of

LATE_FAILURE = play_of("[][1] if self.blocks > 600 else None")
GREEDY = play_of("self.all = [bytearray(1 << 40)] if self.blocks > 600 else None")


def library(folder: Path, name: str, text: str | bytes) -> Path:
    """A library with one module of the user's own, and a patch of it in which a VCO plays too."""
    (folder / "modules").mkdir()
    (folder / "modules" / f"{name}.py").write_bytes(text if isinstance(text, bytes) else text.encode())
    modules = {"mine": {"type": name}, "osc": {"type": "vco"}, "out": {"type": "output"}}
    ends = (("osc", "saw", "mine", "audio"), ("mine", "out", "out", "left"), ("osc", "saw", "out", "right"))
    cables = {
        str(number): {"from": {"module": a, "jack": b}, "to": {"module": c, "jack": d}}
        for number, (a, b, c, d) in enumerate(ends)
    }
    (folder / "song.json").write_text(json.dumps({"modules": modules, "cables": cables}))
    return folder / "song.json"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("late_hang", "Zoo (late_hang.py, line 19) hangs"),
        ("late_exit", "Zoo (late_exit.py) ends the process (exit code 3)"),
        ("late_crash", "Zoo (late_crash.py, line 19) ends the process (SIGSEGV)"),
        ("late_kernel", "Zoo (late_kernel.py) hangs"),
        ("late_failure", "Zoo has stopped playing: IndexError: list index out of range (late_failure.py, line 19)"),
        ("greedy", "Zoo has stopped playing: MemoryError (greedy.py, line 19)"),
    ],
)
def test_what_a_module_does_while_it_is_rendered_is_one_sentence_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    monkeypatch.setattr(supervised, "PATIENCE", 2.0)
    text = LATE.get(name) or {"late_failure": LATE_FAILURE, "greedy": GREEDY}[name]
    song, out = library(tmp_path, name, text), tmp_path / "out.wav"
    result = synthvr_here("render", song, "-o", out, "--seconds", "2", "--library", tmp_path)
    result.stderr += capfd.readouterr().err  # of the process that plays
    fails(result, 1, f"mine: {words}")
    assert not list(tmp_path.glob("*.wav"))


def test_a_module_of_the_users_own_that_does_nothing_wrong_is_rendered(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    song, out = library(tmp_path, "fine", play_of()), tmp_path / "out.wav"
    result = synthvr_here("render", song, "-o", out, "--seconds", "1", "--library", tmp_path)
    assert result.returncode == 0, result.stderr + capfd.readouterr().err
    assert out.stat().st_size > 48_000 * 2 * 3


@pytest.mark.parametrize("name", ["leave_at_import", "syntax", "wrong_index", "escapes"])
def test_a_file_that_cannot_be_played_is_named_with_its_line_by_check_and_render(tmp_path: Path, name: str) -> None:
    song = library(tmp_path, name, FILES[name][0])
    checked = synthvr("check", song, "--library", tmp_path)
    fails(checked, 1, f"modules/mine/type: {name}.py: ")
    assert "line " in checked.stderr
    rendered = synthvr("render", song, "-o", tmp_path / "out.wav", "--seconds", "1", "--library", tmp_path)
    fails(rendered, 1, f"modules/mine/type: {name}.py: ", "out.wav is not written")
    assert not (tmp_path / "out.wav").exists()
    assert "\x1b" not in checked.stderr + rendered.stderr


def test_no_control_character_of_somebody_elses_reaches_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "a\x1b[2Jb\x07\x9b31m\rc\u202ed"
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "%s", (evil,), None)
    for tells in (answer, tell, complain, lambda text: print(PlainFormatter("synthvr: %(message)s").format(record))):
        tells(f"{evil}\nmore")
    out, err = capsys.readouterr()
    said = out + err
    assert said.count("a?[2Jb??31m?c?d") == 4
    assert said.count("\nmore") == 3
