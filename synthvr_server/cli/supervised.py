"""Work on modules of the user's own, in a process that is ended when one of them hangs and that may die of one.

Our own modules are trusted, and played in the command's process.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ..engine.blame import culprit, place_in
from ..engine.discovery import Found
from ..engine.ration import RATION
from ..engine.ring import Rings
from ..engine.whereabouts import ending
from ..errors import SynthVRError
from ..patch.model import Patch

LOOK = 0.1  # s between two looks
PATIENCE = 10.0  # s that a module may stand still: nobody waits for its sound here


def supervised(work: Callable[..., Any], arguments: tuple[Any, ...], patch: Patch, found: Found) -> Any:
    """What ``work(rings file, *arguments)`` returns. Raises its SynthVRError, or one that names the guilty module."""
    context = get_context("spawn")
    rings_file = Rings.create_file()
    with tempfile.TemporaryDirectory(prefix="synthvr-", ignore_cleanup_errors=True) as folder:
        dump = Path(folder) / "dump.txt"
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(sender, dump, work, rings_file, arguments))
        try:
            process.start()
            sender.close()
            rings = Rings(rings_file)
            hangs = _hangs(process, receiver, rings)
            answer = None if hangs else _receive(receiver)
            process.join()
            if answer is None:
                did = "hangs" if hangs else f"ends the process ({ending(process.exitcode or 0)})"
                raise SynthVRError(_blame(rings, patch, found, did, dump.read_text(errors="replace")))
        finally:
            if process.is_alive():
                process.kill()
            rings_file.unlink(missing_ok=True)
    if isinstance(answer, SynthVRError):
        raise answer
    return answer[0]


def _hangs(process: BaseProcess, receiver: Connection, rings: Rings) -> bool:
    """Wait until it has answered or died; True if it hung, and was ended for it."""
    looks, seen = 0, (0, 0, 0)
    while not receiver.poll(LOOK):
        now = int(rings.end[0]), int(rings.making[0]), int(rings.playing[0])
        looks = looks + 1 if now == seen and any(now[1:]) else 0
        seen = now
        if looks * LOOK > PATIENCE:
            assert process.pid is not None
            os.kill(process.pid, signal.SIGABRT)  # and it writes down where it was
            process.join(1.0)
            process.kill()
            return True
    return False


def _receive(receiver: Connection) -> Any:
    try:
        return receiver.recv()
    except EOFError:
        return None


def _blame(rings: Rings, patch: Patch, found: Found, did: str, dump: str) -> str:
    name = culprit(rings, patch)
    if name is None:
        return f"The patch cannot be played: what plays it {did}."
    kind = patch.modules[name].type
    file = found.files.get(kind)
    where = f" ({place_in(str(file), dump)})" if file else ""
    return f"{name}: {found.modules[kind].title}{where} {did}."


def _work(
    sender: Connection, dump: Path, work: Callable[..., Any], rings_file: Path, arguments: tuple[Any, ...]
) -> None:
    """Be the process."""
    with dump.open("w") as file:
        faulthandler.enable(file)
        RATION.enforce()
        try:
            sender.send((work(rings_file, *arguments),))
        except SynthVRError as error:
            sender.send(error)
        except KeyboardInterrupt:
            pass
