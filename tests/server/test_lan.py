"""A server on the network, reached by this machine's own address there: pairing, and abuse by who has not paired."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from websockets.exceptions import InvalidHandshake

from synthvr_server.patch.model import Patch
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.limits import GUESSES, LARGEST_HELLO, MOST_FROM_ONE_ADDRESS
from synthvr_server.server import connection, pairing
from synthvr_server.server.app import Options
from synthvr_server.server.devices import Devices, devices_folder
from synthvr_server.server.network import own_addresses, own_name
from synthvr_server.server.visitor import MOST_BYTES_WAITING
from tests.server.running import FAKE_ENGINE, HELLO, Running, Talker, new_module, running

ADDRESSES = own_addresses()

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not ADDRESSES, reason="this machine has no address but loopback"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(library: Path) -> AsyncIterator[Running]:
    """Open to all addresses, and not announced: see test_announcement.py for that."""
    async with running(library, Options(host="0.0.0.0", engine=FAKE_ENGINE)) as server:
        yield server


@pytest.fixture
def network(server: Running) -> Running:
    return server.at(ADDRESSES[0])


@pytest.fixture(autouse=True)
def quick_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """One test's wrong code must not close the door on the next one."""
    monkeypatch.setattr(pairing, "FIRST_WAIT", 0.0)


async def refusal(server: Running, **hello: Any) -> str:
    """The sentence with which a hello is turned away as not paired."""
    async with server.socket() as socket:
        await socket.send(json.dumps({**HELLO, **hello}))
        code, reason = await Talker(socket).ending()
        assert code == CloseCode.NOT_PAIRED
        return reason


async def token_of(server: Running) -> str:
    async with server.client(code=server.code) as paired:
        return str(paired.welcome["token"])


async def test_from_the_network_nobody_comes_in_unpaired(network: Running) -> None:
    assert "enter the pairing code" in await refusal(network)
    assert "not paired any more" in await refusal(network, token="x" * 43)
    assert "wrong" in await refusal(network, code="00000")


async def test_who_sits_at_the_machine_needs_no_code_and_gets_no_token(server: Running) -> None:
    async with server.client() as ada:
        assert ada.welcome["token"] == ""


async def test_the_code_pairs_and_the_token_comes_back(network: Running) -> None:
    token = await token_of(network)
    async with network.client(token=token) as ada:
        assert ada.welcome["token"] == ""
        await ada.edit(new_module("from-the-network"))


async def test_a_paired_client_resumes_with_its_token(network: Running) -> None:
    async with network.client(code=network.code) as ada:
        token, session = ada.welcome["token"], ada.welcome["session"]
        revision = (await ada.edit(new_module("before-the-loss")))["revision"]
        ada.socket.transport.abort()
    async with network.client(token=token, resume={"session": session, "revision": revision}) as ada:
        assert (ada.welcome["patch"], ada.welcome["missed"]) == (None, [])


async def test_a_token_is_good_for_the_next_start(tmp_path: Path) -> None:
    options = Options(Patch(), host="0.0.0.0", engine=FAKE_ENGINE)
    async with running(tmp_path, options) as server:
        token, code = await token_of(server.at(ADDRESSES[0])), server.code
    async with running(tmp_path, options) as server, server.at(ADDRESSES[0]).client(token=token) as ada:
        assert ada.welcome["type"] == "welcome"
        assert server.code != code or (await refusal(server, code="0")), "one in a million draws the same again"


async def test_a_device_that_is_forgotten_is_sent_away_and_the_others_stay(network: Running, library: Path) -> None:
    async with network.client(code=network.code, name="Lost") as lost, network.client(code=network.code) as stays:
        assert Devices(devices_folder(library)).forget("Lost")
        code, reason = await lost.ending()
        assert code == CloseCode.NOT_PAIRED
        assert "forgotten" in reason
        await stays.say(type="ping", time=1.0)
        await stays.hear("pong")


async def test_an_unpaired_client_is_not_seen_by_the_others(network: Running) -> None:
    async with network.client(code=network.code) as ada:
        await refusal(network)
        await ada.say(type="ping", time=1.0)
        while (message := json.loads(await ada.socket.recv()))["type"] != "pong":
            assert message["type"] not in ("joined", "left")


async def test_nothing_but_hello_is_heard_of_an_unpaired_client(network: Running) -> None:
    async with network.socket() as socket:
        await socket.send(json.dumps({"type": "edit", "id": 1, "commands": [new_module("smuggled")]}))
        assert (await Talker(socket).ending())[0] == CloseCode.OUT_OF_PLACE
    async with network.socket() as socket:
        await socket.send(json.dumps(HELLO))
        with contextlib.suppress(Exception):
            await socket.send(json.dumps({"type": "edit", "id": 1, "commands": [new_module("smuggled")]}))
        assert (await Talker(socket).ending())[0] == CloseCode.NOT_PAIRED
    async with network.client(code=network.code) as ada:
        assert "smuggled" not in ada.welcome["patch"]["modules"]


async def test_five_wrong_codes_make_a_new_one(network: Running) -> None:
    before = network.code
    wrong = "000000" if before != "000000" else "111111"
    for _ in range(GUESSES):
        await refusal(network, code=wrong)
    assert network.code != before
    assert any("wrong pairing codes" in sentence and ADDRESSES[0] in sentence for sentence in network.said)
    assert await token_of(network)


async def test_where_it_cannot_be_read_who_is_paired_a_device_is_told_to_come_back_and_not_to_pair(
    network: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = await token_of(network)

    def out_of_files(_: Path) -> NoReturn:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as broken:
        broken.setattr(Devices, "ids", out_of_files)
        async with network.socket() as socket:
            await socket.send(json.dumps(HELLO | {"token": token}))
            assert (await Talker(socket).ending())[0] == CloseCode.FAILED
    (record,) = caplog.records
    assert "Too many open files" in record.message
    assert record.exc_info is None
    async with network.client(token=token):
        pass


async def test_a_hello_beyond_the_limit_closes(network: Running) -> None:
    async with network.socket() as socket:
        await socket.send(json.dumps(HELLO | {"name": "x" * LARGEST_HELLO}))
        assert (await Talker(socket).ending())[0] == CloseCode.TOO_LARGE


async def test_an_unpaired_client_is_cut_off_when_it_floods(network: Running) -> None:
    async with network.socket() as socket:
        with contextlib.suppress(Exception):
            await socket.send("x" * (MOST_BYTES_WAITING + 1))
        assert (await Talker(socket).ending())[0] == 1006  # nobody closed in form
    async with network.socket() as socket:
        with contextlib.suppress(Exception):
            for _ in range(MOST_BYTES_WAITING):
                await socket.ping()
        assert (await Talker(socket).ending())[0] == 1006


async def test_an_unpaired_client_that_says_nothing_is_sent_away(
    network: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HELLO_TIMEOUT", 0.05)
    async with network.socket() as socket:
        assert (await Talker(socket).ending())[0] == CloseCode.NO_HELLO


async def test_one_address_gets_so_many_connections_the_newest_ones_and_others_still_come_in(
    network: Running, server: Running
) -> None:
    held = [await asyncio.open_connection(ADDRESSES[0], network.port) for _ in range(MOST_FROM_ONE_ADDRESS)]
    newer = [await asyncio.open_connection(ADDRESSES[0], network.port) for _ in range(10)]
    for reader, _ in held[: len(newer)]:  # who waits longest makes room
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
    async with server.client() as ada:  # from this machine itself
        await ada.say(type="ping", time=1.0)
        await ada.hear("pong")
    for _, writer in held + newer:
        writer.transport.abort()
    async with asyncio.timeout(10):
        while True:
            try:
                assert await token_of(network)
                break
            except (OSError, EOFError, InvalidHandshake):
                await asyncio.sleep(0.01)  # the server has not noticed yet that they are gone


async def test_what_strangers_do_is_not_logged_as_errors(network: Running, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for nonsense in (b"", b"\x16\x03\x01" * 50, b"GET / HTTP/9.9\r\n\r\n", b"x" * 20_000):
            reader, writer = await asyncio.open_connection(ADDRESSES[0], network.port)
            writer.write(nonsense)
            writer.write_eof()
            with contextlib.suppress(ConnectionError):
                await reader.read()
            writer.close()
        await refusal(network)
    assert [record.message for record in caplog.records] == []


@pytest.mark.parametrize(
    ("headers", "opens"),
    [
        ({}, True),
        ({"Host": f"{own_name()}.local:7340"}, True),
        ({"Host": "evil.example:7340"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Host": "evil.example:7340", "Origin": "http://evil.example:7340"}, False),
    ],
    ids=["by address", "by name", "by another's name", "from another's page", "from a page rebound to us"],
)
async def test_only_our_own_page_opens_a_socket(network: Running, headers: dict[str, str], opens: bool) -> None:
    assert await _status(network, "/socket", headers) == (426 if opens else 403)


async def _status(server: Running, path: str, headers: dict[str, str]) -> int:
    """The answer to a plain GET: 426 is a websocket's way to say that it would have upgraded."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    lines = [f"{name}: {value}" for name, value in ({"Host": f"{server.host}:{server.port}"} | headers).items()]
    writer.write("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1])


async def test_the_page_itself_needs_no_pairing(network: Running) -> None:
    assert await _status(network, "/", {}) in (200, 503)


async def test_every_address_is_served_ipv6_too(tmp_path: Path) -> None:
    async with running(tmp_path, Options(Patch(), lan=True, engine=FAKE_ENGINE)) as server:
        assert server.said[0] == f"SynthVR serves. Web view: http://127.0.0.1:{server.port}/"
        for address in ADDRESSES:
            await refusal(server.at(address))
        async with server.client() as ada:
            assert ada.welcome["token"] == ""


async def test_a_host_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    async with running(tmp_path, Options(Patch(), host=ADDRESSES[0], engine=FAKE_ENGINE)) as server:
        assert server.said[0] == f"SynthVR serves. Web view: http://{ADDRESSES[0]}:{server.port}/"
        assert "enter the pairing code" in await refusal(server.at(ADDRESSES[0]))
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await server.socket()


async def test_on_loopback_alone_nothing_is_said_of_pairing(tmp_path: Path) -> None:
    async with running(tmp_path) as server:
        async with server.client(token="x", code="y") as ada:
            assert ada.welcome["token"] == ""
        assert not any("airing" in sentence for sentence in server.said)
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await server.at(ADDRESSES[0]).socket()
