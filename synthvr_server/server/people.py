"""Who is in the room, and how messages reach them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..protocol.client_messages import ClientMessage, Hello
from ..protocol.failures import CloseCode
from ..protocol.server_messages import Ack, ClientInfo, Joined, Left, RejectedRequest, ServerMessage
from .outbox import Outbox, Outgoing


@dataclass(frozen=True)
class Client:
    """Somebody in the room."""

    info: ClientInfo
    outbox: Outbox

    @property
    def id(self) -> str:
        """The id under which everybody knows them."""
        return self.info.id

    def tell(self, message: ServerMessage) -> None:
        """Send a message."""
        self.outbox.put(Outgoing(message))

    def acknowledge(self, request: int, revision: int) -> None:
        """Answer a request that was carried out."""
        self.tell(Ack(id=request, revision=revision))

    def reject(self, message: ClientMessage, code: str, error: Exception, index: int = 0) -> None:
        """Answer a request that was not."""
        request: int | None = getattr(message, "id", None)
        self.tell(RejectedRequest(id=request, code=code, sentence=str(error), index=index))


class People:
    """Everybody who is connected; everybody hears who comes and goes."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}
        self._serial = itertools.count(1)

    def __iter__(self) -> Iterator[Client]:
        return iter(tuple(self._clients.values()))

    def find(self, client: str) -> Client | None:
        """The client of that id, while connected."""
        return self._clients.get(client)

    def come(self, hello: Hello, outbox: Outbox) -> Client:
        """Let somebody in."""
        info = ClientInfo(id=f"client-{next(self._serial)}", name=hello.name, kind=hello.kind)
        self.tell_everybody(Joined(client=info))
        client = self._clients[info.id] = Client(info, outbox)
        return client

    def send_away(self, code: CloseCode) -> None:
        """Close every connection."""
        for client in self:
            client.outbox.end(code)

    def go(self, client: str) -> None:
        """Let somebody out."""
        del self._clients[client]
        self.tell_everybody(Left(client=client))

    def tell_everybody(self, message: ServerMessage) -> None:
        """Send a message to all."""
        self.tell(self._clients, message)

    def tell(self, clients: Iterable[str], message: ServerMessage) -> None:
        """Send a message to some; it is encoded once."""
        outgoing = Outgoing(message)
        for client in tuple(clients):
            self._clients[client].outbox.put(outgoing)
