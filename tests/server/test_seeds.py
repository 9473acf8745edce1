"""What is left to chance is drawn once, when a module is put into the patch, and everybody knows what was drawn."""

from __future__ import annotations

from pathlib import Path

from synthvr_server.patch.commands import AddModule, RemoveModule, apply_batch
from synthvr_server.patch.model import PlacedModule
from synthvr_server.patch.seeds import SEED
from synthvr_server.protocol.client_messages import LoadPatch, SavePatch
from synthvr_server.protocol.server_messages import Batch
from tests.patch.examples import add, two_amplifiers
from tests.server.fakes import Guest, Stage


def seed(stage: Stage, module: str) -> str | None:
    return stage.document.patch.modules[module].data.get(SEED)


def dice(name: str, **data: str) -> AddModule:
    return AddModule(id=name, module=PlacedModule(type="dice", data=data))


def test_every_new_module_in_which_chance_has_a_part_gets_a_seed_of_its_own(stage: Stage, ada: Guest) -> None:
    ada.edit(dice("one"), dice("two"), add("amplifier"))
    ada.edit(dice("three"))
    seeds = {seed(stage, name) for name in ("one", "two", "three")}
    assert None not in seeds
    assert len(seeds) == 3
    assert seed(stage, "amplifier") is None


def test_the_same_module_in_another_room_gets_another_seed(stage: Stage, ada: Guest, tmp_path: Path) -> None:
    other = Stage(tmp_path / "other")
    ada.edit(dice("one"))
    other.enter("Ben").edit(dice("one"))
    assert seed(stage, "one") != seed(other, "one")


def test_everybody_and_the_journal_hear_of_it(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(dice("one"))
    for batch in (ada.hear_only(Batch)[0], ben.hear_one(Batch), stage.recorded[-1]):
        assert apply_batch(two_amplifiers(), batch.commands) == stage.document.patch


def test_a_seed_that_comes_along_stays(stage: Stage, ada: Guest) -> None:
    ada.edit(dice("one", seed="mine", words="too"))
    assert stage.document.patch.modules["one"].data == {"seed": "mine", "words": "too"}


def test_a_copy_throws_its_own_dice(stage: Stage, ada: Guest) -> None:
    ada.edit(dice("one", seed="mine"), dice("two", seed="mine", words="too"))
    assert seed(stage, "one") == "mine"
    assert seed(stage, "two") not in (None, "mine")
    assert stage.document.patch.modules["two"].data["words"] == "too"


def test_undo_and_redo_bring_the_same_seed_back(stage: Stage, ada: Guest) -> None:
    ada.edit(dice("one"))
    drawn = seed(stage, "one")
    ada.undo()
    ada.redo()
    assert seed(stage, "one") == drawn
    ada.edit(RemoveModule(id="one"))
    ada.undo()
    assert seed(stage, "one") == drawn


def test_a_saved_patch_has_its_seeds(stage: Stage, ada: Guest) -> None:
    ada.edit(dice("one"))
    drawn = seed(stage, "one")
    ada.say(SavePatch(id=2, name="kept"))
    stage.reactor.finish_work()
    ada.edit(RemoveModule(id="one"))
    ada.say(LoadPatch(id=3, name="kept"))
    stage.reactor.finish_work()
    assert seed(stage, "one") == drawn
