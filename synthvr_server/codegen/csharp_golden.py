"""Golden vectors as C#: Unity's test runner sees the package alone, not the files of this repository."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import msgpack

from .csharp_shapes import HEAD, literal
from .golden import FOLDER

TARGET = "unity_client/Tests/Protocol/Generated"


def csharp_golden(vectors: dict[str, bytes]) -> dict[str, str]:
    """Path → content of the C# files with the MessagePack vectors among ``vectors``."""
    frames = {
        path.removeprefix(f"{FOLDER}/").removesuffix(".msgpack"): content
        for path, content in vectors.items()
        if path.endswith(".msgpack")
    }
    batches = json.loads(vectors[f"{FOLDER}/batches.json"])
    patches = json.loads(vectors[f"{FOLDER}/fingerprints.json"])
    return {
        f"{TARGET}/GoldenFrames.cs": _table(
            "Frames as they go over the wire; a name says what is expected.",
            "GoldenFrame",
            [[literal(name), *_bytes(content)] for name, content in frames.items()],
        ),
        f"{TARGET}/GoldenBatches.cs": _table(
            "What applying commands to a patch means.",
            "GoldenBatch",
            [
                [
                    literal(step["commands"][0]["do"]),
                    *(line for key in ("before", "commands", "after") for line in _packed(step[key])),
                    literal(step["fingerprint"]),
                ]
                for step in batches
            ],
        ),
        f"{TARGET}/GoldenPatches.cs": _table(
            "Patches and their fingerprints.",
            "GoldenPatch",
            [
                [literal(vector["name"]), *_packed(vector["patch"]), literal(vector["fingerprint"])]
                for vector in patches
            ],
        ),
    }


def _packed(values: Any) -> Iterator[str]:
    return _bytes(msgpack.packb(values))


def _bytes(content: bytes) -> Iterator[str]:
    """One argument: base64, over as many lines as it takes."""
    text = base64.b64encode(content).decode()
    pieces = [text[i : i + 88] for i in range(0, len(text), 88)]
    yield "\n".join(f"{'' if i == 0 else '    + '}{literal(piece)}" for i, piece in enumerate(pieces))


def _table(meaning: str, item: str, rows: list[list[str]]) -> str:
    plural = f"{item}es" if item.endswith("h") else f"{item}s"
    lines = [
        "namespace SynthVR.Protocol.Tests",
        "{",
        f"    /// <summary>{meaning}</summary>",
        f"    public static class {plural}",
        "    {",
        "        /// <summary>All of them.</summary>",
        f"        public static readonly {item}[] All =",
        "        {",
    ]
    for row in rows:
        lines.append(f"            new {item}(")
        arguments = ",\n".join(row).splitlines()
        lines += [f"                {line}" for line in arguments[:-1]] + [f"                {arguments[-1]}),"]
    return HEAD + "\n".join([*lines, "        };", "    }", "}"]) + "\n"
