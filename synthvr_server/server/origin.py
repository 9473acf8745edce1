"""Where a request comes from: this machine or another, our own page or a foreign one."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit


def bare_address(peername: Any) -> str:
    """The IP address in what a socket says of its peer: without port and scope, IPv4 as IPv4; empty if unknown."""
    if not isinstance(peername, tuple) or not peername:
        return ""
    text = str(peername[0]).partition("%")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def is_loopback(host: str) -> bool:
    """Whether an address or name means this very machine."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Whether a host is an IP address and not a name."""
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def is_welcome(origin: str | None, host: str | None, peer: str, names: Collection[str] = ()) -> bool:
    """Whether a request from address ``peer`` with these ``Origin`` and ``Host`` headers may come in.

    Programs send no origin; browsers always do, and it must be the page that we serve. The host must be what
    we are really called, because a foreign page can make its own name point at our address: on this machine
    localhost, on the network one of our ``names``, or an address, which nobody can make point elsewhere.
    """
    try:
        named, page = urlsplit(f"//{host or ''}"), urlsplit(origin or "")
        if named.netloc != (host or "") or named.username is not None:  # a host and a port, and nothing more
            return False
        name = (named.hostname or "").lower().rstrip(".")
    except ValueError:  # brackets that do not close
        return False
    ours = is_loopback(name) if is_loopback(peer) else is_address(name) or name in names
    return ours and (origin is None or page.netloc.lower() == (host or "").lower())
