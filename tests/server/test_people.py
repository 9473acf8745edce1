"""Who is in the room: names and colours that tell people apart, and undo that stays theirs when they come back."""

from __future__ import annotations

import json

import pytest

from synthvr_server.patch.commands import RemoveModule
from synthvr_server.protocol.client_messages import Grab, Introduce, LoadPatch, NewPatch, Release, SavePatch, Turn
from synthvr_server.protocol.codec import JsonCodec
from synthvr_server.protocol.limits import HOLD_AFTER_RELEASE
from synthvr_server.protocol.server_messages import Ack, Batch, Introduced, Joined, RejectedRequest
from tests.patch.examples import add, turn, two_amplifiers
from tests.server.fakes import Guest, Stage


def names(guest: Guest) -> list[str]:
    return [client.name for client in guest.welcome.clients]


def test_people_of_one_name_are_told_apart(stage: Stage) -> None:
    for _ in range(3):
        last = stage.enter("Desktop", kind="web")
    assert names(last) == ["Desktop", "Desktop 2", "Desktop 3"]
    assert names(stage.enter("DESKTOP 2"))[-1] == "DESKTOP 2 2"


def test_whoever_gives_no_name_is_called_after_what_it_is(stage: Stage) -> None:
    kinds = ("web", "headset", "controller", "test", "web")
    for kind in kinds:
        last = stage.enter("  ", kind=kind)
    assert names(last) == ["Desktop", "Headset", "Controller", "Test", "Desktop 2"]


def test_a_name_is_shown_in_one_line(stage: Stage) -> None:
    assert names(stage.enter(" Ada\n\x1b[31m  Lovelace\t")) == ["Ada ?[31m Lovelace"]


def test_everybody_has_a_colour_of_their_own_unless_they_chose_one(stage: Stage) -> None:
    chosen = stage.enter("Ada", color="#ABCDEF")
    others = [stage.enter(f"guest {number}") for number in range(5)]
    colors = [client.color for client in others[-1].welcome.clients]
    assert colors[0] == "#abcdef"
    assert len(set(colors)) == 6
    assert chosen.hear_only(Joined)[-1].client.color == colors[-1]


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", "#12345g", "#123456\n", "url(x)"])
def test_a_colour_that_is_none_is_refused(color: str) -> None:
    answer = JsonCodec().decode(json.dumps({"type": "introduce", "id": 1, "name": "Ada", "color": color}))
    assert isinstance(answer, RejectedRequest)
    assert "color" in answer.sentence


def test_whoever_introduces_themselves_anew_is_known_so_to_everybody(ada: Guest, ben: Guest) -> None:
    ada.say(Introduce(id=5, name="Ada Lovelace", color="#123456"))
    heard = ben.hear_one(Introduced).client
    assert (heard.id, heard.name, heard.color) == (ada.id, "Ada Lovelace", "#123456")
    assert [message.type for message in ada.hear()] == ["introduced", "ack"]
    ben.say(Introduce(id=6, name="ada lovelace"))
    assert ada.hear_one(Introduced).client.name == "ada lovelace 2"


def test_a_new_name_without_a_colour_keeps_the_colour(ada: Guest) -> None:
    before = ada.welcome.clients[0].color
    ada.say(Introduce(id=5, name="Countess"))
    assert ada.hear_one(Introduced).client.color == before


def test_a_newcomer_hears_the_names_people_have_now(stage: Stage, ada: Guest) -> None:
    ada.say(Introduce(id=5, name="Countess"))
    assert names(stage.enter("Ben")) == ["Countess", "Ben"]


def test_two_pages_of_one_person_have_one_name_and_one_colour(stage: Stage) -> None:
    stage.enter("Ada", person="p-ada")
    page = stage.enter("Ada", person="p-ada")
    first, second = page.welcome.clients
    assert (first.name, first.color) == (second.name, second.color)


def test_nobody_is_told_the_ids_of_people(stage: Stage, ada: Guest) -> None:
    stage.enter("Cleo", person="p-secret")
    everything = [message.model_dump_json() for message in (*ada.hear(), stage.enter("Ben").welcome)]
    assert not any("p-secret" in said for said in everything)


def test_undo_takes_back_my_latest_change_and_leaves_everybody_elses(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0))
    ben.edit(turn("b", 3.0))
    ada.undo()
    assert (stage.knob("a"), stage.knob("b")) == (1.0, 3.0)
    ada.undo()
    assert ada.refusal() == "nothing_to_undo"
    ada.redo()
    assert stage.knob("a") == 2.0


def test_undo_that_would_touch_the_work_of_another_says_so_and_does_nothing(
    stage: Stage, ada: Guest, ben: Guest
) -> None:
    ada.edit(turn("a", 2.0))
    ben.edit(turn("a", 3.0))
    ada.hear()
    ada.undo()
    (refusal,) = ada.hear()
    assert isinstance(refusal, RejectedRequest)
    assert refusal.code == "changed_since"
    assert refusal.sentence.startswith("Ben has since changed the level of AMP")
    assert (stage.knob("a"), stage.document.revision) == (3.0, 2)


def test_removing_a_module_that_others_have_turned_since_touches_their_work(
    stage: Stage, ada: Guest, ben: Guest
) -> None:
    ada.edit(add("x"))
    ben.edit(turn("x", 4.0))
    ada.undo()
    assert ada.refusal() == "changed_since"
    assert stage.knob("x") == 4.0


def test_a_gesture_on_a_knob_is_one_step(stage: Stage, ada: Guest) -> None:
    for value in range(2, 9):
        ada.say(Turn(module="a", knob="level", value=value))
    ada.say(Release(module="a", knob="level"))
    ada.undo()
    assert stage.knob("a") == 1.0


def test_undo_is_still_mine_over_another_connection(stage: Stage) -> None:
    ada = stage.enter("Ada", person="p-ada")
    ada.edit(turn("a", 2.0))
    ada.go()
    ben = stage.enter("Ben", person="p-ben")
    ben.undo()
    assert ben.refusal() == "nothing_to_undo"
    stage.enter("Ada", person="p-ada").undo()
    assert stage.document.patch == two_amplifiers()


def test_whoever_says_no_person_is_nobody_else(stage: Stage) -> None:
    ada = stage.enter("Ada")
    ada.edit(turn("a", 2.0))
    ada.go()
    other = stage.enter("Ada")
    other.undo()
    assert other.refusal() == "nothing_to_undo"


def test_the_others_are_told_who_undid_what(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(turn("a", 2.0))
    ada.undo()
    ada.redo()
    heard = [(batch.client, batch.cause, batch.subject) for batch in ben.hear_only(Batch)]
    what = "the level of AMP"
    assert heard == [(ada.id, "edit", ""), (ada.id, "undo", what), (ada.id, "redo", what)]


def test_the_others_are_told_who_loaded_what_and_who_began_anew(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(SavePatch(id=1, name="Far shore"))
    ada.say(NewPatch(id=2))
    ada.say(LoadPatch(id=3, name="Far shore"))
    stage.reactor.finish_work()
    heard = [(batch.client, batch.cause, batch.subject) for batch in ben.hear_only(Batch)]
    assert heard == [(ada.id, "new", ""), (ada.id, "load", "Far shore")]
    assert [ack.id for ack in ada.hear_only(Ack)] == [2, 1, 3]
    ada.undo()
    assert ben.hear_one(Batch).subject == "the load of Far shore"
    ada.undo()
    assert ben.hear_one(Batch).subject == "the new patch"
    assert stage.document.patch == two_amplifiers()


def test_what_is_undone_is_named_in_words(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(RemoveModule(id="a"))
    ada.edit(add("x"), add("y"))
    ada.undo()
    ada.undo()
    undone = [batch.subject for batch in ben.hear_only(Batch) if batch.cause == "undo"]
    assert undone == ["2 new modules", "the removal of AMP"]


def test_undo_takes_nothing_out_of_the_hand_of_another(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(add("x"))
    ada.edit(turn("x", 2.0))
    ben.say(Turn(module="x", knob="level", value=7.0))
    ada.hear()
    ada.undo()
    assert ada.sentence() == "Ben holds the level of AMP."
    stage.reactor.pass_time(HOLD_AFTER_RELEASE + 0.1)
    assert stage.knob("x") == 7.0
    ada.undo()
    assert ada.sentence().startswith("Ben has since changed the level of AMP")


def test_undo_removes_no_module_under_the_hand_of_another(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.edit(add("x"))
    ben.say(Grab(module="x", knob="level"))
    ada.hear()
    ada.undo()
    assert ada.refusal() == "held"
    assert "x" in stage.document.patch.modules
