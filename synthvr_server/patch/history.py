"""Undo and redo: patches are immutable, so the past is a list of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from .model import Patch

LONGEST = 1_000


@dataclass
class History:
    """The patches that undo and redo lead to. Each entry shares all that did not change with its neighbours."""

    past: deque[Patch] = field(default_factory=lambda: deque(maxlen=LONGEST))
    future: list[Patch] = field(default_factory=list)

    def record(self, before: Patch) -> None:
        """A batch was accepted; ``before`` is the patch it was applied to."""
        self.past.append(before)
        self.future.clear()

    def undo(self, now: Patch) -> Patch | None:
        """The patch to go back to, or None at the beginning."""
        if not self.past:
            return None
        self.future.append(now)
        return self.past.pop()

    def redo(self, now: Patch) -> Patch | None:
        """The patch to go forward to, or None when nothing was undone."""
        if not self.future:
            return None
        self.past.append(now)
        return self.future.pop()
