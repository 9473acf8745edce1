"""Tries a user's module files where they can do no harm: each in a process of its own (see tried).

::

    file ─→ a child that loads, compiles, makes and plays it, with limits on time and memory
         ←─ one JSON line at every step; what it is doing when it hangs or dies is what it hung or died at
    verdict ─→ a file in the cache, under the hash of the module file and of all that it was tried with

A file that has passed is not tried again, nor is one that has not, until it changes; only what may be the machine's
fault (a library that is missing, a file that is not there) is looked at anew every time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import ModuleDeclarationError, printable
from ..patch.leftovers import temporary_for
from .compile import cache_folder
from .discovery import PACKAGE, read_module_file
from .whereabouts import ending, line_in

PATIENCE = 600.0  # s for all steps together; each has its own, much shorter, limits
# Step → s of processor time and s on the clock: a machine may be busy, and a module may compile much as it is loaded.
LIMITS = {"load": (20, 40), "compile": (300, 400), "make": (10, 30), "play": (10, 30)}
LEARNED = (200, 300)  # the same for loading what compiles learned models as it is loaded
MOST_SAID = 1 << 20  # bytes that are read of what a child says, and of how it ended
AT_ONCE = 4  # files, where there are as many processors
STEPS = {  # as the child calls them → in a sentence
    "start": "before it is loaded",
    "load": "as it is loaded",
    "compile": "as it is compiled",
    "make": "as it is made ready to play",
    "play": "as it plays",
}

_TIME_IS_UP = -int(getattr(signal, "SIGXCPU", 24))


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a file, or nothing; and whether it is so until the file changes."""

    problem: str = ""
    final: bool = True


class Trials:
    """The trials of many files, side by side. Whoever has no time to wait for all goes on without the ``pending``."""

    def __init__(self, paths: Sequence[Path], progress: Callable[[int, int, str], None]) -> None:
        """Begin; ``progress`` is told, in ``wait``, of those of which nothing is known yet."""
        self._paths, self._progress = paths, progress
        self._verdicts = {path: known for path in paths if (known := _recall(path)) is not None}
        self.pending = [path for path in paths if path not in self._verdicts]
        self._new = len(self.pending)
        self._todo: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Path, Verdict]] = queue.SimpleQueue()
        for path in self.pending:
            self._todo.put(path)
        for _ in range(min(AT_ONCE, os.cpu_count() or 1, self._new)):
            threading.Thread(target=self._work, name="trial", daemon=True).start()

    def wait(self, patience: float | None = None) -> dict[Path, str]:
        """What is wrong with the files, by path, so far: that of all, or what is known after ``patience`` seconds."""
        until = None if patience is None else time.monotonic() + patience
        with contextlib.suppress(queue.Empty):
            while self.pending:
                self._progress(self._new - len(self.pending), self._new, printable(self.pending[0].stem))
                path, verdict = self._done.get(timeout=None if until is None else max(until - time.monotonic(), 0.0))
                self._verdicts[path] = verdict
                self.pending.remove(path)
        return {path: why.problem for path in self._paths if (why := self._verdicts.get(path)) and why.problem}

    def _work(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                path = self._todo.get_nowait()
                self._done.put((path, _try_and_remember(path)))


def try_file(path: Path, data: bytes) -> Verdict:
    """Try one file, which holds ``data``, in a process of its own."""
    limits = LIMITS | ({"load": LEARNED} if b"synthvr_server.neural" in data else {})
    command = [sys.executable, "-P", "-m", f"{__package__}.tried", str(path), json.dumps(limits)]
    packages = os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
    # Files and not pipes, and a session of its own: what the child leaves running keeps nobody waiting for the end of a
    # pipe, and ends with it.
    with tempfile.TemporaryFile() as saying, tempfile.TemporaryFile() as chattering:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=saying,
            stderr=chattering,
            env=os.environ | {"PYTHONPATH": packages},
            start_new_session=True,
        )
        late = b""
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            late = b"Timeout ("
        _end(child)
        said, chatter = (_all(file) for file in (saying, chattering))
    chatter += late
    answers = [answer for line in said.splitlines() if (answer := _read(line)) is not None]
    last = answers[-1] if answers else {"step": "start"}
    if "problem" in last and child.returncode == 0:
        return Verdict(str(last["problem"]), bool(last["final"]))
    return Verdict(_epitaph(path, last, child.returncode, chatter.decode(errors="replace")))


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child, and what it has started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):  # nobody is left
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()


def _all(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(MOST_SAID)


def _epitaph(path: Path, last: dict[str, Any], code: int, chatter: str) -> str:
    """Of a child that could not tell what happened: how it ended, where in the file that was, and doing what."""
    line = line_in(chatter, str(path)) or last.get("line")
    lines = [f"line {line}"] if line else []
    when = STEPS.get(last.get("step", "play"), STEPS["play"])
    if code == _TIME_IS_UP or "Timeout (" in chatter:
        return f"hangs {when}" + (f" ({lines[0]})" if lines else "")
    return f"ends the process {when} ({', '.join([*lines, ending(code)])})"


def _read(line: bytes) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError):
        answer = json.loads(line)
        return answer if isinstance(answer, dict) else None
    return None


def _try_and_remember(path: Path) -> Verdict:
    try:
        data = read_module_file(path)
        verdict = try_file(path, data)
    except ModuleDeclarationError as error:
        return Verdict(str(error), final=False)
    except OSError as error:  # no more processes, for one
        return Verdict(f"cannot be tried: {error.strerror or error}", final=False)
    verdict = Verdict(printable(verdict.problem), verdict.final)
    if verdict.final:
        _remember(_place_of(path, data), verdict)
    return verdict


def _recall(path: Path) -> Verdict | None:
    with contextlib.suppress(ModuleDeclarationError, OSError, ValueError, TypeError):
        return Verdict(**json.loads(_place_of(path, read_module_file(path)).read_text(encoding="utf-8")))
    return None


def _remember(place: Path, verdict: Verdict) -> None:
    temporary = temporary_for(place)
    with contextlib.suppress(OSError):  # then it is tried again
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps({"problem": verdict.problem}), encoding="utf-8")
        temporary.replace(place)


def _place_of(path: Path, data: bytes) -> Path:
    """Where the verdict on a file of this name and content lies, tried with ourselves as we are now."""
    sources = sorted([*PACKAGE.glob("*.py"), *(PACKAGE / "engine").glob("*.py"), *(PACKAGE / "neural").rglob("*.py")])
    parts = [sys.version.encode(), str(PACKAGE).encode(), path.name.encode(), data]
    digest = hashlib.sha256(b"\0".join([*parts, *(source.read_bytes() for source in sources)]))
    return cache_folder() / f"tried_{digest.hexdigest()[:24]}.json"
