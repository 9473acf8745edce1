"""Connections from the network cost little until they are let in: few at a time, few bytes, little time.

Time is bounded by the opening handshake's and hello's timeouts; the rest is counted here. Connections from
the machine itself are not counted.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any, cast

from websockets.asyncio.server import ServerConnection

from ..protocol.limits import MOST_FROM_ONE_ADDRESS
from .origin import bare_address, is_loopback

MOST_WAITING = 256  # of all addresses together that have not been let in: a quarter of the files Linux lets us open
MOST_BYTES_WAITING = 16 * 1024  # headers and a hello; browsers send 1 to 2 KB of headers


class Lobby:
    """Who from the network is connected, and who of them still waits to be let in."""

    def __init__(self) -> None:
        self._from: Counter[str] = Counter()
        self.waiting = 0

    def come(self, address: str) -> bool:
        """Whether there is room for one more; it waits then."""
        if self.waiting >= MOST_WAITING or self._from[address] >= MOST_FROM_ONE_ADDRESS:
            return False
        self._from[address] += 1
        self.waiting += 1
        return True

    def let_in(self) -> None:
        """One of those who wait does so no more."""
        self.waiting -= 1

    def go(self, address: str) -> None:
        """Somebody who had come is gone; who still waited must have been let in first."""
        self._from[address] -= 1
        if not self._from[address]:
            del self._from[address]


class Visitor(ServerConnection):
    """One connection, known by its address, bounded until it is let in."""

    def __init__(self, lobby: Lobby, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.address = ""
        self._lobby = lobby
        self._counted = self._waits = False
        self._heard = 0

    def connection_made(self, transport: Any) -> None:
        """Take a place in the lobby, or hang up."""
        self.address = bare_address(transport.get_extra_info("peername"))
        from_network = not is_loopback(self.address)
        self._counted = self._waits = from_network and self._lobby.come(self.address)
        super().connection_made(transport)
        if from_network and not self._counted:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Hang up on whoever says too much without having been let in."""
        if self._waits:
            self._heard += len(data)
            if self._heard > MOST_BYTES_WAITING:
                self.transport.abort()
                return
        super().data_received(data)

    def let_in(self) -> None:
        """The hello was good: from now on the limits of a session hold."""
        if self._waits:
            self._waits = False
            self._lobby.let_in()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self.let_in()
        if self._counted:
            self._counted = False
            self._lobby.go(self.address)
        super().connection_lost(exc)


def visitors_of(lobby: Lobby) -> type[ServerConnection]:
    """What makes a connection; in websockets' eyes a class."""
    return cast(type[ServerConnection], partial(Visitor, lobby))
