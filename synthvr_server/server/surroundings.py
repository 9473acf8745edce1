"""What the room needs from outside: time, background work, an engine. Tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ..patch.commands import Command
from ..patch.model import Patch

Result = TypeVar("Result")


class Reactor(Protocol):
    """Time in seconds on a monotonic clock, and calls that come later. Everything runs on one thread but ``work``."""

    def time(self) -> float:
        """Now."""

    def call_at(self, when: float, callback: Callable[[], None]) -> None:
        """Call ``callback`` at ``when``."""

    def in_background(self, work: Callable[[], Result], then: Callable[[Result | Exception], None]) -> None:
        """Do slow ``work`` without holding anything up, and hand its result, or what it raised, to ``then``."""


class Engine(Protocol):
    """Where the sound is made. Calls never fail and never wait: an engine that is down is rebuilt from the patch."""

    def edit(self, patch: Patch, commands: Sequence[Command]) -> None:
        """Play ``patch``, to which the accepted ``commands`` have led."""

    def turn(self, module: str, knob: str, value: float) -> None:
        """The fast path of a knob."""

    def note(self, module: str, number: int, pitch: float, velocity: float, at: int | None) -> None:
        """A note: pitch in V, velocity 0–1 (0 ends it), ``at`` a frame or None for now."""

    def tap(self, slot: int, module: str, jack: str) -> None:
        """Copy a jack's channel 1 into the ring of ``slot`` (1–8)."""

    def untap(self, slot: int) -> None:
        """Stop copying into ``slot``."""
