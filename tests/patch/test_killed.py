"""Processes that are killed, and a disk that really takes no more: what was acknowledged is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from synthvr_server.patch.restoring import Restored, restore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def session(sessions: Path, *arguments: str) -> Iterator[Iterator[str]]:
    """The lines of a session that is killed at the end."""
    command = [sys.executable, "-m", "tests.patch.keeping_child", str(sessions), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield map(str.strip, process.stdout)
        finally:
            process.kill()


def found(sessions: Path) -> tuple[Restored, int]:
    """What the next session begins with, and how many edits have led to it."""
    restored = restore(sessions)
    assert restored is not None
    return restored, restored.history.steps[-1].number if restored.history.steps else 0


@pytest.mark.parametrize("lines", [1, 7, 20, 21, 67])
def test_whenever_a_session_is_killed_all_that_was_acknowledged_is_there(tmp_path: Path, lines: int) -> None:
    acknowledged = 0
    with session(tmp_path) as said:
        for _ in range(lines):
            acknowledged = int(next(said))
    restored, edits = found(tmp_path)
    assert edits >= acknowledged
    assert (restored.lost, restored.problems) == ("", ())


def test_a_disk_that_takes_no_more_in_the_middle_of_a_batch_spoils_nothing(tmp_path: Path) -> None:
    most = 3_000  # bytes: within some batch
    with session(tmp_path, str(most)) as said:
        kept = 0
        for line in said:
            if line.startswith("full"):
                assert "cannot be written" in line
                break
            kept = int(line)
        journal = tmp_path / os.listdir(tmp_path)[0] / "journal-00000000.jsonl"  # noqa: PTH208
        content = journal.read_bytes()
        after = [int(next(said)) for _ in range(3)]
    assert most - 1_000 < len(content) <= most
    assert content.endswith(b"\n"), "nothing of the batch that had no room"
    assert content.count(b"\n") == kept
    assert after == [kept + 1, kept + 2, kept + 3]
    restored, edits = found(tmp_path)
    assert edits >= kept + 3
    assert restored.lost == ""
