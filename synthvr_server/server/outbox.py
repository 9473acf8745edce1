"""What waits to be sent to one client. Structure is kept at any price, what is only of the moment is not.

A client that reads slowly gets the newest meters, turns, presence and sound, and every batch. One that has
fallen hopelessly behind is told to come back and resume.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable
from typing import cast

from ..protocol.codec import Codec
from ..protocol.failures import CloseCode
from ..protocol.limits import MOST_BEHIND, Subprotocol
from ..protocol.server_messages import Audio, Meters, OthersPresence, Scope, ServerMessage, Turns

MOST_PIECES = 25  # of each stream of samples: a quarter of a second of sound


class Outgoing:
    """A message on its way to any number of clients: encoded once per subprotocol."""

    def __init__(self, message: ServerMessage) -> None:
        self.message = message
        self._encoded: dict[Subprotocol, bytes | str] = {}

    def encoded(self, codec: Codec) -> bytes | str:
        """The frame to send."""
        found = self._encoded.get(codec.subprotocol)
        if found is None:
            found = self._encoded[codec.subprotocol] = codec.encode(self.message)
        return found


class Outbox:
    """An ordered queue of frames; ``woken`` is called when the first one comes in, and at the end."""

    def __init__(self, codec: Codec, woken: Callable[[], None] = lambda: None) -> None:
        self.codec = codec
        self.closing: CloseCode | None = None
        self._woken = woken
        self._waiting: dict[Hashable, Outgoing] = {}  # in order; a key that comes again replaces what is not sent yet
        self._serial = itertools.count()
        self._structure = 0  # how many structural messages came so far
        self._bytes = 0  # of structure waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, outgoing: Outgoing) -> None:
        """Queue a message, or let it replace or drop an older one of its kind."""
        if self.closing is not None:
            return
        message = outgoing.message
        if isinstance(message, Turns):
            self._put_turns(outgoing)
        elif isinstance(message, Meters | OthersPresence):
            self._waiting[_moment(message)] = outgoing
        elif isinstance(message, Audio | Scope):
            self._put_samples(outgoing)
        else:
            self._put_structure(outgoing)
        if len(self._waiting) == 1:
            self._woken()

    def end(self, code: CloseCode) -> None:
        """Send nothing more: the connection closes."""
        if self.closing is None:
            self.closing = code
            self._waiting.clear()
            self._woken()

    def take(self) -> bytes | str | None:
        """The next frame, or None when nothing waits."""
        if not self._waiting:
            return None
        key = next(iter(self._waiting))
        outgoing = self._waiting.pop(key)
        frame = outgoing.encoded(self.codec)
        if isinstance(key, int):
            self._bytes -= len(frame)
        return frame

    def _put_structure(self, outgoing: Outgoing) -> None:
        self._structure += 1
        self._bytes += len(outgoing.encoded(self.codec))
        self._waiting[next(self._serial)] = outgoing
        if self._bytes > MOST_BEHIND:
            self.end(CloseCode.TOO_SLOW)

    def _put_turns(self, outgoing: Outgoing) -> None:
        # Turns may only be merged while no batch lies between them: it might have set the same knob.
        key = ("turns", self._structure)
        older = self._waiting.get(key)
        if older is not None:
            both = (*cast(Turns, older.message).knobs, *cast(Turns, outgoing.message).knobs)
            newest = {(turned.module, turned.knob): turned for turned in both}
            outgoing = Outgoing(Turns(knobs=tuple(newest.values())))
        self._waiting[key] = outgoing

    def _put_samples(self, outgoing: Outgoing) -> None:
        message = outgoing.message
        stream = ("audio",) if isinstance(message, Audio) else ("scope", message.module, message.jack)  # type: ignore[union-attr]
        pieces = [key for key in self._waiting if isinstance(key, tuple) and key[:-1] == stream]
        if len(pieces) >= MOST_PIECES:
            del self._waiting[pieces[0]]
        self._waiting[(*stream, next(self._serial))] = outgoing


def _moment(message: Meters | OthersPresence) -> Hashable:
    return "meters" if isinstance(message, Meters) else ("presence", message.client)
