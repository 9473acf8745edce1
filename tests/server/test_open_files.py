"""As many open files as the system gives, and one sentence where there are no more."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator

import pytest

from synthvr_server.server.open_files import MOST_OPEN, allow_many, most_open, tell_when_out_of_files

resource = pytest.importorskip("resource", reason="Windows has no limit on open files")


@pytest.fixture(autouse=True)
def limit_as_before() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_soft_limit_becomes_the_hard_one_and_never_too_large() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
    assert most_open() == 512
    allow_many()
    assert most_open() == (MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN))


async def test_a_hundred_failures_to_accept_are_one_sentence_without_a_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    tell_when_out_of_files(loop)
    with socket.socket() as listening:
        for _ in range(100):
            loop.call_exception_handler(
                {
                    "message": "socket.accept() out of system resource",
                    "exception": OSError(errno.EMFILE, "Too many open files"),
                    "socket": listening,
                }
            )
    (record,) = caplog.records
    assert record.message == "No more connections can be taken for now: Too many open files."
    assert record.exc_info is None
    loop.set_exception_handler(before)


async def test_any_other_failure_is_told_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    tell_when_out_of_files(loop)
    with caplog.at_level(logging.ERROR):
        loop.call_exception_handler({"message": "something else", "exception": ValueError("x")})
    assert "something else" in caplog.text
    loop.set_exception_handler(before)
