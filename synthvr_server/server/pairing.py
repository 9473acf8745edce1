"""Pairing: a code, shown to whoever sits at the machine, is exchanged for a token that a device keeps.

Every code pairs one device and no more: each pairing draws a new one. So does forgetting a device, as whoever
forgets one may have shown it the code.

A code has six digits, so guessing must be slow: after the n-th wrong code none is taken for 2ⁿ⁻¹ s, at most
a minute, and every fifth one draws a new code. A guesser who never rests gets 1,440 guesses a day at one in
a million each (0.14 %), and is named on the server's terminal every five minutes.
"""

from __future__ import annotations

import contextlib
import hmac
import logging
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import PatchError, ProtocolViolation
from ..protocol.client_messages import Hello
from ..protocol.failures import CloseCode
from ..protocol.limits import CODE_DIGITS, GUESSES
from .devices import Devices, shown_name

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
        draw: Callable[[], str] = lambda: f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}",
    ) -> None:
        self._devices, self._now, self._show, self._draw = devices, now, show, draw
        self.code = draw()
        self._wrong = 0
        self._closed_until = -math.inf
        self._known: frozenset[str] = frozenset()  # ids of those who were paired when we last looked
        self._look()

    def admit(self, hello: Hello, address: str) -> Admission:
        """Let somebody at ``address`` in by token or by code. Raises NotPaired."""
        device = self._devices.recognise(hello.token) if hello.token else None
        if device is not None:
            return Admission(device.id)
        if not hello.code and hello.token:
            raise NotPaired("This device is not paired any more: enter the pairing code that the server shows.")
        if not hello.code:
            raise NotPaired("This device is not paired: enter the pairing code that the server shows.")
        if self.notice(self._devices.ids()):
            raise NotPaired("A device was forgotten, and there is a new code now: look at it again.")
        self._check(hello.code, address)
        return self._pair(hello, address)

    def notice(self, paired: frozenset[str]) -> bool:
        """These are paired now: if any is missing, there is a new code. Whether there is."""
        forgotten, self._known = self._known - paired, paired
        if forgotten:
            self._renew("A device was forgotten: there is a new code.")
        return bool(forgotten)

    def _look(self) -> None:
        with contextlib.suppress(OSError):  # whoever comes in next is looked for again
            self._known = self._devices.ids()

    def _renew(self, sentence: str) -> None:
        self.code = self._draw()
        self._show(sentence, self.code)

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
            self._renew(f"{GUESSES} wrong pairing codes, the last from {address}: there is a new one.")
            raise NotPaired(f"The code is wrong, and there is a new one now: try again in {wait:.0f} s.")
        if self._wrong == 1:
            self._show(f"Somebody at {address} has entered a wrong pairing code.", None)
        raise NotPaired(f"The code is wrong: look at it again and try in {wait:.0f} s.")

    def _pair(self, hello: Hello, address: str) -> Admission:
        name = shown_name(hello.name)
        try:
            device, token = self._devices.pair(name, hello.kind)
        except PatchError as error:
            log.error("Paired devices cannot be remembered, and will be asked for the code again: %s", error)
            self._renew(f"{name} ({hello.kind}) at {address} came in, for once. The next device needs this new code.")
            return Admission()
        self._look()  # those that made room for it were not forgotten by anybody
        self._renew(f"Paired with {name} ({hello.kind}) at {address}. The next device needs this new code.")
        return Admission(device.id, token)
