"""Modules whose DSP is Python over numpy blocks, and modules that are made of model files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from synthvr_server.engine import workshop
from synthvr_server.engine.compile import CompiledKernel, compile_kernel
from synthvr_server.engine.discovery import MODELS, discover, shipped_folder
from synthvr_server.engine.master import Master
from synthvr_server.engine.offline import offline
from synthvr_server.engine.workshop import MASTER, Workshop
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Knob, Module, Output
from synthvr_server.patch.model import Patch, PlacedModule
from tests.rig import Tape, cable, rig


class Doubler(Module):
    """Twice its input, by numpy."""

    title = "Doubler"

    audio = Input("In", "audio")
    level = Knob("Level", 0.0, 4.0, default=2.0)
    out = Output("Out", "audio")
    plugged = Output("Plugged", "cv")

    def prepare(self):
        self.factor = np.float32(1.0)

    def play(self, audio, level, out, plugged, audio_plugged):
        np.multiply(audio, level[:, None] * self.factor, out=out)
        plugged[:] = audio_plugged


class Broken(Doubler):
    """Raises."""

    title = "Broken"

    def play(self, audio, out, plugged):
        out[:] = 9.0
        raise ValueError("no good")


class Unprepared(Doubler):
    """Cannot be made."""

    title = "Unprepared"

    def prepare(self):
        raise OSError("no model")


@pytest.mark.parametrize("channels", [1, 3, 16])
def test_it_hears_and_plays_every_channel_without_latency(channels):
    signal = np.random.default_rng(1).uniform(-5, 5, (640, channels)).astype(np.float32)
    with rig(Doubler, feeds={"audio": channels}) as under_test:
        heard = under_test.run(640 / 48_000, audio=signal)
    assert heard["out"].shape == (640, channels)
    np.testing.assert_allclose(heard["out"], 2 * signal, rtol=1e-6)
    assert (heard["plugged"] == 1.0).all()


def test_its_knobs_glide():
    with rig(Doubler, feeds={"audio": 1}, level=0.0) as under_test:
        under_test.run(0.01, audio=1.0)
        under_test.turn(level=4.0)
        out = under_test.run(0.05, audio=1.0)["out"][:, 0]
    assert 0.0 < out[100] < out[500] < 4.0
    assert out[-1] == pytest.approx(4.0)


def test_what_it_gives_is_guarded():
    with rig(Doubler, feeds={"audio": 1}) as under_test:
        assert np.abs(under_test.run(0.01, audio=20.0)["out"]).max() == 24.0


class InTurn(Doubler):
    """Knows when it began."""

    title = "In turn"
    takes_turns = True

    def start(self, frame):
        self.began = frame


def test_modules_that_take_turns_get_the_lowest_free_one_and_know_when_they_begin():
    classes: dict[str, type[Module]] = {"in_turn": InTurn, "doubler": Doubler}
    placed = {name: PlacedModule(type=kind) for name, kind in
              (("a", "in_turn"), ("other", "doubler"), ("b", "in_turn"), ("c", "in_turn"))}  # fmt: skip
    with offline(Workshop(classes, _kernels())) as engine:
        graph = engine.graph
        graph.become(Patch(modules=placed))
        engine.play(5)
        assert [graph.nodes[name]._module.turn for name in "abc"] == [0, 1, 2]
        assert [graph.nodes[name]._module.began for name in "abc"] == [0, 0, 0]
        graph.become(Patch(modules={name: module for name, module in placed.items() if name != "b"}))
        engine.play(5)
        graph.become(Patch(modules={**placed, "d": PlacedModule(type="in_turn")}))
        engine.play(5)
        assert {name: graph.nodes[name]._module.turn for name in "abcd"} == {"a": 0, "b": 1, "c": 2, "d": 3}
        assert graph.nodes["b"]._module.began == graph.nodes["d"]._module.began == 10 * 64


def test_one_that_raises_is_reported_once_and_silent_and_the_others_play_on():
    reports: list[tuple[str, str]] = []
    classes: dict[str, type[Module]] = {"broken": Broken, "doubler": Doubler, "tape": Tape}
    kernels = _kernels() | {"tape": compile_kernel(Tape)}
    with offline(Workshop(classes, kernels), report=lambda *what: reports.append(what)) as engine:
        cables = {"a": cable("tape", "out", "broken", "audio"), "b": cable("tape", "out", "doubler", "audio")}
        engine.graph.become(Patch(modules={name: PlacedModule(type=name) for name in classes}, cables=cables))
        engine.graph.nodes["tape"].states["samples"][:] = 1.0
        for name in ("broken", "doubler"):
            engine.graph.watch(name, "out")
        engine.play(5)
        assert (engine.graph.nodes["broken"].heard("out") == 0.0).all()
        assert (engine.graph.nodes["doubler"].heard("out") == 2.0).all()
    assert reports == [("broken", "Broken has stopped playing: ValueError: no good")]


def test_one_that_cannot_be_prepared_is_reported_and_left_out():
    reports: list[tuple[str, str]] = []
    with offline(Workshop({"odd": Unprepared}, _kernels()), report=lambda *what: reports.append(what)) as engine:
        engine.graph.become(Patch(modules={"odd": PlacedModule(type="odd")}))
        engine.play(2)
    assert reports == [("odd", "Unprepared cannot be made: OSError: no model")]


def _kernels() -> dict[str, CompiledKernel]:
    return {MASTER: compile_kernel(Master)}


MAKER = '''
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Module, Output

class Maker(Module):
    """Plays a constant."""

    title = "Maker"
    made_of = (".volts",)
    abstract = {abstract}
    out = Output("Out")

    @classmethod
    def of_model(cls, path):
        if not path.read_text().strip():
            raise ModuleDeclarationError("the file is empty")
        return super().of_model(path)

    def prepare(self):
        self.volts = float(self.model.read_text()) if self.model else 0.0

    def play(self, out):
        out[:] = self.volts
'''


@pytest.mark.parametrize("abstract", [True, False])
def test_every_model_file_becomes_a_module(tmp_path: Path, abstract: bool) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "models" / "deeper").mkdir(parents=True)
    (tmp_path / "modules" / "maker.py").write_text(MAKER.format(abstract=abstract))
    (tmp_path / "models" / "deeper" / "Three Volts.volts").write_text("3")
    (tmp_path / "models" / "empty.volts").write_text("")
    found = discover([tmp_path / "modules"], [tmp_path / "models"])
    assert found.problems == ["empty.volts: the file is empty"]
    assert set(found.modules) == {"maker_three_volts"} | (set() if abstract else {"maker"})
    cls = found.modules["maker_three_volts"]
    assert cls.title == "Three volts"
    with rig(cls) as under_test:
        assert (under_test.run(0.01)["out"] == 3.0).all()


def test_files_in_a_folder_whose_name_is_no_text_are_left_out(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes text only")
    (tmp_path / "maker.py").write_text(MAKER.format(abstract=True))
    (folder / "other.py").write_text(MAKER.format(abstract=False).replace(".volts", ".amperes"))
    (folder / "three.volts").write_text("3")
    found = discover([tmp_path], [tmp_path])
    assert found.modules == {}
    assert [problem.partition(": ")[2] for problem in found.problems] == [
        "it lies in a folder whose name is no text; rename the folder"
    ] * 2


def test_a_users_module_takes_no_model_files_from_ours(tmp_path: Path) -> None:
    own = tmp_path / "modules"
    own.mkdir()
    (own / "greedy.py").write_text(MAKER.format(abstract=False).replace(".volts", ".nam"))
    found = discover([shipped_folder() / "neural", own], [MODELS])
    assert found.problems == ["greedy.py: .nam files become modules of 'amp' already"]
    assert "amp_fuzz" in found.modules


def test_a_module_with_play_must_write_its_outputs() -> None:
    with pytest.raises(ModuleDeclarationError, match="never writes out"):
        type("Mute", (Module,), {"title": "Mute", "__doc__": "x", "out": Output("Out"), "play": lambda self: None})


def test_a_file_that_imports_what_was_learned_is_cold_until_it_has_been_imported_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(workshop, "shipped_folder", lambda: tmp_path)
    file = tmp_path / "own.py"
    file.write_text("import synthvr_server.neural\n" + MAKER.format(abstract=False))
    (tmp_path / "vco.py").write_text(MAKER.format(abstract=False))
    assert workshop.cold_files() == [file]
    left_out = workshop.find_modules(None, without=workshop.cold_files())
    assert "own" not in left_out.modules
    assert "vco" in left_out.modules
    told: list[tuple[int, int, str]] = []
    assert [*workshop.compile_cold([file], 1, lambda *progress: told.append(progress))] == [file]
    assert told == [(0, 1, "own"), (1, 1, "own")]
    assert workshop.cold_files() == []
    file.write_text(file.read_text() + "\n")
    assert workshop.cold_files() == [file]
