"""Tries a model file in a process of its own, which may run out of memory, time or luck without harm to anybody.

::

    this process    bytes ─→ stdin of a child with limits on memory, time and files, in an empty folder
    child           looks at the graph, opens it, lets it hear silence, noise, ±24 V, NaN; measures
    this process    ←─ one line of JSON on stdout: the card's figures, or a sentence why not

``python -m synthvr_server.neural.trial onnx|instrument TITLE`` is the child. Of an instrument it only says whether its
decoder can be run.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import ModuleDeclarationError
from .card import Card, Tried, digest

LARGEST_FILE = 16 << 20  # bytes: weights are read once a block, and 16 MB in 1.3 ms is what memory can give
MEMORY = 1 << 30  # bytes that a model may take beside the libraries
CPU_SECONDS = 60
PATIENCE = 120.0  # s, where the machine is busy
_PACKAGES = Path(__file__).resolve().parents[2]


def try_model(path: Path, name: str) -> tuple[bytes, Card]:
    """The bytes of a file and its card, to be kept under ``name``. Raises ModuleDeclarationError, one sentence."""
    data = _read(path)
    title = Path(name).stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Model"
    figures = _figures(data, "onnx", title)
    try:
        return data, Card(file=name, sha256=digest(data), bytes=len(data), **figures)
    except (ValidationError, TypeError) as error:
        raise ModuleDeclarationError("its trial gave no figures that make sense") from error


def try_instrument(path: Path, name: str) -> tuple[bytes, Tried]:
    """The same for an instrument's file, whose decoder is run."""
    data = _read(path)
    _figures(data, "instrument", name)
    return data, Tried(file=name, sha256=digest(data), bytes=len(data))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ModuleDeclarationError("there is no such file")
        if path.stat().st_size > LARGEST_FILE:
            raise ModuleDeclarationError(f"it is larger than {LARGEST_FILE >> 20} MB")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ModuleDeclarationError(f"it cannot be read: {error.strerror}") from error
    if not data:
        raise ModuleDeclarationError("it is empty")
    return data


def _figures(data: bytes, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", f"{__package__}.trial", *arguments]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_PACKAGES), os.environ.get("PYTHONPATH", "")])}
    with tempfile.TemporaryDirectory(prefix="synthvr-trial-", ignore_cleanup_errors=True) as empty:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, cwd=empty, env=environment) as child:
            try:
                answer, _ = child.communicate(data, timeout=PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise ModuleDeclarationError(f"its trial took longer than {PATIENCE:.0f} s") from error
            finally:
                child.kill()
    figures = None
    with contextlib.suppress(ValueError):
        figures = json.loads(answer.splitlines()[-1]) if answer else None
    if isinstance(figures, dict) and isinstance(problem := figures.get("problem"), str):
        raise ModuleDeclarationError(problem)
    if child.returncode or not isinstance(figures, dict):
        raise ModuleDeclarationError(_epitaph(child.returncode))
    return figures


def _epitaph(code: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 24):
        return f"it used more than {CPU_SECONDS} s of processor time in its trial"
    if code == -signal.SIGABRT or code == 1:
        return "it ended its trial by breaking down, most likely for want of memory"
    return f"it ended its trial by breaking down (exit code {code})"


def _limit() -> None:
    """From here on: so much more memory, so much time, and no file may be written."""
    try:
        import resource
    except ImportError:  # Windows has none; there time is limited by the parent alone
        return
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most + 1 if most else 0))  # to end at the first limit tells why


def _sentence(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return f"it takes more than {MEMORY >> 20} MB of memory"
    return f"its trial failed in a way that nobody thought of ({type(error).__name__})"


def _end_with(parent: int) -> None:
    """Nobody waits for the answer of a trial whose parent was killed."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def main() -> None:
    """Be the child."""
    from .inspection import inspect_model  # loads onnx and onnxruntime before memory is short
    from .instrument import hear_instrument
    from .measuring import measure

    data = sys.stdin.buffer.read()
    kind, title = sys.argv[1:]
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _limit()
    answer: dict[str, Any] = {}
    try:
        if kind == "instrument":
            hear_instrument(io.BytesIO(data))
        else:
            inspect_model(data)
            answer = measure(data, title)
    except ModuleDeclarationError as error:
        answer = {"problem": str(error)}
    except Exception as error:  # whatever a library makes of a file like this
        answer = {"problem": _sentence(error)}
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
