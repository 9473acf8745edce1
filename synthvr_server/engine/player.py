"""What happens in every block, on the audio thread: calls between blocks, notes, the plan."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from .deadline import Deadline
from .host import Host
from .node import KernelNode, Node
from .plan import Plan
from .priority import AUDIO, ask_for_priority

log = logging.getLogger(__name__)

Note = tuple[float, float, float]  # number, pitch (V), velocity (V)

_MEASURE_EVERY = 8  # blocks: reading the cycle counter around every row costs about 14 ns a row


class Player:
    """Plays plans. Only ``between_blocks`` and ``note`` may be called from other threads."""

    def __init__(self, driver: str, rate: int, block: int) -> None:
        self.deadline = Deadline(block / rate)
        self.now = np.zeros(1, np.int64)  # frame at which the present block begins
        self.plan = Plan()
        self.measured_blocks = 0
        self._calls: deque[Callable[[], None]] = deque()
        self._notes: list[tuple[int, int, KernelNode, Note]] = []
        self._new_notes: deque[tuple[int, int, KernelNode, Note]] = deque()
        self._sounding: list[KernelNode] = []
        self._serial = itertools.count()
        self._broken = False
        self._thread = 0
        self.host = Host(driver, rate, block, self._begin, self._end)

    def between_blocks(self, call: Callable[[], None]) -> None:
        """Run ``call`` on the audio thread before the next block. It must be short."""
        self._calls.append(call)

    def note(self, node: KernelNode, note: Note, at: int | None) -> None:
        """Play a note at frame ``at``; in the next block if that is over, or None."""
        self._new_notes.append((at if at is not None else 0, next(self._serial), node, note))

    def forget(self, node: Node) -> None:
        """Drop the notes that are still to come for a module. Call it between blocks."""
        self._notes = [note for note in self._notes if note[2] is not node]
        heapq.heapify(self._notes)

    def _begin(self) -> None:
        if self._thread != threading.get_ident():  # the driver's own thread, new with every start
            self._thread = threading.get_ident()
            if self.host.driver != "offline":
                ask_for_priority(AUDIO)
        self.deadline.begin()
        try:
            while self._calls:
                self._calls.popleft()()
            self._deliver_notes()
            measure = self.deadline.blocks % _MEASURE_EVERY == 0
            self.plan.clock[0] = measure
            self.measured_blocks += measure
            self.plan.first()
        except Exception:  # an exception here would be printed by pyo once a block, for ever
            if not self._broken:
                log.exception("A block could not be played")
            self._broken = True

    def _end(self) -> None:
        self.now[0] += self.host.block
        self.deadline.end()

    def _deliver_notes(self) -> None:
        for node in self._sounding:
            node.note_count[0] = 0
        self._sounding.clear()
        while self._new_notes:
            heapq.heappush(self._notes, self._new_notes.popleft())
        start = int(self.now[0])
        while self._notes and self._notes[0][0] < start + self.host.block:
            frame, _, node, note = self._notes[0]
            count = int(node.note_count[0])
            if count == len(node.notes):  # the rest of a flood waits for the next block
                return
            heapq.heappop(self._notes)
            node.notes[count] = max(frame - start, 0), *note
            node.note_count[0] = count + 1
            if not count:
                self._sounding.append(node)
