"""The outbox of a slow client: what is kept, what is dropped, and when it is hopeless."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest

from synthvr_server.protocol.codec import JsonCodec, MsgpackCodec
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.server_messages import (
    Ack,
    Audio,
    Meters,
    Notice,
    OthersPresence,
    ServerMessage,
    TurnedKnob,
    Turns,
)
from synthvr_server.server import outbox as module
from synthvr_server.server.outbox import MOST_PIECES, Outbox, Outgoing


def turns(**values: float) -> Turns:
    return Turns(knobs=tuple(TurnedKnob(module=m, knob="k", value=v, client="x") for m, v in values.items()))


def meters(time: int) -> Meters:
    return Meters(sample_time=time, load=0, late_blocks=0, blocks=0, modules={}, feedback=())


def presence(client: str, holding: str) -> OthersPresence:
    return OthersPresence(client=client, head=None, left=None, right=None, holding=(holding,))


def sent(*messages: ServerMessage) -> list[dict[str, Any]]:
    """What a client gets that reads only after all of the messages were queued."""
    outbox = Outbox(MsgpackCodec())
    for message in messages:
        outbox.put(Outgoing(message))
    frames = []
    while (frame := outbox.take()) is not None:
        frames.append(msgpack.unpackb(frame))
    return frames


def test_structure_is_kept_in_order() -> None:
    assert [frame["id"] for frame in sent(*(Ack(id=n, revision=0) for n in range(1000)))] == list(range(1000))


def test_only_the_newest_meters_are_kept() -> None:
    assert [frame["sample_time"] for frame in sent(meters(1), meters(2), meters(3))] == [3]


def test_only_the_newest_presence_of_each_is_kept() -> None:
    frames = sent(presence("a", "1"), presence("b", "2"), presence("a", "3"))
    assert {frame["client"]: frame["holding"] for frame in frames} == {"a": ["3"], "b": ["2"]}


def test_turns_are_merged_and_the_newest_value_wins() -> None:
    (frame,) = sent(turns(a=1.0, b=1.0), turns(a=2.0), turns(c=3.0))
    assert {knob["module"]: knob["value"] for knob in frame["knobs"]} == {"a": 2.0, "b": 1.0, "c": 3.0}


def test_turns_are_never_merged_across_structure() -> None:
    frames = sent(turns(a=1.0), Ack(id=1, revision=1), turns(b=2.0))
    assert [frame["type"] for frame in frames] == ["turns", "ack", "turns"]
    assert [knob["module"] for knob in frames[2]["knobs"]] == ["b"]


def test_the_oldest_sound_is_dropped() -> None:
    pieces = [Audio(sample_time=n, rate=48_000, pcm=b"") for n in range(MOST_PIECES + 10)]
    times = [frame["sample_time"] for frame in sent(*pieces)]
    assert times == list(range(10, MOST_PIECES + 10))


def test_whoever_falls_hopelessly_behind_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BEHIND", 1_000)
    outbox = Outbox(MsgpackCodec())
    for _ in range(20):
        outbox.put(Outgoing(Notice(code="x", sentence="y" * 100)))
    assert outbox.closing == CloseCode.TOO_SLOW
    assert outbox.take() is None


def test_whoever_reads_is_never_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BEHIND", 1_000)
    outbox = Outbox(MsgpackCodec())
    for _ in range(100):
        outbox.put(Outgoing(Notice(code="x", sentence="y" * 100)))
        assert outbox.take() is not None
    assert outbox.closing is None


def test_the_first_message_wakes_the_sender_and_so_does_the_end() -> None:
    woken: list[int] = []
    outbox = Outbox(MsgpackCodec(), lambda: woken.append(len(outbox)))
    outbox.put(Outgoing(Ack(id=1, revision=0)))
    outbox.put(Outgoing(Ack(id=2, revision=0)))
    outbox.end(CloseCode.GOING_AWAY)
    outbox.end(CloseCode.TOO_SLOW)
    assert woken == [1, 0]
    assert outbox.closing == CloseCode.GOING_AWAY


def test_a_message_for_many_is_encoded_once_per_subprotocol() -> None:
    outgoing = Outgoing(Ack(id=1, revision=0))
    first = outgoing.encoded(MsgpackCodec())
    assert outgoing.encoded(MsgpackCodec()) is first
    assert isinstance(outgoing.encoded(JsonCodec()), str)
