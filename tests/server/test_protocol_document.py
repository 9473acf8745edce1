"""What docs/protocol.md claims, held against a server that runs: sizes, counts, what a strict client relies on."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import websockets
from websockets.typing import Subprotocol

from synthvr_server.patch.commands import apply_batch
from synthvr_server.patch.files import patch_from_json, patch_text
from synthvr_server.patch.fingerprint import fingerprint
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import MOST_PATCH_BYTES, Patch, PlacedModule
from synthvr_server.protocol.codec import CODECS
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.library_answers import Exported
from synthvr_server.protocol.limits import JSON, KEEPALIVE, PATIENCE, RESUMABLE_BYTES
from synthvr_server.protocol.server_messages import Batch
from synthvr_server.server import keepalive
from synthvr_server.server.app import Options
from tests.patch.test_size import of_cables, of_knobs
from tests.server.running import FAKE_ENGINE, HELLO, Running, Talker, running

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
TABLE = DOCUMENT.partition("\n## Limits\n")[2].partition("\n## ")[0]
LIMITS = {
    what: int(number.replace(",", "")) for what, number in re.findall(r"^\| ([^|]+) \| ([\d,]+)", TABLE, re.MULTILINE)
}
MODULES = 2_000


def patch_of(level: float) -> Patch:
    """A patch of as many modules as there may be, of which everything can differ from another one's."""
    assert LIMITS["Modules in a patch"] >= MODULES
    made = PlacedModule(
        type="amp",
        knobs={"level": level, "mode": level},
        position=(level, 0.0, 0.0),
        label=f"{level}",
        data={"k": f"{level}"},
    )
    return Patch(modules={f"m{number}": made for number in range(MODULES)})


class Strict(Talker):
    """A client that takes the document at its word."""

    patch: Patch

    async def follow(self) -> dict[str, Any]:
        """The next batch, within all limits; the patch is what it leads to."""
        frame = await self.socket.recv()
        assert len(frame.encode() if isinstance(frame, str) else frame) <= LIMITS["A message of the server"]
        message: dict[str, Any] = json.loads(frame)
        if message["type"] != "batch":
            return await self.follow()
        assert len(message["commands"]) <= LIMITS["Commands in a batch of the server"]
        self.patch = apply_batch(self.patch, Batch.model_validate(message).commands)
        assert fingerprint(self.patch) == message["fingerprint"]
        return message


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    folder = tmp_path_factory.mktemp("library")
    Library(folder).save("other", patch_of(2.0))
    async with running(folder, Options(patch_of(1.0), engine=FAKE_ENGINE)) as server:
        yield server


async def test_a_client_that_enforces_the_document_survives_a_load_and_its_undo(server: Running) -> None:
    connection = websockets.connect(
        server.url, subprotocols=[Subprotocol(JSON)], max_size=LIMITS["A message of the server"]
    )
    async with connection as socket:
        strict = Strict(socket)
        await strict.say(**HELLO)
        strict.patch = before = patch_from_json((await strict.hear("welcome"))["patch"])
        await strict.say(type="load_patch", id=1, name="other")
        assert len((await strict.follow())["commands"]) > LIMITS["Commands in an edit"]
        assert strict.patch == patch_of(2.0)
        await strict.say(type="undo", id=2)
        await strict.follow()
        assert strict.patch == before


async def test_an_edit_of_as_many_commands_as_may_be_is_accepted_and_one_more_is_not(server: Running) -> None:
    label = {"do": "set_label", "id": "m0", "label": ""}
    async with server.client() as ada:
        await ada.edit(*[label] * LIMITS["Commands in an edit"])
        await ada.say(type="edit", id=7, commands=[label] * (LIMITS["Commands in an edit"] + 1))
        assert (await ada.hear("rejected"))["code"] == "invalid_message"


async def test_a_message_may_be_as_large_as_it_says_and_no_larger(server: Running) -> None:
    def padded(message: dict[str, Any], size: int) -> str:
        return json.dumps(message).ljust(size)

    async with server.client() as ada:
        await ada.socket.send(padded({"type": "ping", "time": 1.0}, LIMITS["A client's message"]))
        await ada.hear("pong")
        await ada.socket.send(padded({"type": "ping", "time": 1.0}, LIMITS["A client's message"] + 1))
        assert (await ada.ending())[0] == CloseCode.TOO_LARGE
    for more, outcome in ((0, 0), (1, CloseCode.TOO_LARGE)):
        async with server.socket() as socket:
            await socket.send(padded(HELLO, LIMITS["A hello"] + more))
            if outcome:
                assert (await Talker(socket).ending())[0] == outcome
            else:
                await Talker(socket).hear("welcome")


async def test_as_many_jacks_are_looked_at_as_it_says(server: Running) -> None:
    async with server.client() as ada:
        for number in range(LIMITS["Jacks looked at by scopes"]):
            await ada.say(type="subscribe", id=number, stream="scope", module=f"m{number}", jack="out")
            await ada.hear("ack")
        await ada.say(type="subscribe", id=99, stream="scope", module="m99", jack="out")
        assert (await ada.hear("rejected"))["code"] == "scopes_used_up"


@pytest.mark.parametrize(
    "command",
    [
        {"do": "set_knob", "module": "m0", "knob": "mode", "value": 1.5},
        {"do": "add_module", "id": "new", "module": {"type": "amp", "knobs": {"mode": 0.5}}},
        {"do": "describe", "title": "a\0b"},
        {"do": "set_data", "id": "m0", "key": "k", "text": "\0"},
        {"do": "set_label", "id": "m0", "label": "\0"},
    ],
    ids=str,
)
async def test_what_it_forbids_is_rejected(server: Running, command: dict[str, Any]) -> None:
    async with server.client() as ada:
        await ada.say(type="edit", id=3, commands=[command])
        assert (await ada.hear("rejected"))["code"] in ("value_out_of_range", "invalid_message")
        await ada.say(type="turn", module="m0", knob="mode", value=1.5)
        rejection = await ada.hear("rejected")
        assert (rejection["code"], rejection["id"]) == ("value_out_of_range", None)
        assert "whole number" in rejection["sentence"]


async def test_a_server_that_was_started_anew_counts_from_nought_and_gives_the_patch_whole(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        batch = await ada.edit({"do": "describe", "title": "kept"})
        resume = {"session": ada.welcome["session"], "revision": batch["revision"]}
    async with running(tmp_path) as server, server.client(resume=resume) as ada:
        assert (ada.welcome["revision"], ada.welcome["missed"]) == (0, [])
        assert ada.welcome["patch"]["title"] == "kept"
        assert ada.welcome["session"] != resume["session"]


async def test_the_server_pings_and_waits_as_it_says() -> None:
    assert f"a websocket ping every {keepalive.KEEPALIVE:g} s" in DOCUMENT
    assert f"Within any {keepalive.LOOKS * keepalive.LOOK_EVERY:g} s" in DOCUMENT
    assert KEEPALIVE < PATIENCE, "a client that answers is never taken for one that does not"
    assert RESUMABLE_BYTES <= MOST_PATCH_BYTES


@pytest.mark.parametrize("patch", [of_knobs(), of_cables()], ids=["knobs", "cables"])
async def test_the_largest_patch_can_be_exported_in_one_message(patch: Patch) -> None:
    exported = Exported.model_construct(type="exported", id=1, name=None, text=patch_text(patch))
    for codec in CODECS.values():
        frame = codec.encode(exported)
        assert len(frame.encode() if isinstance(frame, str) else frame) <= LIMITS["A message of the server"]
