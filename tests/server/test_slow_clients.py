"""Every connection ends or gets through: who takes nothing is hung up on, who is only slow gets everything.

Over real sockets, with a patience of a second instead of twenty.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from synthvr_server.protocol.limits import KEEPALIVE, LEAST_MOVED, PATIENCE, SCOPES
from synthvr_server.server import keepalive, listening, recent
from synthvr_server.server.app import Options
from synthvr_server.server.keepalive import LOOKS, Pulse
from tests.patch.test_size import of_knobs
from tests.server.running import FAKE_ENGINE, HELLO, Running, Talker, new_module, running

LOOK = 0.05  # s


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keepalive, "LOOK_EVERY", LOOK)
    monkeypatch.setattr(keepalive, "KEEPALIVE", LOOK * KEEPALIVE * LOOKS / PATIENCE)


class Reader(Talker):
    """A client that decides itself when it reads, with a small buffer."""

    def __init__(self, connection: Any, raw: socket.socket) -> None:
        super().__init__(connection)
        self.raw = raw

    def stop(self) -> None:
        self.socket.transport.pause_reading()

    async def read_a_little(self) -> None:
        self.socket.transport.resume_reading()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.socket.transport.pause_reading()


def small_buffer(server: Running) -> socket.socket:
    """A connection for which little waits on this side."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
    raw.connect((server.host, server.port))
    raw.setblocking(False)
    return raw


@asynccontextmanager
async def reader(server: Running) -> AsyncIterator[Reader]:
    """One that has said hello; the welcome is on its way."""
    raw = small_buffer(server)
    connection = await server.socket(sock=raw, ping_interval=None, close_timeout=0.1)
    found = Reader(connection, raw)
    await found.say(**HELLO)
    try:
        yield found
    finally:
        connection.transport.abort()


async def listen_to_everything(client: Reader) -> None:
    """Take the sound and all scopes."""
    await client.hear("welcome")
    await client.edit(*(new_module(f"m{number}") for number in range(SCOPES)))
    await client.say(type="subscribe", id=1, stream="audio")
    for number in range(SCOPES):
        await client.say(type="subscribe", id=2, stream="scope", module=f"m{number}", jack="out")
        await client.hear("ack")


async def everything_is_free(watcher: Talker, gone: str) -> None:
    """Somebody has left, and their scopes can be had."""
    while (await watcher.hear("left"))["client"] != gone:
        continue
    for number in range(SCOPES):
        await watcher.say(type="subscribe", id=number, stream="scope", module=f"m{number}", jack="in")
        assert (await watcher.hear("ack"))["id"] == number


async def test_a_large_patch_gets_through_to_a_slow_reader(tmp_path: Path) -> None:
    async with running(tmp_path, Options(of_knobs(), engine=FAKE_ENGINE)) as server, reader(server) as slow:
        slow.stop()
        receiving = asyncio.ensure_future(slow.hear("welcome"))
        begun = asyncio.get_running_loop().time()
        while not receiving.done():
            await slow.read_a_little()
            await asyncio.sleep(0.01)
        assert len(json.dumps((await receiving)["patch"])) > 7_000_000
        assert asyncio.get_running_loop().time() - begun > LOOK * LOOKS, "slower than anybody's patience"


async def test_who_stops_reading_while_taking_sound_is_hung_up_on_and_the_scopes_are_free(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as watcher, reader(server) as stopped:
        await listen_to_everything(stopped)
        stopped.stop()
        await everything_is_free(watcher, "client-2")


async def test_who_only_talks_and_takes_nothing_is_hung_up_on(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as watcher, reader(server) as deaf:
        await listen_to_everything(deaf)
        deaf.stop()
        talking = asyncio.create_task(_talk_for_ever(deaf))
        await everything_is_free(watcher, "client-2")
        talking.cancel()


async def _talk_for_ever(client: Reader) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await client.say(type="presence", holding=["x" * 100])
            await asyncio.sleep(LOOK / 10)


async def test_who_takes_a_byte_at_a_time_is_hung_up_on(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as watcher, reader(server) as dribbling:
        await listen_to_everything(dribbling)
        dribbling.stop()
        tasting = asyncio.create_task(_taste_for_ever(dribbling.raw))
        await everything_is_free(watcher, "client-2")
        tasting.cancel()


async def _taste_for_ever(raw: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            with contextlib.suppress(BlockingIOError):
                raw.recv(1)
            await asyncio.sleep(LOOK)


async def test_who_says_a_byte_at_a_time_is_hung_up_on(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as watcher, reader(server) as dribbling:
        await dribbling.hear("welcome")
        dribbling.stop()
        frame = bytes([0x81, 0xFF]) + (900_000).to_bytes(8, "big") + bytes(4)
        dribbling.socket.transport.write(frame)
        leaving = asyncio.ensure_future(watcher.hear("left"))
        while not leaving.done():
            dribbling.socket.transport.write(b"x")
            await asyncio.sleep(LOOK)
        assert (await leaving)["client"] == "client-2"


async def test_who_has_gone_without_a_word_is_noticed_though_nothing_waits_for_them(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as watcher, reader(server) as silent:
        await silent.hear("welcome")
        silent.stop()
        assert (await watcher.hear("left"))["client"] == "client-2"


async def test_who_only_answers_pings_stays(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as idle:
        reading = asyncio.ensure_future(idle.hear("pong"))
        await asyncio.sleep(3 * LOOK * LOOKS)
        await idle.say(type="ping", time=1.0)
        assert (await reading)["time"] == 1.0


async def test_a_page_gets_through_to_a_slow_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "CLOSING", LOOK)
    monkeypatch.setattr(listening, "HELLO_TIMEOUT", LOOK)
    page = b"x" * 1_000_000
    (tmp_path / "index.html").write_bytes(page)
    async with running(tmp_path / "library", Options(engine=FAKE_ENGINE, web_view=tmp_path)) as server:
        raw = small_buffer(server)
        loop, heard = asyncio.get_running_loop(), bytearray()
        await loop.sock_sendall(raw, f"GET / HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n\r\n".encode())
        while piece := await loop.sock_recv(raw, 50_000):
            heard += piece
            await asyncio.sleep(LOOK / 2)
        raw.close()
    assert heard.endswith(b"\r\n\r\n" + page)


async def test_who_missed_more_than_the_patch_is_large_gets_the_patch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "RESUMABLE_BYTES", 100_000)
    async with running(tmp_path) as server, server.client() as ada:
        back = {"session": ada.welcome["session"], "revision": ada.welcome["revision"]}
        for title in ("one", "two", "three"):
            batch = await ada.edit({"do": "describe", "title": title, "notes": "n" * 40_000})
        async with server.client(resume=back) as ben:
            assert ben.welcome["patch"]["title"] == "three"
            assert ben.welcome["fingerprint"] == batch["fingerprint"]
        async with server.client(resume={**back, "revision": batch["revision"] - 2}) as cleo:
            assert [each["revision"] for each in cleo.welcome["missed"]] == [batch["revision"] - 1, batch["revision"]]


def test_whoever_answers_is_alive_for_ever() -> None:
    pulse = Pulse()
    for look in range(1, 20 * LOOKS):
        if look % (LOOKS // 2) == 0:
            pulse.answered()
        assert pulse.is_alive(taken=100, waiting=0, heard=100)


@pytest.mark.parametrize("waiting", [0, 1])
def test_whoever_shows_nothing_is_not_alive_after_a_while(waiting: int) -> None:
    pulse = Pulse()
    assert [pulse.is_alive(0, waiting, 0) for _ in range(LOOKS)] == [True] * (LOOKS - 1) + [False]


def test_the_slowest_reader_that_is_kept_takes_so_much_in_all_its_patience() -> None:
    for each, kept in ((LEAST_MOVED // (LOOKS - 1) + 1, True), (LEAST_MOVED // LOOKS, False)):
        pulse = Pulse()
        assert all(pulse.is_alive(look * each, 1_000_000, 0) for look in range(10 * LOOKS)) == kept
