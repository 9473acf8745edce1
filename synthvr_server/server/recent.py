"""The latest batches, for clients that come back: together never larger than the whole patch could be."""

from __future__ import annotations

from collections import deque
from itertools import islice

from ..protocol.limits import RESUMABLE_BATCHES, RESUMABLE_BYTES
from ..protocol.server_messages import Batch


class Recent:
    """Batches in their order; the oldest go when they become too many or too large."""

    def __init__(self) -> None:
        self._batches: deque[tuple[Batch, int]] = deque()  # with the bytes they take as JSON
        self._bytes = 0

    def add(self, batch: Batch) -> None:
        """The next one."""
        size = len(batch.model_dump_json(by_alias=True).encode())
        self._batches.append((batch, size))
        self._bytes += size
        while len(self._batches) > RESUMABLE_BATCHES or self._bytes > RESUMABLE_BYTES:
            self._bytes -= self._batches.popleft()[1]

    def last(self, count: int) -> tuple[Batch, ...] | None:
        """The last ``count`` of them; None where they are not all kept."""
        if not 0 <= count <= len(self._batches):
            return None
        return tuple(batch for batch, _ in islice(self._batches, len(self._batches) - count, None))
