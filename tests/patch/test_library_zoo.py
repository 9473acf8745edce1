"""Patches and locks in any state: nothing is waited for, and one sentence says what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synthvr_server.errors import LibraryError, PatchError
from synthvr_server.patch.files import read_patch
from synthvr_server.patch.library import Library
from synthvr_server.patch.lock import hold
from tests.patch.beasts import BEASTS, Beast, bounded, folder, itself, nowhere, one_sentence
from tests.patch.examples import two_amplifiers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are made here")


@pytest.mark.parametrize("beast", BEASTS)
def test_a_patch_of_that_kind_is_a_sentence_and_the_others_are_listed(tmp_path: Path, beast: Beast) -> None:
    library = Library(tmp_path, tmp_path / "none")
    library.save("fine", two_amplifiers())
    beast(library.patches / "strange.json")
    with bounded():
        entries = {entry.name: entry.problem for entry in library.entries()[0]}
        with pytest.raises(PatchError) as caught:
            read_patch(library.patches / "strange.json")
    assert set(entries) == {"fine", "strange"}
    assert entries["fine"] == ""
    assert one_sentence(entries["strange"])
    assert one_sentence(str(caught.value))


@pytest.mark.parametrize("beast", BEASTS)
def test_a_patch_of_that_kind_can_be_deleted_and_saved_over(tmp_path: Path, beast: Beast) -> None:
    library = Library(tmp_path, tmp_path / "none")
    library.patches.mkdir()
    beast(library.patches / "strange.json")
    with bounded():
        if beast is folder:
            with pytest.raises(LibraryError, match=r"cannot be kept: .*\.$"):
                library.save("strange", two_amplifiers(), replace=True)
        else:
            library.save("strange", two_amplifiers(), replace=True)
            assert library.load("strange") == two_amplifiers()
            (library.patches / "strange.json").unlink()
            beast(library.patches / "strange.json")
            there_was_something = beast not in (nowhere, itself)
            with pytest.raises(LibraryError, match="among the backups" if there_was_something else r"strange\.json"):
                library.load("strange")
            library.delete("strange")
            assert library.entries()[0] == []
        library.backup_entries()


@pytest.mark.parametrize("beast", BEASTS)
def test_a_lock_of_that_kind_holds_nobody_up(tmp_path: Path, beast: Beast) -> None:
    beast(tmp_path / "server-lock")
    with bounded():
        try:
            held = hold(tmp_path / "server-lock")
        except OSError:
            return
    assert held is not None
    held.close()


def test_only_one_holds_a_lock_and_its_end_frees_it(tmp_path: Path) -> None:
    first = hold(tmp_path / "lock")
    assert first is not None
    assert hold(tmp_path / "lock") is None
    first.close()
    second = hold(tmp_path / "lock")
    assert second is not None
    second.close()
