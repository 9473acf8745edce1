"""What server process and engine process say to each other: msgpack maps, each behind its length.

The server says (key ``do``)::

    prepare first: [type id]                     what to compile first; always the first
            standby: bool                        whether there is time: everything is compiled, and all else goes before
    play                                         from now on; until then it waits, without a sound card
    edit    commands: [command as JSON]          a batch that the server has accepted
    turn    module, knob, value                  the fast path of a knob
    note    module, number, pitch (V), velocity (0–1, 0 ends it), at: frame or None for now
    tap     slot: 1…8, module, jack              copies that jack's channel 1 into a ring
    untap   slot
    suspend modules: {module id: sentence}       these are not made, and reported, until they leave the patch
    stop

The engine says (key ``say``)::

    catalogue  modules: [ModuleInfo as JSON], problems: [sentence],    always before it plays
               own: {type id: [path, state]},                      of the types that files of the user's declare
               gone: []
    made       the same, but modules: those that are new or ready now; gone: [type id] those that will not be
    prepared                                     all is loaded
    no_driver  sentence                          it cannot open what it is to play through, and tries again
    complete                                     it plays, and nothing is being made any more
    progress   done, total, sentence             while kernels compile, or new module files are tried
    started    driver, rate, block, sentence
    meters     the fields of the protocol's Meters, but what is measured of modules is packed: see ``unpack_meters``
    failed_module  module, sentence
    failed     sentence, perhaps module and did  the engine cannot go on, for what a module made it do; it ends
"""

from __future__ import annotations

import struct
from typing import Any, BinaryIO

import msgpack
import numpy as np

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


def unpack_meters(message: Message) -> Message:
    """The fields of the protocol's Meters, of a ``meters`` without its key. Raises ValueError, KeyError, TypeError.

    modules: [[id, number of outputs]]; little-endian bytes: cpu float32[modules], not_finite int64[modules],
    levels float32[all outputs, 2].
    """
    names = [name for name, _ in message["modules"]]
    ends = np.cumsum([outputs for _, outputs in message["modules"]], dtype=np.int64)
    cpu = np.frombuffer(message.pop("cpu"), "<f4").tolist()
    wrong = np.frombuffer(message.pop("not_finite"), "<i8").tolist()
    levels = np.frombuffer(message.pop("levels"), "<f4").reshape(-1, 2).tolist()
    parts = [levels[first:end] for first, end in zip([0, *ends[:-1]], ends, strict=True)] if names else []
    modules = {
        name: {"cpu": share, "levels": part, "not_finite": count}
        for name, share, part, count in zip(names, cpu, parts, wrong, strict=True)
    }
    return {**message, "modules": modules}


def read(stream: BinaryIO) -> Message | None:
    """The next message from a blocking stream; None at its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return unpack(body) if len(body) == length else None
