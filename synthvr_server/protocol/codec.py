"""Messages ⇄ bytes, once as msgpack and once as JSON.

Decoding has three outcomes and no other: a message; a ``rejected`` answer, where the bytes are a map but
not a message we know; ProtocolViolation, where they are not even that.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Protocol, get_args

import msgpack
from pydantic import TypeAdapter, ValidationError

from ..errors import ProtocolViolation
from ..patch.model import Frozen
from ..patch.wording import in_words
from .client_messages import PROTOCOL_VERSION, ClientMessage
from .failures import CloseCode
from .limits import JSON, LARGEST_MESSAGE, MSGPACK, Subprotocol
from .server_messages import RejectedRequest

_CLIENT_MESSAGE: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)
_KINDS = {model.model_fields["type"].default for model in get_args(get_args(ClientMessage)[0])}
_MOST_REQUEST_ID = 2**31 - 1


class Codec(Protocol):
    """One subprotocol."""

    subprotocol: Subprotocol

    def decode(self, data: bytes | str) -> ClientMessage | RejectedRequest:
        """A client's message. Raises ProtocolViolation."""

    def encode(self, message: Frozen) -> bytes | str:
        """A message, ready to send."""


class MsgpackCodec:
    """Binary frames, one msgpack map each."""

    subprotocol: Subprotocol = MSGPACK

    def decode(self, data: bytes | str) -> ClientMessage | RejectedRequest:
        """A client's message. Raises ProtocolViolation."""
        if isinstance(data, str):
            raise ProtocolViolation(f"{MSGPACK} takes binary frames, not text.", CloseCode.WRONG_FRAME)
        _check_size(len(data))
        try:
            # Tuples, because strict validation takes no list for a tuple.
            values = msgpack.unpackb(data, use_list=False)
        except (ValueError, msgpack.UnpackException) as error:
            raise _unreadable("msgpack", error) from None
        return _message(values)

    def encode(self, message: Frozen) -> bytes:
        """A message as msgpack."""
        packed: bytes = msgpack.packb(message.model_dump(by_alias=True))
        return packed


class JsonCodec:
    """Text frames, one JSON object each; bytes are base64."""

    subprotocol: Subprotocol = JSON

    def decode(self, data: bytes | str) -> ClientMessage | RejectedRequest:
        """A client's message. Raises ProtocolViolation."""
        if not isinstance(data, str):
            raise ProtocolViolation(f"{JSON} takes text frames, not binary.", CloseCode.WRONG_FRAME)
        _check_size(len(data))  # characters: never more than bytes, and the transport bounds those
        try:
            values = json.loads(data, object_hook=_frozen_lists)
        except (ValueError, RecursionError) as error:
            raise _unreadable("JSON", error) from None
        return _message(values)

    def encode(self, message: Frozen) -> str:
        """A message as JSON."""
        return json.dumps(message.model_dump(by_alias=True), default=_base64, ensure_ascii=False, separators=(",", ":"))


CODECS: Mapping[Subprotocol, Codec] = {MSGPACK: MsgpackCodec(), JSON: JsonCodec()}


def _check_size(size: int) -> None:
    if size > LARGEST_MESSAGE:
        raise ProtocolViolation(
            f"A message of {size:,} bytes is larger than the limit of {LARGEST_MESSAGE:,}.", CloseCode.TOO_LARGE
        )


def _unreadable(what: str, error: Exception) -> ProtocolViolation:
    reason = str(error).strip().rstrip(".") or type(error).__name__
    return ProtocolViolation(f"A message is not valid {what}: {reason[:200]}.", CloseCode.UNREADABLE)


def _message(values: Any) -> ClientMessage | RejectedRequest:
    if not isinstance(values, dict):
        raise ProtocolViolation("A message must be a map with a `type`.", CloseCode.UNREADABLE)
    kind, request = values.get("type"), _request_id(values)
    if not isinstance(kind, str):
        return RejectedRequest(id=request, code="unknown_message", sentence="The message has no type.")
    if kind not in _KINDS:
        sentence = f"There is no message of type {kind[:60]!r}."
        return RejectedRequest(id=request, code="unknown_message", sentence=sentence)
    if kind == "hello":
        _check_version(values.get("protocol"))
    try:
        return _CLIENT_MESSAGE.validate_python(values, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        return _invalid(kind, request, error)


def _invalid(kind: str, request: int | None, error: ValidationError) -> RejectedRequest:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = problem["loc"][1:]  # the first is the type
    where = "/".join(map(str, place))
    return RejectedRequest(
        id=request,
        code="invalid_message",
        sentence=f"Message {kind!r} is not valid: {in_words(problem, where[:200] or 'it')[:500]}.",
        index=place[1] if len(place) > 1 and place[0] == "commands" and isinstance(place[1], int) else 0,
    )


def _request_id(values: dict[Any, Any]) -> int | None:
    found = values.get("id")
    return found if type(found) is int and 0 <= found <= _MOST_REQUEST_ID else None


def _check_version(version: Any) -> None:
    """A hello of another version may look different altogether: the version is read before the rest."""
    if type(version) is int and version != PROTOCOL_VERSION:
        raise ProtocolViolation(
            f"This server speaks version {PROTOCOL_VERSION} of the protocol, and the client does not.",
            CloseCode.WRONG_VERSION,
        )


def _frozen_lists(values: dict[str, Any]) -> dict[str, Any]:
    """A JSON object with tuples for arrays, as strict validation wants them."""
    return {key: _frozen(value) if isinstance(value, list) else value for key, value in values.items()}


def _frozen(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_frozen(value) if isinstance(value, list) else value for value in values)


def _base64(value: Any) -> str:
    if not isinstance(value, bytes):
        raise TypeError(f"{type(value).__name__} does not go over the wire")
    return base64.b64encode(value).decode("ascii")
