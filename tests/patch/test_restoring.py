"""Sessions in any state: the work is bounded, the good file is found, and what is lost is said in one sentence."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from synthvr_server.patch.model import Patch
from synthvr_server.patch.restoring import Restored, restore
from tests.patch.beasts import BEASTS, Beast, bounded, empty, one_sentence
from tests.patch.examples import turn, two_amplifiers
from tests.patch.test_journal import Session

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are made here")


def found(sessions: Path) -> Restored:
    with bounded():
        restored = restore(sessions)
    assert restored is not None
    assert all(map(one_sentence, restored.problems))
    assert not restored.lost or one_sentence(restored.lost)
    return restored


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session with two snapshots and batches after each."""
    session = Session(tmp_path / "sessions", two_amplifiers())
    session.edit(turn("a", 1.0))
    session.edit(turn("a", 2.0))
    session.save()
    session.edit(turn("a", 3.0))
    return session


@pytest.mark.parametrize("beast", BEASTS)
def test_in_the_place_of_the_newest_snapshot_the_one_before_has_it_all(session: Session, beast: Beast) -> None:
    snapshot = session.journal.folder / "snapshot-00000002.json"
    snapshot.unlink()
    beast(snapshot)
    restored = found(session.journal.folder.parent)
    assert (restored.patch, restored.lost) == (session.patch, "")
    assert len(restored.problems) == 1


@pytest.mark.parametrize("beast", BEASTS)
def test_in_the_place_of_the_newest_journal_what_was_before_is_found(session: Session, beast: Beast) -> None:
    newest = session.newest
    newest.unlink()
    beast(newest)
    restored = found(session.journal.folder.parent)
    assert restored.patch.modules["a"].knobs == {"level": 2.0}
    assert restored.lost == "" if beast is empty else "edit after revision 2" in restored.lost


@pytest.mark.parametrize("beast", BEASTS)
def test_beside_the_good_files_it_does_no_harm(session: Session, beast: Beast) -> None:
    sessions = session.journal.folder.parent
    for name in ("snapshot-.json", "snapshot-x.json", "history-00000002.jsonl", "journal-.jsonl", "notes", "lock"):
        path = session.journal.folder / name
        path.unlink(missing_ok=True)
        beast(path)
    beast(sessions / "20990101T000000-00000000")
    restored = found(sessions)
    assert (restored.patch, restored.lost) == (session.patch, "")


@pytest.mark.parametrize("beast", BEASTS)
def test_a_newer_session_of_nothing_else_leads_to_the_one_before_and_says_so(session: Session, beast: Beast) -> None:
    sessions = session.journal.folder.parent
    newer = sessions / "20990101T000000-00000000"
    newer.mkdir()
    beast(newer / "snapshot-00000000.json")
    os.utime(newer / "snapshot-00000000.json", ns=(2**62, 2**62), follow_symlinks=False)
    restored = found(sessions)
    assert restored.patch == session.patch
    assert newer.name in restored.lost


def test_a_journal_of_another_session_is_not_played(session: Session, tmp_path: Path) -> None:
    other = Session(tmp_path / "others", two_amplifiers())
    for value in (7.0, 8.0, 9.0):
        other.edit(turn("a", value))
    shutil.copy(other.newest, session.newest)  # its third batch would fit by number
    restored = found(session.journal.folder.parent)
    assert restored.patch.modules["a"].knobs == {"level": 2.0}
    assert "of another session" in restored.lost


def test_a_journal_that_is_missing_is_said(session: Session) -> None:
    (session.journal.folder / "snapshot-00000002.json").unlink()
    (session.journal.folder / "journal-00000000.jsonl").unlink()
    restored = found(session.journal.folder.parent)
    assert restored.patch == two_amplifiers()
    assert "3 edits after revision 0" in restored.lost
    assert "missing" in restored.lost


def test_nothing_but_broken_sessions_is_an_empty_patch_and_a_sentence(session: Session) -> None:
    for path in session.journal.folder.glob("snapshot-*"):
        path.write_bytes(b"\0" * 10)
    restored = found(session.journal.folder.parent)
    assert restored.patch == Patch()
    assert session.journal.folder.name in restored.lost


def test_a_journal_cut_anywhere_keeps_all_before_the_cut_and_says_what_is_lost(tmp_path: Path) -> None:
    session = Session(tmp_path, two_amplifiers())
    states = [session.patch]
    for value in range(1, 9):
        session.edit(turn("a", value + 0.5))
        states.append(session.patch)
    content = session.newest.read_bytes()
    for cut in range(len(content) + 1):
        session.newest.write_bytes(content[:cut])
        restored = found(tmp_path)
        whole = content[:cut].count(b"\n")
        assert restored.patch == states[whole]
        assert len(restored.history.steps) == whole
        at_a_line = cut == 0 or content[cut - 1 : cut] == b"\n"
        assert restored.lost == "" if at_a_line else f"after revision {whole}" in restored.lost


def test_it_is_said_when_the_last_edit_that_counts_was_made(tmp_path: Path) -> None:
    session = Session(tmp_path, two_amplifiers())
    session.journal._clock = lambda: 1_769_869_530.5
    session.edit(turn("a", 1.0))
    with session.newest.open("ab") as file:
        file.write(b'{"revision": 2, "comm')
    stamp = time.strftime("%H:%M:%S on %Y-%m-%d", time.localtime(1_769_869_530))
    assert f"At least 1 edit after revision 1 at {stamp}" in found(tmp_path).lost


def test_names_that_are_no_text_are_passed_over(session: Session) -> None:
    sessions = session.journal.folder.parent
    try:
        for folder in (bytes(sessions), bytes(session.journal.folder)):
            for name in (b"/snapshot-\xff.json", b"/journal-\xff\x1b[2J.jsonl", b"/\xfe"):
                with open(folder + name, "wb") as file:  # noqa: PTH123
                    file.write(b"\xff")
        os.mkdir(bytes(sessions) + b"/2099\xff\x1b[2J")  # noqa: PTH102
        with open(bytes(sessions) + b"/2099\xff\x1b[2J/snapshot-00000000.json", "wb"):  # noqa: PTH123
            pass
    except OSError:
        pytest.skip("this file system takes text only")
    restored = found(sessions)
    assert restored.patch == session.patch
    assert "No whole patch could be read of the session 2099" in restored.lost
    assert all(words.isprintable() for words in (restored.lost, *restored.problems))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_broken_disk_has_made_of_the_files_a_session_begins(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    session.edit(turn("b", 4.0))
    for path in session.journal.folder.iterdir():
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice([0, 0, 1, 3])):
            at, length = chance.randrange(len(content) + 1), chance.randrange(20)
            content[at : at + chance.choice([0, length])] = chance.randbytes(length)
        path.write_bytes(content[: chance.choice([len(content), chance.randrange(len(content) + 1)])])
    found(session.journal.folder.parent)
