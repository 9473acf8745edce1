"""A server with a fake engine on a free port, and clients that talk to it over real websockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from synthvr_server.engine.child import EngineSettings
from synthvr_server.protocol.limits import JSON
from synthvr_server.server.app import Options, serve
from tests.patch.examples import CATALOGUE


def fake_engine(behaviour: str) -> EngineSettings:
    """How to start fake_engine.py."""
    modules = json.dumps([info.model_dump(mode="json") for info in CATALOGUE.values()])
    return EngineSettings(program=(sys.executable, "-m", "tests.server.fake_engine", behaviour, modules))


FAKE_ENGINE = fake_engine("plays")
HELLO = {"type": "hello", "protocol": 1, "name": "Ada", "kind": "test"}


@dataclass
class Running:
    """A server that listens."""

    port: int
    stop: asyncio.Event
    said: list[str]  # on its terminal
    host: str = "127.0.0.1"  # under which its clients know it

    @property
    def url(self) -> str:
        return f"ws://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/socket"

    @property
    def code(self) -> str:
        """The pairing code that it showed last."""
        shown = [line.split()[2] for line in self.said if line.startswith("Pairing code: ")]
        return shown[-1]

    def at(self, host: str) -> Running:
        """The same server, by another address."""
        return replace(self, host=host)

    def socket(self, subprotocol: str = JSON, **settings: Any) -> websockets.connect:
        return websockets.connect(self.url, subprotocols=[Subprotocol(subprotocol)], max_size=None, **settings)

    @asynccontextmanager
    async def client(self, **hello: Any) -> AsyncIterator[Talker]:
        """A JSON client that has been welcomed."""
        async with self.socket() as socket:
            talker = Talker(socket)
            await talker.say(**{**HELLO, **hello})
            talker.welcome = await talker.hear("welcome")
            yield talker


class Talker:
    """One client."""

    welcome: dict[str, Any]

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next message of that type; others are passed over."""
        while True:
            message: dict[str, Any] = json.loads(await self.socket.recv())
            if message["type"] == kind:
                return message

    async def until_it_plays(self) -> None:
        """Return once the engine plays: what it is told before, and is not in the patch, is lost."""
        status = self.welcome["engine"]
        while status["state"] != "playing":
            status = await self.hear("engine")

    async def edit(self, *commands: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """The batch that an edit became."""
        await self.say(type="edit", id=1, commands=list(commands), **fields)
        batch = await self.hear("batch")
        await self.hear("ack")
        return batch

    async def ending(self) -> tuple[int, str]:
        """Code and reason with which the server closes the connection."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.socket.recv()
        return self.socket.close_code or 0, self.socket.close_reason or ""


def new_module(name: str) -> dict[str, Any]:
    """The command that puts an amplifier into the patch."""
    return {"do": "add_module", "id": name, "module": {"type": "amp"}}


@asynccontextmanager
async def running(library: Path, options: Options | None = None) -> AsyncIterator[Running]:
    """Serve until the block ends."""
    settings = replace(options or Options(engine=FAKE_ENGINE), library=library, port=0)
    said: list[str] = []
    listening: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    stop = asyncio.Event()

    def hear(sentence: str) -> None:
        said.append(sentence)
        if not listening.done():
            listening.set_result(sentence)

    serving = asyncio.create_task(serve(settings, hear, stop))
    await asyncio.wait({serving, listening}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
    try:
        yield Running(int(listening.result().rstrip("/").rpartition(":")[2]), stop, said)
    finally:
        stop.set()
        await serving
