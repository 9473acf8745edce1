"""Tells when the engine plays no more: meters may come from it for ever while its audio thread hangs."""

from __future__ import annotations

LOOK = 0.1  # s between two looks
NO_BLOCK = 2.0  # s without a block: longer than any edit, short enough to be no silence that one has to look into


class Watchdog:
    """Counts how long no block has been finished.

    A look that comes late counts as one that came in time: then it was this process that stood still, and most
    likely the whole machine.
    """

    def __init__(self, first: float, patience: float | None = None) -> None:
        """``first``: s that the first block may take, while the sound card wakes up."""
        self._first, self._patience = first, NO_BLOCK if patience is None else patience
        self._frames = 0
        self._looks = 0

    def hangs(self, frames: int) -> bool:
        """A look, every ``LOOK`` seconds: the engine has finished so many frames."""
        self._looks = 0 if frames != self._frames else self._looks + 1
        self._frames = frames
        return self._looks * LOOK > (self._patience if frames else self._first)
