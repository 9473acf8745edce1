"""Numbers both sides of the wire must know. Nothing is imported here: the engine and the command line start fast."""

from __future__ import annotations

from typing import Literal

Subprotocol = Literal["synthvr.v1.msgpack", "synthvr.v1.json"]
MSGPACK: Subprotocol = "synthvr.v1.msgpack"
JSON: Subprotocol = "synthvr.v1.json"
SUBPROTOCOLS: tuple[Subprotocol, ...] = (MSGPACK, JSON)

PORT = 7340  # unless the host is told another one
LARGEST_MESSAGE = 2**20  # bytes, from a client; what the server says can be larger (a whole patch)
LARGEST_HELLO = 4_096  # bytes: whoever has not been let in yet costs little
MESSAGES_PER_SECOND = 2_000  # sustained; a burst may be twice that
BURST = 4_000
MOST_FROM_ONE_ADDRESS = 32  # connections from another machine; a browser loads a page over six, and keeps one per tab
HELLO_TIMEOUT = 10.0  # s
HOLD_AFTER_RELEASE = 0.5  # s that a knob stays with whoever let go of it
LONGEST_STILL = 30.0  # s that a hand may rest on a knob: a client may hang without its connection breaking
KEEPALIVE = 10.0  # s between two pings
PATIENCE = 20.0  # s without a sign of life, after which a client is hung up on: a headset that was put down
LEAST_MOVED = 16 * 2**10  # bytes taken or said in that time are a sign of life: 0.8 KB/s
MOST_BEHIND = 32 * 2**20  # bytes of batches and answers that wait for a client: twice the largest patch
TURN_INTERVAL = 1 / 72  # s between two `turns` to the same client: one frame of a headset
SCOPES = 8  # jacks that can be looked at at the same time
LONGEST_AHEAD = 60.0  # s that a note may lie ahead: all that are still to come are kept
METERS_PER_SECOND = 30
PIECE = 0.01  # s between two pieces of `audio` or `scope`
CODE_DIGITS = 6  # of a pairing code
GUESSES = 5  # wrong codes after which there is a new one
RESUMABLE_BATCHES = 2_000  # batches the server keeps for clients that come back
RESUMABLE_BYTES = 8 * 2**20  # of these batches as JSON: as large as the whole patch may be, and no larger
