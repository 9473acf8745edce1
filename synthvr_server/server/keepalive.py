"""Who takes nothing any more, or has gone without a word, is hung up on; who is only slow is not.

A pong alone tells too little: it comes after all that was sent before the ping, and of a large patch over a weak Wi-Fi
that is more than half a minute. So bytes that move count as well:

- while something waits for a client, it has to take some of it, whatever it says itself meanwhile;
- it has to answer a ping, or to take or say something.

Looks are counted and not seconds: time in which this process stood still is not held against anybody.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed

from ..protocol.limits import KEEPALIVE, LEAST_MOVED, PATIENCE
from .visitor import Visitor

LOOK_EVERY = 1.0  # s
LOOKS = round(PATIENCE / LOOK_EVERY)


class Pulse:
    """What one client has taken and said from look to look."""

    def __init__(self) -> None:
        self._idle = 0  # looks for which something waits and nothing is taken
        self._silent = 0  # looks for which nothing shows that anybody is there
        self._taken = self._moved = 0  # bytes, when there was something to be seen last
        self._answered = False

    def answered(self) -> None:
        """A pong has come."""
        self._answered = True

    def is_alive(self, taken: int, waiting: int, heard: int) -> bool:
        """Look again: bytes ``taken`` and ``heard`` so far, and those that are ``waiting``."""
        self._idle += 1
        if not waiting or taken - self._taken >= LEAST_MOVED:
            self._idle, self._taken = 0, taken
        self._silent += 1
        moved = taken + heard
        if self._answered or moved - self._moved >= LEAST_MOVED:
            self._silent, self._moved, self._answered = 0, moved, False
        return max(self._idle, self._silent) < LOOKS


async def keep_alive(visitor: Visitor, hang_up: Callable[[], None]) -> None:
    """Ping, and look at what moves, until nobody is there."""
    pulse = Pulse()
    pinging = asyncio.create_task(_ping(visitor, pulse))
    try:
        while pulse.is_alive(visitor.line.taken, visitor.line.waiting, visitor.heard):
            await asyncio.sleep(LOOK_EVERY)
    finally:
        pinging.cancel()
    hang_up()


async def _ping(visitor: Visitor, pulse: Pulse) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(KEEPALIVE)
            await (await visitor.ping())  # however long it takes: what moves meanwhile counts
            pulse.answered()
