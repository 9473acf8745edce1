"""Hands on knobs: the fast path, who holds what, and what remains of a gesture."""

from __future__ import annotations

import pytest

from synthvr_server.patch.commands import RemoveModule
from synthvr_server.patch.model import Patch, PlacedModule
from synthvr_server.protocol.client_messages import Grab, Pose, Presence, Release, SavePatch, Turn, Undo
from synthvr_server.protocol.limits import HOLD_AFTER_RELEASE, LONGEST_STILL, TURN_INTERVAL
from synthvr_server.protocol.server_messages import Batch, Hold, OthersPresence, RejectedRequest, Turns
from tests.patch.examples import turn
from tests.server.fakes import Guest, Stage

LEVEL = {"module": "a", "knob": "level"}


def turned(guest: Guest) -> list[tuple[str, float]]:
    """Every value of ``turns`` that the guest was shown."""
    return [(knob.module, knob.value) for turns in guest.hear_only(Turns) for knob in turns.knobs]


def test_a_turn_is_heard_at_once(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(**LEVEL, value=2.0))
    assert stage.engine.take("turn") == [("turn", "a", "level", 2.0)]


def test_a_turn_changes_no_revision_until_the_hand_opens(stage: Stage, ada: Guest, ben: Guest) -> None:
    for value in (2.0, 3.0, 4.0):
        ada.say(Turn(**LEVEL, value=value))
    assert stage.document.revision == 0
    ada.say(Release(**LEVEL))
    batch = ben.hear_one(Batch)
    assert (batch.cause, batch.client, batch.commands) == ("knob", ada.id, (turn("a", 4.0),))
    ada.say(Undo(id=1))
    assert stage.knob("a") == 1.0


def test_a_turn_without_grabbing_ends_by_itself(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Turn(**LEVEL, value=2.0))
    stage.reactor.pass_time(HOLD_AFTER_RELEASE)
    assert stage.knob("a") == 2.0
    assert [hold.client for hold in ben.hear_only(Hold)] == [ada.id, None]


def test_every_turn_puts_the_end_off(stage: Stage, ada: Guest) -> None:
    for _ in range(10):
        ada.say(Turn(**LEVEL, value=2.0))
        stage.reactor.pass_time(HOLD_AFTER_RELEASE * 0.9)
    assert stage.document.revision == 0
    stage.reactor.pass_time(HOLD_AFTER_RELEASE * 0.2)
    assert stage.document.revision == 1


def test_others_see_the_newest_values_once_a_frame(stage: Stage, ada: Guest, ben: Guest) -> None:
    for value in (1.0, 2.0, 3.0):
        ada.say(Turn(**LEVEL, value=value))
    assert turned(ben) == [("a", 1.0)]
    stage.reactor.pass_time(TURN_INTERVAL)
    assert turned(ben) == [("a", 3.0)]
    stage.reactor.pass_time(1 / 4)
    assert turned(ben) == []


def test_nobody_is_shown_their_own_turns(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Turn(**LEVEL, value=2.0))
    ada.say(Turn(**LEVEL, value=3.0))
    ben.say(Turn(module="b", knob="level", value=4.0))
    stage.reactor.pass_time(TURN_INTERVAL)
    assert turned(ada) == [("b", 4.0)]
    assert turned(ben) == [("a", 2.0), ("a", 3.0)]


def test_a_held_knob_is_refused_to_others_once_and_then_silently(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Grab(**LEVEL))
    stage.engine.take("turn")
    for value in (5.0, 6.0, 7.0):
        ben.say(Turn(**LEVEL, value=value))
    assert ben.refusal() == "held"
    ben.say(Grab(**LEVEL))
    assert ben.refusal() == "held"
    assert stage.engine.take("turn") == []


def test_a_held_knob_cannot_be_set_by_an_edit_of_others(ada: Guest, ben: Guest) -> None:
    ada.say(Grab(**LEVEL))
    ben.hear()
    ben.edit(turn("b", 1.0), turn("a", 5.0))
    rejection = ben.hear_one(RejectedRequest)
    assert (rejection.code, rejection.index) == ("held", 1)
    ada.edit(turn("a", 5.0))
    assert [message.type for message in ada.hear()] == ["hold", "batch", "ack"]


def test_a_released_knob_stays_its_hands_own_for_half_a_second(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Grab(**LEVEL))
    ada.say(Release(**LEVEL))
    stage.reactor.pass_time(HOLD_AFTER_RELEASE * 0.9)
    ben.say(Turn(**LEVEL, value=5.0))
    assert ben.refusal() == "held"
    stage.reactor.pass_time(HOLD_AFTER_RELEASE * 0.2)
    ben.say(Turn(**LEVEL, value=5.0))
    assert ben.hear_only(RejectedRequest) == []
    assert stage.engine.take("turn") == [("turn", "a", "level", 5.0)]


def test_a_grabbed_knob_stays_held_while_the_hand_rests(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Grab(**LEVEL))
    stage.reactor.pass_time(LONGEST_STILL * 0.9)
    ben.say(Grab(**LEVEL))
    assert ben.refusal() == "held"
    stage.reactor.pass_time(LONGEST_STILL * 0.2)
    ben.say(Grab(**LEVEL))
    assert [hold.client for hold in ben.hear_only(Hold)] == [None, ben.id]


def test_whoever_disconnects_mid_gesture_leaves_the_last_value_and_a_free_knob(
    stage: Stage, ada: Guest, ben: Guest
) -> None:
    ada.say(Grab(**LEVEL))
    ada.say(Turn(**LEVEL, value=8.0))
    ada.go()
    assert stage.knob("a") == 8.0
    assert [hold.client for hold in ben.hear_only(Hold)] == [ada.id, None]
    ben.say(Turn(**LEVEL, value=1.0))
    assert ben.hear_only(RejectedRequest) == []


def test_undo_in_the_middle_of_a_gesture_takes_the_gesture_back(stage: Stage, ada: Guest) -> None:
    ada.edit(turn("a", 2.0))
    ada.say(Turn(**LEVEL, value=9.0))
    ada.say(Undo(id=1))
    assert stage.knob("a") == 2.0
    stage.reactor.pass_time(1.0)
    assert stage.knob("a") == 2.0


def test_saving_in_the_middle_of_a_gesture_saves_what_is_heard(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(**LEVEL, value=9.0))
    ada.say(SavePatch(id=1, name="now"))
    stage.reactor.finish_work()
    assert stage.library.load("now").modules["a"].knobs["level"] == 9.0


def test_a_gesture_that_ends_where_it_began_is_no_revision(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(**LEVEL, value=5.0))
    ada.say(Turn(**LEVEL, value=1.0))
    ada.say(Release(**LEVEL))
    assert stage.document.revision == 0


def test_two_hands_of_one_client_hold_two_knobs(stage: Stage, ada: Guest, ben: Guest) -> None:
    for module in ("a", "b"):
        ada.say(Grab(module=module, knob="level"))
        ada.say(Turn(module=module, knob="level", value=3.0))
    ada.say(Release(module="a", knob="level"))
    assert (stage.knob("a"), stage.knob("b")) == (3.0, 1.0)
    ben.hear()
    ben.say(Grab(module="b", knob="level"))
    assert ben.refusal() == "held"


def test_a_removed_module_takes_its_holds_along(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Turn(**LEVEL, value=5.0))
    ben.hear()
    ben.edit(RemoveModule(id="a"))
    assert [message.type for message in ben.hear()] == ["batch", "hold", "ack"]
    ada.hear()
    ada.say(Turn(**LEVEL, value=6.0))
    assert ada.refusal() == "unknown_module"
    stage.reactor.pass_time(1.0)
    assert stage.document.revision == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (Turn(module="a", knob="level", value=11.0), "value_out_of_range"),
        (Turn(module="a", knob="nose", value=1.0), "unknown_knob"),
        (Turn(module="z", knob="level", value=1.0), "unknown_module"),
        (Grab(module="a", knob="nose"), "unknown_knob"),
        (Grab(module="z", knob="level"), "unknown_module"),
    ],
)
def test_a_hand_in_the_wrong_place_is_told_so(stage: Stage, ada: Guest, message: Turn | Grab, code: str) -> None:
    ada.say(message)
    rejection = ada.hear_one(RejectedRequest)
    assert (rejection.id, rejection.code) == (None, code)
    assert stage.engine.take("turn") == []


def test_letting_go_of_what_one_does_not_hold_is_nothing(ada: Guest, ben: Guest) -> None:
    ada.say(Grab(**LEVEL))
    ben.hear()
    ben.say(Release(**LEVEL))
    ben.say(Release(module="z", knob="level"))
    assert ben.hear() == []


def test_a_newcomer_sees_the_hands_that_are_on_knobs_now(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(**LEVEL, value=5.0))
    hold, turns = stage.enter().greeting
    assert isinstance(hold, Hold)
    assert isinstance(turns, Turns)
    assert (hold.client, turns.knobs[0].value) == (ada.id, 5.0)


def test_the_knob_of_a_ghost_can_be_turned(tmp_path_factory: pytest.TempPathFactory) -> None:
    ghost = Patch(modules={"g": PlacedModule(type="forgotten", knobs={"x": 1.0})})
    stage = Stage(tmp_path_factory.mktemp("ghost"), ghost)
    ada = stage.enter()
    ada.say(Turn(module="g", knob="x", value=99.0))
    ada.say(Release(module="g", knob="x"))
    assert stage.knob("g", "x") == 99.0


def test_a_module_that_became_another_kind_under_the_hand_keeps_its_own_knobs(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(module="a", knob="mode", value=2.0))
    narrow = stage.document.catalogue["amp"].model_copy(update={"knobs": ()})
    stage.document.catalogue = {**stage.document.catalogue, "amp": narrow}
    ada.say(Release(module="a", knob="mode"))
    assert "mode" not in stage.document.patch.modules["a"].knobs
    assert stage.document.revision == 0


def test_the_engine_that_starts_anew_hears_the_live_values(stage: Stage, ada: Guest) -> None:
    ada.say(Turn(**LEVEL, value=5.0))
    stage.engine.take("turn")
    stage.room.engine_started(stage.rings, 48_000)
    assert stage.engine.take("turn") == [("turn", "a", "level", 5.0)]


def test_presence_reaches_the_others_newest_only_and_newcomers_too(stage: Stage, ada: Guest, ben: Guest) -> None:
    for x in (1.0, 2.0, 3.0):
        ada.say(Presence(head=Pose(position=(x, 0, 0), rotation=(0, 0, 0, 1)), holding=("a/level",)))
    stage.reactor.pass_time(TURN_INTERVAL)
    heads = [presence.head.position[0] for presence in ben.hear_only(OthersPresence) if presence.head]
    assert heads == [3.0]
    assert ada.hear() == []
    (latest,) = stage.enter().greeting
    assert isinstance(latest, OthersPresence)
    assert (latest.client, latest.holding) == (ada.id, ("a/level",))
    ada.go()
    assert stage.enter().greeting == []


def test_presence_is_shown_once_a_frame_however_often_it_is_sent(stage: Stage, ada: Guest, ben: Guest) -> None:
    heard = 0
    for _ in range(1_000):
        ada.say(Presence())
        stage.reactor.pass_time(0.001)
        heard += len(ben.hear_only(OthersPresence))
    assert 70 <= heard <= 73


def test_presence_sent_just_before_leaving_harms_nobody(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(Presence())
    ada.say(Presence())
    ada.go()
    stage.reactor.pass_time(1.0)
    assert len(ben.hear_only(OthersPresence)) == 1
