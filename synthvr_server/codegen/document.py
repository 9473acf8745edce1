"""The protocol document: prose from protocol_template.md, tables from the models."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..patch.backups import VERSIONS_KEPT
from ..patch.fingerprint import fingerprint
from ..patch.history import LONGEST
from ..patch.history_file import MOST_BYTES, MOST_STEPS
from ..patch.listing import MOST_LISTED
from ..patch.model import Frozen, Patch
from ..protocol.codec import JsonCodec
from ..protocol.constants import CONSTANTS
from ..protocol.failures import NOTICES, REJECTIONS, CloseCode
from ..protocol.limits import (
    BURST,
    CODE_DIGITS,
    GUESSES,
    HELLO_TIMEOUT,
    HOLD_AFTER_RELEASE,
    JSON,
    KEEPALIVE,
    LARGEST_HELLO,
    LARGEST_MESSAGE,
    LEAST_MOVED,
    LONGEST_AHEAD,
    LONGEST_STILL,
    MESSAGES_PER_SECOND,
    METERS_PER_SECOND,
    MOST_BEHIND,
    MOST_FROM_ONE_ADDRESS,
    MSGPACK,
    PATIENCE,
    PIECE,
    PORT,
    RESUMABLE_BATCHES,
    RESUMABLE_BYTES,
    TURN_INTERVAL,
)
from .examples import CLIENT_EXAMPLES, COMMANDS, PATCH, SERVER_EXAMPLES
from .messages import CHAPTERS, NAMED_TYPES, UNIONS
from .shapes import Array, Choice, FixedArray, Mapping, Member, Nullable, Reference, Scalar, Shape, Struct

TEMPLATE = Path(__file__).with_name("protocol_template.md")
_EXAMPLES: dict[str, Frozen] = {
    type(example).__name__: example for example in (*COMMANDS, *CLIENT_EXAMPLES, *SERVER_EXAMPLES)
}


def protocol_document() -> str:
    """The whole of docs/protocol.md."""
    values: dict[str, Any] = {
        **CONSTANTS,
        "MSGPACK": MSGPACK,
        "JSON": JSON,
        "KEEPALIVE": f"{KEEPALIVE:g}",
        "LARGEST_MESSAGE": f"{LARGEST_MESSAGE:,}",
        "LARGEST_HELLO": f"{LARGEST_HELLO:,}",
        "HELLO_TIMEOUT": f"{HELLO_TIMEOUT:g}",
        "HOLD_AFTER_RELEASE": f"{HOLD_AFTER_RELEASE:g}",
        "LONGEST_STILL": f"{LONGEST_STILL:g}",
        "PATIENCE": f"{PATIENCE:g}",
        "LEAST_MOVED": f"{LEAST_MOVED:,}",
        "MOST_BEHIND": f"{MOST_BEHIND:,}",
        "RESUMABLE_BATCHES": f"{RESUMABLE_BATCHES:,}",
        "RESUMABLE_BYTES": f"{RESUMABLE_BYTES:,}",
        "UNDO": f"{LONGEST:,}",
        "UNDO_KEPT": f"{MOST_STEPS:,}",
        "UNDO_MEGABYTES": f"{MOST_BYTES // 2**20}",
        "VERSIONS": VERSIONS_KEPT,
        "LISTED": f"{MOST_LISTED:,}",
        "MOST_PIECE": f"{CONSTANTS['MOST_PIECE']:,}",
        "TURN_INTERVAL": f"1/{round(1 / TURN_INTERVAL)} s",
        "LONGEST_AHEAD": f"{LONGEST_AHEAD:g}",
        "PORT": PORT,
        "CODE_DIGITS": CODE_DIGITS,
        "GUESSES": GUESSES,
        "METERS_PER_SECOND": METERS_PER_SECOND,
        "PIECE": f"{PIECE * 1_000:g}",
        "MOST_COMMANDS": f"{CONSTANTS['MOST_COMMANDS']:,}",
        "MOST_BATCH": f"{CONSTANTS['MOST_BATCH']:,}",
        "NOT_PAIRED": int(CloseCode.NOT_PAIRED),
        "TOO_SLOW": int(CloseCode.TOO_SLOW),
        "fingerprints": _fingerprints(),
        "limits": _limits(),
        "rejections": _table(("Code", "Meaning"), [(f"`{code}`", meaning) for code, meaning in REJECTIONS.items()]),
        "notices": _table(("Code", "Meaning"), [(f"`{code}`", meaning) for code, meaning in NOTICES.items()]),
        "close_codes": _table(("Code", "Meaning"), [(str(int(code)), code.meaning) for code in CloseCode]),
        "named_types": _table(
            ("Type", "Meaning"), [(f"`{name}`", _meaning(name)) for name in NAMED_TYPES if name not in UNIONS]
        ),
        "chapters": "\n".join(_chapter(title, structs) for title, structs in CHAPTERS.items()).rstrip(),
    }
    template = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: str(values[found[1]]), template)


def _meaning(name: str) -> str:
    annotation, meaning = NAMED_TYPES[name]
    choices = getattr(annotation, "__args__", ())
    if choices and all(isinstance(choice, str) for choice in choices):
        return f"{meaning} One of {', '.join(f'`{choice}`' for choice in choices)}."
    return meaning


def _chapter(title: str, structs: list[Struct]) -> str:
    return "\n".join([f"## {title}\n", *(_section(struct) for struct in structs)])


def _section(struct: Struct) -> str:
    tag = struct.tag
    parts = [f"### {_constant(tag) if tag else struct.name}\n", f"{struct.description}\n"]
    if tag:
        parts.insert(1, f"`{struct.name}`\n" if _constant(tag) != struct.name else "")
    rows = [_tag_row(member) if member is tag else _row(member) for member in struct.members]
    parts.append(_table(("Field", "Type", "Meaning"), rows) + "\n")
    example = _EXAMPLES.get(struct.name)
    if example is not None:
        parts.append(f"```json\n{_shown(example)}\n```\n")
    return "\n".join(part for part in parts if part)


def _row(member: Member) -> tuple[str, str, str]:
    meaning = member.description
    if member.limits:
        meaning += f" {member.limits[0].upper()}{member.limits[1:]}."
    if not member.required:
        meaning += f" Default: `{json.dumps(member.default)}`."
    return f"`{member.name}`", _type(member.shape), meaning


def _tag_row(tag: Member) -> tuple[str, str, str]:
    meaning = "Says which message this is." if tag.name == "type" else "Says which command this is."
    return f"`{tag.name}`", f"`{_constant(tag)}`", f"{meaning} Never left out."


def _constant(tag: Member) -> str:
    assert isinstance(tag.shape, Choice)
    return tag.shape.values[0]


def _shown(example: Frozen) -> str:
    """The message as it goes over the wire; a long one with one field a line."""
    line = JsonCodec().encode(example)
    if len(line) <= 120:
        return line
    fields = (
        f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in json.loads(line).items()
    )
    return "{\n" + ",\n".join(fields) + "\n}"


def _fingerprints() -> str:
    whole = json.dumps(PATCH.to_json(), ensure_ascii=False)
    rows = [("an empty patch", f"`{fingerprint(Patch())}`"), ("the patch below", f"`{fingerprint(PATCH)}`")]
    return f"{_table(('Patch', 'Fingerprint'), rows)}\n\n```json\n{whole}\n```"


def _limits() -> str:
    rows = [
        ("A client's message", f"{LARGEST_MESSAGE:,} bytes"),
        ("A message of the server", f"{MOST_BEHIND:,} bytes"),
        ("Waiting for one client", f"{MOST_BEHIND:,} bytes"),
        ("A hello", f"{LARGEST_HELLO:,} bytes"),
        ("A client's messages", f"{MESSAGES_PER_SECOND:,} a second, {BURST:,} in a burst"),
        ("A piece of a patch file", f"{CONSTANTS['MOST_PIECE']:,} characters"),
        ("Commands in an edit", f"{CONSTANTS['MOST_COMMANDS']:,}"),
        ("Commands in a batch of the server", f"{CONSTANTS['MOST_BATCH']:,}"),
        ("Modules in a patch", f"{CONSTANTS['MOST_MODULES']:,}"),
        ("Cables in a patch", f"{CONSTANTS['MOST_CABLES']:,}"),
        ("Jacks looked at by scopes", f"{CONSTANTS['SCOPES']}"),
        ("Connections from one other machine", f"{MOST_FROM_ONE_ADDRESS}"),
        ("Time for hello", f"{HELLO_TIMEOUT:g} s"),
    ]
    return _table(("What", "Limit"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _type(shape: Shape) -> str:
    if isinstance(shape, Scalar):
        return shape.name or shape.kind
    if isinstance(shape, Choice):
        return shape.name or " | ".join(f"`{value}`" for value in shape.values)
    if isinstance(shape, Array):
        return f"{_type(shape.item)}[]"
    if isinstance(shape, FixedArray):
        return shape.name or f"[{', '.join(map(_type, shape.items))}]"
    if isinstance(shape, Mapping):
        return f"{{text: {_type(shape.value)}}}"
    if isinstance(shape, Nullable):
        return f"{_type(shape.item)} | null"
    assert isinstance(shape, Reference)
    return shape.name
