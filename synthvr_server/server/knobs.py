"""Hands on knobs: who holds which, what everybody else sees of it, and what remains when the hold ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ..errors import Rejected
from ..patch.commands import Command, RemoveModule, SetKnob
from ..patch.model import Patch
from ..protocol.limits import HOLD_AFTER_RELEASE, LONGEST_STILL, TURN_INTERVAL
from ..protocol.server_messages import Hold, TurnedKnob
from .pace import Pace
from .surroundings import Reactor

Key = tuple[str, str]  # module id, knob id


@dataclass
class _Held:
    client: str
    until: float
    grabbed: bool = False
    value: float | None = None  # turned to, and not yet part of a revision
    refused: set[str] = field(default_factory=set)


class Knobs:
    """Every knob that is held.

    ``commit`` makes the value of an ended gesture a revision; ``announce`` tells everybody of a hold;
    ``show`` gets the newest values, at most once per frame of a headset; ``say`` puts into words who holds which knob.
    """

    def __init__(
        self,
        reactor: Reactor,
        commit: Callable[[str, Key, float], None],
        announce: Callable[[Hold], None],
        show: Callable[[list[TurnedKnob]], None],
        say: Callable[[str, Key], str],
    ) -> None:
        self._reactor, self._commit, self._announce, self._show, self._say = reactor, commit, announce, show, say
        self._held: dict[Key, _Held] = {}
        self._turned: dict[Key, TurnedKnob] = {}
        self._pace = Pace(reactor, TURN_INTERVAL, self._flush)
        self._watching_until = math.inf

    def grab(self, client: str, key: Key) -> None:
        """A hand closes on a knob. Raises Rejected if it is somebody else's."""
        held = self._take(client, key)
        if held is None:
            raise self._refusal(key)
        held.grabbed = True
        held.until = self._reactor.time() + LONGEST_STILL
        self._watch()

    def turn(self, client: str, key: Key, value: float) -> bool:
        """Whether the turn counts. Raises Rejected at the first turn of a knob that is somebody else's."""
        held = self._take(client, key)
        if held is None:
            refused = self._held[key].refused
            if client in refused:
                return False
            refused.add(client)
            raise self._refusal(key)
        held.value = value
        held.until = self._reactor.time() + (LONGEST_STILL if held.grabbed else HOLD_AFTER_RELEASE)
        self._turned[key] = TurnedKnob(module=key[0], knob=key[1], value=value, client=client)
        self._pace.ask()
        self._watch()
        return True

    def release(self, client: str, key: Key) -> None:
        """The hand opens: the value counts now, the knob stays the hand's own a little longer."""
        held = self._held.get(key)
        if held is None or held.client != client:
            return
        self._settle(key, held)
        held.grabbed = False
        held.until = self._reactor.time() + HOLD_AFTER_RELEASE
        self._watch()

    def check_free(self, client: str, key: Key, index: int) -> None:
        """Raise Rejected if somebody else holds the knob; ``index`` is the command's place in its batch."""
        held = self._held.get(key)
        if held is not None and held.client != client:
            raise self._refusal(key, index)

    def check_nobody_holds(self, client: str, commands: Sequence[Command]) -> None:
        """Raise Rejected if undo would turn a knob, or remove a module, that is in somebody else's hand."""
        touched = {(command.module, command.knob) for command in commands if isinstance(command, SetKnob)}
        removed = {command.id for command in commands if isinstance(command, RemoveModule)}
        for key, held in self._held.items():
            if held.client != client and (key in touched or key[0] in removed):
                raise self._refusal(key)

    def overwrite(self, key: Key) -> None:
        """A revision has set the knob: what was turned before it no longer counts."""
        if key in self._held:
            self._held[key].value = None
        self._turned.pop(key, None)

    def settle(self, client: str) -> None:
        """Make revisions of all that the client has turned; it goes on holding."""
        for key, held in self._of(client):
            self._settle(key, held)

    def leave(self, client: str) -> None:
        """The client has gone."""
        for key, held in self._of(client):
            self._end(key, held)

    def forget_missing(self, patch: Patch) -> None:
        """Let go of the knobs of modules that are not in the patch any more."""
        for key in [key for key in self._held if key[0] not in patch.modules]:
            self._turned.pop(key, None)
            del self._held[key]
            self._announce(Hold(module=key[0], knob=key[1], client=None))

    def holds(self) -> list[Hold]:
        """Every hold, for somebody who has just come in."""
        return [Hold(module=key[0], knob=key[1], client=held.client) for key, held in self._held.items()]

    def live_values(self) -> list[TurnedKnob]:
        """The values that are not part of a revision yet."""
        return [
            TurnedKnob(module=key[0], knob=key[1], value=held.value, client=held.client)
            for key, held in self._held.items()
            if held.value is not None
        ]

    def _take(self, client: str, key: Key) -> _Held | None:
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held(client, until=0.0)
            self._announce(Hold(module=key[0], knob=key[1], client=client))
        return held if held.client == client else None

    def _refusal(self, key: Key, index: int = 0) -> Rejected:
        return Rejected("held", self._say(self._held[key].client, key), index)

    def _of(self, client: str) -> Iterator[tuple[Key, _Held]]:
        return iter([(key, held) for key, held in self._held.items() if held.client == client])

    def _settle(self, key: Key, held: _Held) -> None:
        value, held.value = held.value, None
        self._turned.pop(key, None)
        if value is not None:
            self._commit(held.client, key, value)

    def _end(self, key: Key, held: _Held) -> None:
        self._settle(key, held)
        if self._held.pop(key, None) is not None:
            self._announce(Hold(module=key[0], knob=key[1], client=None))

    def _watch(self) -> None:
        due = min((held.until for held in self._held.values()), default=math.inf)
        if due < self._watching_until:
            self._watching_until = due
            self._reactor.call_at(due, lambda: self._expire(due))

    def _expire(self, watched_until: float) -> None:
        if watched_until != self._watching_until:
            return  # an earlier call has taken this one's place
        self._watching_until = math.inf
        now = self._reactor.time()
        for key, held in list(self._held.items()):
            if held.until <= now:
                self._end(key, held)
        self._watch()

    def _flush(self) -> None:
        turned, self._turned = self._turned, {}
        if turned:
            self._show(list(turned.values()))
