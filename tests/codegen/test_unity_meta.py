"""Unity knows a file by the GUID in its .meta: none may be missing, left over, doubled or changed."""

from __future__ import annotations

from pathlib import Path

from synthvr_server.codegen import unity_meta

PACKAGE = Path(__file__).resolve().parents[2] / unity_meta.PACKAGE


def place(package: Path, *paths: str) -> None:
    for path in paths:
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text("")


def test_everything_in_the_package_has_a_meta_file() -> None:
    assert unity_meta.missing(PACKAGE) == [], "run `make generate`"


def test_no_meta_file_is_left_over() -> None:
    assert unity_meta.orphaned(PACKAGE) == [], "run `make generate`"


def test_no_guid_is_used_twice() -> None:
    assert unity_meta.doubled(PACKAGE) == []


def test_files_and_their_folders_get_one_each(tmp_path: Path) -> None:
    place(tmp_path, "package.json", "Runtime/Protocol/Turn.cs", "Samples~/Rack/Rack.unity", ".hidden")
    assert unity_meta.bring_up_to_date(tmp_path) == [
        "Runtime.meta",
        "Runtime/Protocol.meta",
        "Runtime/Protocol/Turn.cs.meta",
        "package.json.meta",
    ]
    assert unity_meta.bring_up_to_date(tmp_path) == []
    assert unity_meta.doubled(tmp_path) == []


def test_a_guid_stays_with_its_file_when_both_move(tmp_path: Path) -> None:
    place(tmp_path, "Turn.cs", "Other.cs")
    unity_meta.bring_up_to_date(tmp_path)
    before = (tmp_path / "Turn.cs.meta").read_text()
    for suffix in ("", ".meta"):
        (tmp_path / f"Turn.cs{suffix}").rename(tmp_path / f"Knob.cs{suffix}")
    assert unity_meta.bring_up_to_date(tmp_path) == []
    assert (tmp_path / "Knob.cs.meta").read_text() == before


def test_the_meta_of_what_is_gone_goes_too(tmp_path: Path) -> None:
    place(tmp_path, "Runtime/Turn.cs", "Other.cs")
    unity_meta.bring_up_to_date(tmp_path)
    (tmp_path / "Runtime/Turn.cs").unlink()
    assert sorted(unity_meta.bring_up_to_date(tmp_path)) == ["Runtime.meta", "Runtime/Turn.cs.meta"]


def test_a_copied_meta_file_is_noticed(tmp_path: Path) -> None:
    place(tmp_path, "Turn.cs", "Other.cs")
    unity_meta.bring_up_to_date(tmp_path)
    (tmp_path / "Other.cs.meta").write_text((tmp_path / "Turn.cs.meta").read_text())
    assert unity_meta.doubled(tmp_path) == [unity_meta.guid_of("Turn.cs")]
