"""`synthvr serve` as a process of its own, and a client that talks to it as any other would."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
from websockets.asyncio.client import ClientConnection, connect

TREE = Path(__file__).parents[2]  # it is the code beside the tests that runs, wherever another is installed
PATIENCE = 120.0  # s; the first start compiles kernels


class Client:
    """Speaks msgpack, keeps what comes, and waits for what is asked for."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.welcome: dict[str, Any] = {}

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self._socket.send(msgpack.packb({"type": kind, **fields}))

    async def receive(self) -> dict[str, Any]:
        message = await asyncio.wait_for(self._socket.recv(), PATIENCE)
        assert isinstance(message, bytes)
        decoded: dict[str, Any] = msgpack.unpackb(message)
        return decoded

    async def wait_for(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """The next message of that type with these fields; others are passed over."""
        while True:
            message = await self.receive()
            if message["type"] == kind and all(message.get(name) == value for name, value in fields.items()):
                return message

    async def ask(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """Send a request; returns its ack, or whatever else answers it."""
        number = next(self._ids)
        await self.send(kind, id=number, **fields)
        while True:
            message = await self.receive()
            if message["type"] in ("ack", "rejected", "library") and message.get("id") == number:
                return message

    async def edit(self, *commands: dict[str, Any]) -> dict[str, Any]:
        return await self.ask("edit", commands=commands)

    async def until_playing(self) -> None:
        state = self.welcome["engine"]["state"]
        while state != "playing":
            state = (await self.wait_for("engine"))["state"]

    async def listen(self, seconds: float, skip: float = 0.0) -> np.ndarray:
        """The master output from now + ``skip`` on, float64[frames, 2], ±1; fails where frames are missing."""
        assert (await self.ask("subscribe", stream="audio"))["type"] == "ack"
        pieces: list[np.ndarray] = []
        end, wanted = None, 0
        while not pieces or sum(map(len, pieces)) < wanted:
            message = await self.wait_for("audio")
            wanted = round((skip + seconds) * message["rate"])
            assert end is None or message["sample_time"] == end, "frames were lost on the way"
            piece = np.frombuffer(message["pcm"], "<i2").reshape(-1, 2) / 32768
            end = message["sample_time"] + len(piece)
            pieces.append(piece)
        await self.ask("unsubscribe", stream="audio")
        sound = np.concatenate(pieces)
        return sound[round(skip * len(sound) / (skip + seconds)) :]


class RunningServer:
    """One server process on a port of its own."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process, self.port = process, port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def says(self, start: str) -> str:
        """What comes after ``start`` on the next line of its terminal that begins so."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self.process.stdout.readline()).decode():
                if line.startswith(start):
                    return line.removeprefix(start).strip()
        raise AssertionError(f"the server ended without saying {start!r}")

    @contextlib.asynccontextmanager
    async def client(self, name: str = "test", host: str = "127.0.0.1", **hello: Any) -> AsyncIterator[Client]:
        url = f"ws://{host}:{self.port}/socket"
        async with connect(url, subprotocols=["synthvr.v1.msgpack"], max_size=None) as socket:  # type: ignore[list-item]
            client = Client(socket)
            await client.send("hello", protocol=1, name=name, kind="test", **hello)
            client.welcome = await client.wait_for("welcome")
            yield client

    async def stop(self) -> int:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@contextlib.asynccontextmanager
async def running_server(library: Path, *arguments: str, audio: str = "clock") -> AsyncIterator[RunningServer]:
    """Start `synthvr serve` on a free port with a library of its own; it is stopped at the end."""
    command = [sys.executable, "-m", "synthvr_server", "serve", *arguments]
    command += ["--port", "0", "--audio", audio, "--library", str(library)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(TREE)}
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, cwd=library, env=environment
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    assert found, f"the server said {line!r}"
    server = RunningServer(process, int(found[1]))
    try:
        yield server
    finally:
        await server.stop()
