"""The voice as SuperCollider wants it: a SynthDef file, and a score of OSC bundles, both as bytes.

Formats: "Synth Definition File Format" (version 2) and "Server Command Reference" of SuperCollider's documentation;
Open Sound Control 1.0.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from ..patches import CUTOFF_HZ, hertz
from .peer import MONO_GAIN

NAME = "voice"
MEDIUM_RESONANCE = 2.0  # MoogFF's gain goes from 0 to 4

_CONTROL_RATE, _AUDIO_RATE = 1, 2
_TIMES = 2  # BinaryOpUGen's index of *
_NO_UNIT = -1
_CONSTANTS = (CUTOFF_HZ, MEDIUM_RESONANCE, 0.0, MONO_GAIN)
_CUTOFF, _RESONANCE, _ZERO, _GAIN = ((_NO_UNIT, index) for index in range(len(_CONSTANTS)))

_Wire = tuple[int, int]  # unit and its output, or _NO_UNIT and a constant


def synthdef() -> bytes:
    """Saw.ar(freq) → MoogFF.ar → * gain → Out.ar(0)."""
    units = [
        _unit("Control", _CONTROL_RATE, [], outputs=1),
        _unit("Saw", _AUDIO_RATE, [(0, 0)], outputs=1),
        _unit("MoogFF", _AUDIO_RATE, [(1, 0), _CUTOFF, _RESONANCE, _ZERO], outputs=1),
        _unit("BinaryOpUGen", _AUDIO_RATE, [(2, 0), _GAIN], outputs=1, special=_TIMES),
        _unit("Out", _AUDIO_RATE, [_ZERO, (3, 0)], outputs=0),
    ]
    body = _text(NAME)
    body += struct.pack(f">i{len(_CONSTANTS)}f", len(_CONSTANTS), *_CONSTANTS)
    body += struct.pack(">if", 1, 440.0) + struct.pack(">i", 1) + _text("freq") + struct.pack(">i", 0)
    body += struct.pack(">i", len(units)) + b"".join(units) + struct.pack(">h", 0)
    return b"SCgf" + struct.pack(">ih", 2, 1) + body


def score(voices: int, seconds: float) -> bytes:
    """A score that starts so many voices at time 0 and ends after ``seconds``."""
    start = [_message("/d_recv", synthdef())]
    start += [_message("/s_new", NAME, 1000 + index, 0, 0, "freq", hertz(index)) for index in range(voices)]
    bundles = [_bundle(0.0, message) for message in start] + [_bundle(seconds, _message("/c_set", 0, 0.0))]
    return b"".join(struct.pack(">i", len(bundle)) + bundle for bundle in bundles)


def _unit(name: str, rate: int, inputs: Sequence[_Wire], outputs: int, special: int = 0) -> bytes:
    head = _text(name) + struct.pack(">biih", rate, len(inputs), outputs, special)
    return head + b"".join(struct.pack(">ii", *wire) for wire in inputs) + bytes([rate]) * outputs


def _text(text: str) -> bytes:
    return bytes([len(text)]) + text.encode("ascii")


def _message(address: str, *arguments: str | int | float | bytes) -> bytes:
    tags, body = ",", b""
    for argument in arguments:
        if isinstance(argument, str):
            tags, body = tags + "s", body + _padded(argument.encode("ascii") + b"\0")
        elif isinstance(argument, bytes):
            tags, body = tags + "b", body + struct.pack(">i", len(argument)) + _padded(argument)
        elif isinstance(argument, int):
            tags, body = tags + "i", body + struct.pack(">i", argument)
        else:
            tags, body = tags + "f", body + struct.pack(">f", argument)
    return _padded(address.encode("ascii") + b"\0") + _padded(tags.encode("ascii") + b"\0") + body


def _bundle(seconds: float, message: bytes) -> bytes:
    time = struct.pack(">Q", round(seconds * 2**32))
    return _padded(b"#bundle\0") + time + struct.pack(">i", len(message)) + message


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
