"""Heads and hands: everybody sees the others', at most once per frame of a headset."""

from __future__ import annotations

from ..protocol.client_messages import Presence
from ..protocol.limits import TURN_INTERVAL
from ..protocol.server_messages import OthersPresence
from .pace import Pace
from .people import Client, People
from .surroundings import Reactor


class Presences:
    """Where everybody is; only the newest counts."""

    def __init__(self, reactor: Reactor, people: People) -> None:
        self._people = people
        self._latest: dict[str, OthersPresence] = {}
        self._moved: set[str] = set()
        self._pace = Pace(reactor, TURN_INTERVAL, self._show)

    def move(self, client: Client, presence: Presence) -> None:
        """Somebody has moved."""
        self._latest[client.id] = OthersPresence.model_construct(
            type="others_presence",
            client=client.id,
            head=presence.head,
            left=presence.left,
            right=presence.right,
            holding=presence.holding,
        )
        self._moved.add(client.id)
        self._pace.ask()

    def go(self, client: str) -> None:
        """Somebody has gone."""
        self._latest.pop(client, None)
        self._moved.discard(client)

    def latest(self) -> list[OthersPresence]:
        """Where everybody was last, for somebody who has just come in."""
        return list(self._latest.values())

    def _show(self) -> None:
        moved, self._moved = self._moved, set()
        for moving in moved:
            self._people.tell([other.id for other in self._people if other.id != moving], self._latest[moving])
