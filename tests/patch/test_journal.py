"""The journal: every way in which a session can end, and what the next one finds."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from synthvr_server.errors import PatchError, Rejected
from synthvr_server.patch.change import Change
from synthvr_server.patch.commands import Command, Describe, apply_batch
from synthvr_server.patch.history import Author, History, Origin
from synthvr_server.patch.history_file import MOST_BYTES, MOST_STEPS
from synthvr_server.patch.journal import SNAPSHOTS_KEPT, Journal
from synthvr_server.patch.model import Patch
from synthvr_server.patch.restoring import restore
from synthvr_server.patch.session_files import SESSIONS_KEPT, drop_old_sessions
from tests.patch.examples import CATALOGUE, SOMEBODYS, add, connect, turn, two_amplifiers

ADA, BEN = (Author(person=name.lower(), name=name) for name in ("Ada", "Ben"))


class Session:
    """A journal and the patch it should remember."""

    def __init__(self, sessions: Path, patch: Patch, history: History | None = None) -> None:
        self.journal, self.patch, self.revision = Journal(sessions), patch, 0
        self.history = history or History()
        self.save()

    def save(self) -> None:
        self.journal.start_file(self.revision)
        self.journal.write_snapshot(self.revision, self.patch, self.history.steps)

    def edit(self, *commands: Command, by: Author = ADA) -> None:
        self._keep(self.history.origin(by, "an edit"), commands)

    def undo(self, by: Author = ADA) -> None:
        self._keep(*self.history.undo(by, self.patch, CATALOGUE))

    def redo(self, by: Author = ADA) -> None:
        self._keep(*self.history.redo(by, self.patch, CATALOGUE))

    def _keep(self, origin: Origin, commands: Sequence[Command]) -> None:
        before, self.patch = self.patch, apply_batch(self.patch, commands)
        self.history.follow(origin, Change.between(before, self.patch))
        self.revision += 1
        self.journal.append(self.revision, commands, origin)

    @property
    def newest(self) -> Path:
        return max(self.journal.folder.glob("journal-*.jsonl"))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path, two_amplifiers())
    session.edit(turn("a", 2.0))
    session.edit(add("x"), connect("y", "x/out", "a/in"))
    session.edit(turn("x", 3.0))
    return session


def restored(folder: Path) -> Patch:
    found = restore(folder)
    assert found is not None
    return found.patch


def lost(folder: Path) -> str:
    found = restore(folder)
    assert found is not None
    return found.lost


def test_what_was_appended_is_there_after_a_crash(session: Session, tmp_path: Path) -> None:
    assert restored(tmp_path) == session.patch


def test_a_torn_last_line_is_left_out(session: Session, tmp_path: Path) -> None:
    whole = session.patch
    session.edit(turn("a", 9.0))
    content = session.newest.read_bytes()
    for cut in range(1, len(content) - content[:-1].rindex(b"\n") - 1):
        session.newest.write_bytes(content[:-cut])
        assert restored(tmp_path) in (whole, session.patch)
    assert restored(tmp_path) == whole


def test_zeros_after_a_power_cut_are_left_out(session: Session, tmp_path: Path) -> None:
    session.newest.write_bytes(session.newest.read_bytes() + b"\0" * 512)
    assert restored(tmp_path) == session.patch
    assert "At least 1 edit after revision 3" in lost(tmp_path)


def test_a_broken_snapshot_falls_back_to_the_one_before_and_its_journal(session: Session, tmp_path: Path) -> None:
    session.save()
    session.edit(turn("a", 5.0))
    max(session.journal.folder.glob("snapshot-*.json")).write_bytes(b"\0" * 64)
    assert restored(tmp_path) == session.patch
    found = restore(tmp_path)
    assert found is not None
    assert len(found.problems) == 1


def test_a_snapshot_that_was_never_written_costs_nothing(session: Session, tmp_path: Path) -> None:
    session.journal.start_file(session.revision)
    session.edit(turn("a", 5.0))
    assert restored(tmp_path) == session.patch


def test_a_missing_journal_leaves_the_snapshot(session: Session, tmp_path: Path) -> None:
    session.newest.unlink()
    assert restored(tmp_path) == two_amplifiers()


def test_a_batch_that_does_not_fit_ends_the_replay_and_is_told(session: Session, tmp_path: Path) -> None:
    session.journal.append(session.revision + 1, [turn("nobody", 1.0)], SOMEBODYS)
    found = restore(tmp_path)
    assert found is not None
    assert found.patch == session.patch
    assert "nobody" in found.lost


def test_a_hole_in_the_journal_is_not_jumped_over(session: Session, tmp_path: Path) -> None:
    session.journal.append(session.revision + 2, [turn("a", 9.0)], SOMEBODYS)
    assert restored(tmp_path) == session.patch
    assert "2 edits after revision 3" in lost(tmp_path)


def test_old_snapshots_and_journals_are_dropped(session: Session, tmp_path: Path) -> None:
    for value in range(6):
        session.edit(turn("a", float(value)))
        session.save()
    assert len(list(session.journal.folder.glob("snapshot-*.json"))) == SNAPSHOTS_KEPT
    assert len(list(session.journal.folder.glob("journal-*.jsonl"))) == SNAPSHOTS_KEPT
    assert len(list(session.journal.folder.glob("history-*.jsonl"))) == SNAPSHOTS_KEPT
    assert restored(tmp_path) == session.patch


def test_the_session_written_to_last_is_the_one_to_go_on_with(session: Session, tmp_path: Path) -> None:
    other = Session(tmp_path, Patch(title="other"))
    for path in other.journal.folder.iterdir():
        os.utime(path, ns=(2**62, 2**62))
    assert restored(tmp_path).title == "other"


def test_no_session_is_no_error(tmp_path: Path) -> None:
    assert restore(tmp_path / "nowhere") is None
    (tmp_path / "empty-session").mkdir()
    assert restore(tmp_path) is None


def test_only_the_latest_sessions_are_kept(tmp_path: Path) -> None:
    for _ in range(SESSIONS_KEPT + 3):
        Session(tmp_path, Patch())
    drop_old_sessions(tmp_path)
    assert len(list(tmp_path.iterdir())) == SESSIONS_KEPT


def test_a_folder_that_cannot_be_written_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where a folder should be")
    with pytest.raises(PatchError, match="cannot be written"):
        Journal(tmp_path / "sessions").start_file(0)


def test_sync_and_close_are_quiet_when_nothing_is_open(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.sync()
    journal.close()
    assert not journal.is_open


def gone_on_with(folder: Path) -> Session:
    """The next session, which begins where the last one ended."""
    found = restore(folder)
    assert found is not None
    return Session(folder, found.patch, found.history)


def test_undo_goes_on_after_a_crash(session: Session, tmp_path: Path) -> None:
    session.edit(turn("b", 5.0), by=BEN)
    session.undo()
    session = gone_on_with(tmp_path)
    assert session.patch.modules["x"].knobs == {"level": 0.0}
    session.undo()
    session.undo()
    assert session.patch == apply_batch(two_amplifiers(), [turn("b", 5.0)]), "Ben's knob stands"


def test_undo_goes_on_after_a_clean_stop_and_another(session: Session, tmp_path: Path) -> None:
    for _ in range(2):
        session.journal.close()
        session.journal.write_snapshot(session.revision, session.patch, session.history.steps)
        session = gone_on_with(tmp_path)
    for _ in range(3):
        session.undo()
    assert session.patch == two_amplifiers()


def test_what_was_undone_before_a_restart_can_be_done_again_after_it(session: Session, tmp_path: Path) -> None:
    whole = session.patch
    session.undo()
    session.undo()
    session = gone_on_with(tmp_path)
    for _ in range(2):
        session.redo()
    assert session.patch == whole


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_done_and_undone_the_next_session_knows_the_same_past(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    session = Session(tmp_path, two_amplifiers())
    for number in range(40):
        by = chance.choice([ADA, BEN])
        deeds = [
            partial(session.edit, turn(chance.choice("ab"), chance.randrange(9)), by=by),
            partial(session.edit, add(f"m{number}"), connect(f"c{number}", "a/out", f"m{number}/in"), by=by),
            partial(session.undo, by),
            partial(session.redo, by),
            session.save,
        ]
        with suppress(Rejected):
            chance.choices(deeds, weights=[4, 2, 3, 2, 1])[0]()
    found = restore(tmp_path)
    assert found is not None
    assert (found.patch, found.problems, found.lost) == (session.patch, (), "")
    assert found.history.steps == session.history.steps


def test_a_spoilt_history_costs_undo_and_nothing_else(session: Session, tmp_path: Path) -> None:
    session.save()
    newest = max(session.journal.folder.glob("history-*.jsonl"))
    lines = newest.read_bytes().splitlines(keepends=True)
    for spoilt, left in ((b"\0" * 64, 0), (lines[0] + b"{}\n" + lines[1], 1), (lines[0] + lines[0], 1)):
        newest.write_bytes(spoilt)
        found = restore(tmp_path)
        assert found is not None
        assert (found.patch, found.problems, len(found.history.steps)) == (session.patch, (), left)


def test_a_history_on_disk_has_an_end(tmp_path: Path) -> None:
    session = Session(tmp_path, two_amplifiers())
    for value in range(MOST_STEPS + 10):
        session.edit(turn("a", value % 10 + 0.5))
    session.save()
    assert len(gone_on_with(tmp_path).history.steps) == MOST_STEPS
    for number in range(2 * MOST_BYTES // 60_000):
        session.edit(Describe(title=str(number), notes=chr(97 + number % 26) * 60_000))
    session.save()
    assert max(session.journal.folder.glob("history-*.jsonl")).stat().st_size <= MOST_BYTES
    assert 0 < len(gone_on_with(tmp_path).history.steps) < MOST_STEPS


def test_a_journal_of_an_older_synthvr_can_be_read(session: Session, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in session.newest.read_text().splitlines()]
    for line in lines:
        del line["origin"]
    session.newest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = restore(tmp_path)
    assert found is not None
    assert (found.patch, found.problems, found.history.steps) == (session.patch, (), ())
