"""What is still being made: listed from the first moment, and taken in while the rest plays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.engine import stock
from synthvr_server.engine.declarations import Declarations
from synthvr_server.engine.discovery import freely, shipped_folder
from synthvr_server.engine.offline import offline
from synthvr_server.engine.stock import Stock, list_modules
from synthvr_server.engine.workshop import catalogue_of, cold_files, find_modules, model_folders
from synthvr_server.patch.model import Patch, PlacedModule
from tests.engine.test_process import EngineProcess

FOLLOWER = shipped_folder() / "neural" / "loudness_follower.py"


def test_before_anything_is_compiled_the_catalogue_has_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = catalogue_of(find_modules(None))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    engine = EngineProcess(tmp_path)
    said = {info["id"]: info for info in engine.hear("catalogue")["modules"]}
    engine.process.kill()
    engine.process.wait()
    engine.rings_file.unlink()
    assert said == {name: info.model_dump(mode="json") | {"being_made": True} for name, info in known.items()}


def test_what_is_not_compiled_is_listed_all_the_same_and_nothing_is_compiled_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = catalogue_of(find_modules(None))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    modules, problems = list_modules(None, lambda *_: None)
    assert ({info.id: info for info in modules}, problems) == (known, [])
    assert not any((tmp_path / "cache").rglob("*.nbc"))


def test_declarations_name_the_libraries_that_would_hold_the_interpreter() -> None:
    declared = Declarations([shipped_folder() / "neural" / "morph.py"], model_folders(None)).read()
    assert set(declared.modules) == {"morph"}
    assert "onnxruntime" in declared.libraries
    assert not [name for name in declared.libraries if name.startswith("synthvr")]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """One learned module is cold, whatever the cache says."""
    find_modules(None)
    assert not cold_files()
    monkeypatch.setattr(stock, "cold_files", lambda: [FOLLOWER])
    return []


def ids(message: dict[str, Any]) -> dict[str, bool]:
    return {info["id"]: info["being_made"] for info in message["modules"]}


def test_a_learned_module_is_taken_in_by_an_engine_that_plays(said: list[dict[str, Any]]) -> None:
    things = Stock(None, ("vco",), said.append, freely)
    assert [name for name, being_made in ids(said[0]).items() if being_made] == ["loudness_follower"]
    assert not things.is_complete
    patch = Patch(modules={"osc": PlacedModule(type="vco"), "ear": PlacedModule(type="loudness_follower")})
    with offline(things.workshop, 48_000, 64) as engine:
        engine.graph.become(patch)
        engine.play(2)
        oscillator = engine.graph.nodes["osc"]
        assert set(engine.graph.nodes) == {"osc"}
        wanted: list[dict[str, Any]] = []
        things.compile_rest(wanted.append)
        assert wanted == [{"do": "take_in", "file": str(FOLLOWER), "problem": ""}, {"do": "complete"}]
        for name in things.take_in(FOLLOWER, ""):
            engine.graph.make_up_for(name)
        engine.play(2)
        assert set(engine.graph.nodes) == {"osc", "ear"}
        assert engine.graph.nodes["osc"] is oscillator, "what played goes on"
    assert things.is_complete
    assert (said[-1]["say"], ids(said[-1]), said[-1]["gone"]) == ("made", {"loudness_follower": False}, [])


def test_a_learned_module_that_cannot_be_compiled_is_named_and_gone(
    said: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: Any) -> Iterator[Path]:
        yield from ()

    monkeypatch.setattr(stock, "compile_cold", fails)
    things = Stock(None, (), said.append, freely)
    wanted: list[dict[str, Any]] = []
    things.compile_rest(wanted.append)
    assert things.take_in(Path(wanted[0]["file"]), wanted[0]["problem"]) == []
    assert (said[-1]["modules"], said[-1]["gone"]) == ([], ["loudness_follower"])
    assert said[-1]["problems"] == ["loudness_follower.py: cannot be compiled"]
