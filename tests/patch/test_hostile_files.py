"""Files that nobody wrote with us, and disks that are full."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from synthvr_server.errors import PatchError, Rejected
from synthvr_server.patch.commands import AddModule, Connect, Describe, SetData, apply, apply_batch
from synthvr_server.patch.files import patch_from_json, read_bounded, read_patch
from synthvr_server.patch.journal import Journal
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import MOST_MODULE_DATA, MOST_PATCH_DATA, Cable, Patch, PlacedModule
from synthvr_server.patch.restoring import restore
from synthvr_server.patch.session_files import SESSIONS_KEPT, drop_old_sessions
from tests.patch.examples import SOMEBODYS

CABLE = {"from": {"module": "a", "jack": "out"}, "to": {"module": "b", "jack": "audio"}}


def library(tmp_path: Path) -> Library:
    (tmp_path / "patches").mkdir()
    return Library(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(PatchError, match="no ordinary file"):
        read_patch(tmp_path / "pipe.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_small_file_is_read_whole_and_what_is_none_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"four")
    assert read_bounded(tmp_path / "small", 4) == b"four"
    with pytest.raises(ValueError, match="larger than 3 bytes"):
        read_bounded(tmp_path / "small", 3)
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(ValueError, match="no ordinary file"):
            read_bounded(path, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_journal_that_is_a_named_pipe_is_a_problem_and_not_waited_for(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write_snapshot(0, Patch())
    os.mkfifo(journal.folder / "journal-00000000.jsonl")
    restored = restore(tmp_path)
    assert restored is not None
    assert "no ordinary file" in restored.lost


def test_a_number_of_five_thousand_digits_is_no_patch(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"a":' + "1" * 5000 + "}")
    with pytest.raises(PatchError, match="not valid JSON"):
        read_patch(tmp_path / "bad.json")


def test_one_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    shelf = library(tmp_path)
    shelf.save("fine", Patch())
    (tmp_path / "patches" / "nowhere.json").symlink_to(tmp_path / "missing.json")
    entries = {entry.name: entry.problem for entry in shelf.entries()[0] if not entry.ready_made}
    assert entries["fine"] == ""
    assert "nowhere.json cannot be read" in entries["nowhere"]


@pytest.mark.skipif(os.name != "posix", reason="here a file's name is text")
def test_a_file_whose_name_is_no_text_is_not_listed(tmp_path: Path) -> None:
    shelf = library(tmp_path)
    shelf.save("fine", Patch())
    try:
        os.close(os.open(bytes(tmp_path) + b"/patches/x\xff.json", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes text only")
    assert [entry.name for entry in shelf.entries()[0] if not entry.ready_made] == ["fine"]


def test_two_cables_between_the_same_jacks_are_a_problem_of_the_file() -> None:
    values = {"modules": {"a": {"type": "vco"}, "b": {"type": "vca"}}, "cables": {"one": CABLE, "two": CABLE}}
    with pytest.raises(PatchError, match="cables/two: joins the same jacks as 'one'"):
        patch_from_json(values)


@pytest.mark.parametrize("version", ["1", True, 0, -1, 2.0, None])
def test_a_version_that_is_none_is_refused(version: object) -> None:
    with pytest.raises(PatchError, match="schema_version"):
        patch_from_json({"schema_version": version})


def test_thousands_of_problems_make_a_short_sentence() -> None:
    with pytest.raises(PatchError, match="and 980 more") as caught:
        patch_from_json({"modules": {f"m{n}": 1 for n in range(1000)}})
    assert len(str(caught.value)) < 3000


def test_a_module_keeps_a_bounded_amount_of_text() -> None:
    patch = apply(Patch(), AddModule(id="a", module=PlacedModule(type="vco")))
    for key in range(MOST_MODULE_DATA // 65_536):
        patch = apply(patch, SetData(id="a", key=f"k{key}", text="x" * 65_536))
    with pytest.raises(Rejected, match="more than 128 KB"):
        apply(patch, SetData(id="a", key="one-more", text="x"))


def test_a_patch_keeps_a_bounded_amount_of_text() -> None:
    full = PlacedModule(type="vco", data=dict.fromkeys("ab", "x" * 65536))
    fits = MOST_PATCH_DATA // MOST_MODULE_DATA
    values = {"modules": {f"m{n}": full.model_dump(mode="json") for n in range(fits)}}
    patch = patch_from_json(values)
    with pytest.raises(Rejected, match="more than 4 MB"):
        apply(patch, AddModule(id="too-much", module=full))
    with pytest.raises(PatchError, match="more than 4 MB"):
        patch_from_json({"modules": {**values["modules"], "too-much": full.model_dump(mode="json")}})


def test_a_rejected_cable_leaves_nothing_behind() -> None:
    modules = [AddModule(id=name, module=PlacedModule(type="vca")) for name in "ab"]
    patch = apply_batch(Patch(), modules)
    first = Connect(id="one", cable=Cable.model_validate(CABLE))
    again = Connect(id="two", cable=Cable.model_validate(CABLE))
    with pytest.raises(Rejected, match="plugged in already"):
        apply_batch(patch, [first, again])
    assert list(apply_batch(patch, [first]).cables) == ["one"]


class FullDisk:
    """Takes ten bytes, as a disk does that has no room for more."""

    def write(self, data: bytes) -> int:
        return min(len(data), 10)

    def truncate(self, size: int) -> None:
        assert size == 0, "what was kept before"

    def close(self) -> None:
        pass


def test_a_batch_that_a_full_disk_cut_short_is_not_taken_for_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.start_file(0)
    journal.write_snapshot(0, Patch())
    journal._file = FullDisk()  # type: ignore[assignment]
    with pytest.raises(PatchError, match="cannot be written"):
        journal.append(1, [Describe(title="lost")], SOMEBODYS)
    assert not journal.is_open


def test_a_torn_line_in_the_middle_of_a_journal_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.start_file(0)
    journal.write_snapshot(0, Patch())
    journal.append(1, [Describe(title="one")], SOMEBODYS)
    journal.close()
    (file,) = journal.folder.glob("journal-*.jsonl")
    with file.open("ab") as torn:
        torn.write(b'{"revision": 2, "comm\n' + json.dumps({"revision": 3, "commands": []}).encode() + b"\n")
    found = restore(tmp_path)
    assert found is not None
    assert found.patch.title == "one"
    assert "torn in line 2" in found.lost


@pytest.mark.skipif(os.name != "posix", reason="here an open folder cannot be removed anyway")
def test_the_session_of_a_running_server_is_never_dropped(tmp_path: Path) -> None:
    running = Journal(tmp_path)
    running.start_file(0)
    running.write_snapshot(0, Patch(title="running"))
    for _ in range(SESSIONS_KEPT + 2):
        newer = Journal(tmp_path)
        newer.start_file(0)
        newer.write_snapshot(0, Patch())
        newer.close()
    dropper = threading.Thread(target=drop_old_sessions, args=(tmp_path,))
    dropper.start()
    dropper.join()
    assert running.folder.is_dir()
    running.close()
    drop_old_sessions(tmp_path)
    assert not running.folder.exists()
