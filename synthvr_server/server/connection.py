"""One websocket: frames to the session, its messages to the room, the outbox's frames back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import cast

from websockets.exceptions import ConnectionClosed

from ..errors import ProtocolViolation, printable
from ..protocol.client_messages import Hello
from ..protocol.codec import CODECS
from ..protocol.failures import CloseCode
from ..protocol.limits import HELLO_TIMEOUT, Subprotocol
from ..protocol.session import Session
from .door import Door
from .keepalive import keep_alive
from .outbox import Outbox
from .pairing import Admission
from .room import Room
from .visitor import Visitor

CLOSING = 2.0  # s that a client gets to answer a close
LONGEST_REASON = 123  # bytes that a close frame has room for

log = logging.getLogger(__name__)


async def converse(socket: Visitor, room: Room, door: Door, ready: asyncio.Event, now: Callable[[], float]) -> None:
    """Speak with one client until it or we hang up; the welcome waits until the room is ``ready``."""
    try:
        await _Conversation(socket, room, door, now).run(ready)
    except ProtocolViolation as violation:
        await socket.close(violation.close_code, reason(str(violation)))
    except TimeoutError:
        await socket.close(CloseCode.NO_HELLO, reason(CloseCode.NO_HELLO.meaning))
    except ConnectionClosed:
        return
    except Exception as error:
        log.error("A connection from %s has failed: %s", socket.address, printable(f"{type(error).__name__}: {error}"))
        log.debug("Where it failed:", exc_info=error)
        await socket.close(CloseCode.FAILED, reason(CloseCode.FAILED.meaning))


def reason(sentence: str) -> str:
    """As many words of a sentence as a close frame takes."""
    if len(sentence.encode()) <= LONGEST_REASON:
        return sentence
    room = LONGEST_REASON - len("…".encode())
    return sentence.encode()[:room].decode(errors="ignore").rsplit(" ", 1)[0] + "…"


class _Conversation:
    def __init__(self, socket: Visitor, room: Room, door: Door, now: Callable[[], float]) -> None:
        self._socket, self._room, self._door = socket, room, door
        self._session = Session(CODECS[cast(Subprotocol, socket.subprotocol)], now)
        self._woken = asyncio.Event()
        self._outbox = Outbox(self._session.codec, self._wake)
        self._client = ""  # the id of whoever has been let in
        self._closing: asyncio.Task[None] | None = None

    async def run(self, ready: asyncio.Event) -> None:
        async with asyncio.timeout(HELLO_TIMEOUT):
            hello = self._session.receive(await self._socket.recv())
        assert isinstance(hello, Hello)
        admission = self._door.admit(hello, self._socket.address)
        self._socket.let_in()
        watching = asyncio.create_task(keep_alive(self._socket, lambda: self._outbox.end(CloseCode.TOO_SLOW)))
        try:
            await ready.wait()
            await self._talk(hello, admission)
        finally:
            watching.cancel()

    async def _talk(self, hello: Hello, admission: Admission) -> None:
        self._client = self._room.join(hello, self._outbox, admission.token)
        self._door.enter(admission, self._outbox)
        sender = asyncio.create_task(self._send())
        try:
            async for frame in self._socket:
                message = self._session.receive(frame)
                if message is not None:
                    self._room.receive(self._client, message)
        finally:
            self._room.leave(self._client)
            self._door.leave(self._outbox)
            sender.cancel()

    def _wake(self) -> None:
        code = self._outbox.closing
        if code is None:
            self._woken.set()
        else:
            self._closing = asyncio.create_task(self._close(code))

    async def _close(self, code: CloseCode) -> None:
        """Close, and cut the line if the client is not even reading that; the others do not wait for it."""
        self._room.leave(self._client)
        try:
            async with asyncio.timeout(CLOSING):
                await self._socket.close(code, reason(code.meaning))
        except TimeoutError:
            self._socket.transport.abort()

    async def _send(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._woken.wait()
                self._woken.clear()
                while (frame := self._outbox.take()) is not None:
                    await self._socket.send(frame)
