"""Every bad module file is blamed with its line, in time, and keeps nobody from playing."""

from __future__ import annotations

import contextlib
import os
import re
import select
from pathlib import Path

import pytest

from synthvr_server.engine import trial
from synthvr_server.engine.discovery import module_files
from synthvr_server.engine.workshop import find_modules
from tests.engine.bad_modules import FILES, GOOD, LATE

SHORT = {"load": (2, 10), "compile": (100, 300), "make": (2, 30), "play": (2, 30)}


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "cache_folder", lambda: tmp_path / "cache")


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is wrong with all files of the zoo, by name, tried side by side and with little patience."""
    folder = tmp_path_factory.mktemp("zoo")
    files = {name: text for name, (text, _) in FILES.items()} | LATE | {"good": GOOD}
    paths = [write(folder, name, text) for name, text in files.items()]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trial, "LIMITS", SHORT)
        patched.setattr(trial, "cache_folder", lambda: folder / "cache")
        return {path.stem: why for path, why in trial.Trials(paths, lambda *_: None).wait().items()}


def write(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_blamed_with_its_line(problems: dict[str, str], name: str) -> None:
    assert re.search(FILES[name][1], problems[name]), problems[name]
    assert problems[name].isprintable()


@pytest.mark.parametrize("name", ["good", *LATE])
def test_a_file_that_plays_for_a_while_passes(problems: dict[str, str], name: str) -> None:
    assert name not in problems


def test_a_file_is_tried_once_until_it_changes(tmp_path: Path) -> None:
    paths = [write(tmp_path, "good", GOOD), write(tmp_path, "bad", GOOD + "\n1 / 0\n")]
    told: list[tuple[int, int, str]] = []
    first = trial.Trials(paths, lambda *progress: told.append(progress)).wait()
    assert [done for done, _, _ in told] == [0, 1]
    assert trial.Trials(paths, lambda *progress: told.append(progress)).wait() == first
    assert len(told) == 2
    assert list(first) == [paths[1]]
    write(tmp_path, "bad", GOOD)
    assert trial.Trials(paths, lambda *progress: told.append(progress)).wait() == {}
    assert len(told) == 3


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux only")
def test_what_a_file_leaves_running_keeps_nobody_waiting_and_ends_with_its_trial(tmp_path: Path) -> None:
    leaving = f"""
import posix
child = posix.fork()
if child == 0: time.sleep(1e6)
open({str(tmp_path / "child")!r}, "w").write(str(child))
1 / 0
"""
    path = write(tmp_path, "half", GOOD + leaving)
    assert "ZeroDivisionError" in trial.Trials([path], lambda *_: None).wait()[path]
    with contextlib.suppress(ProcessLookupError):  # it is gone already
        left = os.pidfd_open(int((tmp_path / "child").read_text()))
        assert select.select([left], [], [], 60.0)[0]
        os.close(left)


def test_whoever_cannot_wait_goes_on_without_those_that_are_still_tried(tmp_path: Path) -> None:
    path = write(tmp_path, "bad", "1 / 0\n")
    trials = trial.Trials([path], lambda *_: None)
    assert trials.wait(0.0) == {}
    assert trials.pending == [path]
    assert "ZeroDivisionError" in trials.wait()[path]
    assert trials.pending == []


def test_what_may_be_the_machines_fault_is_tried_again_every_time(tmp_path: Path) -> None:
    path = write(tmp_path, "lonely", "import no_such_library\n")
    told: list[tuple[int, int, str]] = []
    for _ in range(2):
        assert "no_such_library" in trial.Trials([path], lambda *progress: told.append(progress)).wait()[path]
    assert len(told) == 2


def test_what_is_no_file_is_no_module_and_keeps_none_from_being_found(tmp_path: Path) -> None:
    folder = tmp_path / "modules"
    write(folder, "good", GOOD)
    (folder / "folder.py").mkdir()
    write(folder / "folder.py", "inside", GOOD)
    (folder / "round.py").symlink_to("round.py")
    (folder / "nowhere.py").symlink_to("nothing")
    (folder / "endless.py").symlink_to("/dev/zero")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.py")
    found = find_modules(tmp_path)
    assert {"good", "inside", "vco"} <= found.modules.keys()
    assert sorted(found.left_out) == ["endless", "nowhere", "pipe", "round"]
    assert all(problem.endswith("it is no ordinary file") for problem in found.problems)
    assert len(module_files(folder)) == 6
