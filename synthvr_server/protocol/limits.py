"""Numbers both sides of the wire must know."""

from __future__ import annotations

from typing import Literal

from ..patch.model import MOST_CABLES, MOST_MODULES, MOST_PATCH_BYTES, SCHEMA_ID, SCHEMA_VERSION
from .client_messages import MOST_COMMANDS, MOST_PIECE, PROTOCOL_VERSION
from .failures import CloseCode

Subprotocol = Literal["synthvr.v1.msgpack", "synthvr.v1.json"]
MSGPACK: Subprotocol = "synthvr.v1.msgpack"
JSON: Subprotocol = "synthvr.v1.json"
SUBPROTOCOLS: tuple[Subprotocol, ...] = (MSGPACK, JSON)

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
RESUMABLE_BATCHES = 2_000  # batches the server keeps for clients that come back
RESUMABLE_BYTES = MOST_PATCH_BYTES  # of these batches as JSON: where more was missed, the whole patch is no larger

# Constants every client's types carry, by name.
CONSTANTS: dict[str, int | float | str] = {
    "PROTOCOL_VERSION": PROTOCOL_VERSION,
    "SCHEMA_VERSION": SCHEMA_VERSION,
    "SCHEMA_ID": SCHEMA_ID,
    "SUBPROTOCOL_MSGPACK": MSGPACK,
    "SUBPROTOCOL_JSON": JSON,
    "LARGEST_MESSAGE": LARGEST_MESSAGE,
    "LARGEST_HELLO": LARGEST_HELLO,
    "MESSAGES_PER_SECOND": MESSAGES_PER_SECOND,
    "MOST_COMMANDS": MOST_COMMANDS,
    "MOST_PIECE": MOST_PIECE,
    "MOST_MODULES": MOST_MODULES,
    "MOST_CABLES": MOST_CABLES,
    "HOLD_AFTER_RELEASE": HOLD_AFTER_RELEASE,
    "SCOPES": SCOPES,
    "CLOSED_NOT_PAIRED": int(CloseCode.NOT_PAIRED),
}
