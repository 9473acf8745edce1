"""What server process and engine process say to each other: msgpack maps, each behind its length.

The server says (key ``do``)::

    edit    commands: [command as JSON]          a batch that the server has accepted
    turn    module, knob, value                  the fast path of a knob
    note    module, number, pitch (V), velocity (0–1, 0 ends it), at: frame or None for now
    tap     slot: 1…8, module, jack              copies that jack's channel 1 into a ring
    untap   slot
    stop

The engine says (key ``say``)::

    catalogue  modules: [ModuleInfo as JSON], problems: [sentence]     always the first
    progress   done, total, sentence             while kernels compile
    started    driver, rate, block, sentence
    meters     the fields of the protocol's Meters
    failed_module  module, sentence
    failed     sentence                          the engine cannot go on; it ends
"""

from __future__ import annotations

import struct
from typing import Any, BinaryIO

import msgpack

LENGTH = struct.Struct("<I")

Message = dict[str, Any]


def pack(message: Message) -> bytes:
    """One message, ready to write."""
    body: bytes = msgpack.packb(message)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> Message:
    """The message in a body."""
    message: Message = msgpack.unpackb(body)
    return message


def read(stream: BinaryIO) -> Message | None:
    """The next message from a blocking stream; None at its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return unpack(body) if len(body) == length else None
