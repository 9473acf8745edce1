"""Announces the server on the network by DNS-SD over mDNS (RFC 6762, 6763), so that headsets find it by themselves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from zeroconf import IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from ..protocol.client_messages import PROTOCOL_VERSION

SERVICE_TYPE = "_synthvr._tcp.local."
LOOK_EVERY = 5.0  # s between two looks at whether this machine has other addresses now


@dataclass(frozen=True)
class Service:
    """What is announced. ``id`` stays the same from start to start, ``host`` is a name without domain."""

    name: str
    id: str
    host: str
    port: int
    path: str

    def info(self, addresses: Sequence[str]) -> AsyncServiceInfo:
        """The records, in zeroconf's words."""
        return AsyncServiceInfo(
            SERVICE_TYPE,
            f"{self.name}.{SERVICE_TYPE}",
            port=self.port,
            # A host name of our own: the system's responder defends the machine's own name.
            server=f"{self.host}.local.",
            parsed_addresses=list(addresses),
            properties={"version": str(PROTOCOL_VERSION), "path": self.path, "name": self.name, "id": self.id},
        )


class Announcement:
    """Keeps a service announced while this machine's addresses come and go.

    ``addresses`` says which they are now; ``warn`` gets one sentence when the network cannot be told.
    """

    def __init__(
        self,
        service: Service,
        addresses: Callable[[], tuple[str, ...]],
        warn: Callable[[str], None],
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._service, self._addresses, self._warn, self._look_every = service, addresses, warn, look_every
        self._warned = False
        self.announced = asyncio.Event()  # set while the network knows of us

    async def run(self) -> None:
        """Announce until cancelled; the network is told then that the service has gone."""
        # It logs each packet that an interface refuses, with its traceback: we look at the addresses ourselves.
        logging.getLogger("zeroconf").setLevel(logging.CRITICAL)
        while True:
            await self._announce()
            await asyncio.sleep(self._look_every)

    async def _announce(self) -> None:
        try:
            addresses = self._addresses()
            if not addresses:
                return
            async with _announced(self._service.info(addresses), addresses):
                self.announced.set()
                self._warned = False
                while self._addresses() == addresses:
                    await asyncio.sleep(self._look_every)
        except Exception as error:  # whatever a network does, the server plays on
            if not self._warned:
                self._warned = True
                why = str(error).rstrip(".") or type(error).__name__
                self._warn(f"The server cannot be announced on the network, so enter its address by hand: {why}.")
        finally:
            self.announced.clear()


@asynccontextmanager
async def _announced(info: AsyncServiceInfo, addresses: Sequence[str]) -> AsyncIterator[None]:
    versions = {":" in address for address in addresses}
    version = IPVersion.All if len(versions) == 2 else IPVersion.V6Only if True in versions else IPVersion.V4Only
    responder = AsyncZeroconf(interfaces=list(addresses), ip_version=version)
    try:
        await responder.async_register_service(info, allow_name_change=True)
        yield
    finally:
        await responder.async_unregister_all_services()
        await responder.async_close()
