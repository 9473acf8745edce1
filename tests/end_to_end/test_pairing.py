"""`synthvr serve --lan` as a process of its own: a device pairs once, comes back after a restart, and is forgotten."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from synthvr_server.protocol.failures import CloseCode
from synthvr_server.server.network import own_addresses
from tests.end_to_end.running_server import PATIENCE, RunningServer, running_server

ADDRESSES = own_addresses()
pytestmark = pytest.mark.skipif(not ADDRESSES, reason="this machine has no address but loopback")


async def synthvr(*arguments: str) -> str:
    command = [sys.executable, "-m", "synthvr_server", *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output = (await asyncio.wait_for(process.communicate(), PATIENCE))[0]
    assert process.returncode == 0
    return output.decode()


async def refused(server: RunningServer, **hello: str) -> str:
    with pytest.raises(ConnectionClosed) as closed:
        async with server.client(host=ADDRESSES[0], **hello):
            pass
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CloseCode.NOT_PAIRED
    return closed.value.rcvd.reason


async def test_a_device_pairs_once_comes_back_after_a_restart_and_is_forgotten(tmp_path: Path) -> None:
    async with running_server(tmp_path, "--lan") as server:
        code = await server.says("Pairing code: ")
        assert "enter the pairing code" in await refused(server)
        async with server.client("Quest of Ada", host=ADDRESSES[0], code=code) as paired:
            token = paired.welcome["token"]
        async with server.client("at the machine") as here:
            assert here.welcome["token"] == ""
        assert await server.stop() == 0

    async with running_server(tmp_path, "--lan") as server, server.client(host=ADDRESSES[0], token=token) as client:
        await client.until_playing()
        assert "Quest of Ada" in await synthvr("devices", "--library", str(tmp_path))
        assert "Forgotten" in await synthvr("devices", "--forget", "Quest of Ada", "--library", str(tmp_path))
        with pytest.raises(ConnectionClosed) as closed:
            await client.wait_for("what is never said")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CloseCode.NOT_PAIRED
        assert "not paired any more" in await refused(server, token=token)
        assert await server.stop() == 0
