"""Holds repeated work to a pace: the first call runs at once, the next ones share a run an interval later."""

from __future__ import annotations

from collections.abc import Callable

from .surroundings import Reactor


class Pace:
    """Runs ``work`` at most once per ``interval`` (s), however often it is asked to."""

    def __init__(self, reactor: Reactor, interval: float, work: Callable[[], None]) -> None:
        self._reactor, self._interval, self._work = reactor, interval, work
        self._last = float("-inf")
        self._scheduled = False

    def ask(self) -> None:
        """Run the work now, or when the interval has passed."""
        if self._scheduled:
            return
        due = self._last + self._interval
        if due <= self._reactor.time():
            self._run()
        else:
            self._scheduled = True
            self._reactor.call_at(due, self._run)

    def _run(self) -> None:
        self._scheduled = False
        self._last = self._reactor.time()
        self._work()
