"""The C# client on mono as a process: compiled once, joins a server, plays one scene, and says what it found out."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

from tests.unity_client.assemblies import build_program

PATIENCE = 240.0  # s for one line
FULL = os.environ.get("SYNTHVR_FULL") == "1"  # as long as the figures that are promised were measured


def build(target: Path) -> Path:
    """Compile the program and the assemblies it uses."""
    return build_program(Path(__file__).resolve().parent, target)


class Headset:
    """A scene that is being played."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.found: dict[str, str] = {}
        self.log: list[str] = []

    async def until(self, name: str) -> str:
        """The value of the next line of that name; fails where the scene ends before."""
        while True:
            line = await self._line()
            assert line is not None, f"no {name} from the headset:\n" + "\n".join(self.log)
            if line == name:
                return self.found[name]

    async def say(self, line: str) -> None:
        """A line for its input."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def end(self) -> dict[str, str]:
        """What it found out; fails where it failed."""
        while await self._line() is not None:
            pass
        assert await self._process.wait() == 0, "\n".join(self.log)
        return self.found

    def number(self, name: str) -> float:
        """A figure that it found out."""
        return float(self.found[name])

    async def _line(self) -> str | None:
        assert self._process.stdout is not None
        line = (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)).decode().rstrip("\n")
        if not line:
            return None
        self.log.append(line)
        name, _, value = line.partition(" ")
        self.found[name] = value
        return name


@contextlib.asynccontextmanager
async def headset(program: Path, port: int, scene: str, seconds: float) -> AsyncIterator[Headset]:
    """Join the server on that port and play a scene; the process is ended at the end."""
    process = await asyncio.create_subprocess_exec(
        "mono",
        "--debug",
        str(program),
        f"ws://127.0.0.1:{port}/socket",
        scene,
        str(seconds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"LANG": "C.UTF-8"},
    )
    try:
        yield Headset(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
