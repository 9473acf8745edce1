"""The port: opened on this machine, on one address or on all, or refused in one sentence."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import websockets
from websockets.asyncio.server import Server, ServerConnection
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from ..errors import SynthVRError
from ..protocol.limits import HELLO_TIMEOUT, LARGEST_MESSAGE, SUBPROTOCOLS
from .connection import CLOSING
from .lobby import Lobby
from .network import open_to_all
from .visitor import visitors_of

THIS_MACHINE = "127.0.0.1"


async def listen(
    converse: Callable[[ServerConnection], Awaitable[None]],
    answer: Callable[[ServerConnection, Request], Response | None],
    host: str | None,
    port: int,
    everywhere: bool,
) -> Server:
    """A server that listens on ``host``, else ``everywhere`` or on this machine only. Raises SynthVRError."""
    try:
        if host is None and everywhere:
            place: dict[str, Any] = {"sock": open_to_all(port)}
        else:
            place = {"host": host or THIS_MACHINE, "port": port}
        return await websockets.serve(
            converse,
            **place,
            process_request=answer,
            create_connection=visitors_of(Lobby()),
            subprotocols=[Subprotocol(name) for name in SUBPROTOCOLS],
            max_size=LARGEST_MESSAGE,
            open_timeout=HELLO_TIMEOUT,
            compression=None,  # a millisecond of CPU per message buys nothing on a LAN
            ping_interval=None,  # its keepalive takes a slow client for a dead one: see keepalive.py
            close_timeout=CLOSING,
            server_header=None,
        )
    except OSError as error:
        raise SynthVRError(_why_not(error, host, port, everywhere)) from error


def _why_not(error: OSError, host: str | None, port: int, everywhere: bool) -> str:
    where = f"Port {port}" if host is None and everywhere else f"{host or THIS_MACHINE}:{port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is in use already, perhaps by another SynthVR: stop that one, or choose another --port."
    if error.errno == errno.EACCES:
        return f"The system does not allow listening on {where}: choose a --port above 1023."
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"{host} is not an address of this machine."
    return f"Listening on {where} is not possible: {error.strerror or error}."
