"""The engine that plays is killed: the one that waits takes over, and whoever plays stays connected."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from synthvr_server.engine.ring import Rings
from synthvr_server.engine.workshop import find_modules
from tests.benchmarks.live import engines_of
from tests.end_to_end.running_server import Client, RunningServer, running_server

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc"),
    pytest.mark.timeout(300),
]


async def pair(server: RunningServer) -> tuple[int, int]:
    """The process of the engine that plays, and of the one that waits: it has used no processor time for a while."""
    used: dict[int, str] = {}
    while True:
        engines = engines_of(server.process.pid)
        playing = [process for process, path in engines.items() if Rings(path).end[0]]
        waiting = [process for process in engines if process not in playing]
        for process in waiting:
            times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
            if used.get(process) == str(times) and len(playing) == 1:
                return playing[0], process
            used[process] = str(times)
        await asyncio.sleep(1.0)


async def until_again(client: Client) -> str:
    """What is said of the end, once it plays again."""
    said = (await client.wait_for("engine", state="starting"))["sentence"]
    await client.wait_for("engine", state="playing")
    return str(said)


async def test_the_engine_that_waits_takes_over_and_nobody_is_sent_away(tmp_path: Path) -> None:
    find_modules(None)
    async with running_server(tmp_path) as server, server.client() as ada:
        await ada.until_playing()
        await ada.edit({"do": "add_module", "id": "more", "module": {"type": "vco"}})
        playing, waiting = await pair(server)
        os.kill(playing, signal.SIGKILL)
        assert await until_again(ada) == "The engine has died (SIGKILL). It is started again."
        assert waiting in engines_of(server.process.pid)
        await ada.ask("subscribe", stream="meters")
        while "more" not in (await ada.wait_for("meters"))["modules"]:
            continue
        assert abs(await ada.listen(0.5)).max() > 0.01
        again, another = await pair(server)
        assert (again, another != playing) == (waiting, True)
    for process in (again, another):
        assert not Path(f"/proc/{process}").exists(), "no engine is left behind"


async def test_one_that_waits_for_nothing_is_killed_with_nobody_noticing(tmp_path: Path) -> None:
    find_modules(None)
    async with running_server(tmp_path) as server, server.client() as ada:
        await ada.until_playing()
        playing, waiting = await pair(server)
        os.kill(waiting, signal.SIGKILL)
        while waiting in engines_of(server.process.pid):
            await asyncio.sleep(0.05)
        os.kill(playing, signal.SIGKILL)
        assert await until_again(ada) == "The engine has died (SIGKILL). It is started again."
