"""The event loop as the room sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from .surroundings import Result


class LoopReactor:
    """Seconds since it was made, and one thread for slow work: files are written in the order asked for."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._closed = False

    def time(self) -> float:
        """Seconds since the start."""
        return self._loop.time() - self._start

    def call_at(self, when: float, callback: Callable[[], None]) -> None:
        """Call ``callback`` at ``when``."""
        self._loop.call_at(self._start + when, callback)

    def in_background(self, work: Callable[[], Result], then: Callable[[Result | Exception], None]) -> None:
        """Do ``work`` on the other thread, then hand over its result or its exception; nothing any more once closed."""
        if self._closed:
            return
        future = self._loop.run_in_executor(self._thread, work)
        future.add_done_callback(partial(_deliver, then))

    def close(self) -> None:
        """Wait until all work is done."""
        self._closed = True
        self._thread.shutdown()


def _deliver(then: Callable[[Result | Exception], None], future: asyncio.Future[Result]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is None:
        then(future.result())
    elif isinstance(error, Exception):
        then(error)
