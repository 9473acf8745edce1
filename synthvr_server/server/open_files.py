"""How many files and connections the system lets us have open, and what is said when there are no more."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
from typing import Any

resource: Any = None
with contextlib.suppress(ImportError):  # Windows has none, and no such limit
    import resource

MOST_OPEN = 65_536  # some systems allow a thousand million, and closing them all one by one takes a child minutes
TOLD_EVERY = 5.0  # s; asyncio meets the same failure up to a hundred times a second
OUT_OF_FILES = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

log = logging.getLogger(__name__)


def allow_many() -> None:
    """Let this process and its children open as many files as the system lets them without asking anybody."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # a system with a limit of its own: then it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_open() -> int:
    """How many files this process may have open."""
    if resource is None:
        return MOST_OPEN
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_OPEN if soft == resource.RLIM_INFINITY else min(soft, MOST_OPEN)


def tell_when_out_of_files(loop: asyncio.AbstractEventLoop) -> None:
    """Say in a sentence now and then that no connection can be taken; asyncio alone prints traceback upon traceback."""
    told_at: float | None = None

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal told_at
        error = context.get("exception")
        if "socket" not in context or not isinstance(error, OSError) or error.errno not in OUT_OF_FILES:
            loop.default_exception_handler(context)
        elif told_at is None or loop.time() >= told_at + TOLD_EVERY:
            told_at = loop.time()
            log.error("No more connections can be taken for now: %s.", error.strerror)

    loop.set_exception_handler(handle)
