"""The plan of one block: segments of compiled rows, with pyo's streams and Python modules between them.

A plan is built beside the running one and replaces it between two blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .host import Host
from .mixing import Mixing
from .node import KernelNode, Node, Row, lanes_of
from .pyo_node import PyoNode
from .python_node import PythonNode
from .ring import Rings
from .rows import DELIVER, TAP, run
from .wiring import Wiring


class Segment:
    """Rows that run one after the other without pyo, as one call.

    ``owners`` says whose time each row takes; the first is the pyo or Python module that runs before the segment.
    ``running``: int64[1], where the segment marks whose code runs, up to that of the module that follows it.
    """

    def __init__(
        self,
        before: Node | None,
        rows: list[tuple[Node | None, Row]],
        following: Node | None,
        clock: np.ndarray,
        running: np.ndarray,
    ) -> None:
        self.owners = [before, *(owner for owner, _ in rows)]
        self.costs = np.zeros(len(self.owners), np.int64)
        self._tables = [table for _, (_, table) in rows]
        self._rows = np.array([(address, table.ctypes.data) for _, (address, table) in rows], np.int64).reshape(-1, 2)
        self._marks = np.array([node.mark if node else 0 for node in (*self.owners[1:], following)], np.int64)
        memory = (self._rows, self.costs, clock, self._marks, running)
        self._table = np.array([len(rows), *(array.ctypes.data for array in memory)], np.int64)
        self._address = int(self._table.ctypes.data)

    def __call__(self) -> None:
        run(self._address)


class Stretch:
    """What is called between two pyo modules: segments, and the Python modules between them."""

    def __init__(self) -> None:
        self._calls: list[Callable[[], None]] = []

    def add(self, call: Callable[[], None]) -> None:
        """Append a call."""
        self._calls.append(call)

    def __call__(self) -> None:
        for call in self._calls:
            call()


@dataclass
class Plan:
    """What one block does, in order: a first stretch, then each pyo module with the stretch that follows it."""

    clock: np.ndarray = field(default_factory=lambda: np.zeros(2, np.int64))  # measure?, cycles at the last end
    first: Stretch = field(default_factory=Stretch)
    after: dict[PyoNode, Stretch] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    streams: list[Any] = field(default_factory=list)  # pyo's, in running order
    kernels: dict[KernelNode, int] = field(default_factory=dict)  # and their numbers of channels
    wiring: Wiring | None = None  # rows know modules and links by address only: the plan keeps them alive


def make_plan(
    wiring: Wiring, master: Node, host: Host, rings: Rings, taps: Mapping[int, tuple[Node, str]], now: np.ndarray
) -> Plan:
    """The plan for a wiring: modules in order, then the scopes and the way out."""
    plan = Plan(wiring=wiring)
    stretch = plan.first
    rows: list[tuple[Node | None, Row]] = []
    before: Node | None = None
    mixing = Mixing(wiring.incoming)

    def close_segment(following: Node | None = None) -> None:
        segment = Segment(before, rows, following, plan.clock, rings.playing)
        plan.segments.append(segment)
        stretch.add(segment)

    for node in wiring.order:
        reading, heard = wiring.reading[node], wiring.heard[node]
        rows += mixing.rows(wiring.before[node])
        if isinstance(node, PyoNode):
            rows += _owned(node, node.rows_before(reading))
            close_segment(node)
            plan.streams += node.streams
            stretch = plan.after[node] = Stretch()
            before, rows = node, _owned(node, node.rows_after(heard))
        elif isinstance(node, PythonNode):
            rows += _owned(node, node.rows_before())
            close_segment(node)
            stretch.add(node.call(reading, heard))
            before, rows = node, _owned(node, node.rows_after(heard))
        elif isinstance(node, KernelNode):
            rows += _owned(node, node.rows(reading, heard))
            plan.kernels[node] = node.channels
        rows += mixing.rows(wiring.after[node])
    rows += _owned(None, _tap_rows(wiring, rings, taps, now))
    rows += _owned(None, [_deliver_row(master, host, rings, now)])
    close_segment()
    return plan


def _owned(owner: Node | None, rows: Iterable[Row]) -> list[tuple[Node | None, Row]]:
    return [(owner, row) for row in rows]


def _tap_rows(wiring: Wiring, rings: Rings, taps: Mapping[int, tuple[Node, str]], now: np.ndarray) -> Iterable[Row]:
    for slot, (node, jack) in taps.items():
        if jack in node.outputs:
            address = node.outputs[jack].address
        elif jack in node.inputs:
            address = wiring.reading[node].get(jack, node.inputs[jack].resting_address)
        else:
            continue
        if address:
            ring, end = rings.scopes[slot - 1].ctypes.data, rings.end[slot:].ctypes.data
            table = [node.block, lanes_of(node.channels), address, ring, end, now.ctypes.data]
            yield TAP.address, np.array(table, np.int64)


def _deliver_row(master: Node, host: Host, rings: Rings, now: np.ndarray) -> Row:
    left, right = (port.address for port in master.outputs.values())
    table = [host.block, left, right, host.left.address, host.right.address]
    table += [rings.master.ctypes.data, rings.end.ctypes.data, now.ctypes.data]
    return DELIVER.address, np.array(table, np.int64)
