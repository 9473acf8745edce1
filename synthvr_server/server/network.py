"""This machine on its network: addresses, names, and the socket that hears all of them."""

from __future__ import annotations

import contextlib
import ipaddress
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import ifaddr

from ..errors import PatchError
from ..patch.files import read_bounded, write_atomically

LARGEST_ID = 64  # bytes of the file that server_id is kept in; a line break or two may have been added

# What routers and mDNS append to a host's name, and public DNS never serves.
_PRIVATE_DOMAINS = ("local", "lan", "internal", "home.arpa")


class Listening(Protocol):
    """A socket, or asyncio's view of one."""

    def getsockname(self) -> Any:
        """Its address."""

    def getsockopt(self, level: int, option: int, /) -> int:
        """An option of it."""


def own_addresses() -> tuple[str, ...]:
    """The addresses under which others on the network reach this machine, IPv4 first."""
    found = [ip.ip if isinstance(ip.ip, str) else ip.ip[0] for card in ifaddr.get_adapters() for ip in card.ips]
    addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
    reachable = [
        address
        for address in set(addresses)
        # An IPv6 address of the link needs the name of the interface, which differs from machine to machine.
        if not (address.is_loopback or address.is_unspecified or (address.version == 6 and address.is_link_local))
    ]
    return tuple(str(address) for address in sorted(reachable, key=lambda address: (address.version, int(address))))


def own_name() -> str:
    """What this machine is called, without any domain."""
    name = socket.gethostname().partition(".")[0]
    return name if name and name.lower() != "localhost" else "SynthVR"


def names_of(*hosts: str) -> frozenset[str]:
    """What these hosts may be called in their own network."""
    lowered = [host.lower() for host in hosts if host]
    return frozenset([*lowered, *(f"{host}.{domain}" for host in lowered for domain in _PRIVATE_DOMAINS)])


def server_id(library: Path) -> str:
    """Stays the same from start to start: what clients keep about this server, they keep under it."""
    path = library / "server-id"
    try:
        known = read_bounded(path, LARGEST_ID).decode("ascii").strip()
        if len(known) == 16 and set(known) <= set("0123456789abcdef"):
            return known
    except (OSError, ValueError):
        pass
    fresh = secrets.token_hex(8)
    try:
        write_atomically(path, f"{fresh}\n")
    except PatchError:
        return fresh  # a library that cannot be written is no reason not to play
    return fresh


def open_to_all(port: int) -> socket.socket:
    """A listening socket on every address, on the IPv4 ones only where IPv6 cannot be had. Raises OSError."""
    if socket.has_dualstack_ipv6():
        # A kernel may know IPv6 and have it switched off; a port that is taken is found to be so below.
        with contextlib.suppress(OSError):
            return socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
    return socket.create_server(("0.0.0.0", port))


def bound_addresses(sockets: Iterable[Listening]) -> tuple[str, ...]:
    """The addresses that sockets listen on; of a socket on all addresses, those of the network."""
    return tuple(address for listening in sockets for address in _addresses(listening))


def _addresses(listening: Listening) -> Iterable[str]:
    bound = str(listening.getsockname()[0])
    if bound == "0.0.0.0":
        return [address for address in own_addresses() if ":" not in address]
    if bound == "::":
        both = not listening.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
        return [address for address in own_addresses() if both or ":" in address]
    return [bound]


def page_address(host: str, port: int) -> str:
    """Where a browser finds the web view."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
