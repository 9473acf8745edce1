"""Fits a model's spans to the engine's blocks, and decides where it runs: in the graph, or one span late beside it.

::

    a run takes          span                             latency in the graph   in a worker
    any number           one block                        0                      span
    n, which divides it  one block                        0                      span
    n, another           whole runs, a block or longer    span                   2 spans

A model whose runs take more than half of the time of the block they fall into goes to the worker.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .card import SHARE, Card
from .contracted import Contracted, Rows
from .worker import Worker


def span_of(frames: int | None, block: int) -> int:
    """The frames that are handed over at once: whole runs, as few as fill a block."""
    return block if frames is None else frames * math.ceil(block / frames)


def is_late(card: Card, block: int, rate: float) -> bool:
    """Whether it must run beside the graph: what falls into one block takes more than its share of it."""
    span = span_of(card.contract.frames, block)
    hop = card.contract.frames or span
    return card.seconds_of(hop) * (span // hop) > SHARE * block / rate


def latency_of(card: Card, block: int, rate: float) -> int:
    """Frames by which the outputs come late, with what the model itself declares."""
    span = span_of(card.contract.frames, block)
    waiting = 0 if span == block else span
    return card.contract.latency + waiting + (span if is_late(card, block, rate) else 0)


class Buffering:
    """Takes and gives blocks, hands spans to a model."""

    def __init__(self, model: Contracted, block: int, late: bool, waits: bool = False) -> None:
        self._block = block
        self._span = model.span
        self.worker = Worker(model, waits) if late else None
        self._compute = self.worker.exchange if self.worker else model.compute
        self._given: Rows = np.zeros((model.rows_in, model.span), np.float32)
        self._result: Rows = np.zeros((model.rows_out, model.span), np.float32)
        self._filled = 0
        self._at_once = model.span == block

    def play(self, given: Sequence[Rows], result: Sequence[Rows]) -> None:
        """One block: ``given`` and ``result`` are float32[block] views, one per row."""
        at = 0
        while at < self._block:
            count = min(self._block - at, self._span - self._filled)
            there = slice(self._filled, self._filled + count)
            if not self._at_once:
                for target, row in zip(result, self._result, strict=True):
                    target[at : at + count] = row[there]
            for source, row in zip(given, self._given, strict=True):
                row[there] = source[at : at + count]
            self._filled += count
            if self._filled == self._span:
                self._compute(self._given, self._result)
                self._filled = 0
            if self._at_once:
                for target, row in zip(result, self._result, strict=True):
                    target[at : at + count] = row[there]
            at += count

    def close(self) -> None:
        """End the worker, if there is one."""
        if self.worker:
            self.worker.close()
