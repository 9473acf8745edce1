"""An engine process without sound, told by its first argument how to behave and by its second which modules it knows.

``plays`` does what an engine does; ``refuses`` says why it cannot; ``dies`` ends after its first start, and
every time a module called ``poison`` is in the patch; ``hangs`` falls silent; ``babbles``. It reports what it hears by
failing a module of the name ``heard``. It imports next to nothing, because tests start it often.
"""

from __future__ import annotations

import json
import struct
import sys
import threading
from pathlib import Path
from typing import Any

from synthvr_server.engine import wire

METER_SECONDS = 0.02


speaking = threading.Lock()


def say(**message: Any) -> None:
    with speaking:
        sys.stdout.buffer.write(wire.pack(message))
        sys.stdout.buffer.flush()


def main(behaviour: str, modules: list[dict[str, Any]], rings: str) -> int:
    print("chatter that nobody shall see", file=sys.stderr)
    say(say="catalogue", modules=modules, problems=["x.py: bad"])
    if behaviour == "refuses":
        say(say="failed", sentence="The audio driver 'jack' could not be opened.")
        return 1
    assert (wire.read(sys.stdin.buffer) or {"do": "prepare"})["do"] == "prepare"
    say(say="progress", sentence="Compiling kernels.", done=0, total=1)
    if behaviour == "dies":
        print("Segmentation fault, so to speak", file=sys.stderr)
        return 3
    say(say="started", driver="clock", rate=48_000, block=64, sentence="Playing.")
    over = threading.Event()
    if behaviour == "babbles":
        sys.stdout.buffer.write(b"\x04\0\0\0what is this?" * 1_000)
        sys.stdout.buffer.flush()
    if behaviour != "hangs":
        threading.Thread(target=keep_measuring, args=(rings, over), daemon=True).start()
    while (message := wire.read(sys.stdin.buffer)) is not None and message["do"] != "stop":
        say(say="failed_module", module="heard", sentence=repr(message))
        if "poison" in repr(message):
            return 3
    over.set()
    return 0


def keep_measuring(rings: str, over: threading.Event) -> None:
    blocks = 0
    with Path(rings).open("r+b", buffering=0) as memory:
        while not over.wait(METER_SECONDS):
            blocks += 15
            memory.seek(0)
            memory.write(struct.pack("<q", blocks * 64))  # the frame count of the master output
            counted = {"sample_time": blocks * 64, "load": 0.1, "late_blocks": 0, "blocks": blocks, "feedback": []}
            say(say="meters", **counted, modules=[], cpu=b"", levels=b"", not_finite=b"")


if __name__ == "__main__":
    behaviour, modules, *arguments = sys.argv[1:]
    sys.exit(main(behaviour, json.loads(modules), arguments[arguments.index("--rings") + 1]))
