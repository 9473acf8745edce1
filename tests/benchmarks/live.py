"""A real server as a child process, with a library of its own, and its engine's output in shared memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from synthvr_server.engine.ring import Rings
from synthvr_server.patch.files import write_patch
from synthvr_server.patch.model import Patch

from .errors import CannotMeasureError

STARTING = 240.0  # s: the very first start compiles every kernel
_STOPPING = 10.0  # s
_LOOK_AGAIN = 0.002  # s
_PROCESSES = Path("/proc")

_Found = TypeVar("_Found")


@dataclass
class LiveServer:
    """A running `synthvr serve`; ``began`` is when it was started, on ``time.perf_counter``."""

    process: subprocess.Popen[str]
    began: float
    chatter: Path

    def rings(self) -> Rings:
        """The rings of its engine, as soon as there is one."""
        path = self.wait_for(lambda: next(iter(self.engines().values()), None), "starts no engine")
        return Rings(path)

    def engines(self) -> dict[int, Path]:
        """The processes of its engines, the eldest first, and the rings of each."""
        return engines_of(self.process.pid)

    def port(self) -> int:
        """The port it listens on, read from the address it prints."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            _, found, address = line.partition("http://")
            if found:
                return int(address.strip().strip("/").rpartition(":")[2])
        raise CannotMeasureError(f"The server printed no address. {self._last_words()}")

    def wait_for(self, look: Callable[[], _Found | None], failing: str, patience: float = STARTING) -> _Found:
        """Look every 2 ms until something is found. Raises CannotMeasureError after ``patience``, or if it has died."""
        until = time.perf_counter() + patience
        while (found := look()) is None:
            if self.process.poll() is not None:
                raise CannotMeasureError(f"The server has stopped. {self._last_words()}")
            if time.perf_counter() > until:
                raise CannotMeasureError(f"The server {failing} within {patience:g} s. {self._last_words()}")
            time.sleep(_LOOK_AGAIN)
        return found

    def _last_words(self) -> str:
        words = self.chatter.read_text(errors="replace").strip()[-400:]
        return f"It said: {words}" if words else "It said nothing."


@contextmanager
def live_server(
    *arguments: str,
    audio: str = "clock",
    patches: Mapping[str, Patch] | None = None,
    environment: Mapping[str, str] | None = None,
    program: Path | None = None,
) -> Iterator[LiveServer]:
    """Start `synthvr serve` with 64-frame blocks at 48 kHz on a free port; ``patches`` are what its library holds,
    ``environment`` is added to ours, and ``program`` is the folder of another copy of the program.

    Raises CannotMeasureError where child processes cannot be looked into.
    """
    if not _PROCESSES.is_dir():
        raise CannotMeasureError("This is measured on Linux only: it looks into /proc.")
    with tempfile.TemporaryDirectory(prefix="synthvr-bench-") as folder:
        library, chatter = Path(folder) / "library", Path(folder) / "stderr"
        for name, patch in (patches or {}).items():
            write_patch(library / "patches" / f"{name}.json", patch)
        command = [sys.executable, "-m", "synthvr_server", "serve", *arguments, "--port", "0", "--audio", audio]
        with chatter.open("wb") as errors:
            began = time.perf_counter()
            process = subprocess.Popen(
                [*command, "--library", str(library)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, **(environment or {})},
                cwd=program,
            )
        try:
            yield LiveServer(process, began, chatter)
        finally:
            process.terminate()
            try:
                process.wait(_STOPPING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def engines_of(server: int) -> dict[int, Path]:
    """The engines among the children of a process: where the command line names rings that are there."""
    found = {}
    for child in _children(server):
        with suppress(OSError):  # one that has just ended
            words = (_PROCESSES / str(child) / "cmdline").read_bytes().decode().split("\0")
            if "--rings" in words and Path(words[words.index("--rings") + 1]).exists():
                found[child] = Path(words[words.index("--rings") + 1])
    return found


def _children(server: int) -> list[int]:
    with suppress(OSError):
        return sorted(map(int, (_PROCESSES / f"{server}/task/{server}/children").read_text().split()))
    return []
