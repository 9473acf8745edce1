"""Rings of samples between two processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from synthvr_server.engine import ring
from synthvr_server.engine.ring import FRAMES, Rings


@pytest.fixture
def rings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rings:
    monkeypatch.setattr(ring, "_RAM", tmp_path)
    return Rings(Rings.create_file())


def write(rings: Rings, slot: int, end: int) -> None:
    """As the engine does: samples that count frames, then the count."""
    frames = np.arange(max(end - FRAMES, 0), end)
    rings.scopes[slot - 1][frames & (FRAMES - 1)] = frames
    rings.end[slot] = end


def test_a_reader_gets_every_frame_once(rings: Rings) -> None:
    write(rings, 1, 1000)
    begin, first = rings.read(1, 0)
    write(rings, 1, 1500)
    then, second = rings.read(1, begin + len(first))
    assert (begin, then) == (0, 1000)
    assert np.concatenate([first, second]).tolist() == list(range(1500))


def test_nothing_new_is_an_empty_piece(rings: Rings) -> None:
    write(rings, 1, 100)
    assert [len(piece) for piece in rings.read(1, 100)[1:]] == [0]


def test_a_reader_that_fell_behind_goes_on_with_what_is_left(rings: Rings) -> None:
    write(rings, 1, 10 * FRAMES + 5)
    begin, piece = rings.read(1, 0)
    assert begin > 9 * FRAMES
    assert piece.astype(int).tolist() == list(range(begin, 10 * FRAMES + 5))


def test_another_process_sees_the_same_memory(rings: Rings) -> None:
    opened = f"from synthvr_server.engine.ring import *; r = Rings(Path({str(rings.path)!r}))"
    code = f"{opened}; r.master[3] = 0.5; r.end[0] = 4"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert rings.read(0, 3)[1].tolist() == [[0.5, 0.5]]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems tell whether a process is gone")
def test_the_files_of_servers_that_were_killed_are_swept_away(rings: Rings, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left_behind = tmp_path / f"synthvr-rings-{dead.pid}-abc"
    left_behind.touch()
    Rings.create_file()
    assert not left_behind.exists()
    assert rings.path.exists(), "ours is in use"
