"""Pairing: a code, shown to whoever sits at the machine, is exchanged for a token that a device keeps.

A code has six digits, so guessing must be slow: after the n-th wrong code none is taken for 2ⁿ⁻¹ s, at most
a minute, and every fifth one draws a new code. A guesser who never rests gets 1,440 guesses a day at one in
a million each (0.14 %), and is named on the server's terminal every five minutes.
"""

from __future__ import annotations

import hmac
import logging
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import PatchError, ProtocolViolation
from ..protocol.client_messages import Hello
from ..protocol.failures import CloseCode
from .devices import Devices, printable

DIGITS = 6
GUESSES = 5  # wrong ones that a code survives, less one
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # s

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Admission:
    """Somebody may come in: as which device, and with a new token where it has just been paired."""

    device: str | None = None
    token: str = ""


class NotPaired(ProtocolViolation):
    """Somebody may not come in; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, CloseCode.NOT_PAIRED)


class Pairing:
    """Decides who from the network may come in.

    ``now`` is a monotonic clock in seconds; ``show`` gets a sentence for whoever sits at the machine, and the
    code where there is a new one.
    """

    def __init__(
        self,
        devices: Devices,
        now: Callable[[], float],
        show: Callable[[str, str | None], None],
        draw: Callable[[], str] = lambda: f"{secrets.randbelow(10**DIGITS):0{DIGITS}}",
    ) -> None:
        self._devices, self._now, self._show, self._draw = devices, now, show, draw
        self.code = draw()
        self._wrong = 0
        self._closed_until = -math.inf

    def admit(self, hello: Hello, address: str) -> Admission:
        """Let somebody at ``address`` in by token or by code. Raises NotPaired."""
        device = self._devices.recognise(hello.token) if hello.token else None
        if device is not None:
            return Admission(device.id)
        if not hello.code and hello.token:
            raise NotPaired("This device is not paired any more: enter the pairing code that the server shows.")
        if not hello.code:
            raise NotPaired("This device is not paired: enter the pairing code that the server shows.")
        self._check(hello.code, address)
        return self._pair(hello, address)

    def _check(self, guess: str, address: str) -> None:
        wait = self._closed_until - self._now()
        if wait > 0:
            raise NotPaired(f"After a wrong code the server takes none for a while: try again in {math.ceil(wait)} s.")
        digits = "".join(guess.split()).encode()
        if hmac.compare_digest(digits, self.code.encode()):
            self._wrong = 0
            return
        self._wrong += 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(self._wrong - 1, 16))
        self._closed_until = self._now() + wait
        if self._wrong % GUESSES == 0:
            self.code = self._draw()
            self._show(f"{GUESSES} wrong pairing codes, the last from {address}: there is a new one.", self.code)
            raise NotPaired(f"The code is wrong, and there is a new one now: try again in {wait:.0f} s.")
        raise NotPaired(f"The code is wrong: look at it again and try in {wait:.0f} s.")

    def _pair(self, hello: Hello, address: str) -> Admission:
        name = printable(hello.name)
        try:
            device, token = self._devices.pair(name, hello.kind)
        except PatchError as error:
            log.error("Paired devices cannot be remembered, and will be asked for the code again: %s", error)
            return Admission()
        self._show(f"Paired with {name} ({hello.kind}) at {address}.", None)
        return Admission(device.id, token)
