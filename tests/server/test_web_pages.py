"""The pages: right types, nothing outside the folder, and only our own page may open a socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthvr_server.server.origin import is_loopback, is_welcome
from synthvr_server.server.static_files import find, respond


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    web = tmp_path / "dist"
    for name in ("index.html", "assets/main-1a2b.js", "assets/worklet.js", "style.css", "font.woff2", "picture.svg"):
        (web / name).parent.mkdir(parents=True, exist_ok=True)
        (web / name).write_text(name)
    (web / "link.txt").symlink_to(tmp_path / "secret.txt")
    return web


def test_the_root_is_the_index(folder: Path) -> None:
    answer = respond("/", folder)
    assert (answer.status_code, answer.body) == (200, b"index.html")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/main-1a2b.js", "text/javascript; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/font.woff2", "font/woff2"),
        ("/picture.svg", "image/svg+xml"),
        ("/index.html?debug=1", "text/html; charset=utf-8"),
    ],
)
def test_a_file_has_the_type_that_browsers_insist_on(folder: Path, path: str, kind: str) -> None:
    assert respond(path, folder).headers["Content-Type"] == kind


def test_hashed_files_are_kept_by_the_browser_and_the_index_is_not(folder: Path) -> None:
    assert "immutable" in respond("/assets/main-1a2b.js", folder).headers["Cache-Control"]
    assert respond("/", folder).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/link.txt",
        "/a%00b",
        "/assets",
        "/nothing.html",
        "/assets/..%2f..%2fsecret.txt",
    ],
)
def test_nothing_outside_the_folder_is_served(folder: Path, path: str) -> None:
    assert find(path, folder) is None
    assert respond(path, folder).status_code == 404


def test_a_view_that_was_not_built_says_so(tmp_path: Path) -> None:
    answer = respond("/", tmp_path)
    assert answer.status_code == 503
    assert b"has not been built" in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3", "synthvr.localhost"])
def test_this_machine_has_many_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    ("origin", "host", "listening_on", "welcome"),
    [
        (None, "127.0.0.1:7340", "127.0.0.1", True),
        ("http://127.0.0.1:7340", "127.0.0.1:7340", "127.0.0.1", True),
        ("http://localhost:7340", "localhost:7340", "127.0.0.1", True),
        ("http://localhost:3000", "localhost:7340", "127.0.0.1", False),
        ("http://evil.example", "127.0.0.1:7340", "127.0.0.1", False),
        ("http://evil.example:7340", "evil.example:7340", "127.0.0.1", False),
        (None, "evil.example:7340", "127.0.0.1", False),
        ("null", "127.0.0.1:7340", "127.0.0.1", False),
        (None, None, "127.0.0.1", False),
        ("http://studio.lan:7340", "studio.lan:7340", "0.0.0.0", True),
        ("http://evil.example", "studio.lan:7340", "0.0.0.0", False),
    ],
)
def test_only_our_own_page_and_programs_may_come_in(
    origin: str | None, host: str | None, listening_on: str, welcome: bool
) -> None:
    assert is_welcome(origin, host, listening_on) is welcome
