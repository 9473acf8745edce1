"""Writes that fail or are killed half-way: nothing that was there is lost, and nothing half-written stays."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from synthvr_server.errors import LibraryError
from synthvr_server.neural.card import write_whole
from synthvr_server.patch.leftovers import OLD, remove_leftovers, temporary_for
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import Patch
from tests.patch.beasts import one_sentence

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are made here")


GONE = 2**22 + 1  # a process: more than Linux ever gives to one


def test_temporary_files_of_killed_saves_go_and_no_others(tmp_path: Path) -> None:
    ours_now, ours_old = temporary_for(tmp_path / "now.json"), temporary_for(tmp_path / "old.json")
    kept = [ours_now, *(tmp_path / name for name in ("song.json", ".hidden", "a.tmp", ".x.tmp", f"x.{GONE}.tmp"))]
    left = [ours_old, *(tmp_path / f".song.json.{GONE}{serial}.tmp" for serial in ("", "-0"))]
    for path in (*kept, *left):
        path.touch()
    os.utime(ours_old, (time.time() - 2 * OLD,) * 2)
    (tmp_path / f".folder.{GONE}.tmp").mkdir()
    (tmp_path / f".link.{GONE}.tmp").symlink_to("/dev/zero")
    remove_leftovers([tmp_path, tmp_path / "nowhere"])
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in kept)
    assert (tmp_path / f".folder.{GONE}.tmp").is_dir()


def test_a_model_that_was_copied_only_half_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _handle: seen.extend(path.name for path in tmp_path.iterdir()))
    write_whole(tmp_path / "amp.nam", b"whole")
    (temporary,) = seen
    left = tmp_path / temporary.replace(str(os.getpid()), str(GONE))
    left.touch()
    remove_leftovers([tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == ["amp.nam"]


class Fault:
    """Makes the n-th call that changes the disk fail, as a full or broken disk does."""

    CALLS = ("open", "fsync", "replace", "link", "rename", "mkdir")

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch, self._left, self.came = patch, 0, False

    def at(self, number: int) -> None:
        self._left, self.came = number, False
        for name in self.CALLS:
            real = getattr(os, name)
            self._patch.setattr(os, name, lambda *args, _real=real, **kwargs: self._call(_real, *args, **kwargs))

    def over(self) -> None:
        self._patch.undo()

    def _call(self, real: Callable[..., object], *args: object, **kwargs: object) -> object:
        self._left -= 1
        if self._left == 0:
            self.came = True
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **kwargs)


def contents(library: Library) -> dict[str, bytes]:
    return {str(path.relative_to(library.folder)): path.read_bytes() for path in library.folder.rglob("*.json")}


DEEDS: dict[str, Callable[[Library], None]] = {
    "save": lambda library: library.save("song", Patch(title="new"), replace=True),
    "save a new one": lambda library: library.save("other", Patch(title="new")),
    "rename": lambda library: library.rename("song", "third"),
    "rename over": lambda library: library.rename("song", "second", replace=True),
    "delete": lambda library: library.delete("song"),
}


def deed_with_a_fault(folder: Path, deed: str, call: int, patch: pytest.MonkeyPatch) -> bool:
    """Do it in a new library in which that call fails. Whether it came to that call; nothing may be lost."""
    library = Library(folder, folder / "none")
    library.save("second", Patch(title="second"))
    for number in range(6):
        library.save("song", Patch(title=f"version {number}"), replace=True)
    before, fault = contents(library), Fault(patch)
    fault.at(call)
    try:
        DEEDS[deed](library)
        refusal = ""
    except LibraryError as error:
        refusal = str(error)
    fault.over()
    oldest_may_go = 0 if refusal else 1
    assert len(set(before.values()) - set(contents(library).values())) <= oldest_may_go, f"{deed}, call {call}"
    assert not refusal or one_sentence(refusal)
    assert not list(folder.rglob("*.tmp"))
    return fault.came


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_that_fails_at_any_call_has_lost_no_patch_and_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    calls = 1
    while deed_with_a_fault(tmp_path / str(calls), deed, calls, monkeypatch):
        calls += 1
    assert calls > 2, "calls were made to fail"


def test_a_hundred_failed_saves_cost_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path, tmp_path / "none")
    for number in range(7):
        library.save("song", Patch(title=f"version {number}"), replace=True)
    before = contents(library)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        for _ in range(100):
            with pytest.raises(LibraryError, match="No space left"):
                library.save("song", Patch(title="lost"), replace=True)
    assert contents(library) == before
