"""Limits and codes → C# constants."""

from __future__ import annotations

import re

from ..protocol.constants import CONSTANTS
from ..protocol.failures import NOTICES, REJECTIONS, CloseCode
from ..protocol.limits import HELLO_TIMEOUT, KEEPALIVE, LONGEST_STILL, TURN_INTERVAL
from .csharp_shapes import HEAD, literal, pascal, summary

# The constants that every client carries, and what a client in a headset has to know besides.
_LIMITS = CONSTANTS | {
    "HELLO_TIMEOUT": HELLO_TIMEOUT,
    "KEEPALIVE": KEEPALIVE,
    "LONGEST_STILL": LONGEST_STILL,
    "TURN_INTERVAL": TURN_INTERVAL,
}
_MEANINGS = {
    "PROTOCOL_VERSION": "Version of the protocol.",
    "SCHEMA_VERSION": "Version of the patch's file format.",
    "SCHEMA_ID": "Names the JSON Schema of a patch.",
    "SUBPROTOCOL_MSGPACK": "The websocket subprotocol of binary frames.",
    "SUBPROTOCOL_JSON": "The websocket subprotocol of text frames.",
    "LARGEST_MESSAGE": "Bytes that a client's message may have.",
    "MESSAGES_PER_SECOND": "Messages that a client may send in a second, sustained.",
    "MOST_COMMANDS": "Commands in an edit.",
    "MOST_BATCH": "Commands in a batch of the server: a load replaces a whole patch at once.",
    "MOST_PIECE": "Characters of a patch file that fit into one import.",
    "MOST_MODULES": "Modules in a patch.",
    "MOST_CABLES": "Cables in a patch.",
    "HOLD_AFTER_RELEASE": "Seconds that a knob stays with whoever let go of it.",
    "SCOPES": "Jacks that can be looked at at the same time.",
    "HELLO_TIMEOUT": "Seconds in which hello must come.",
    "KEEPALIVE": "Seconds between two pings of the websocket.",
    "LONGEST_STILL": "Seconds that a hand may rest on a knob before the hold ends.",
    "TURN_INTERVAL": "Seconds between two turns messages to the same client: one frame of a headset.",
}


def limits() -> str:
    """Limits.cs."""
    lines = []
    for name, value in _LIMITS.items():
        kind = "string" if isinstance(value, str) else "int" if isinstance(value, int) else "double"
        meaning = _MEANINGS.get(name, name.replace("_", " ").capitalize() + ".")
        lines.append([*summary(meaning, 2), f"        public const {kind} {pascal(name)} = {literal(value)};"])
    return _file("Numbers that both sides of the wire know.", "static class Limits", lines)


def rejection_codes() -> str:
    """RejectionCode.cs."""
    return _codes("Codes of a rejected request. A newer server may have more.", "RejectionCode", REJECTIONS)


def notice_codes() -> str:
    """NoticeCode.cs."""
    return _codes("Codes of a notice. A newer server may have more.", "NoticeCode", NOTICES)


def close_codes() -> str:
    """CloseCode.cs."""
    lines = [[*summary(code.meaning, 2), f"        {pascal(code.name)} = {int(code)},"] for code in CloseCode]
    return _file("Why the server closes a connection: the websocket's close status.", "enum CloseCode", lines)


def _codes(meaning: str, name: str, codes: dict[str, str]) -> str:
    lines = [
        [*summary(re.sub("`", "'", told), 2), f'        public const string {pascal(code)} = "{code}";']
        for code, told in codes.items()
    ]
    return _file(meaning, f"static class {name}", lines)


def _file(meaning: str, declaration: str, parts: list[list[str]]) -> str:
    body = [line for i, part in enumerate(parts) for line in ([""] if i else []) + part]
    lines = ["namespace SynthVR.Protocol", "{", *summary(meaning, 1), f"    public {declaration}", "    {"]
    return HEAD + "\n".join([*lines, *body, "    }", "}"]) + "\n"
