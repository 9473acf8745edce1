"""An engine process without sound, told by its first argument how to behave and by its second which modules it knows.

``plays`` does what an engine does; ``refuses`` says twice that it cannot open its driver, and then plays; ``dies``
ends after its first start, and every time a module called ``poison`` is in the patch; ``hangs`` falls silent;
``babbles``. A module called ``syrup`` makes it stand still; ``guilty`` marks who it was, and so do ``forks``, which
leaves a process behind, and ``lets_go``, which closes its pipes and lives on; ``tries`` tells progress while it plays.
Those it is told to leave out do nothing. It reports what it hears by failing a module of the name ``heard``. It imports
next to nothing, because tests start it often.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

from synthvr_server.engine import wire
from synthvr_server.engine.ring import mark_of

METER_SECONDS = 0.02


speaking = threading.Lock()


def say(**message: Any) -> None:
    with speaking:
        sys.stdout.buffer.write(wire.pack(message))
        sys.stdout.buffer.flush()


def main(behaviour: str, modules: list[dict[str, Any]], rings: str) -> int:
    print("chatter that nobody shall see", file=sys.stderr)
    say(say="catalogue", modules=modules, problems=["x.py: bad"], own={}, gone=[])
    assert (wire.read(sys.stdin.buffer) or {"do": "prepare"})["do"] == "prepare"
    say(say="progress", sentence="Compiling kernels.", done=0, total=1)
    say(say="prepared")
    if wire.read(sys.stdin.buffer) is None:  # nobody has told it to play
        return 0
    if behaviour == "refuses":
        print("chatter of a driver", file=sys.stderr)
        say(say="no_driver", sentence="The audio driver 'jack' could not be opened.")
        say(say="no_driver", sentence="The audio driver 'jack' could not be opened.")
    if behaviour == "dies":
        print("Segmentation fault, so to speak", file=sys.stderr)
        return 3
    say(say="started", driver="clock", rate=48_000, block=64, sentence="Playing.")
    say(say="complete")
    if behaviour == "tries":
        say(say="progress", sentence="Trying late.py.", done=0, total=1)
        say(say="failed_module", module="heard", sentence="'told'")
    over, standing = threading.Event(), threading.Event()
    suspended: set[str] = set()
    if behaviour == "babbles":
        sys.stdout.buffer.write(b"\x04\0\0\0what is this?" * 1_000)
        sys.stdout.buffer.flush()
    if behaviour != "hangs":
        threading.Thread(target=keep_measuring, args=(rings, over, standing), daemon=True).start()
    while (message := wire.read(sys.stdin.buffer)) is not None and message["do"] != "stop":
        say(say="failed_module", module="heard", sentence=repr(message))
        suspended |= message["modules"].keys() if message["do"] == "suspend" else set()
        for name in {"poison", "syrup"} - suspended:
            if name in repr(message):
                if behaviour in ("guilty", "forks", "lets_go"):
                    mark(rings, name)
                if behaviour == "lets_go":
                    os.closerange(0, 3)
                if behaviour == "lets_go" or (behaviour == "forks" and os.fork() == 0):
                    time.sleep(60)
                if name == "poison":
                    return 3
                standing.set()
    over.set()
    return 0


def mark(rings: str, module: str) -> None:
    """It is this module's code that runs."""
    with Path(rings).open("r+b", buffering=0) as memory:
        memory.seek(16 * 9)
        memory.write(struct.pack("<q", mark_of(module)))


def keep_measuring(rings: str, over: threading.Event, standing: threading.Event) -> None:
    blocks = 0
    with Path(rings).open("r+b", buffering=0) as memory:
        while not over.wait(METER_SECONDS):
            blocks += 0 if standing.is_set() else 15
            memory.seek(0)
            memory.write(struct.pack("<q", blocks * 64))  # the frame count of the master output
            counted = {"sample_time": blocks * 64, "load": 0.1, "late_blocks": 0, "blocks": blocks, "feedback": []}
            say(say="meters", **counted, modules=[], cpu=b"", levels=b"", not_finite=b"")


if __name__ == "__main__":
    behaviour, modules, *arguments = sys.argv[1:]
    sys.exit(main(behaviour, json.loads(modules), arguments[arguments.index("--rings") + 1]))
