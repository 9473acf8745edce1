"""The C# client, as in a headset, with the real server: patches, plays, loses its connection, agrees with everybody."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from pathlib import Path

import numpy as np
import pytest

from synthvr_server.server.announcement import Announcement, Service
from tests.end_to_end.running_server import running_server
from tests.end_to_end.test_a_patch_from_nothing import pitch
from tests.unity_client.assemblies import missing_packages
from tests.unity_client.end_to_end.crowd import Editor
from tests.unity_client.end_to_end.headset import FULL, build, headset

pytestmark = pytest.mark.skipif(bool(missing_packages()), reason=f"needs {' '.join(missing_packages())}")

A4 = 440.0


def has_multicast() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            group = socket.inet_aton("224.0.0.251") + socket.inet_aton("127.0.0.1")
            line.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        except OSError:
            return False
    return True


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("end_to_end"))


async def test_a_voice_from_nothing_is_heard_at_its_pitch(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "sound.f32"
    async with (
        running_server(tmp_path) as server,
        headset(program, server.port, "voice", 10 if FULL else 3) as quest,
        server.client() as observer,
    ):
        await quest.say(str(path))
        await quest.end()
        assert (await observer.ask("list_patches"))["type"] == "library"
    sound = np.fromfile(path, "<f4").reshape(-1, 2).astype(float)
    assert quest.number("modules") == 5
    assert quest.number("lost_frames") == 0
    assert quest.number("divergences") == 0
    assert 4 < quest.number("level") < 8  # V, of the oscillator's saw
    assert 1200 * np.log2(pitch(sound) / A4) == pytest.approx(0, abs=1.0)
    assert 0.1 < np.abs(sound[:, 0]).max() < 1


async def test_a_gesture_goes_on_through_a_lost_connection(program: Path, tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        async with headset(program, server.port, "gesture", 2) as quest:
            await quest.end()
        async with server.client() as observer:
            welcome = observer.welcome
    assert quest.found["resumed"] == "True"
    assert quest.found["still_held"] == "True"
    assert quest.number("turned_to") > quest.number("cut_at") > 1000  # Hz; it went on turning while nothing passed
    assert quest.number("patch_says") == quest.number("shown") == quest.number("turned_to")
    assert welcome["patch"]["modules"]["filter"]["knobs"]["cutoff"] == quest.number("turned_to")
    assert welcome["fingerprint"] == quest.found["fingerprint"]
    assert quest.number("divergences") == 0


async def test_a_headset_and_a_script_edit_at_once_and_agree(program: Path, tmp_path: Path) -> None:
    seconds = 30 if FULL else 5
    async with (
        running_server(tmp_path) as server,
        server.client() as client,
        headset(program, server.port, "crowd", seconds) as quest,
    ):
        await client.until_playing()
        editor = Editor(client)
        await quest.until("ready")
        await asyncio.gather(editor.edit(seconds), quest.until("rejected"))
        async with server.client() as observer:
            last = observer.welcome["revision"]
            await editor.read_to(last)
            await quest.say(str(last))
            await quest.end()
            assert observer.welcome["fingerprint"] == quest.found["fingerprint"]
    assert editor.revision == quest.number("revision") == last
    assert editor.answers["ack"] > 10 * seconds and quest.number("done") > 10 * seconds
    assert quest.number("divergences") == 0


async def test_turning_a_knob_in_every_frame_allocates_nothing(program: Path, tmp_path: Path) -> None:
    async with (
        running_server(tmp_path) as server,
        headset(program, server.port, "knobs", 60 if FULL else 5) as quest,
    ):
        await quest.end()
    print(
        f"{quest.found['turns']} turns: round trip p50 {quest.number('p50_ms'):.2f} ms,"
        f" p99 {quest.number('p99_ms'):.2f} ms, worst {quest.number('worst_ms'):.2f} ms"
    )
    assert quest.number("allocated_bytes") == 0
    assert quest.number("collections") == 0
    assert quest.number("round_trips") == quest.number("turns")


@pytest.mark.skipif(not has_multicast(), reason="no multicast on loopback here")
async def test_a_server_that_announces_itself_is_found_and_forgotten(program: Path) -> None:
    name = f"Müllers studio {secrets.token_hex(4)}"  # others may run these tests on the same network
    service = Service(name, "0123456789abcdef", f"synthvr-{secrets.token_hex(8)}", 7340, "/socket")
    warnings: list[str] = []
    announcement = Announcement(service, lambda: ("127.0.0.1",), warnings.append)
    async with headset(program, 0, "find", 20) as quest:
        await quest.say(name)
        await quest.until("ready")
        running = asyncio.create_task(announcement.run())
        await quest.until("address")
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        found = await quest.end()
    assert found["name"] == name
    assert found["id"] == "0123456789abcdef"
    assert found["version"] == "1"
    assert found["address"] == "ws://127.0.0.1:7340/socket"
    assert "gone" in found
    assert warnings == []
