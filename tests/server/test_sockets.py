"""Over real websockets: every way to misbehave, and that nobody else notices."""

from __future__ import annotations

import asyncio
import email
import json
from collections.abc import AsyncIterator
from email.message import Message
from typing import Any

import msgpack
import pytest
import pytest_asyncio
import websockets
from websockets.exceptions import InvalidStatus

from synthvr_server.protocol.client_messages import PROTOCOL_VERSION
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.limits import JSON, LARGEST_MESSAGE, MSGPACK
from synthvr_server.server import connection
from tests.server.running import HELLO, Running, Talker, new_module, running

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(tmp_path_factory.mktemp("library")) as server:
        yield server


async def test_both_subprotocols_are_spoken(server: Running) -> None:
    async with server.socket(MSGPACK) as socket:
        await socket.send(msgpack.packb(HELLO))
        assert msgpack.unpackb(await socket.recv())["type"] == "welcome"
    async with server.client() as ada:
        assert ada.socket.subprotocol == JSON
        assert ada.welcome["protocol"] == PROTOCOL_VERSION
        assert ada.welcome["problems"] == ["x.py: bad"]


async def test_two_clients_of_different_subprotocols_share_the_patch(server: Running) -> None:
    async with server.client() as ada, server.socket(MSGPACK) as socket:
        await socket.send(msgpack.packb(HELLO))
        await socket.recv()
        batch = await ada.edit(new_module("shared"))
        while (heard := msgpack.unpackb(await socket.recv()))["type"] != "batch":
            continue
        assert heard == batch


async def test_a_client_without_a_subprotocol_is_refused(server: Running) -> None:
    with pytest.raises(InvalidStatus):
        await websockets.connect(server.url)


async def test_a_foreign_page_is_refused(server: Running) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await server.socket(origin="http://evil.example")
    assert refusal.value.response.status_code == 403


async def test_our_own_page_is_welcome(server: Running) -> None:
    async with server.socket(origin=f"http://127.0.0.1:{server.port}") as socket:
        await socket.send(json.dumps(HELLO))
        assert json.loads(await socket.recv())["type"] == "welcome"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", CloseCode.UNREADABLE),
        ("[]", CloseCode.UNREADABLE),
        (b"\x80", CloseCode.WRONG_FRAME),
        (json.dumps({"type": "undo", "id": 1}), CloseCode.OUT_OF_PLACE),
        (json.dumps({"type": "hello", "protocol": 99}), CloseCode.WRONG_VERSION),
        (json.dumps({"type": "dance"}), CloseCode.OUT_OF_PLACE),
    ],
)
async def test_a_bad_first_frame_closes_with_its_code(server: Running, frame: Any, code: CloseCode) -> None:
    async with server.socket() as socket:
        await socket.send(frame)
        assert (await Talker(socket).ending())[0] == code


@pytest.mark.parametrize(
    ("frame", "code"),
    [("{", CloseCode.UNREADABLE), (json.dumps(HELLO), CloseCode.OUT_OF_PLACE), (b"", CloseCode.WRONG_FRAME)],
)
async def test_a_bad_later_frame_closes_with_its_code(server: Running, frame: Any, code: CloseCode) -> None:
    async with server.client() as ada, server.client() as ben:
        await ada.socket.send(frame)
        found, reason = await ada.ending()
        assert found == code
        assert reason
        assert (await ben.hear("left"))["client"] == ada.welcome["client"]
        await ben.say(type="ping", time=1.0)
        assert (await ben.hear("pong"))["time"] == 1.0


async def test_a_message_beyond_the_limit_closes(server: Running) -> None:
    async with server.client() as ada:
        await ada.socket.send("x" * (LARGEST_MESSAGE + 1))
        assert (await ada.ending())[0] == CloseCode.TOO_LARGE


async def test_a_client_that_says_nothing_is_hung_up_on(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HELLO_TIMEOUT", 0.05)
    async with server.socket() as socket:
        assert (await Talker(socket).ending())[0] == CloseCode.NO_HELLO


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "dance"}, "unknown_message"),
        ({"type": "turn", "module": "a", "knob": "level", "value": float("nan")}, "invalid_message"),
        ({"type": "turn", "module": "nobody", "knob": "level", "value": 1.0}, "unknown_module"),
        ({"type": "edit", "id": 1, "commands": [{"do": "remove_module", "id": "nobody"}]}, "unknown_module"),
        ({"type": "edit", "id": 1, "commands": [{"do": "connect", "id": "x"}]}, "invalid_message"),
        ({"type": "edit", "id": 1, "commands": [new_module("y")], "base": 999_999}, "stale_revision"),
        ({"type": "load_patch", "id": 1, "name": "../../etc/passwd"}, "invalid_name"),
        ({"type": "load_patch", "id": 1, "name": "nobody"}, "unknown_patch"),
        ({"type": "subscribe", "id": 1, "stream": "scope"}, "scope_of_what"),
        ({"type": "note", "module": "nobody", "number": 1, "pitch": 0, "velocity": 1}, "unknown_module"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["type"],
)
async def test_a_bad_message_is_rejected_and_the_connection_lives(
    server: Running, message: dict[str, Any], code: str
) -> None:
    async with server.client() as ada:
        await ada.say(**message)
        rejection = await ada.hear("rejected")
        assert (rejection["code"], rejection["id"]) == (code, message.get("id"))
        await ada.say(type="ping", time=2.0)
        await ada.hear("pong")


async def test_disconnecting_in_the_middle_of_a_gesture_keeps_the_last_value(server: Running) -> None:
    async with server.client() as ben:
        async with server.client() as ada:
            await ada.edit(new_module("turned"))
            await ben.hear("batch")
            await ada.say(type="grab", module="turned", knob="level")
            await ada.say(type="turn", module="turned", knob="level", value=7.0)
            assert (await ben.hear("hold"))["client"] == ada.welcome["client"]
            assert (await ben.hear("turns"))["knobs"][0]["value"] == 7.0
            ada.socket.transport.abort()
        batch = await ben.hear("batch")
        assert (batch["cause"], batch["commands"][0]["value"]) == ("knob", 7.0)
        assert (await ben.hear("hold"))["client"] is None


async def test_a_client_that_lost_its_connection_resumes(server: Running) -> None:
    async with server.client() as ben:
        async with server.client() as ada:
            seen = await ada.edit(new_module("seen"))
        await ben.edit(new_module("missed-1"))
        missed = await ben.edit(new_module("missed-2"))
        resume = {"session": ada.welcome["session"], "revision": seen["revision"]}
        async with server.client(resume=resume) as back:
            assert back.welcome["patch"] is None
            assert [batch["commands"][0]["id"] for batch in back.welcome["missed"]] == ["missed-1", "missed-2"]
            assert back.welcome["fingerprint"] == missed["fingerprint"]
        async with server.client(resume={**resume, "session": "another"}) as stranger:
            assert "missed-2" in stranger.welcome["patch"]["modules"]


async def test_meters_and_sound_come_to_whoever_asks(server: Running) -> None:
    async with server.client() as ada:
        for stream in ("meters", "audio"):
            await ada.say(type="subscribe", id=1, stream=stream)
            await ada.hear("ack")
        assert (await ada.hear("meters"))["load"] == 0.1
        assert (await ada.hear("audio"))["rate"] == 48_000


async def test_the_page_is_served_beside_the_socket(server: Running) -> None:
    assert (await request(server, "GET / HTTP/1.1"))[0] in (200, 503)
    assert (await request(server, "GET /../../../etc/passwd HTTP/1.1"))[0] in (404, 503)
    assert (await request(server, "GET /socket HTTP/1.1"))[0] == 426


@pytest.mark.parametrize("path", ["/", "/nothing", "/socket"])
async def test_head_is_answered_like_get_without_a_body(server: Running, path: str) -> None:
    status, headers, body = await request(server, f"GET {path} HTTP/1.1")
    found = await request(server, f"HEAD {path} HTTP/1.1")
    assert body
    assert (found[0], found[2]) == (status, "")
    if path != "/socket":
        assert (found[1]["Content-Length"], found[1]["Content-Type"]) == (
            headers["Content-Length"],
            headers["Content-Type"],
        )


async def test_a_head_opens_no_websocket(server: Running) -> None:
    upgrade = (
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: {JSON}\r\n"
    )
    assert (await request(server, "GET /socket HTTP/1.1", upgrade, until="\r\n\r\n"))[0] == 101
    assert (await request(server, "HEAD /socket HTTP/1.1", upgrade))[0] == 426


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "GETTING", "get"])
@pytest.mark.parametrize("headers", ["", "Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n"])
async def test_other_methods_are_refused_with_those_that_are_not(server: Running, method: str, headers: str) -> None:
    status, found, body = await request(server, f"{method} / HTTP/1.1", headers, "abcd")
    assert (status, found["Allow"]) == (405, "GET, HEAD")
    assert len(body) == int(found["Content-Length"]) > 0


@pytest.mark.parametrize("line", ["\x16\x03\x01\x02 ", "\0", "(GET) / HTTP/1.1", " "])
async def test_what_is_no_request_is_refused(server: Running, line: str) -> None:
    assert (await request(server, line))[0] == 400


@pytest.mark.parametrize("line", ["GET /", "GET / HTTP/9", "GET  / HTTP/1.1", "GETX" * 3_000])
async def test_what_cannot_be_read_ends(server: Running, line: str) -> None:
    assert (await request(server, line))[0] in (0, 400, 405, 414, 505)


async def request(
    server: Running, line: str, headers: str = "", body: str = "", until: str = ""
) -> tuple[int, Message, str]:
    """Status (0 for none), headers and body of the answer to a request over a socket of its own."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(f"{line}\r\nHost: {server.host}:{server.port}\r\n{headers}\r\n{body}".encode())
    answer = (await (reader.readuntil(until.encode()) if until else reader.read())).decode()
    writer.close()
    head, _, rest = answer.partition("\r\n\r\n")
    first, _, fields = head.partition("\r\n")
    return int(first.split()[1]) if first else 0, email.message_from_string(fields), rest
