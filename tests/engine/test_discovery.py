"""Finding module files, and saying what is wrong with those that cannot be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synthvr_server.engine.discovery import discover

GOOD = '''"""Zero"""
from synthvr_server.module import Module, Output, kernel

class Zero(Module):
    """Puts out 0 V."""
    title = "Zero"
    out = Output("Out")

    @kernel
    def process(out):
        out[:] = 0
'''


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def test_the_files_name_is_the_modules_id_and_its_folder_the_family(tmp_path: Path) -> None:
    write(tmp_path / "mine", zero=GOOD, _draft="not looked at")
    found = discover([tmp_path])
    assert list(found.modules) == ["zero"]
    assert found.folders == {"zero": "mine"}
    assert found.problems == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "exactly one Module class, and declares 0"),
        (GOOD + "\nclass Second(Zero):\n    '''Two.'''\n", "declares 2"),
        ("import nonsense_library", "line 1.*nonsense_library"),
        ("def (", "line 1.*invalid syntax"),
        (GOOD.replace('title = "Zero"', 'title = ""'), "needs a title"),
        ("raise SystemExit(3)", "SystemExit"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported_and_the_others_load(tmp_path: Path, text: str, words: str) -> None:
    found = discover([write(tmp_path, bad=text, zero=GOOD)])
    assert list(found.modules) == ["zero"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith("bad.py: ")
    assert re.search(words, found.problems[0]), found.problems


def test_an_id_that_comes_up_twice_keeps_its_first_file(tmp_path: Path) -> None:
    found = discover([write(tmp_path / "a", zero=GOOD), write(tmp_path / "b", zero=GOOD)])
    assert found.folders == {"zero": "a"}
    assert "exists already" in found.problems[0]
