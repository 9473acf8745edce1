"""Connections from the network cost little until they are let in: few at a time, few bytes, little time.

Time is bounded by the opening handshake's and hello's timeouts; the rest is counted here. Connections from
the machine itself are not counted.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ..protocol.limits import MOST_FROM_ONE_ADDRESS
from .open_files import most_open

MOST_WAITING = 256  # of all addresses together that have not been let in; at most a quarter of the files we may open


@dataclass(frozen=True, eq=False)
class Guest:
    """Somebody who has come."""

    origin: str
    hang_up: Callable[[], None]


class Lobby:
    """Who from the network is connected, and who of them still waits to be let in.

    Where it is full, whoever waits longest makes room: strangers who say nothing cannot keep others out.
    """

    def __init__(self) -> None:
        self._from: Counter[str] = Counter()
        self._waiting: dict[Guest, None] = {}  # the one who came first is the first
        self._most_waiting = min(MOST_WAITING, most_open() // 4)

    @property
    def waiting(self) -> int:
        """How many wait to be let in."""
        return len(self._waiting)

    def come(self, address: str, hang_up: Callable[[], None]) -> Guest | None:
        """One more, who waits now, and is hung up on if others need the place; None where there is no room."""
        guest = Guest(origin_of(address), hang_up)
        if self._from[guest.origin] >= MOST_FROM_ONE_ADDRESS:
            if not self._make_room(guest.origin):
                return None
        elif self.waiting >= self._most_waiting:
            self._make_room()
        self._from[guest.origin] += 1
        self._waiting[guest] = None
        return guest

    def let_in(self, guest: Guest) -> None:
        """One of those who wait does so no more."""
        self._waiting.pop(guest, None)

    def go(self, guest: Guest) -> None:
        """Somebody who had come is gone."""
        self.let_in(guest)
        self._from[guest.origin] -= 1
        if not self._from[guest.origin]:
            del self._from[guest.origin]

    def _make_room(self, origin: str = "") -> bool:
        """Hang up on who waits longest, of all or of one origin. Whether anybody waits there."""
        longest = next((guest for guest in self._waiting if not origin or guest.origin == origin), None)
        if longest is None:
            return False
        del self._waiting[longest]
        longest.hang_up()
        return True


def origin_of(address: str) -> str:
    """What counts as one origin: an IPv4 address, or the /64 of which one machine may have all IPv6 addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False)) if parsed.version == 6 else address
