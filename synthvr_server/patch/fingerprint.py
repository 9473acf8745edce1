"""A hash of a patch that every client can compute, to see whether it agrees with the server.

The fingerprint is the sum, modulo 2**64, of the FNV-1a hash of every entry, so the order of entries does
not matter and one edit costs one entry. An entry is a sequence of fields: text as UTF-8 followed by a zero
byte, numbers as little-endian float64. Maps are written in the byte order of their keys.

::

    module   "module" id type label  x y z  qx qy qz qw  (knob value)…  (key text)…
    cable    "cable" id  from-module from-jack  to-module to-jack  color
    patch    "patch" title notes
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .model import Cable, Patch, PlacedModule

_FNV_OFFSET = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3
_MASK = 0xFFFFFFFFFFFFFFFF

_Field = str | float
_Entry = TypeVar("_Entry", PlacedModule, Cable)


def fingerprint(patch: Patch) -> str:
    """Sixteen hexadecimal digits that differ when the patches differ."""
    return str(Fingerprint.of(patch))


@dataclass(frozen=True)
class Fingerprint:
    """The fingerprint of ``patch``, with the hash of every entry: the next edit hashes only what it has changed.

    It keeps alive no patch but its own, however long the session.
    """

    patch: Patch
    head: int
    modules: Mapping[str, int]
    cables: Mapping[str, int]

    @classmethod
    def of(cls, patch: Patch) -> Fingerprint:
        """The fingerprint of a patch of which nothing is known."""
        nothing = Patch()
        return cls(nothing, _head_hash(nothing), {}, {}).after(patch)

    def after(self, patch: Patch) -> Fingerprint:
        """The fingerprint of what the patch has become."""
        old = self.patch
        same_head = (patch.title, patch.notes) == (old.title, old.notes)
        return Fingerprint(
            patch,
            self.head if same_head else _head_hash(patch),
            _followed(self.modules, old.modules, patch.modules, _module_fields),
            _followed(self.cables, old.cables, patch.cables, _cable_fields),
        )

    def __str__(self) -> str:
        total = self.head + sum(self.modules.values()) + sum(self.cables.values())
        return f"{total & _MASK:016x}"


def _head_hash(patch: Patch) -> int:
    return _fnv1a(("patch", patch.title, patch.notes))


def _followed(
    hashes: Mapping[str, int],
    old: Mapping[str, _Entry],
    new: Mapping[str, _Entry],
    fields: Callable[[str, _Entry], Iterable[_Field]],
) -> Mapping[str, int]:
    """The hashes of ``new``, those of ``old`` being known; entries are immutable, so identity tells."""
    if old is new:
        return hashes
    return {
        name: hashes[name] if old.get(name) is entry else _fnv1a(fields(name, entry)) for name, entry in new.items()
    }


def _module_fields(name: str, module: PlacedModule) -> Iterable[_Field]:
    yield from ("module", name, module.type, module.label, *module.position, *module.rotation)
    for mapping in (module.knobs, module.data):
        for key in sorted(mapping):  # keys are ASCII: code point order is byte order
            yield from (key, mapping[key])


def _cable_fields(name: str, cable: Cable) -> Iterable[_Field]:
    source, target = cable.source, cable.target
    return ("cable", name, source.module, source.jack, target.module, target.jack, cable.color)


def _fnv1a(fields: Iterable[_Field]) -> int:
    parts = [field.encode() + b"\0" if isinstance(field, str) else struct.pack("<d", field + 0.0) for field in fields]
    value = _FNV_OFFSET
    for byte in b"".join(parts):
        value = ((value ^ byte) * _FNV_PRIME) & _MASK
    return value
