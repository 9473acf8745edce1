"""A client of the real server, over its websocket."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgpack
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from synthvr_server.protocol.client_messages import PROTOCOL_VERSION
from synthvr_server.protocol.limits import MSGPACK

from .errors import CannotMeasureError

PATIENCE = 20.0  # s

Message = dict[str, Any]


class Client:
    """Sends messages and waits for answers."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self.send(type="hello", protocol=PROTOCOL_VERSION, name="Bench", kind="test")
        self.wait_for("welcome")

    def send(self, **message: Any) -> float:
        """Send a message; returns when (``time.perf_counter``) it was handed to the network."""
        packed = msgpack.packb(message)
        now = time.perf_counter()
        self._connection.send(packed)
        return now

    def ask(self, **message: Any) -> tuple[int, float]:
        """Send a request without waiting; returns its number and when it was sent."""
        number = next(self._ids)
        return number, self.send(id=number, **message)

    def request(self, **message: Any) -> None:
        """Send a request and wait until it is carried out. Raises CannotMeasureError."""
        number, _ = self.ask(**message)
        self.settle(number)

    def settle(self, number: int) -> None:
        """Wait for the answer to a request. Raises CannotMeasureError when it is a refusal."""
        answer = self._next(lambda message: message["type"] in ("ack", "rejected") and message["id"] == number)
        if answer["type"] == "rejected":
            raise CannotMeasureError(f"The server refused a request: {answer['sentence']}")

    def wait_for(self, kind: str) -> Message:
        """The next message of a kind; whatever comes before it is dropped."""
        return self._next(lambda message: message["type"] == kind)

    def drop_what_came(self) -> None:
        """Read and forget what has come: a client that does not read is sent nothing more."""
        while True:
            try:
                self._connection.recv(timeout=0)
            except TimeoutError:
                return

    def _next(self, wanted: Callable[[Message], bool]) -> Message:
        until = time.perf_counter() + PATIENCE
        while (left := until - time.perf_counter()) > 0:
            try:
                message: Message = msgpack.unpackb(self._connection.recv(timeout=left))
            except TimeoutError:
                break
            if wanted(message):
                return message
        raise CannotMeasureError(f"The server did not answer within {PATIENCE:g} s.")


@contextmanager
def client(port: int) -> Iterator[Client]:
    """Connect to the server on this machine. Raises CannotMeasureError when the connection breaks."""
    address = f"ws://127.0.0.1:{port}/socket"
    try:
        with connect(address, subprotocols=[Subprotocol(MSGPACK)], max_size=None, compression=None) as connection:
            yield Client(connection)
    except WebSocketException as error:
        raise CannotMeasureError(f"The connection to the server broke: {error}.") from error
