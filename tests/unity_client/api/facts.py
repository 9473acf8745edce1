"""What Unity declares, per version: the types and members that the stubs name, in the lines of ``stubs.py``.

``unity.json`` holds names, types and signatures as they were read in Unity's C# reference source and in the packages
that the client uses, a few (``AudioClip.Create``, ``buildAppBundle``, ``GetFontAsset``) in public copies of no stated
version. A type's ``members`` are in every version, those under ``only in`` in the versions named there.
Whoever adds to the stubs adds what Unity declares there, not what the stub does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from tests.unity_client.api.stubs import Declared

_FILE = Path(__file__).with_name("unity.json")
_ACCESSORS = re.compile(r" \{ ([a-z ]*) \}$")

VERSIONS: tuple[str, ...] = tuple(json.loads(_FILE.read_text(encoding="utf-8"))["versions"])


def unity(version: str) -> dict[str, Declared]:
    """Unity's types in that version, by their full names."""
    found = {}
    for name, drawn in json.loads(_FILE.read_text(encoding="utf-8"))["types"].items():
        some = [line for versions, lines in drawn.get("only in", {}).items() if version in versions for line in lines]
        kind, static, abstract = drawn["kind"], drawn.get("static", False), drawn.get("abstract", False)
        found[name] = Declared(kind, static, abstract, [*drawn["members"], *some])
    return found


def differences(stubs: Mapping[str, Declared], unitys: Mapping[str, Declared]) -> list[str]:
    """What the stubs declare and Unity does not, one sentence each."""
    found = []
    for name, stub in stubs.items():
        real = unitys.get(name)
        if real is None:
            found.append(f"Unity has no {name}.")
            continue
        if (stub.kind, stub.static, stub.abstract) != (real.kind, real.static, real.abstract):
            found.append(f"{name} is another kind of type.")
        found += [
            f"{name} has no {line}."
            for line in stub.members
            if not any(allows(declared, line) for declared in real.members)
        ]
    return found


def allows(declared: str, used: str) -> bool:
    """Whether code that compiles against ``used`` compiles against what Unity has declared.

    A property may have more accessors than are used, and a parameter may have a default that nobody uses.
    """
    has, wants = _ACCESSORS.search(declared), _ACCESSORS.search(used)
    if has and wants:
        return declared[: has.start()] == used[: wants.start()] and set(wants[1].split()) <= set(has[1].split())
    if declared == used:
        return True
    return "= …" not in used and declared.replace(" = …", "") == used
