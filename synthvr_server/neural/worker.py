"""Inference beside the audio thread, for models that do not fit into a block: each span is answered by the next.

::

    audio thread   span k in ─→ slot k % 2 ─→ worker thread: compute (onnxruntime lets the GIL go)
                   span k−1 out ←─ slot (k−1) % 2, or silence if it is not done yet

The audio thread never waits: a worker that is late costs its span, is counted in ``missed``, and catches up
with the next. The thread ends when nobody holds the Worker any more. It takes denormals as zero because the
thread that made the session does: a new thread begins with the floating-point settings of its maker.
"""

from __future__ import annotations

import threading
import weakref
from queue import SimpleQueue

import numpy as np

from .contracted import Contracted, Rows


class Worker:
    """A thread that computes spans. ``waits`` is for rendering, where there is no time that could run out."""

    def __init__(self, model: Contracted, waits: bool = False) -> None:
        self.missed = 0  # spans
        self._waits = waits
        self._slots = _Slots(model)
        self._span = 0
        self._thread = threading.Thread(target=_work, args=(model, self._slots), name="inference", daemon=True)
        self._thread.start()
        self._end = weakref.finalize(self, self._slots.asked.put, None)

    def exchange(self, given: Rows, result: Rows) -> None:
        """Hand over a span, float32[rows_in, span], and take what came of the one before, float32[rows_out, span]."""
        slots, span = self._slots, self._span
        before, now = (span - 1) % 2, span % 2
        while self._waits and slots.done[before] < slots.submitted[before]:
            slots.answered.acquire()
        if slots.done[before] == slots.submitted[before] == span - 1:
            result[:] = slots.results[before]
        else:
            result[:] = 0.0
            self.missed += 1
        if slots.done[now] == slots.submitted[now]:  # else it is still at the span before the last: drop this one
            slots.given[now][:] = given
            slots.submitted[now] = span
            slots.asked.put(now)
        self._span += 1

    def close(self) -> None:
        """End the thread, after what it is at."""
        self._end()
        self._thread.join()


class _Slots:
    """What the two threads share; holds neither of them. Spans are counted from 0, −2 and −1 are before the first."""

    def __init__(self, model: Contracted) -> None:
        self.given = [np.zeros((model.rows_in, model.span), np.float32) for _ in range(2)]
        self.results = [np.zeros((model.rows_out, model.span), np.float32) for _ in range(2)]
        self.submitted = [-2, -1]
        self.done = [-2, -1]
        self.asked: SimpleQueue[int | None] = SimpleQueue()
        self.answered = threading.Semaphore(0)


def _work(model: Contracted, slots: _Slots) -> None:
    while (slot := slots.asked.get()) is not None:
        span = slots.submitted[slot]
        try:
            model.compute(slots.given[slot], slots.results[slot])
        except Exception:  # a run that fails is silent; the next one may do
            slots.results[slot][:] = 0.0
            model.reset()
        slots.done[slot] = span
        slots.answered.release()
