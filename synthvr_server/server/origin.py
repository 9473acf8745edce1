"""Which web pages may talk to the server: our own, and no other that happens to be open in the browser."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether an address or name means this very machine."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_welcome(origin: str | None, host: str | None, listening_on: str) -> bool:
    """Whether a request with these ``Origin`` and ``Host`` headers may come in.

    Programs send no origin; browsers always do, and it must be the page that we serve. While we listen on
    loopback only, the host must be loopback too: a foreign page can make its own name point at 127.0.0.1.
    """
    try:
        named, page = urlsplit(f"//{host or ''}"), urlsplit(origin or "")
        known = named.netloc == (host or "") and named.username is None  # a host and a port, and nothing more
        if is_loopback(listening_on) and not (known and is_loopback(named.hostname or "")):
            return False
    except ValueError:  # brackets that do not close
        return False
    return origin is None or page.netloc.lower() == (host or "").lower()
