"""How large a patch is, so that every patch that can be made can be sent, saved and loaded.

The size is what its parts take as JSON without spaces, in bytes of UTF-8. On the wire a patch is at most about twice
that (msgpack writes every number in nine bytes), in a file three times (one line for every number).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..errors import Rejected
from .change import Change
from .model import MOST_PATCH_BYTES, Cable, Patch, PlacedModule


def size_of(patch: Patch) -> int:
    """Bytes of all its parts."""
    return _text(patch.title) + _text(patch.notes) + _parts(patch.modules.items()) + _parts(patch.cables.items())


def growth(change: Change) -> int:
    """By how many bytes a change makes a patch larger."""
    grown = sum(_text(new) - _text(old) for old, new in filter(None, (change.title, change.notes)))
    for parts in (change.modules, change.cables):
        grown += _parts(_side(parts, 1)) - _parts(_side(parts, 0))
    return grown


def check_size(size: int, before: int = 0) -> None:
    """Raise Rejected if a patch that was of size ``before`` has become larger than a patch can be."""
    if size > max(MOST_PATCH_BYTES, before):
        raise Rejected("patch_full", f"A patch holds at most {MOST_PATCH_BYTES // 2**20} MB: remove something first.")


_Part = PlacedModule | Cable


def _side(
    parts: Mapping[str, tuple[PlacedModule | None, PlacedModule | None]]
    | Mapping[str, tuple[Cable | None, Cable | None]],
    side: int,
) -> Iterable[tuple[str, _Part]]:
    for name, states in parts.items():
        state = states[side]
        if state is not None:
            yield name, state


def _parts(parts: Iterable[tuple[str, _Part]]) -> int:
    return sum(len(name) + len(part.model_dump_json(by_alias=True).encode()) for name, part in parts)


def _text(text: str) -> int:
    return len(text.encode())
