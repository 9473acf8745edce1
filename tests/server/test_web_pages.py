"""The pages: right types, nothing outside the folder, and only our own page may open a socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthvr_server.server.network import names_of
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


HERE, AWAY = "127.0.0.1", "192.168.1.30"


@pytest.mark.parametrize(
    ("origin", "host", "peer", "welcome"),
    [
        (None, "127.0.0.1:7340", HERE, True),
        ("http://127.0.0.1:7340", "127.0.0.1:7340", HERE, True),
        ("http://localhost:7340", "localhost:7340", HERE, True),
        ("http://[::1]:7340", "[::1]:7340", "::1", True),
        ("http://localhost:3000", "localhost:7340", HERE, False),
        ("http://evil.example", "127.0.0.1:7340", HERE, False),
        ("http://evil.example:7340", "evil.example:7340", HERE, False),
        (None, "evil.example:7340", HERE, False),
        ("null", "127.0.0.1:7340", HERE, False),
        (None, None, HERE, False),
        # On this machine only localhost: a page of the network may not reach in through a name it makes point here.
        (None, "studio.local:7340", HERE, False),
        (None, "192.168.1.20:7340", HERE, False),
        (None, "192.168.1.20:7340", AWAY, True),
        (None, "[fd00::2]:7340", AWAY, True),
        ("http://192.168.1.20:7340", "192.168.1.20:7340", AWAY, True),
        ("http://studio.local:7340", "studio.local:7340", AWAY, True),
        ("http://STUDIO.local:7340", "Studio.local:7340", AWAY, True),
        ("http://evil.example:7340", "evil.example:7340", AWAY, False),
        (None, "evil.example:7340", AWAY, False),
        (None, "studio.local.evil.example:7340", AWAY, False),
        (None, "user@192.168.1.20:7340", AWAY, False),
        ("http://evil.example", "192.168.1.20:7340", AWAY, False),
        ("http://192.168.1.66:7340", "192.168.1.20:7340", AWAY, False),
        (None, "[::1", AWAY, False),
        (None, "", AWAY, False),
        (None, "localhost:7340", AWAY, False),
        (None, "192.168.1.20:7340", "", True),
    ],
)
def test_only_our_own_page_and_programs_may_come_in(
    origin: str | None, host: str | None, peer: str, welcome: bool
) -> None:
    assert is_welcome(origin, host, peer, names_of("studio")) is welcome
