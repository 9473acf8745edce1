"""What is compiled at once, and what waits until something plays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from synthvr_server.engine.discovery import discover, shipped_folder
from synthvr_server.engine.offline import offline
from synthvr_server.engine.workshop import compile_waiting, open_workshop
from synthvr_server.patch.model import Patch, PlacedModule
from tests.rig import cable

PATIENCE = 60.0  # s

CONSTANT = '''"""{title}: {volts} V."""
from synthvr_server.module import Module, Output, kernel

class {title}(Module):
    """A constant voltage."""
    title = "{title}"
    out = Output("Out")
    @kernel
    def process(out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = {volts}
'''
PATCH = Patch(
    modules={"a": PlacedModule(type="first"), "b": PlacedModule(type="second")},
    cables={"1": cable("a", "out", "b", "out")},
)


def test_a_users_file_called_master_takes_nothing_of_the_masters(tmp_path: Path) -> None:
    (tmp_path / "master.py").write_text(CONSTANT.format(title="Master", volts=3.0))
    found = discover([shipped_folder() / "io", tmp_path])
    with offline(open_workshop(found, lambda *_: None), 48_000, 64) as engine:
        modules = {"m": PlacedModule(type="master"), "o": PlacedModule(type="output")}
        engine.graph.become(Patch(modules=modules, cables={"1": cable("m", "out", "o", "left")}))
        engine.graph.watch("m", "out")
        heard = engine.play(20)
        assert (engine.graph.nodes["m"].heard("out") == 3.0).all()
        assert 0.1 < abs(heard).max() <= 1.0


def test_what_a_patch_does_not_need_is_compiled_while_that_plays_and_heard_as_soon_as_it_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "modules").mkdir()
    for title, volts in (("First", 1.0), ("Second", 2.0)):
        (tmp_path / "modules" / f"{title.lower()}.py").write_text(CONSTANT.format(title=title, volts=volts))
    told: list[tuple[int, int, str]] = []
    found = discover([tmp_path / "modules"])
    workshop = open_workshop(found, lambda *progress: told.append(progress), {"first"})
    assert told == [(0, 2, "Master")]
    assert set(workshop.waiting) == {"second"}
    failures: list[str] = []
    with offline(workshop, 48_000, 64, lambda module, _: failures.append(module)) as engine:
        engine.graph.become(Patch(modules=PATCH.modules))
        engine.play(2)
        assert set(engine.graph.nodes) == {"a"}
        for name in compile_waiting(workshop):
            workshop.fetch(name)
            engine.graph.make_up_for(name)
        engine.graph.watch("b", "out")
        engine.play(2)
        assert (engine.graph.nodes["b"].heard("out") == 2.0).all()
    assert not failures
    assert not open_workshop(found, lambda *_: None, {"first"}).waiting


def test_a_compiler_ends_with_the_process_that_it_works_for() -> None:
    """It holds the pipe that its parent printed into: that closes when both are gone."""
    program = (
        "import os\n"
        "from synthvr_server.engine.workshop import _begin, _pool\n"
        "print(_pool(1, _begin).submit(os.getpid).result(), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    said, _ = parent.communicate(timeout=PATIENCE)
    assert int(said) != parent.pid
