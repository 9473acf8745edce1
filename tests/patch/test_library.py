"""The library: names, backups, ready-made patches, and files that somebody has broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synthvr_server.errors import LibraryError, PatchError
from synthvr_server.patch.backups import VERSIONS_KEPT
from synthvr_server.patch.commands import Describe, apply
from synthvr_server.patch.files import read_patch, write_patch
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import Patch
from tests.patch.examples import two_amplifiers


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_patch(tmp_path / "ready" / "First light.json", Patch(title="First light"))
    return Library(tmp_path / "own", tmp_path / "ready")


def titled(title: str) -> Patch:
    return apply(two_amplifiers(), Describe(title=title))


def test_what_is_saved_can_be_loaded(library: Library) -> None:
    library.save("Grüße, 世界", two_amplifiers())
    assert library.load("Grüße, 世界") == two_amplifiers()


def test_the_list_has_the_users_own_first_and_newest_first(library: Library) -> None:
    for age, name in ((300, "old"), (100, "new"), (200, "between")):
        library.save(name, titled(name.upper()))
        os.utime(library.patches / f"{name}.json", (1e9 - age, 1e9 - age))
    entries, left_out = library.entries()
    assert left_out == 0
    assert [entry.name for entry in entries] == ["new", "between", "old", "First light"]
    assert [entry.ready_made for entry in entries] == [False, False, False, True]
    assert entries[0].title == "NEW"
    assert entries[0].modules == 2


def test_saving_again_keeps_the_earlier_versions(library: Library) -> None:
    for number in range(VERSIONS_KEPT + 3):
        library.save("song", titled(str(number)), replace=True)
    kept = [read_patch(version.path).title for version in library.backups.of("song")]
    assert library.load("song").title == str(VERSIONS_KEPT + 2)
    assert kept == [str(VERSIONS_KEPT + 1 - age) for age in range(VERSIONS_KEPT)]


def test_a_ready_made_patch_is_not_touched_by_saving_under_its_name(library: Library) -> None:
    library.save("First light", titled("Mine"))
    assert library.load("First light").title == "Mine"
    assert read_patch(library.ready_made / "First light.json").title == "First light"
    assert [entry.ready_made for entry in library.entries()[0]] == [False]


def test_names_that_differ_only_in_case_are_one_file(library: Library) -> None:
    library.save("Song", titled("one"))
    library.save("SONG", titled("two"), replace=True)
    assert [entry.name for entry in library.entries()[0]] == ["Song", "First light"]
    assert library.load("song").title == "two"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (" x", "space"),
        ("..", "dot"),
        (".hidden", "dot"),
        ("x.", "dot"),
        ("../x", "dot"),
        ("a/b", "'/'"),
        ("a\\b", "must not contain"),
        ("C:x", "':'"),
        ("what?", "contain"),
        ("a\0b", "invisible"),
        ("a\nb", "invisible"),
        ("a\u202eb", "invisible"),
        ("nul", "Windows"),
        ("COM1", "Windows"),
        ("aux.backup", "Windows"),
        ("ü" * 120, "bytes"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_its_reason(library: Library, name: str, words: str) -> None:
    for attempt in (lambda: library.save(name, Patch()), lambda: library.load(name)):
        with pytest.raises(LibraryError, match=words) as refusal:
            attempt()
        assert refusal.value.code == "invalid_name"


def test_an_unknown_name_is_said_to_be_unknown(library: Library) -> None:
    with pytest.raises(LibraryError, match="no patch 'nobody'") as refusal:
        library.load("nobody")
    assert refusal.value.code == "unknown_patch"


def test_a_broken_file_is_listed_with_its_problem_and_does_not_load(library: Library) -> None:
    library.save("good", two_amplifiers())
    (library.patches / "broken.json").write_text('{"modules": 3}')
    entries = {entry.name: entry for entry in library.entries()[0]}
    assert "modules" in entries["broken"].problem
    assert entries["good"].problem == ""
    with pytest.raises(LibraryError, match="not a valid patch") as refusal:
        library.load("broken")
    assert refusal.value.code == "unreadable_patch"


def test_a_file_that_changed_is_read_again(library: Library) -> None:
    library.save("song", titled("before"))
    library.entries()
    library.save("song", titled("afterwards"), replace=True)
    assert library.entries()[0][0].title == "afterwards"


def test_an_empty_library_has_only_what_is_ready_made(library: Library) -> None:
    assert [entry.name for entry in library.entries()[0]] == ["First light"]


def test_a_library_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryError, match="cannot be written") as refusal:
        Library(tmp_path / "file").save("x", Patch())
    assert refusal.value.code == "not_saved"


def test_a_ready_made_patch_is_neither_deleted_nor_renamed(library: Library) -> None:
    for attempt in (lambda: library.delete("First light"), lambda: library.rename("first light", "Mine")):
        with pytest.raises(LibraryError, match="came with SynthVR") as refusal:
            attempt()
        assert refusal.value.code == "ready_made"


def test_a_save_that_fails_costs_no_earlier_version(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(VERSIONS_KEPT + 1):
        library.save("song", titled(str(number)), replace=True)
    kept = [version.path for version in library.backups.of("song")]

    def full(*_: object) -> None:
        raise PatchError("No space left on device.")

    monkeypatch.setattr("synthvr_server.patch.library.write_patch", full)
    for _ in range(VERSIONS_KEPT + 1):
        with pytest.raises(LibraryError, match="No space left"):
            library.save("song", titled("lost"), replace=True)
    assert [version.path for version in library.backups.of("song")] == kept
    assert library.load("song").title == str(VERSIONS_KEPT)


def test_backups_as_older_synthvrs_named_them_are_found_and_go_first(library: Library) -> None:
    for number in (1, 2):
        write_patch(library.backups.folder / f"song.{number}.json", titled(f"old {number}"))
    library.save("song", titled("a"))
    for title in "bcde":
        library.save("song", titled(title), replace=True)
    assert [library.load_backup("song", version.version).title for version in library.backups.of("song")] == [
        *"dcba",
        "old 1",
    ]


def test_a_name_with_dots_and_digits_keeps_its_backups_apart(library: Library) -> None:
    for name in ("song", "song.1", "song.1.2"):
        library.save(name, titled(name))
        library.delete(name)
    entries, _ = library.backup_entries()
    assert sorted((entry.name, entry.title) for entry in entries) == [(n, n) for n in ("song", "song.1", "song.1.2")]


def test_a_broken_patch_can_be_deleted_and_its_backup_says_what_is_wrong(library: Library) -> None:
    library.save("good", two_amplifiers())
    (library.patches / "broken.json").write_text('{"modules": 3}')
    library.delete("broken")
    (entry,) = library.backup_entries()[0]
    assert (entry.name, entry.title) == ("broken", "broken")
    assert "modules" in entry.problem


def test_a_list_is_bounded_work_and_goes_on_where_it_ended(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        library.save(f"song {number}", titled("Song"))
        os.utime(library.patches / f"song {number}.json", (number, number))
    monkeypatch.setattr("synthvr_server.patch.listing.MOST_LISTED", 5)
    monkeypatch.setattr("synthvr_server.patch.listing.MOST_READ", 1)
    seen = []
    for _ in range(5):
        entries, left_out = library.entries()
        own = [entry for entry in entries if not entry.ready_made]
        assert [entry.name for entry in own] == [f"song {number}" for number in (5, 4, 3, 2, 1)]
        assert left_out == 1
        seen.append([entry.modules for entry in own].count(2))
    assert seen == [1, 2, 3, 4, 5]
    assert [entry.title for entry in own] == ["Song"] * 5


def test_a_broken_link_can_be_renamed_and_deleted(library: Library) -> None:
    library.save("good", two_amplifiers())
    (library.patches / "lost.json").symlink_to(library.folder / "nowhere.json")
    library.rename("lost", "found")
    library.delete("found")
    assert [entry.name for entry in library.entries()[0]] == ["good", "First light"]
