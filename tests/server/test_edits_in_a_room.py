"""Two people edit one patch: answers, order, undo, and coming back after a lost connection."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthvr_server.patch.commands import RemoveModule, apply_batch
from synthvr_server.patch.fingerprint import fingerprint
from synthvr_server.patch.model import Patch, PlacedModule
from synthvr_server.patch.problems import MOST_TOLD
from synthvr_server.protocol.client_messages import ListPatches, LoadPatch, Ping, Redo, Resume, SavePatch, Undo
from synthvr_server.protocol.library_answers import Library
from synthvr_server.protocol.limits import RESUMABLE_BATCHES
from synthvr_server.protocol.server_messages import (
    Ack,
    Batch,
    CatalogueChange,
    EngineStatus,
    Joined,
    Keeping,
    Left,
    ModuleFailed,
    Notice,
    Pong,
    RejectedRequest,
)
from tests.patch.examples import CATALOGUE, add, connect, module_info, turn, two_amplifiers
from tests.server.fakes import Guest, Stage


def test_a_newcomer_gets_the_patch_the_catalogue_and_everybodys_names(stage: Stage, ada: Guest) -> None:
    ben = stage.enter("Ben")
    assert ben.welcome.patch == two_amplifiers()
    assert ben.welcome.fingerprint == fingerprint(two_amplifiers())
    assert {info.id for info in ben.welcome.catalogue} == set(CATALOGUE)
    assert [client.name for client in ben.welcome.clients] == ["Ada", "Ben"]
    assert ada.hear_one(Joined).client.name == "Ben"


def test_an_edit_reaches_everybody_and_is_acknowledged_after_it(ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0), request=7)
    assert [message.type for message in ada.hear()] == ["batch", "ack"]
    batch = ben.hear_one(Batch)
    assert (batch.revision, batch.client, batch.cause) == (1, ada.id, "edit")


def test_everybody_hears_all_batches_in_one_order(ada: Guest, ben: Guest) -> None:
    for value in range(5):
        (ada if value % 2 else ben).edit(turn("a", float(value)))
    heard = ada.hear_only(Batch)
    assert [batch.revision for batch in heard] == [1, 2, 3, 4, 5]
    assert heard == ben.hear_only(Batch)


def test_what_everybody_applies_is_what_the_server_has(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(add("x"), connect("y", "x/out", "a/in"))
    ben.edit(RemoveModule(id="b"))
    ada.say(Undo(id=1))
    patch = two_amplifiers()
    for batch in ben.hear_only(Batch):
        patch = apply_batch(patch, batch.commands)
        assert fingerprint(patch) == batch.fingerprint
    assert patch == stage.document.patch


def test_a_batch_is_recorded_before_anybody_hears_of_it(stage: Stage, ada: Guest) -> None:
    ada.edit(turn("a", 2.0))
    assert stage.recorded == ada.hear_only(Batch)


def test_a_rejected_edit_changes_nothing_and_tells_only_its_maker(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0), turn("nobody", 2.0), request=3)
    rejection = ada.hear_one(RejectedRequest)
    assert (rejection.id, rejection.code, rejection.index) == (3, "unknown_module", 1)
    assert ben.hear() == []
    assert stage.document.patch == two_amplifiers()
    assert stage.engine.take("edit") == []


def test_an_edit_for_a_revision_that_is_over_is_rejected(ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0), base=0)
    ben.edit(turn("a", 3.0), base=0)
    assert ben.refusal() == "stale_revision"


def test_undo_of_a_knobs_first_turn_turns_it_back_and_leaves_the_module_playing(stage: Stage, ada: Guest) -> None:
    ada.edit(add("x"))
    ada.edit(turn("x", 2.0))
    ada.say(Undo(id=1))
    default = CATALOGUE["amp"].knob("level").default  # type: ignore[union-attr]
    assert ada.hear_only(Batch)[-1].commands == (turn("x", default),)
    ada.say(Undo(id=2))
    assert stage.document.patch == two_amplifiers()
    ada.say(Redo(id=3))
    ada.say(Redo(id=4))
    assert stage.knob("x") == 2.0


def test_undo_skips_changes_that_changed_nothing(stage: Stage, ada: Guest) -> None:
    ada.edit(turn("a", 2.0))
    ada.edit(turn("a", 2.0))
    ada.say(Undo(id=1))
    assert stage.document.patch == two_amplifiers()


def test_at_either_end_of_the_past_there_is_nothing_to_do(ada: Guest) -> None:
    ada.say(Undo(id=1))
    assert ada.refusal() == "nothing_to_undo"
    ada.say(Redo(id=1))
    assert ada.refusal() == "nothing_to_redo"


def test_undo_of_a_removal_brings_the_cables_back(stage: Stage, ada: Guest) -> None:
    ada.edit(RemoveModule(id="a"))
    ada.say(Undo(id=1))
    assert stage.document.patch == two_amplifiers()


def test_whoever_comes_back_gets_only_what_was_missed(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0))
    ben.go()
    ada.edit(turn("a", 3.0))
    ada.edit(turn("a", 4.0))
    back = stage.enter("Ben", Resume(session="session-1", revision=1))
    assert back.welcome.patch is None
    assert [batch.revision for batch in back.welcome.missed] == [2, 3]
    assert back.id != ben.id


def test_whoever_missed_nothing_gets_nothing(stage: Stage) -> None:
    welcome = stage.enter("Ben", Resume(session="session-1", revision=0)).welcome
    assert (welcome.patch, welcome.missed) == (None, ())


@pytest.mark.parametrize(
    "resume",
    [Resume(session="another", revision=0), Resume(session="session-1", revision=99)],
    ids=["session", "future"],
)
def test_whoever_cannot_resume_gets_the_whole_patch(stage: Stage, resume: Resume) -> None:
    assert stage.enter("Ben", resume).welcome.patch == two_amplifiers()


def test_whoever_was_away_too_long_gets_the_whole_patch(stage: Stage, ada: Guest) -> None:
    for value in range(RESUMABLE_BATCHES + 1):
        stage.document.edit((turn("a", value % 10),), ada.client)
    assert stage.enter("Ben", Resume(session="session-1", revision=0)).welcome.patch is not None
    assert len(stage.enter("Cleo", Resume(session="session-1", revision=1)).welcome.missed) == RESUMABLE_BATCHES


def test_everybody_hears_who_goes(ada: Guest, ben: Guest) -> None:
    ben.go()
    assert ada.hear_one(Left).client == ben.id


def test_ping_comes_back_with_the_clocks(stage: Stage, ada: Guest) -> None:
    ada.say(Ping(time=4.5))
    pong = ada.hear_one(Pong)
    assert (pong.time, pong.clock.server_time) == (4.5, stage.reactor.now)


def test_saving_and_loading_go_through_the_library(stage: Stage, ada: Guest) -> None:
    ada.say(SavePatch(id=1, name="Song"))
    stage.reactor.finish_work()
    ada.edit(RemoveModule(id="a"))
    ada.say(LoadPatch(id=2, name="Song"))
    stage.reactor.finish_work()
    assert stage.document.patch == two_amplifiers()
    ada.say(Undo(id=3))
    assert "a" not in stage.document.patch.modules
    ada.hear()
    ada.say(ListPatches(id=4))
    stage.reactor.finish_work()
    assert [entry.name for entry in ada.hear_one(Library).patches] == ["Song"]


def test_the_library_refuses_in_words(stage: Stage, ada: Guest) -> None:
    for wish, code in ((SavePatch(id=1, name="../x"), "invalid_name"), (LoadPatch(id=1, name="x"), "unknown_patch")):
        ada.say(wish)
        stage.reactor.finish_work()
        assert ada.refusal() == code


def test_a_newcomer_hears_of_failed_modules_until_they_are_gone(stage: Stage, ada: Guest) -> None:
    stage.room.module_failed(ModuleFailed(module="a", sentence="It broke."))
    assert ada.hear_one(ModuleFailed).module == "a"
    assert [type(message) for message in stage.enter().greeting] == [ModuleFailed]
    ada.edit(RemoveModule(id="a"))
    assert stage.enter().greeting == []


def test_a_newcomer_hears_that_nothing_is_kept_until_it_is_again(stage: Stage, ada: Guest) -> None:
    full = Keeping(state="not_kept", sentence="The disk is full.")
    stage.room.condition.keeping_is(full)
    assert ada.hear_one(Keeping) == full
    assert stage.enter().greeting == [full]
    assert stage.told_host[-1] == full.sentence
    again = Keeping(state="kept", sentence="It is kept again.")
    stage.room.condition.keeping_is(again)
    assert ada.hear_one(Keeping) == again
    assert stage.enter().greeting == []


def test_what_was_lost_is_told_to_who_comes_and_not_again_to_who_comes_back(stage: Stage) -> None:
    notice = Notice(code="edits_lost", sentence="3 edits are lost.")
    stage.room.condition.notice(notice)
    guest = stage.enter()
    assert guest.greeting == [notice]
    assert stage.enter(resume=Resume(session=guest.welcome.session, revision=0)).greeting == []
    assert stage.enter(resume=Resume(session="before", revision=0)).greeting == [notice]


def test_the_engines_state_is_told_to_everybody_and_to_newcomers(stage: Stage, ada: Guest) -> None:
    status = EngineStatus(state="playing", sentence="Playing.", driver="clock", rate=48_000, block=64)
    stage.room.engine_is(status)
    assert ada.hear_one(EngineStatus) == status
    assert stage.enter().welcome.engine == status


def test_everybody_hears_what_has_changed_in_the_catalogue_and_stays(stage: Stage, ada: Guest) -> None:
    amp, new = CATALOGUE["amp"].model_copy(update={"being_made": True}), module_info("new")
    stage.room.engine_knows([amp, new], ["old.py: broken"])
    change = ada.hear_one(CatalogueChange)
    assert change.modules == (amp, new)
    assert set(change.gone) == CATALOGUE.keys() - {"amp"}
    assert change.problems == ("old.py: broken",)
    assert ada.outbox.closing is None
    welcome = stage.enter().welcome
    assert (welcome.catalogue, welcome.problems) == ((amp, new), ("old.py: broken",))


def test_a_module_that_is_ready_now_is_all_that_is_told(stage: Stage, ada: Guest) -> None:
    stage.room.engine_knows([info.model_copy(update={"being_made": True}) for info in CATALOGUE.values()], ())
    ada.hear()
    half_made = [info.model_copy(update={"being_made": name != "amp"}) for name, info in CATALOGUE.items()]
    stage.room.engine_knows(half_made, ())
    assert ada.hear_one(CatalogueChange) == CatalogueChange(modules=(CATALOGUE["amp"],), gone=(), problems=())


def test_a_file_that_cannot_be_used_is_told_once_on_the_terminal(stage: Stage) -> None:
    for problems in (["a.py: is still being tried"], ["a.py: hangs"], ["a.py: hangs"], ["a.py: hangs", "b.py: broken"]):
        stage.room.engine_knows(CATALOGUE.values(), problems)
    assert stage.told_host == ["a.py: is still being tried", "a.py: hangs", "b.py: broken"]


def test_what_the_catalogue_does_not_bear_out_in_the_patch_is_told_once_on_the_terminal(tmp_path: Path) -> None:
    ghosts = Patch(modules={f"g{number:02}": PlacedModule(type="gone") for number in range(MOST_TOLD + 3)})
    stage = Stage(tmp_path, ghosts)
    assert stage.told_host[0].startswith("modules/g00/type: There is no module type 'gone'")
    assert len(stage.told_host) == MOST_TOLD + 1
    assert stage.told_host[-1] == "and 3 more"
    stage.room.engine_knows(CATALOGUE.values(), ())
    assert len(stage.told_host) == MOST_TOLD + 1, "the engine has started anew with the same catalogue"


def test_the_problems_of_a_patch_that_is_loaded_are_told_on_the_terminal(stage: Stage, ada: Guest) -> None:
    stage.library.save("ghost", Patch(modules={"g": PlacedModule(type="gone")}))
    assert stage.told_host == []
    ada.say(LoadPatch(id=1, name="ghost"))
    stage.reactor.finish_work()
    assert [sentence.partition(":")[0] for sentence in stage.told_host] == ["modules/g/type"]


def test_the_same_catalogue_again_disturbs_nobody(stage: Stage, ada: Guest) -> None:
    stage.room.engine_knows(CATALOGUE.values(), ())
    assert ada.hear() == []


def test_whoever_has_left_is_not_heard(stage: Stage, ada: Guest) -> None:
    ada.go()
    ada.edit(turn("a", 2.0))
    assert stage.document.revision == 0


def test_an_answer_to_somebody_who_left_meanwhile_harms_nobody(stage: Stage, ada: Guest) -> None:
    ada.say(LoadPatch(id=1, name="nothing"))
    ada.go()
    stage.reactor.finish_work()


def test_acks_carry_the_revision(ada: Guest) -> None:
    ada.edit(turn("a", 2.0))
    assert ada.hear_one(Ack).revision == 1
