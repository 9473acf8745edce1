"""Streams: meters, sound and scopes, for those who asked and as long as they want."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.patch.commands import RemoveModule
from synthvr_server.protocol.client_messages import StreamName, Subscribe, Unsubscribe
from synthvr_server.protocol.limits import PIECE, SCOPES
from synthvr_server.protocol.server_messages import Ack, Audio, Meters, RejectedRequest, Scope
from synthvr_server.server.clock import SampleClock
from synthvr_server.server.streams import pcm16
from tests.patch.examples import add
from tests.server.fakes import Guest, Stage

METERS = Meters(sample_time=480, load=0.1, late_blocks=0, blocks=10, modules={}, feedback=())


def start(guest: Guest, stream: StreamName, jack: str = "") -> None:
    module, name = jack.split("/") if jack else (None, None)
    guest.say(Subscribe(id=1, stream=stream, module=module, jack=name))


def stop(guest: Guest, stream: StreamName, jack: str = "") -> None:
    module, name = jack.split("/") if jack else (None, None)
    guest.say(Unsubscribe(id=2, stream=stream, module=module, jack=name))


def test_meters_go_to_those_who_asked(stage: Stage, ada: Guest, ben: Guest) -> None:
    start(ada, "meters")
    stage.room.engine_measured(METERS)
    assert ada.hear_one(Meters) == METERS
    assert ben.hear() == []
    stop(ada, "meters")
    stage.room.engine_measured(METERS)
    assert ada.hear_only(Meters) == []


def test_sound_comes_in_pieces_without_a_gap(stage: Stage, ada: Guest) -> None:
    start(ada, "audio")
    for piece in range(3):
        stage.rings.write(0, np.full((480, 2), piece / 4))
        stage.reactor.pass_time(PIECE)
    heard = ada.hear_only(Audio)
    assert [piece.sample_time for piece in heard] == [0, 480, 960]
    assert [np.frombuffer(piece.pcm, "<i2")[0] for piece in heard] == [0, 8192, 16384]
    assert len(heard[0].pcm) == 480 * 2 * 2


def test_whoever_starts_to_listen_hears_now_and_not_the_past(stage: Stage, ada: Guest) -> None:
    stage.rings.write(0, np.zeros((10_000, 2)))
    start(ada, "audio")
    stage.rings.write(0, np.zeros((64, 2)))
    stage.reactor.pass_time(PIECE)
    assert ada.hear_one(Audio).sample_time == 10_000


def test_listening_does_not_hang_on_a_scope_that_runs_already(stage: Stage, ada: Guest, ben: Guest) -> None:
    start(ada, "scope", "a/out")
    stage.rings.write(0, np.zeros((10_000, 2)))
    stage.reactor.pass_time(PIECE)
    start(ben, "audio")
    stage.rings.write(0, np.zeros((64, 2)))
    stage.reactor.pass_time(PIECE)
    assert ben.hear_one(Audio).sample_time == 10_000


def test_too_loud_is_held_at_full_scale_and_what_is_no_number_is_silence() -> None:
    loud = np.array([[2.0, -2.0], [np.nan, np.inf]], np.float32)
    assert np.frombuffer(pcm16(loud), "<i2").tolist() == [32_767, -32_767, 0, 0]


def test_a_scope_shows_volts_of_one_jack(stage: Stage, ada: Guest) -> None:
    start(ada, "scope", "a/out")
    assert stage.engine.take("tap") == [("tap", 1, "a", "out")]
    stage.rings.write(1, [0.5, -2.5])
    stage.reactor.pass_time(PIECE)
    scope = ada.hear_one(Scope)
    assert (scope.module, scope.jack) == ("a", "out")
    assert np.frombuffer(scope.samples, "<f4").tolist() == [0.5, -2.5]


def test_two_who_look_at_one_jack_share_a_scope(stage: Stage, ada: Guest, ben: Guest) -> None:
    start(ada, "scope", "a/out")
    start(ben, "scope", "a/out")
    assert len(stage.engine.take("tap")) == 1
    stop(ada, "scope", "a/out")
    assert stage.engine.take("untap") == []
    ben.go()
    assert stage.engine.take("untap") == [("untap", 1)]


def test_there_are_only_so_many_scopes_and_freed_ones_come_back(stage: Stage, ada: Guest) -> None:
    for index in range(SCOPES):
        ada.edit(add(f"m{index}"))
        start(ada, "scope", f"m{index}/out")
    ada.hear()
    start(ada, "scope", "a/out")
    assert ada.refusal() == "scopes_used_up"
    stop(ada, "scope", "m3/out")
    start(ada, "scope", "a/out")
    assert stage.engine.take("tap")[-1] == ("tap", 4, "a", "out")


def test_a_scope_ends_with_its_module(stage: Stage, ada: Guest) -> None:
    start(ada, "scope", "a/out")
    ada.edit(RemoveModule(id="a"))
    assert stage.engine.take("untap") == [("untap", 1)]


def test_asking_twice_is_one_subscription(stage: Stage, ada: Guest) -> None:
    start(ada, "meters")
    start(ada, "meters")
    assert len(ada.hear_only(Ack)) == 2
    stage.room.engine_measured(METERS)
    assert len(ada.hear_only(Meters)) == 1


@pytest.mark.parametrize(
    ("stream", "jack", "code"),
    [
        ("scope", "", "scope_of_what"),
        ("audio", "a/out", "scope_of_what"),
        ("scope", "z/out", "unknown_module"),
        ("scope", "a/nose", "unknown_jack"),
    ],
)
def test_a_stream_that_cannot_be_is_refused(ada: Guest, stream: StreamName, jack: str, code: str) -> None:
    start(ada, stream, jack)
    assert ada.refusal() == code


@pytest.mark.parametrize(("stream", "jack"), [("meters", ""), ("scope", "a/out")])
def test_what_was_never_started_cannot_be_stopped(ada: Guest, stream: StreamName, jack: str) -> None:
    stop(ada, stream, jack)
    assert ada.refusal() == "not_subscribed"


def test_scopes_and_sound_go_on_with_an_engine_that_starts_anew(stage: Stage, ada: Guest) -> None:
    start(ada, "audio")
    start(ada, "scope", "a/out")
    stage.rings.write(0, np.zeros((5_000, 2)))
    stage.reactor.pass_time(PIECE)
    fresh = type(stage.rings)()
    stage.engine.take("tap")
    ada.hear()
    stage.room.engine_started(fresh, 44_100)
    assert stage.engine.take("tap") == [("tap", 1, "a", "out")]
    fresh.write(0, np.zeros((64, 2)))
    fresh.write(1, np.zeros(64))
    stage.reactor.pass_time(PIECE)
    assert [(piece.sample_time, piece.rate) for piece in ada.hear_only(Audio)] == [(0, 44_100)]


def test_nothing_is_read_when_nobody_looks(stage: Stage, ada: Guest) -> None:
    start(ada, "audio")
    ada.go()
    stage.rings.write(0, np.zeros((64, 2)))
    stage.reactor.pass_time(1.0)
    assert ada.hear_only(RejectedRequest) == []


def test_a_note_in_the_future_gets_the_frame_that_plays_then() -> None:
    clock = SampleClock()
    clock.restart(48_000)
    for late, frame in ((0.004, 48_000), (0.000, 96_000), (0.009, 144_000)):
        clock.observe(frame, 100 + frame / 48_000 + late)
    assert clock.frame_at(103.5) == round(3.5 * 48_000)


def test_before_the_engine_has_spoken_the_frame_is_zero() -> None:
    assert SampleClock().frame_at(100.0) == 0
