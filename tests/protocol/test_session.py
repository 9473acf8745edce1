"""The session: frames in, messages out, and what ends it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from synthvr_server.errors import ProtocolViolation
from synthvr_server.protocol.client_messages import Hello, Undo
from synthvr_server.protocol.codec import JsonCodec
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.limits import BURST, LARGEST_HELLO, MESSAGES_PER_SECOND
from synthvr_server.protocol.server_messages import RejectedRequest
from synthvr_server.protocol.session import Session
from synthvr_server.server.connection import LONGEST_REASON, reason

HELLO = json.dumps({"type": "hello", "protocol": 1, "name": "Ada", "kind": "test"})
UNDO = json.dumps({"type": "undo", "id": 1})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock | None = None) -> Session:
    session = Session(JsonCodec(), clock or Clock())
    assert isinstance(session.receive(HELLO), Hello)
    return session


def ending(session: Session, data: Any) -> CloseCode:
    with pytest.raises(ProtocolViolation) as violation:
        session.receive(data)
    assert session.state == "closed"
    return CloseCode(violation.value.close_code)


def test_hello_opens_the_session() -> None:
    assert opened().state == "open"


def test_after_hello_messages_come_through() -> None:
    assert opened().receive(UNDO) == Undo(id=1)


def test_anything_before_hello_ends_it() -> None:
    assert ending(Session(JsonCodec(), Clock()), UNDO) == CloseCode.OUT_OF_PLACE


def test_a_hello_that_is_not_valid_ends_it() -> None:
    assert ending(Session(JsonCodec(), Clock()), '{"type":"hello"}') == CloseCode.OUT_OF_PLACE


def test_whoever_writes_a_client_reads_the_whole_of_what_was_wrong_with_its_hello() -> None:
    with pytest.raises(ProtocolViolation) as violation:
        Session(JsonCodec(), Clock()).receive(HELLO.replace('"test"', '"script"'))
    assert reason(str(violation.value)) == str(violation.value)
    assert str(violation.value).endswith("kind must be 'headset', 'web', 'controller' or 'test'.")


def test_a_reason_too_long_for_a_close_frame_ends_with_a_whole_word() -> None:
    said = reason("Ünlucky words " * 20)
    assert len(said.encode()) <= LONGEST_REASON
    assert said.endswith(("Ünlucky…", "words…"))


def test_a_hello_that_is_too_long_ends_it_though_a_later_message_may_be_longer() -> None:
    assert ending(Session(JsonCodec(), Clock()), HELLO + " " * LARGEST_HELLO) == CloseCode.TOO_LARGE
    assert opened().receive(UNDO + " " * LARGEST_HELLO) == Undo(id=1)


def test_a_hello_with_the_longest_of_everything_is_short_enough() -> None:
    longest = {"name": "𝄞" * 200, "token": "x" * 200, "code": "x" * 200}
    session = {"session": "x" * 64, "revision": 2**53}
    hello = json.dumps({"type": "hello", "protocol": 1, "kind": "controller", "resume": session, **longest})
    assert isinstance(Session(JsonCodec(), Clock()).receive(hello), Hello)


def test_a_second_hello_ends_it() -> None:
    assert ending(opened(), HELLO) == CloseCode.OUT_OF_PLACE


def test_a_hello_of_another_version_ends_it() -> None:
    hello = HELLO.replace('"protocol": 1', '"protocol": 7')
    assert ending(Session(JsonCodec(), Clock()), hello) == CloseCode.WRONG_VERSION


def test_a_message_that_is_not_valid_is_answered_and_the_session_lives() -> None:
    session = opened()
    assert isinstance(session.receive('{"type":"undo","id":"x"}'), RejectedRequest)
    assert session.receive(UNDO) == Undo(id=1)


def test_bytes_that_cannot_be_read_end_it() -> None:
    assert ending(opened(), "{") == CloseCode.UNREADABLE


def test_a_closed_session_hears_nothing() -> None:
    session = opened()
    ending(session, "{")
    assert session.receive(UNDO) is None


def test_a_burst_is_allowed_and_a_flood_is_not() -> None:
    session = opened()
    for _ in range(BURST - 1):
        session.receive(UNDO)
    assert ending(session, UNDO) == CloseCode.TOO_FAST


def test_the_allowed_rate_can_be_kept_up_for_ever() -> None:
    clock = Clock()
    session = opened(clock)
    for _ in range(3 * BURST):
        clock.now += 1 / MESSAGES_PER_SECOND
        session.receive(UNDO)
    assert session.state == "open"
