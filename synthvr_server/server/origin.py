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
    if is_loopback(listening_on) and not is_loopback(urlsplit(f"//{host or ''}").hostname or ""):
        return False
    return origin is None or urlsplit(origin).netloc.lower() == (host or "").lower()
