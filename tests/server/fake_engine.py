"""An engine process without sound, told by its first arguments how to behave. Run as a script.

``plays`` does what an engine does; ``refuses`` says why it cannot; ``dies`` ends after its first start, and
every time a module called ``poison`` is in the patch; ``hangs`` falls silent; ``babbles``. It reports what it hears by
failing a module of the name ``heard``.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

from synthvr_server.engine import wire
from synthvr_server.engine.ring import Rings
from tests.patch.examples import CATALOGUE

METER_SECONDS = 0.02


speaking = threading.Lock()


def say(**message: Any) -> None:
    with speaking:
        sys.stdout.buffer.write(wire.pack(message))
        sys.stdout.buffer.flush()


def main(behaviour: str, rings: Rings) -> int:
    print("chatter that nobody shall see", file=sys.stderr)
    say(say="catalogue", modules=[info.model_dump(mode="json") for info in CATALOGUE.values()], problems=["x.py: bad"])
    if behaviour == "refuses":
        say(say="failed", sentence="The audio driver 'jack' could not be opened.")
        return 1
    say(say="progress", sentence="Compiling kernels.", done=0, total=1)
    if behaviour == "dies":
        print("Segmentation fault, so to speak", file=sys.stderr)
        return 3
    say(say="started", driver="clock", rate=48_000, block=64, sentence="Playing.")
    over = threading.Event()
    if behaviour == "babbles":
        sys.stdout.buffer.write(b"\x04\0\0\0what is this?" * 100_000)
        sys.stdout.buffer.flush()
    if behaviour != "hangs":
        threading.Thread(target=keep_measuring, args=(rings, over), daemon=True).start()
    while (message := wire.read(sys.stdin.buffer)) is not None and message["do"] != "stop":
        say(say="failed_module", module="heard", sentence=repr(message))
        if "poison" in repr(message):
            return 3
    over.set()
    return 0


def keep_measuring(rings: Rings, over: threading.Event) -> None:
    blocks = 0
    while not over.wait(METER_SECONDS):
        blocks += 15
        rings.end[0] = blocks * 64
        meters = {"load": 0.1, "late_blocks": 0, "blocks": blocks, "modules": {}, "feedback": []}
        say(say="meters", sample_time=blocks * 64, **meters)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(arguments[0], Rings(Path(arguments[arguments.index("--rings") + 1]))))
