"""The audio drivers by name, and the clock that paces the engine where there is no sound card."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import pyo

from ..errors import NoDriver
from .player import Player

log = logging.getLogger(__name__)

NO_CARD = "No sound card was found: playing through the clock driver, to be heard in the browser."
NO_CARD_TO_OPEN = "No sound card was found: connect one, or leave out --audio to play through the clock driver."
_FALLEN_BEHIND = 0.25  # s: after a standstill the clock starts anew instead of catching up


def open_player(driver: str, rate: int, block: int) -> tuple[Player, str]:
    """A player on the driver asked for, and a sentence that says which it is.

    ``auto`` takes the system's default output, or the clock where there is none. Raises NoDriver.
    """
    if driver == "portaudio" and pyo.pa_get_default_output() < 0:  # pyo would end the process
        raise NoDriver(NO_CARD_TO_OPEN)
    if driver != "auto":
        return Player(driver, rate, block), f"Playing through {driver} at {rate} Hz, {block} frames a block."
    if pyo.pa_get_default_output() < 0:
        return Player("clock", rate, block), NO_CARD
    try:
        player = Player("portaudio", rate, block)
    except NoDriver as error:
        return Player("clock", rate, block), f"{error} Playing through the clock driver, to be heard in the browser."
    return player, f"Playing through the sound card at {rate} Hz, {block} frames a block."


class ClockThread:
    """Computes a block whenever one is due by the monotonic clock."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._running = True
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        """Begin to play."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the present block."""
        self._running = False
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        period = self._player.deadline.period
        process: Callable[[], None] = self._player.host.process
        due = time.perf_counter()
        while self._running:
            process()
            due += period
            ahead = due - time.perf_counter()
            if ahead > 0:
                time.sleep(ahead)
            elif ahead < -_FALLEN_BEHIND:
                due = time.perf_counter()
