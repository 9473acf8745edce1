"""The server's side of one connection, without I/O: frames in, messages out.

::

    state            hello     any other message    rejected       violation
    awaiting hello   open      violation            violation      closed
    open             violation open                 open           closed
    closed           every frame is ignored
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ..errors import ProtocolViolation
from .client_messages import ClientMessage, Hello
from .codec import Codec
from .failures import CloseCode
from .limits import BURST, LARGEST_HELLO, MESSAGES_PER_SECOND
from .server_messages import RejectedRequest

State = Literal["awaiting hello", "open", "closed"]
Event = Literal["hello", "message", "rejected"]

# What is not in the table is a violation, in these words.
_NEXT: dict[tuple[State, Event], State] = {
    ("awaiting hello", "hello"): "open",
    ("open", "message"): "open",
    ("open", "rejected"): "open",
}
_OUT_OF_PLACE: dict[tuple[State, Event], str] = {
    ("awaiting hello", "message"): "The first message must be hello.",
    ("awaiting hello", "rejected"): "Hello comes first: {}",
    ("open", "hello"): "Hello was said already.",
}


class Session:
    """What one client has said so far; ``now`` is a monotonic clock in seconds."""

    def __init__(self, codec: Codec, now: Callable[[], float]) -> None:
        self.codec = codec
        self.state: State = "awaiting hello"
        self._now = now
        self._credit = float(BURST)
        self._counted_at = now()

    def receive(self, data: bytes | str) -> ClientMessage | RejectedRequest | None:
        """The message in a frame, the answer to a bad one, or None once closed.

        Raises ProtocolViolation, and is closed then.
        """
        if self.state == "closed":
            return None
        try:
            self._count()
            self._check_hello_size(len(data))
            message = self.codec.decode(data)
            self._advance(message)
        except ProtocolViolation:
            self.state = "closed"
            raise
        return message

    def _advance(self, message: ClientMessage | RejectedRequest) -> None:
        event = _event(message)
        following = _NEXT.get((self.state, event))
        if following is None:
            sentence = message.sentence if isinstance(message, RejectedRequest) else ""
            raise ProtocolViolation(_OUT_OF_PLACE[self.state, event].format(sentence), CloseCode.OUT_OF_PLACE)
        self.state = following

    def _check_hello_size(self, size: int) -> None:
        if self.state == "awaiting hello" and size > LARGEST_HELLO:
            raise ProtocolViolation(f"A hello has at most {LARGEST_HELLO:,} bytes.", CloseCode.TOO_LARGE)

    def _count(self) -> None:
        now = self._now()
        self._credit = min(BURST, self._credit + (now - self._counted_at) * MESSAGES_PER_SECOND) - 1
        self._counted_at = now
        if self._credit < 0:
            raise ProtocolViolation(
                f"More than {MESSAGES_PER_SECOND:,} messages a second are too many.", CloseCode.TOO_FAST
            )


def _event(message: ClientMessage | RejectedRequest) -> Event:
    if isinstance(message, RejectedRequest):
        return "rejected"
    return "hello" if isinstance(message, Hello) else "message"
