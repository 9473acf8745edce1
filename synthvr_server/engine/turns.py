"""Turns of knobs on their way to the engine: of many the newest arrives, and it never waits behind old ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

FULL_PIPE = 65_536  # bytes waiting for the engine to read: turns wait, and only the newest remain
FULL_PIPE_PAUSE = 0.005  # s


class TurnsToSend:
    """``send`` gets them as messages; ``waiting`` says how many bytes the engine has not read yet."""

    def __init__(self, send: Callable[..., None], waiting: Callable[[], int]) -> None:
        self._send, self._waiting = send, waiting
        self._turns: dict[tuple[str, str], float] = {}

    def add(self, module: str, knob: str, value: float) -> None:
        """Send it soon."""
        if not self._turns:
            asyncio.get_running_loop().call_soon(self._send_soon)
        self._turns[module, knob] = value

    def flush(self) -> None:
        """Send all now."""
        turns, self._turns = self._turns, {}
        for (module, knob), value in turns.items():
            self._send(do="turn", module=module, knob=knob, value=value)

    def forget(self) -> None:
        """Send none."""
        self._turns.clear()

    def _send_soon(self) -> None:
        if self._turns and self._waiting() > FULL_PIPE:
            asyncio.get_running_loop().call_later(FULL_PIPE_PAUSE, self._send_soon)
        else:
            self.flush()
