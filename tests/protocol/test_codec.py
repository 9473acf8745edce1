"""The codecs: whatever bytes come, the outcome is a message, a rejection or a violation."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthvr_server.errors import ProtocolViolation
from synthvr_server.protocol.client_messages import Edit, Turn
from synthvr_server.protocol.codec import CODECS, Codec, JsonCodec, MsgpackCodec
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.limits import LARGEST_MESSAGE
from synthvr_server.protocol.server_messages import Audio, RejectedRequest

TURN = {"type": "turn", "module": "osc", "knob": "pitch", "value": 0.5}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def frame(codec: Codec, values: Any) -> bytes | str:
    return msgpack.packb(values) if isinstance(codec, MsgpackCodec) else json.dumps(values)


@pytest.fixture(params=list(CODECS.values()), ids=list(CODECS))
def codec(request: pytest.FixtureRequest) -> Codec:
    return request.param  # type: ignore[no-any-return]


def test_a_turn_arrives_as_a_turn(codec: Codec) -> None:
    assert codec.decode(frame(codec, TURN)) == Turn(module="osc", knob="pitch", value=0.5)


def test_a_whole_number_is_a_number(codec: Codec) -> None:
    assert codec.decode(frame(codec, TURN | {"value": 1})) == Turn(module="osc", knob="pitch", value=1.0)


def test_commands_arrive_in_order(codec: Codec) -> None:
    commands = [{"do": "set_label", "id": name, "label": ""} for name in "abc"]
    edit = codec.decode(frame(codec, {"type": "edit", "id": 1, "commands": commands}))
    assert isinstance(edit, Edit)
    assert [command.id for command in edit.commands if command.do == "set_label"] == ["a", "b", "c"]


@pytest.mark.parametrize("value", [True, "1", None, [1], float("nan"), float("inf"), -float("inf"), 1e300])
def test_what_is_not_a_finite_number_is_rejected(codec: Codec, value: Any) -> None:
    answer = codec.decode(frame(codec, TURN | {"value": value}))
    assert isinstance(answer, RejectedRequest)
    assert answer.code == "invalid_message"
    assert "value must be" in answer.sentence


def test_a_rejection_carries_the_id_and_the_place_in_the_batch(codec: Codec) -> None:
    commands = [{"do": "set_label", "id": "a", "label": ""}, {"do": "set_label", "id": "a b", "label": ""}]
    answer = codec.decode(frame(codec, {"type": "edit", "id": 9, "commands": commands}))
    assert isinstance(answer, RejectedRequest)
    assert (answer.id, answer.index) == (9, 1)
    assert "commands/1/set_label/id" in answer.sentence


@pytest.mark.parametrize("request_id", [-1, 2**31, 1.5, "7", True, None])
def test_an_id_that_is_none_is_not_repeated(codec: Codec, request_id: Any) -> None:
    answer = codec.decode(frame(codec, {"type": "undo", "id": request_id}))
    assert isinstance(answer, RejectedRequest)
    assert answer.id is None


@pytest.mark.parametrize("values", [{"type": "dance"}, {}, {"type": 3}, {"type": ["undo"]}])
def test_an_unknown_message_is_rejected(codec: Codec, values: Any) -> None:
    answer = codec.decode(frame(codec, values))
    assert isinstance(answer, RejectedRequest)
    assert answer.code == "unknown_message"


def test_a_python_name_of_a_field_is_not_its_name_on_the_wire(codec: Codec) -> None:
    ends = {"module": "a", "jack": "b"}
    cable = {"do": "connect", "id": "c", "cable": {"source": ends, "target": ends}}
    assert isinstance(codec.decode(frame(codec, {"type": "edit", "id": 1, "commands": [cable]})), RejectedRequest)


@pytest.mark.parametrize("values", [[], 1, None, "hello", [TURN]])
def test_what_is_not_a_map_closes_the_connection(codec: Codec, values: Any) -> None:
    with pytest.raises(ProtocolViolation) as violation:
        codec.decode(frame(codec, values))
    assert violation.value.close_code == CloseCode.UNREADABLE


@pytest.mark.parametrize("text", ["", "{", "nul", '{"a":}', "[" * 100_000, '{"type":"undo","id":1}{', "\0"])
def test_broken_json_closes_the_connection(text: str) -> None:
    with pytest.raises(ProtocolViolation, match="not valid JSON") as violation:
        JsonCodec().decode(text)
    assert violation.value.close_code == CloseCode.UNREADABLE


@pytest.mark.parametrize(
    "data",
    [b"", b"\xc1", b"\x81", b"\x91" * 5_000, b"\xdf\xff\xff\xff\xff", b"\x81\x01\x01", b"\xa1\xff", b"\x80\x80"],
    ids=["empty", "reserved", "cut", "deep", "huge map", "number as key", "not UTF-8", "two"],
)
def test_broken_msgpack_closes_the_connection(data: bytes) -> None:
    with pytest.raises(ProtocolViolation, match="not valid msgpack") as violation:
        MsgpackCodec().decode(data)
    assert violation.value.close_code == CloseCode.UNREADABLE


def test_the_wrong_kind_of_frame_closes_the_connection() -> None:
    for codec, data in ((MsgpackCodec(), "{}"), (JsonCodec(), b"{}")):
        with pytest.raises(ProtocolViolation) as violation:
            codec.decode(data)  # type: ignore[arg-type]
        assert violation.value.close_code == CloseCode.WRONG_FRAME


def test_a_message_beyond_the_limit_closes_the_connection(codec: Codec) -> None:
    data = frame(codec, {"type": "undo", "id": 1, "x": "x" * LARGEST_MESSAGE})
    with pytest.raises(ProtocolViolation) as violation:
        codec.decode(data)
    assert violation.value.close_code == CloseCode.TOO_LARGE


def test_another_version_closes_the_connection_whatever_its_hello_looks_like(codec: Codec) -> None:
    with pytest.raises(ProtocolViolation) as violation:
        codec.decode(frame(codec, {"type": "hello", "protocol": 2, "unheard": "of"}))
    assert violation.value.close_code == CloseCode.WRONG_VERSION


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_bytes_upset_the_msgpack_codec(data: bytes) -> None:
    with contextlib.suppress(ProtocolViolation):
        MsgpackCodec().decode(data)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_upsets_the_json_codec(text: str) -> None:
    with contextlib.suppress(ProtocolViolation):
        JsonCodec().decode(text)


@given(st.sampled_from(["hello", "edit", "turn", "note", "presence", "subscribe"]), st.data())
@settings(max_examples=200, deadline=None)
def test_no_values_of_the_right_names_upset_the_codecs(kind: str, data: st.DataObject) -> None:
    names = ["id", "module", "commands", "value", "protocol", "at", "head", "holding", "stream", "base", "kind"]
    values = {"type": kind} | data.draw(st.dictionaries(st.sampled_from(names), json_values, max_size=5))
    with contextlib.suppress(ProtocolViolation):
        JsonCodec().decode(json.dumps(values))


def test_samples_are_bytes_in_msgpack_and_base64_in_json() -> None:
    audio = Audio(sample_time=0, rate=48_000, pcm=b"\xff\xfe\xfb")
    assert msgpack.unpackb(MsgpackCodec().encode(audio))["pcm"] == b"\xff\xfe\xfb"
    assert json.loads(JsonCodec().encode(audio))["pcm"] == "//77"
