"""The server from start to end: ports, sessions, crashes, and what it leaves behind."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import socket
from pathlib import Path

import pytest

from synthvr_server.errors import SynthVRError
from synthvr_server.patch.journal import Journal
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import Patch
from synthvr_server.patch.restoring import restore
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.server import outbox
from synthvr_server.server.app import Options, serve
from tests.patch.examples import two_amplifiers
from tests.server.running import FAKE_ENGINE, Talker, new_module, running


async def test_a_new_user_meets_a_patch_that_sounds(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        assert ada.welcome["patch"] == Library(tmp_path).load("first-light").to_json()


async def test_the_next_session_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        batch = await ada.edit(new_module("kept"))
        first = ada.welcome["session"]
    async with running(tmp_path) as server, server.client() as ada:
        assert "kept" in ada.welcome["patch"]["modules"]
        assert ada.welcome["fingerprint"] == batch["fingerprint"]
        assert ada.welcome["session"] != first


async def test_a_patch_without_modules_keeps_its_title_and_notes(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        await ada.say(type="new_patch", id=1)
        await ada.edit({"do": "describe", "title": "Blank", "notes": "To be filled."})
    async with running(tmp_path) as server, server.client() as ada:
        patch = ada.welcome["patch"]
        assert (patch["title"], patch["notes"], patch["modules"]) == ("Blank", "To be filled.", {})


async def test_an_empty_patch_stays_empty_where_somebody_has_made_it_so(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client(person="ada") as ada:
        whole = ada.welcome["patch"]
        await ada.say(type="new_patch", id=1)
        await ada.hear("ack")
    async with running(tmp_path) as server, server.client(person="ada") as ada:
        assert ada.welcome["patch"]["modules"] == {}
        await ada.say(type="undo", id=2)
        assert len((await ada.hear("batch"))["commands"]) >= len(whole["modules"])
        await ada.hear("ack")


async def test_undo_survives_a_restart_and_is_still_mine(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client(person="ada") as ada, server.client(person="ben") as ben:
        await ada.edit(new_module("hers"))
        await ben.edit(new_module("his"))
    async with running(tmp_path) as server, server.client(person="cleo") as cleo, server.client(person="ada") as ada:
        await cleo.say(type="undo", id=1)
        assert (await cleo.hear("rejected"))["code"] == "nothing_to_undo"
        await ada.say(type="undo", id=2)
        batch = await ada.hear("batch")
        assert (batch["commands"], batch["subject"]) == ([{"do": "remove_module", "id": "hers"}], "the new AMP")


async def test_a_knob_that_is_held_when_the_server_stops_stays_where_it_was_turned_to(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada, server.client() as ben:
        await ada.edit(new_module("turned"))
        await ada.say(type="grab", module="turned", knob="level")
        await ada.say(type="turn", module="turned", knob="level", value=7.0)
        await ben.hear("turns")
        server.stop.set()
        await ada.ending()
    async with running(tmp_path) as server, server.client() as ada:
        assert ada.welcome["patch"]["modules"]["turned"]["knobs"]["level"] == 7.0


async def test_a_batch_that_was_heard_of_survives_a_crash(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        await ada.edit(new_module("kept"))
        found = restore(tmp_path / "sessions")  # what the next server would find, were this one killed now
        assert found is not None
        assert "kept" in found.patch.modules


async def test_a_patch_that_is_named_is_played_and_its_file_not_touched(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.save("song", two_amplifiers())
    options = Options(patch=library.load("song"), engine=FAKE_ENGINE)
    async with running(tmp_path, options) as server, server.client() as ada:
        assert set(ada.welcome["patch"]["modules"]) == {"a", "b"}
        await ada.edit(new_module("c"))
    assert library.load("song") == two_amplifiers()


async def test_a_broken_first_patch_of_the_users_own_gives_way_to_the_one_that_came_with_it(tmp_path: Path) -> None:
    (tmp_path / "patches").mkdir()
    (tmp_path / "patches" / "first-light.json").write_bytes(b"\0" * 100)
    async with running(tmp_path) as server, server.client() as ada:
        assert ada.welcome["patch"] == Library(tmp_path).load_ready_made("first-light").to_json()


async def test_stopping_tells_the_clients(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        server.stop.set()
        code, reason = await ada.ending()
        assert code == CloseCode.GOING_AWAY
        assert reason


async def test_stopping_leaves_no_engine_and_no_rings(tmp_path: Path) -> None:
    before = set(Path("/dev/shm").glob(f"synthvr-rings-{os.getpid()}-*")) if Path("/dev/shm").is_dir() else set()
    async with running(tmp_path) as server, server.client() as ada:
        await ada.hear("engine")
    if Path("/dev/shm").is_dir():
        assert set(Path("/dev/shm").glob(f"synthvr-rings-{os.getpid()}-*")) <= before


async def test_a_port_that_is_taken_is_said_to_be_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SynthVRError, match=f"{port} is in use already"):
            await serve(Options(Patch(), port=port, library=tmp_path, engine=FAKE_ENGINE))


async def test_an_address_of_another_machine_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SynthVRError, match="not an address of this machine"):
        await serve(Options(Patch(), host="192.0.2.1", port=0, library=tmp_path, engine=FAKE_ENGINE))


async def test_a_library_that_cannot_be_written_is_no_reason_not_to_play(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where a folder should be")
    async with running(tmp_path) as server, server.client() as ada:
        await ada.edit(new_module("a"))


async def test_the_second_server_on_a_library_says_so_and_does_not_start(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        with pytest.raises(SynthVRError, match=rf"process {os.getpid()}\).*--library"):
            await serve(Options(port=0, library=tmp_path, engine=FAKE_ENGINE))
        await ada.edit(new_module("a"))
        assert len(list((tmp_path / "sessions").iterdir())) == 1
    async with running(tmp_path) as server, server.client() as ada:
        assert "a" in ada.welcome["patch"]["modules"]


async def test_a_server_that_found_no_port_lets_go_of_the_library(tmp_path: Path) -> None:
    with pytest.raises(SynthVRError, match="not an address of this machine"):
        await serve(Options(Patch(), host="192.0.2.1", port=0, library=tmp_path, engine=FAKE_ENGINE))
    async with running(tmp_path):
        pass


async def test_what_is_not_kept_is_said_before_it_is_acknowledged_and_to_who_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with running(tmp_path) as server, server.client() as ada:
        await ada.edit(new_module("kept"))
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            disk.setattr(Journal, "_write", full)
            await ada.say(type="edit", id=2, commands=[new_module("lost")])
            keeping = await ada.hear("keeping")
            assert keeping["state"] == "not_kept"
            await ada.hear("batch")
            await ada.hear("ack")
            async with server.client() as ben:
                assert (await ben.hear("keeping"))["sentence"] == keeping["sentence"]
        assert (await ada.hear("keeping"))["state"] == "kept"  # by itself: nobody has edited
        found = restore(tmp_path / "sessions")
        assert found is not None
        assert {"kept", "lost"} <= found.patch.modules.keys()


@pytest.mark.skipif(os.name != "posix", reason="here open files cannot be deleted")
async def test_a_library_that_is_deleted_while_it_runs_is_told_of_and_made_anew(tmp_path: Path) -> None:
    library = tmp_path / "library"
    async with running(library) as server, server.client() as ada:
        await ada.edit(new_module("a"))
        shutil.rmtree(library)
        await ada.say(type="edit", id=2, commands=[new_module("b")])
        assert (await ada.hear("keeping"))["state"] == "not_kept"
        await ada.hear("batch")
        assert (await ada.hear("keeping"))["state"] == "kept"
        found = restore(library / "sessions")
        assert found is not None
        assert {"a", "b"} <= found.patch.modules.keys()
        with pytest.raises(SynthVRError, match="Another SynthVR"):
            await serve(Options(port=0, library=library, engine=FAKE_ENGINE))
    assert any("deleted or moved away" in line for line in server.said)


async def test_a_torn_journal_is_told_on_the_terminal_and_to_clients(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada:
        for name in "abc":
            await ada.edit(new_module(name))
        (journal,) = (tmp_path / "sessions").glob("*/journal-*.jsonl")
        kept = journal.read_bytes()
    for snapshot in (tmp_path / "sessions").glob("*/snapshot-00000003.json"):
        snapshot.unlink()  # as a crash would have left it
    journal.write_bytes(kept[:-20])
    async with running(tmp_path) as server, server.client() as ada:
        notice = await ada.hear("notice")
        assert notice["code"] == "edits_lost"
        assert "after revision 2" in notice["sentence"]
        assert notice["sentence"] in server.said
        assert {"a", "b"} <= ada.welcome["patch"]["modules"].keys()


NOTES = {"do": "describe", "title": "x", "notes": "n" * 60_000}


async def test_a_client_that_does_not_read_does_not_hold_up_the_others(tmp_path: Path) -> None:
    async with running(tmp_path) as server, server.client() as ada, server.client() as sleeper:
        sleeper.socket.transport.pause_reading()
        for _ in range(30):
            await asyncio.wait_for(ada.edit(NOTES), 10)
        sleeper.socket.transport.abort()


async def test_a_client_that_has_fallen_too_far_behind_is_sent_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_BEHIND", 200_000)
    async with running(tmp_path) as server, server.client() as ada, server.client() as sleeper:
        sleeper.socket.transport.pause_reading()
        editing = asyncio.create_task(_keep_editing(ada))
        async with server.client() as ben:
            assert (await ben.hear("left"))["client"] == sleeper.welcome["client"]
        editing.cancel()
        sleeper.socket.transport.abort()


async def _keep_editing(client: Talker) -> None:
    while True:
        await client.edit(NOTES)
