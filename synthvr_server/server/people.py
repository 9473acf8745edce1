"""Who is in the room, under which name and colour, and how they are told things."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import printable
from ..patch.history import Author
from ..protocol.client_messages import ClientKind, ClientMessage, Hello, Introduce
from ..protocol.failures import CloseCode
from ..protocol.server_messages import (
    Ack,
    ClientInfo,
    Introduced,
    Joined,
    Left,
    RejectedRequest,
    ServerMessage,
)
from .outbox import Outbox, Outgoing

# What somebody is called who gave no name.
_NAMES: dict[ClientKind, str] = {
    "headset": "Headset",
    "web": "Desktop",
    "controller": "Controller",
    "test": "Test",
}
# Colours of people who chose none: far from each other in hue, and equally light on the dark rack.
_COLORS = ("#f2b33d", "#5ab4f0", "#f07a9b", "#7fd17a", "#c792ea", "#f0925a", "#4fd1c5", "#d7d35a")


@dataclass
class Client:
    """Somebody in the room. ``person`` stays the same over connections; it is nobody else's business."""

    info: ClientInfo
    person: str
    outbox: Outbox

    @property
    def id(self) -> str:
        """The id under which everybody knows them."""
        return self.info.id

    @property
    def author(self) -> Author:
        """Who makes what comes from here."""
        return Author(person=self.person, name=self.info.name)

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
        name = f"client-{next(self._serial)}"
        person = hello.person or secrets.token_hex(8)
        info = self._info(name, person, hello.kind, hello.name, hello.color)
        self.tell_everybody(Joined(client=info))
        client = self._clients[info.id] = Client(info, person, outbox)
        return client

    def introduce(self, client: Client, wish: Introduce) -> None:
        """Somebody calls themselves something else."""
        client.info = self._info(client.id, client.person, client.info.kind, wish.name, wish.color)
        self.tell_everybody(Introduced(client=client.info))

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

    def _info(self, client: str, person: str, kind: ClientKind, name: str, color: str) -> ClientInfo:
        others = [other.info for other in self if other.person != person]
        return ClientInfo(
            id=client,
            name=_unlike(printable(" ".join(name.split())) or _NAMES[kind], [other.name for other in others]),
            kind=kind,
            color=color.lower() or self._own_color(client, person) or _free_color(others),
        )

    def _own_color(self, client: str, person: str) -> str:
        """The colour in which the same person is seen already, or empty."""
        return next((other.info.color for other in self if other.person == person or other.id == client), "")


def _unlike(name: str, others: Iterable[str]) -> str:
    """The name, numbered where somebody else has it: people must be told apart in a sentence."""
    taken = {other.casefold() for other in others}
    numbered = (f"{name} {number}" for number in itertools.count(2))
    return next(each for each in itertools.chain([name], numbered) if each.casefold() not in taken)


def _free_color(others: Iterable[ClientInfo]) -> str:
    """The colour that fewest of the others have."""
    used = [other.color for other in others]
    return min(_COLORS, key=used.count)
