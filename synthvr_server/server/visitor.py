"""One connection from its first byte: bounded until it is let in, and measured as long as it lives."""

from __future__ import annotations

import socket
from functools import partial
from typing import Any, cast

from websockets.asyncio.server import ServerConnection

from .lobby import Guest, Lobby
from .origin import bare_address, is_loopback
from .static_files import refusal

MOST_BYTES_WAITING = 16 * 1024  # headers and a hello; browsers send 1 to 2 KB of headers
# Bytes that the system may hold back for a client who has been let in. What waits should wait with us: there the newest
# meters and sound take the place of older ones, and it shows whether anything is taken at all. Pages wait with the
# system, which has time for slow readers: the websocket library has none.
HELD_BY_THE_SYSTEM = 128 * 1024


class Metered:
    """A transport that knows how many bytes have left it."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._written = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send, now or as soon as the client takes more."""
        self._written += len(data)
        self._transport.write(data)

    @property
    def waiting(self) -> int:
        """Bytes that the client has not taken yet."""
        return int(self._transport.get_write_buffer_size())

    @property
    def taken(self) -> int:
        """Bytes that it has."""
        return self._written - self.waiting


class Visitor(ServerConnection):
    """One connection, known by its address."""

    line: Metered

    def __init__(self, lobby: Lobby, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.address = ""
        self.heard = 0  # bytes
        self._lobby = lobby
        self._guest: Guest | None = None  # who counts in the lobby
        self._waits = False
        self._is_refused = False

    def connection_made(self, transport: Any) -> None:
        """Take a place in the lobby, or hang up."""
        self.address = bare_address(transport.get_extra_info("peername"))
        from_network = not is_loopback(self.address)
        self._guest = self._lobby.come(self.address, transport.abort) if from_network else None
        self._waits = self._guest is not None
        self.line = Metered(transport)
        super().connection_made(cast(Any, self.line))
        if from_network and not self._waits:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Hang up on whoever says too much without having been let in, and refuse what is no request to read."""
        if not self.heard:
            self._refuse_unless_readable(data)
        self.heard += len(data)
        if self._waits and self.heard > MOST_BYTES_WAITING:
            self.transport.abort()
        elif not self._is_refused:
            super().data_received(data)

    def _refuse_unless_readable(self, data: bytes) -> None:
        answer = refusal(data)
        if answer is not None:
            self._is_refused = True
            self.transport.write(answer.serialize())
            self.transport.write_eof()  # closing at once could take the answer away from who is still sending

    def let_in(self) -> None:
        """The hello was good: from now on the limits of a session hold."""
        self._waits = False
        _hold_little(self.transport.get_extra_info("socket"))
        if self._guest is not None:
            self._lobby.let_in(self._guest)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        guest, self._guest = self._guest, None
        if guest is not None:
            self._lobby.go(guest)
        super().connection_lost(exc)


def visitors_of(lobby: Lobby) -> type[ServerConnection]:
    """What makes a connection; in websockets' eyes a class."""
    return cast(type[ServerConnection], partial(Visitor, lobby))


def _hold_little(connection: Any) -> None:
    option = getattr(socket, "TCP_NOTSENT_LOWAT", None)  # Linux and macOS have it
    if option is not None and connection is not None:
        connection.setsockopt(socket.IPPROTO_TCP, option, HELD_BY_THE_SYSTEM)
