"""Autosave: what is on disk when, and what happens while the disk refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthvr_server.errors import PatchError
from synthvr_server.patch.commands import SetKnob
from synthvr_server.patch.history import History
from synthvr_server.patch.journal import Journal, restore
from synthvr_server.patch.model import Patch
from synthvr_server.protocol.server_messages import Notice
from synthvr_server.server import autosave as module
from synthvr_server.server.autosave import RETRY_AFTER, Autosave
from synthvr_server.server.document import Document
from tests.patch.examples import CATALOGUE, two_amplifiers
from tests.server.fakes import StillReactor, somebody


class Desk:
    """A document with its autosave."""

    def __init__(self, folder: Path) -> None:
        self.sessions = folder / "sessions"
        self.reactor = StillReactor()
        self.notices: list[Notice] = []
        self.journal = Journal(self.sessions)
        history = History()
        self.autosave = Autosave(self.journal, history, self.reactor, self.notices.append)
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
        return [notice.code for notice in self.notices]


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


def test_a_disk_that_refuses_is_told_of_once_and_the_music_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise PatchError("No space left on device.")

    monkeypatch.setattr(desk.journal, "append", full)
    desk.turn(2.0)
    desk.turn(3.0)
    assert desk.document.revision == 2
    assert desk.told == ["journal_failed"]


def test_a_disk_that_works_again_gets_everything(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = desk.journal.append

    def full(*_: object) -> None:
        desk.journal.close()
        raise PatchError("No space left on device.")

    monkeypatch.setattr(desk.journal, "append", full)
    desk.turn(2.0)
    desk.turn(3.0)
    monkeypatch.setattr(desk.journal, "append", real)
    desk.turn(4.0)
    assert desk.after_a_crash() == two_amplifiers()
    desk.reactor.pass_time(RETRY_AFTER)
    desk.turn(5.0)
    desk.reactor.finish_work()
    desk.turn(6.0)
    assert desk.told == ["journal_failed", "journal_works"]
    assert desk.after_a_crash() == desk.document.patch


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_play(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where a folder should be")
    desk = Desk(tmp_path)
    desk.turn(2.0)
    assert desk.document.revision == 1
    assert desk.told == ["journal_failed"]


def test_a_sync_that_fails_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise PatchError("Input/output error.")

    monkeypatch.setattr(desk.journal, "sync", broken)
    desk.turn(2.0)
    desk.reactor.pass_time(module.SYNC_AFTER)
    desk.reactor.finish_work()
    assert desk.told == ["journal_failed"]
