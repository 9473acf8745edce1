"""Golden vectors: frames as they go over the wire, for the tests of every client. A file's name says what is expected.

::

    client/NAME.accepted.*          the server takes it
    client/NAME.rejected.*          the server answers `rejected`; the connection lives
    client/NAME.closes-CODE.*       the server closes the connection with that code
    server/NAME.*                   a client must take it
    batches.json                    before, commands, after: what applying means, with fingerprints
    fingerprints.json               patches and their fingerprints
"""

from __future__ import annotations

import json
import math
from typing import Any

import msgpack

from ..patch.commands import apply
from ..patch.fingerprint import fingerprint
from ..patch.model import Frozen, Patch, PlacedModule
from ..protocol.codec import CODECS
from ..protocol.failures import CloseCode
from ..protocol.limits import JSON, MSGPACK
from .examples import CLIENT_EXAMPLES, COMMANDS, PATCH, SERVER_EXAMPLES

FOLDER = "tests/golden"

# Maps that are no message, by what is wrong with them.
_REJECTED: dict[str, dict[str, Any]] = {
    "type_unknown": {"type": "dance", "id": 3},
    "type_missing": {"id": 3},
    "field_missing": {"type": "turn", "module": "osc", "knob": "pitch"},
    "field_unknown": {"type": "undo", "id": 3, "twice": True},
    "number_is_nan": {"type": "turn", "module": "osc", "knob": "pitch", "value": math.nan},
    "number_is_infinite": {"type": "turn", "module": "osc", "knob": "pitch", "value": math.inf},
    "number_is_huge": {"type": "turn", "module": "osc", "knob": "pitch", "value": 1e10},
    "number_is_text": {"type": "turn", "module": "osc", "knob": "pitch", "value": "1"},
    "id_is_negative": {"type": "undo", "id": -1},
    "id_with_slash": {"type": "grab", "module": "../osc", "knob": "pitch"},
    "batch_is_empty": {"type": "edit", "id": 3, "commands": []},
    "command_unknown": {"type": "edit", "id": 3, "commands": [{"do": "explode"}]},
}
_SHORT_HELLO = {"type": "hello", "protocol": 1, "name": "Ada", "kind": "web"}
_PAIRING_HELLO = _SHORT_HELLO | {"code": "482917"}
_NEWER_HELLO = {"type": "hello", "protocol": 2, "greeting": "from the future"}


def golden_vectors() -> dict[str, bytes]:
    """Path → content of every golden vector."""
    files: dict[str, bytes] = {}
    for message in CLIENT_EXAMPLES:
        files |= _pair(f"client/{_name(message)}.accepted", message)
    files |= _pair("client/hello_without_defaults.accepted", _SHORT_HELLO)
    files |= _pair("client/hello_with_a_code.accepted", _PAIRING_HELLO)
    for name, values in _REJECTED.items():
        files |= _pair(f"client/{name}.rejected", values)
    files |= _violations()
    for message in SERVER_EXAMPLES:
        files |= _pair(f"server/{_name(message)}", message)
    files["batches.json"] = _pretty(_batches())
    files["fingerprints.json"] = _pretty(_fingerprints())
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


def _name(message: Frozen) -> str:
    return str(type(message).model_fields["type"].default)


def _pair(name: str, message: Frozen | dict[str, Any]) -> dict[str, bytes]:
    if isinstance(message, Frozen):
        text, packed = CODECS[JSON].encode(message), CODECS[MSGPACK].encode(message)
        assert isinstance(text, str)
        assert isinstance(packed, bytes)
    else:
        text, packed = json.dumps(message, separators=(",", ":")), msgpack.packb(message)
    return {f"{name}.json": text.encode(), f"{name}.msgpack": packed}


def _violations() -> dict[str, bytes]:
    unreadable, version = int(CloseCode.UNREADABLE), int(CloseCode.WRONG_VERSION)
    files = _pair(f"client/hello_of_another_version.closes-{version}", _NEWER_HELLO)
    return files | {
        f"client/not_a_map.closes-{unreadable}.json": b"[1,2,3]",
        f"client/not_a_map.closes-{unreadable}.msgpack": msgpack.packb([1, 2, 3]),
        f"client/cut_off.closes-{unreadable}.json": b'{"type":"undo","id":',
        f"client/cut_off.closes-{unreadable}.msgpack": msgpack.packb({"type": "undo", "id": 3})[:-1],
        f"client/two_messages.closes-{unreadable}.json": b'{"type":"undo","id":3}{"type":"undo","id":4}',
        f"client/two_messages.closes-{unreadable}.msgpack": msgpack.packb({"type": "undo", "id": 3}) * 2,
        f"client/key_is_a_number.closes-{unreadable}.msgpack": msgpack.packb({1: 2}),
    }


def _batches() -> list[dict[str, Any]]:
    steps = []
    before = PATCH
    for command in COMMANDS:
        after = apply(before, command)
        steps.append(
            {
                "before": before.to_json(),
                "commands": [command.model_dump(mode="json", by_alias=True)],
                "after": after.to_json(),
                "fingerprint": fingerprint(after),
            }
        )
        before = after
    return steps


def _fingerprints() -> list[dict[str, Any]]:
    negative_zero = PlacedModule(type="vca", knobs={"level": -0.0})
    patches = {
        "an empty patch": Patch(),
        "a title and notes beyond ASCII": Patch(title="Prüfton ♪", notes="𝄞"),
        "minus zero counts as zero": Patch(modules={"a": negative_zero}),
        "two modules and a cable": PATCH,
    }
    return [
        {"name": name, "patch": patch.to_json(), "fingerprint": fingerprint(patch)} for name, patch in patches.items()
    ]


def _pretty(values: Any) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
