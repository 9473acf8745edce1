"""Offline: the same player and graph as live, without a clock. What `synthvr render` and the tests use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from ..patch.model import Patch
from .graph import Graph
from .player import Note, Player
from .ring import Rings
from .rows import restore_denormals
from .workshop import Workshop

TimedNote = tuple[str, Note, int]  # module, note, frame


class Offline:
    """An engine that computes blocks when told to."""

    def __init__(
        self,
        workshop: Workshop,
        rate: int,
        block: int,
        report: Callable[[str, str], None],
        rings_file: Path | None = None,
    ) -> None:
        """``rings_file``: where somebody else watches how far it is."""
        self.rings_file = rings_file or Rings.create_file()
        self.rings = Rings(self.rings_file)
        self.player = Player("offline", rate, block)
        self.graph = Graph(self.player, workshop, self.rings, report)
        self.player.host.start()
        self._read = 0

    def play(self, blocks: int) -> np.ndarray:
        """Compute blocks; returns what the loudspeakers get, float32[frames, 2], ±1 full scale."""
        pieces = []
        for _ in range(blocks):
            self.graph.tidy()
            self.player.host.process()
            self._read, piece = self.rings.read(0, self._read)
            self._read += len(piece)
            pieces.append(piece)
        restore_denormals()  # this is the caller's thread
        return np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32)

    def close(self) -> None:
        """Give the pyo server and the rings back."""
        self.graph.close()
        self.player.host.close()
        self.rings_file.unlink(missing_ok=True)


@contextmanager
def offline(
    workshop: Workshop,
    rate: int = 48_000,
    block: int = 64,
    report: Callable[[str, str], None] = lambda *_: None,
    rings_file: Path | None = None,
) -> Iterator[Offline]:
    """An offline engine that is closed at the end."""
    engine = Offline(workshop, rate, block, report, rings_file)
    try:
        yield engine
    finally:
        engine.close()


def render_patch(
    engine: Offline, patch: Patch, seconds: float, notes: Iterable[TimedNote] = ()
) -> Iterator[np.ndarray]:
    """Play a patch, and notes on it, from its beginning, in pieces of about a tenth of a second of exact length."""
    engine.graph.become(patch)
    for module, note, frame in notes:
        engine.graph.note(module, note, frame)
    host = engine.player.host
    left = round(seconds * host.rate)
    while left > 0:
        blocks = max(min(host.rate // 10, left) // host.block, 1)
        piece = engine.play(blocks)[:left]
        left -= len(piece)
        yield piece
