"""Tells people where the server is: on its terminal, with the pairing code, and on the network by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from .announcement import Announcement, Service
from .big_digits import big
from .listening import THIS_MACHINE
from .network import Listening, bound_addresses, own_name, page_address, server_id
from .origin import is_loopback

SAYING_GOODBYE = 3.0  # s at most; three packets in a quarter of a second are usual
HOW = "Enter it once in the headset, or in the web view on another machine. `synthvr devices` lists who is paired."


class Invitation:
    """``library`` is the folder that the server's id is kept in, where it is to be announced; else None."""

    def __init__(self, library: Path | None, path: str, announce: Callable[[str], None]) -> None:
        self._path, self._announce = path, announce
        self._id = server_id(library) if library is not None else ""
        self.host_name = f"synthvr-{self._id}" if self._id else ""
        self._announcing: asyncio.Task[None] | None = None

    def open(self, sockets: Iterable[Listening], code: str) -> None:
        """The server listens."""
        listening = tuple(sockets)
        port = int(listening[0].getsockname()[1])
        everywhere = any(each.getsockname()[0] in ("::", "0.0.0.0") for each in listening)
        addresses = bound_addresses(listening)
        at_home = THIS_MACHINE if everywhere else addresses[0]
        self._announce(f"SynthVR serves. Web view: {page_address(at_home, port)}")
        if everywhere or not all(map(is_loopback, addresses)):
            self._announce(self._where(addresses, port))
            self.show(HOW, code)
        if self._id:
            service = Service(own_name(), self._id, self.host_name, port, self._path)
            announcement = Announcement(service, lambda: bound_addresses(listening), self._announce)
            self._announcing = asyncio.create_task(announcement.run())

    def show(self, sentence: str, code: str | None = None) -> None:
        """Something that whoever sits at the machine should know, and the pairing code to use from now on."""
        self._announce(sentence if code is None else f"Pairing code: {code}\n\n{big(code)}\n\n{sentence}")

    async def close(self) -> None:
        """The server is about to stop: the network forgets it."""
        if self._announcing is not None:
            self._announcing.cancel()
            await asyncio.wait({self._announcing}, timeout=SAYING_GOODBYE)

    def _where(self, addresses: tuple[str, ...], port: int) -> str:
        # IPv6 addresses are long, and few machines are reached by nothing else.
        shown = [address for address in addresses if ":" not in address] or addresses
        if not shown:
            return "On the network: nowhere, as this machine has no address there yet."
        by_itself = f", and by itself as {own_name()!r} in a headset's list" if self._id else ""
        return f"On the network: {' '.join(page_address(address, port) for address in shown)}{by_itself}"
