"""`python -m tests.benchmarks.idle_jack_client`: a JACK client that does nothing, and counts late blocks as we do.

What it misses beside the engine, in the same cycles of the same JACK server, no engine could have kept: the machine
woke somebody too late. For every line on stdin it prints {"late_blocks": …, "blocks": …}.
"""

from __future__ import annotations

import ctypes
import json
import sys

from synthvr_server.engine.deadline import Deadline

LIBRARY = "libjack.so.0"
NO_START_SERVER = 1

_Process = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint32, ctypes.c_void_p)


def main() -> int:
    """Answers until stdin ends. Returns 0, or 1 where there is no JACK server."""
    jack = ctypes.CDLL(LIBRARY)
    jack.jack_client_open.restype = ctypes.c_void_p
    client = ctypes.c_void_p(jack.jack_client_open(b"idle", NO_START_SERVER, None))
    if not client:
        print("There is no JACK server.", file=sys.stderr)
        return 1
    deadline = Deadline(jack.jack_get_buffer_size(client) / jack.jack_get_sample_rate(client))

    def process(_frames: int, _argument: object) -> int:
        deadline.begin()
        deadline.end()
        return 0

    callback = _Process(process)
    jack.jack_set_process_callback(client, callback, None)
    jack.jack_activate(client)
    for _ in sys.stdin:
        print(json.dumps({"late_blocks": deadline.late, "blocks": deadline.blocks}), flush=True)
    jack.jack_client_close(client)
    return 0


if __name__ == "__main__":
    sys.exit(main())
