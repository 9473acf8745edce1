"""Files in the place of others: everything that people, crashes and broken disks may put into a library."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patch.examples import two_amplifiers

PATIENCE = 20  # s, for what is done in less than one: only that it ends is tested

Beast = Callable[[Path], None]


def nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("there is no such file"))


def itself(path: Path) -> None:
    path.symlink_to(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


def empty(path: Path) -> None:
    path.touch()


def torn(path: Path) -> None:
    path.write_bytes(json.dumps(two_amplifiers().to_json()).encode()[:-9])


def zeros(path: Path) -> None:
    path.write_bytes(b"\0" * 4_096)


def nested(path: Path) -> None:
    path.write_bytes(b"[" * 1_000_000)


def nested_inside(path: Path) -> None:
    path.write_bytes(b'{"revision": 1, "modules": ' + b'{"a":' * 100_000 + b"0" + b"}" * 100_001 + b"\n")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**33)  # takes no room, and would take long to read


def no_text(path: Path) -> None:
    path.write_bytes(b'{"title": "\xff\xfe"}\n')


def something_else(path: Path) -> None:
    path.write_text('{"revision": "seven", "commands": 3}\n[1, 2]\n"x"\n')


def escapes(path: Path) -> None:
    path.write_text(json.dumps({"modules": {"a\x1b[2J\n": 3}, "\x1b]0;x\x07": 1}))


BEASTS: list[Beast] = [
    nowhere, itself, endless, pipe, folder, empty, torn, zeros, nested, nested_inside, huge, no_text,
    something_else, escapes,
]  # fmt: skip


@contextmanager
def bounded() -> Iterator[None]:
    """Fails, rather than hangs, where something is waited for."""

    def late(*_: object) -> None:
        raise AssertionError("it takes for ever")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def one_sentence(words: str) -> bool:
    shows_insides = "Traceback" in words or "Errno" in words
    return words.endswith(".") and words.isprintable() and not shows_insides and len(words) < 1_000
