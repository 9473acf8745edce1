"""Autosave: what is on disk when, and what happens while the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.errors import PatchError
from synthvr_server.patch.commands import SetKnob
from synthvr_server.patch.history import History
from synthvr_server.patch.journal import Journal
from synthvr_server.patch.model import Patch
from synthvr_server.patch.restoring import restore
from synthvr_server.protocol.server_messages import Keeping
from synthvr_server.server import autosave as module
from synthvr_server.server.autosave import CHECK_EVERY, FIRST_RETRY, LONGEST_RETRY, Autosave
from synthvr_server.server.document import Document
from tests.patch.examples import CATALOGUE, two_amplifiers
from tests.server.fakes import StillReactor, somebody


class Desk:
    """A document with its autosave."""

    def __init__(self, folder: Path) -> None:
        self.sessions = folder / "sessions"
        self.reactor = StillReactor()
        self.heard: list[Keeping] = []
        self.journal = Journal(self.sessions)
        history = History()
        self.autosave = Autosave(self.journal, history, self.reactor, self.heard.append)
        self.document = Document(two_amplifiers(), self.autosave.record, history)
        self.document.catalogue = CATALOGUE
        self.autosave.start(0, self.document.patch)
        self.reactor.finish_work()

    def turn(self, value: float) -> None:
        self.document.edit([SetKnob(module="a", knob="level", value=value)], somebody())

    def after_a_crash(self) -> Patch:
        found = restore(self.sessions)
        assert found is not None
        return found.patch

    @property
    def told(self) -> list[str]:
        return [keeping.state for keeping in self.heard]

    def run(self, seconds: float) -> None:
        """Let time pass, and with it the work that falls due."""
        end = self.reactor.now + seconds
        while self.reactor.now < end:
            self.reactor.pass_time(0.5)
            self.reactor.finish_work()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_batch_survives_a_crash_at_once(desk: Desk) -> None:
    for value in range(5):
        desk.turn(float(value))
        assert desk.after_a_crash() == desk.document.patch


def test_a_snapshot_is_written_now_and_then(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 3)
    for value in range(4):
        desk.turn(float(value))
    assert desk.after_a_crash() == desk.document.patch
    desk.reactor.finish_work()
    assert len(list(desk.journal.folder.glob("snapshot-*.json"))) == 2
    assert desk.after_a_crash() == desk.document.patch


def test_the_end_leaves_a_snapshot(desk: Desk) -> None:
    desk.turn(3.0)
    desk.autosave.stop(desk.document.revision, desk.document.patch)
    for journal in desk.journal.folder.glob("*.jsonl"):
        journal.unlink()
    assert desk.after_a_crash() == desk.document.patch


class FullDisk:
    """A disk without room: nothing can be written, but there is no other harm."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch, self.tries = patch, 0

    def fill(self) -> None:
        self._patch.setattr(Journal, "_write", self._refuse)
        self._patch.setattr(os, "fsync", self._refuse)

    def empty(self) -> None:
        self._patch.undo()

    def _refuse(self, *_: Any) -> None:
        self.tries += 1
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    return FullDisk(monkeypatch)


def test_what_is_not_kept_is_said_before_it_is_acknowledged_and_the_music_goes_on(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    assert desk.told == ["not_kept"]
    assert "No space left" in desk.heard[0].sentence
    desk.turn(3.0)
    desk.run(300.0)
    assert desk.document.revision == 2
    assert desk.told == ["not_kept"], "once is enough"


def test_a_disk_that_has_room_again_gets_everything_though_nobody_edits(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    desk.turn(3.0)
    desk.run(10.0)
    assert desk.after_a_crash() == two_amplifiers()
    disk.empty()
    desk.run(LONGEST_RETRY)
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch
    desk.turn(4.0)
    assert desk.after_a_crash() == desk.document.patch
    assert desk.told == ["not_kept", "kept"]


def test_the_next_edit_tries_again_without_waiting(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    desk.run(200.0)
    disk.empty()
    desk.run(FIRST_RETRY)
    desk.turn(3.0)
    desk.reactor.finish_work()
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_full_disk_is_tried_less_and_less_often(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    desk.run(120.0)
    early, disk.tries = disk.tries, 0
    desk.run(120.0)
    assert 0 < disk.tries < early / 2


def test_what_is_edited_while_a_try_is_under_way_is_kept_with_it(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    desk.reactor.finish_work()
    disk.empty()
    desk.reactor.pass_time(LONGEST_RETRY)  # the try has begun, and the snapshot is not written yet
    desk.turn(3.0)
    desk.turn(4.0)
    desk.reactor.finish_work()
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_batch_that_fails_while_a_try_is_under_way_is_not_taken_for_kept(desk: Desk, disk: FullDisk) -> None:
    disk.fill()
    desk.turn(2.0)
    desk.reactor.finish_work()
    disk.empty()
    desk.reactor.pass_time(LONGEST_RETRY)
    disk.fill()
    desk.turn(3.0)
    disk.empty()
    desk.reactor.finish_work()
    assert desk.told == ["not_kept"]
    desk.run(LONGEST_RETRY)
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_snapshot_that_has_no_room_costs_nothing_while_the_journal_has_it_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 3)

    def full(*_: object) -> None:
        raise PatchError("No space left on device.")

    monkeypatch.setattr(desk.journal, "write_snapshot", full)
    for value in range(8):
        desk.turn(float(value))
        desk.reactor.finish_work()
    assert desk.told == []
    assert desk.after_a_crash() == desk.document.patch


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_play(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where a folder should be")
    desk = Desk(tmp_path)
    desk.turn(2.0)
    assert desk.document.revision == 1
    assert desk.told == ["not_kept"]
    (tmp_path / "sessions").unlink()
    desk.run(LONGEST_RETRY)
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_sync_that_fails_is_told_and_the_whole_patch_is_written_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise PatchError("Input/output error.")

    monkeypatch.setattr(desk.journal, "sync", broken)
    desk.turn(2.0)
    desk.reactor.pass_time(module.SYNC_AFTER)
    desk.reactor.finish_work()
    assert desk.told == ["not_kept", "kept"]
    assert (desk.journal.folder / "snapshot-00000001.json").is_file()


def deleted(desk: Desk) -> None:
    shutil.rmtree(desk.sessions)


def moved(desk: Desk) -> None:
    desk.sessions.rename(desk.sessions.with_name("elsewhere"))


def made_anew(desk: Desk) -> None:
    shutil.rmtree(desk.sessions)
    desk.journal.folder.mkdir(parents=True)
    (desk.journal.folder / "journal-00000000.jsonl").touch()


def emptied(desk: Desk) -> None:
    for path in desk.journal.folder.glob("journal-*"):
        os.truncate(path, 0)


@pytest.mark.skipif(os.name != "posix", reason="here open files cannot be deleted")
@pytest.mark.parametrize("harm", [deleted, moved, made_anew, emptied])
def test_a_library_that_goes_while_somebody_edits_is_told_of_and_made_anew(desk: Desk, harm: Any) -> None:
    desk.turn(2.0)
    harm(desk)
    desk.turn(3.0)
    assert desk.told == ["not_kept"]
    assert "while SynthVR ran" in desk.heard[0].sentence
    desk.reactor.finish_work()
    assert desk.told == ["not_kept", "kept"]
    desk.turn(4.0)
    assert desk.after_a_crash() == desk.document.patch


def one_snapshot_deleted(desk: Desk) -> None:
    for path in desk.journal.folder.glob("snapshot-*"):
        path.unlink()


@pytest.mark.skipif(os.name != "posix", reason="here open files cannot be deleted")
@pytest.mark.parametrize("harm", [deleted, moved, made_anew, emptied, one_snapshot_deleted])
def test_a_library_that_goes_while_nobody_edits_is_told_of_too(desk: Desk, harm: Any) -> None:
    desk.turn(2.0)
    harm(desk)
    desk.run(CHECK_EVERY)
    assert desk.told == ["not_kept", "kept"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_library_that_stays_is_never_said_to_have_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 2)
    for value in range(20):
        desk.turn(float(value % 10))
        desk.run(CHECK_EVERY)
    assert desk.told == []


def test_the_end_writes_the_patch_though_the_journal_is_lost(desk: Desk) -> None:
    desk.turn(2.0)
    deleted(desk)
    desk.autosave.stop(desk.document.revision, desk.document.patch)
    assert desk.after_a_crash() == desk.document.patch
