"""What flows without being asked for again: meters, the master output, and the signal at single jacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ..errors import Rejected
from ..patch.catalogue import Catalogue
from ..patch.commands import module_in
from ..patch.model import Patch
from ..protocol.client_messages import StreamName, Subscribe, Unsubscribe
from ..protocol.limits import PIECE, SCOPES
from ..protocol.server_messages import Audio, Meters, Scope, ServerMessage
from .surroundings import Engine, Reactor

FULL_SCALE = 32767  # of 16-bit samples, for the ±1 of the master output
MASTER = 0  # the ring slot of the master output

Jack = tuple[str, str]  # module id, jack id


class Rings(Protocol):
    """The samples that the engine shares (see engine/ring.py)."""

    end: Any

    def read(self, slot: int, position: int) -> tuple[int, np.ndarray[Any, Any]]:
        """The frames of a slot from ``position`` on, with the time of the first."""


@dataclass
class _Tap:
    slot: int
    position: int = 0
    clients: set[str] = field(default_factory=set)


class Streams:
    """Who has subscribed to what. ``send`` takes the clients a message is for."""

    def __init__(self, reactor: Reactor, engine: Engine, send: Callable[[Iterable[str], ServerMessage], None]) -> None:
        self._reactor, self._engine, self._send = reactor, engine, send
        self._rings: Rings | None = None
        self._rate = 0
        self._whole: dict[StreamName, set[str]] = {"meters": set(), "audio": set()}
        self._taps: dict[Jack, _Tap] = {}
        self._position = 0
        self._reading = False

    def restart(self, rings: Rings, rate: int) -> None:
        """The engine has started anew and counts its frames from 0."""
        self._rings, self._rate, self._position = rings, rate, 0
        for (module, jack), tap in self._taps.items():
            tap.position = 0
            self._engine.tap(tap.slot, module, jack)
        self._read_soon()

    def subscribe(self, client: str, wish: Subscribe, patch: Patch, catalogue: Catalogue) -> None:
        """Start a stream; asking twice changes nothing. Raises Rejected."""
        jack = _jack(wish)
        if jack is None:
            if wish.stream == "audio" and not self._whole["audio"] and self._rings is not None:
                self._position = int(self._rings.end[MASTER])  # whoever starts to listen wants to hear now
            self._whole[wish.stream].add(client)
        else:
            self._tap(jack, patch, catalogue).clients.add(client)
        self._read_soon()

    def unsubscribe(self, client: str, wish: Unsubscribe) -> None:
        """Stop a stream. Raises Rejected where there is none."""
        jack = _jack(wish)
        clients = (
            self._whole[wish.stream] if jack is None else self._taps[jack].clients if jack in self._taps else set()
        )
        if client not in clients:
            raise Rejected("not_subscribed", "There is no such stream to stop.")
        clients.discard(client)
        self._free_unused()

    def leave(self, client: str) -> None:
        """Stop all that the client has started."""
        for clients in (*self._whole.values(), *(tap.clients for tap in self._taps.values())):
            clients.discard(client)
        self._free_unused()

    def forget_missing(self, patch: Patch) -> None:
        """Stop the scopes of modules that are not in the patch any more."""
        for (module, _), tap in self._taps.items():
            if module not in patch.modules:
                tap.clients.clear()
        self._free_unused()

    def meters(self, meters: Meters) -> None:
        """The engine has measured."""
        self._send(self._whole["meters"], meters)

    def _tap(self, jack: Jack, patch: Patch, catalogue: Catalogue) -> _Tap:
        if jack in self._taps:
            return self._taps[jack]
        info = catalogue.get(module_in(patch, jack[0]).type)
        if info is not None and info.input(jack[1]) is None and info.output(jack[1]) is None:
            raise Rejected("unknown_jack", f"Module {jack[0]!r} ({info.title}) has no jack {jack[1]!r}.")
        free = set(range(1, SCOPES + 1)) - {tap.slot for tap in self._taps.values()}
        if not free:
            raise Rejected("scopes_used_up", f"{SCOPES} jacks are looked at already, and more cannot be.")
        tap = self._taps[jack] = _Tap(min(free))
        self._engine.tap(tap.slot, *jack)
        return tap

    def _free_unused(self) -> None:
        for jack in [jack for jack, tap in self._taps.items() if not tap.clients]:
            self._engine.untap(self._taps.pop(jack).slot)

    def _read_soon(self) -> None:
        if self._reading or self._rings is None or not (self._whole["audio"] or self._taps):
            return
        self._reading = True
        self._reactor.call_at(self._reactor.time() + PIECE, self._read)

    def _read(self) -> None:
        self._reading = False
        rings = self._rings
        if rings is None or not (self._whole["audio"] or self._taps):
            return
        due = self._reactor.time() + PIECE
        if self._whole["audio"]:
            self._read_audio(rings)
        for jack, tap in self._taps.items():
            self._read_scope(rings, jack, tap)
        self._reading = True
        self._reactor.call_at(due, self._read)

    def _read_audio(self, rings: Rings) -> None:
        begin, samples = rings.read(MASTER, self._position)
        if len(samples):
            self._position = begin + len(samples)
            self._send(self._whole["audio"], Audio(sample_time=begin, rate=self._rate, pcm=pcm16(samples)))

    def _read_scope(self, rings: Rings, jack: Jack, tap: _Tap) -> None:
        begin, samples = rings.read(tap.slot, tap.position)
        if len(samples):
            tap.position = begin + len(samples)
            volts = np.ascontiguousarray(samples, "<f4").tobytes()
            self._send(
                tap.clients,
                Scope(module=jack[0], jack=jack[1], sample_time=begin, rate=self._rate, samples=volts),
            )


def pcm16(samples: np.ndarray[Any, Any]) -> bytes:
    """float32[frames, 2] at ±1 full scale → interleaved 16-bit little-endian; what is not a number is silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    pcm: bytes = (np.clip(finite, -1.0, 1.0) * FULL_SCALE).round().astype("<i2").tobytes()
    return pcm


def _jack(wish: Subscribe | Unsubscribe) -> Jack | None:
    """The jack of a scope, None for the streams of the whole patch."""
    if wish.stream == "scope":
        if wish.module is None or wish.jack is None:
            raise Rejected("scope_of_what", "A scope needs a module and a jack.")
        return wish.module, wish.jack
    if wish.module is not None or wish.jack is not None:
        raise Rejected("scope_of_what", f"The stream {wish.stream!r} takes neither module nor jack.")
    return None
