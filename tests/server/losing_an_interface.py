"""A program that announces a server while its network interface goes away and another one comes.

Run in a network of its own: ``unshare --map-root-user --net python -m tests.server.losing_an_interface``.
Says what has happened, line by line; exit code 77 where there can be no such interface.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys

from synthvr_server.server.announcement import Announcement, Service
from synthvr_server.server.network import own_addresses

SKIPPED = 77
PATIENCE = 20.0  # s


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def plug_in(interface: str, address: str) -> None:
    """A cable to nowhere, with our end on ``address``."""
    ip("link", "add", interface, "type", "veth", "peer", "name", f"{interface}-far")
    ip("link", "set", f"{interface}-far", "up")
    ip("link", "set", interface, "up")
    ip("address", "add", f"{address}/24", "dev", interface)


async def main() -> None:
    service = Service("studio", "0123456789abcdef", "synthvr-0123456789abcdef", 7340, "/socket")
    kept = Announcement(service, own_addresses, print, look_every=0.05)
    running = asyncio.create_task(kept.run())
    for interface, address in (("first", "10.9.0.1"), ("second", "10.9.1.1")):
        plug_in(interface, address)
        await asyncio.wait_for(kept.announced.wait(), PATIENCE)
        print("announced at", *(found for found in own_addresses() if "." in found))
        ip("link", "delete", interface)
        async with asyncio.timeout(PATIENCE):
            while kept.announced.is_set():
                await asyncio.sleep(0.01)
        print("running" if not running.done() else "stopped")
    running.cancel()
    await asyncio.wait({running})


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except (FileNotFoundError, subprocess.CalledProcessError):
        sys.exit(SKIPPED)
