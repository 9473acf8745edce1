"""Who may come in, and whether they may stay: a device that is forgotten is sent away."""

from __future__ import annotations

from ..protocol.client_messages import Hello
from ..protocol.failures import CloseCode
from .devices import Devices
from .origin import is_loopback
from .outbox import Outbox
from .pairing import Admission, Pairing
from .surroundings import Reactor

LOOK_EVERY = 2.0  # s between two looks at who is still paired


class Door:
    """Lets in whoever sits at this machine, and who is paired."""

    def __init__(self, pairing: Pairing, devices: Devices, reactor: Reactor) -> None:
        self._pairing, self._devices, self._reactor = pairing, devices, reactor
        self._inside: dict[Outbox, str] = {}  # whose device can be forgotten
        self._looking = False

    def admit(self, hello: Hello, address: str) -> Admission:
        """Let somebody in. Raises NotPaired."""
        return Admission() if is_loopback(address) else self._pairing.admit(hello, address)

    def enter(self, admission: Admission, outbox: Outbox) -> None:
        """Somebody who was let in is there now, to be sent away through ``outbox``."""
        if admission.device is not None:
            self._inside[outbox] = admission.device
            self._look_soon()

    def leave(self, outbox: Outbox) -> None:
        """Somebody has gone."""
        device = self._inside.pop(outbox, None)
        if device is not None:
            self._devices.touch(device)

    def _look_soon(self) -> None:
        if self._inside and not self._looking:
            self._looking = True
            self._reactor.call_at(self._reactor.time() + LOOK_EVERY, self._look)

    def _look(self) -> None:
        if not self._inside:
            self._looking = False
            return
        self._reactor.in_background(self._devices.ids, self._send_away_but)

    def _send_away_but(self, paired: frozenset[str] | Exception) -> None:
        self._looking = False
        if not isinstance(paired, Exception):  # otherwise it cannot be said who is paired: the next look may tell
            self._pairing.notice(paired)
            for outbox, device in list(self._inside.items()):
                if device not in paired:
                    outbox.end(CloseCode.NOT_PAIRED)
        self._look_soon()
