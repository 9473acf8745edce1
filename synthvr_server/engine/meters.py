"""What the engine tells about itself, about 30 times a second: levels, CPU time, lateness.

While Python reads meters the audio thread has to wait for the interpreter, so it reads all of them in a few calls:
what belongs to whom is looked up once per plan.
"""

from __future__ import annotations

import time

import numpy as np

from . import wire
from .graph import Graph
from .master import reduction
from .node import Node
from .plan import Plan
from .player import Player
from .rows import read_cycles, read_meters


class Meters:
    """Reads levels and costs; each reading covers the time since the one before."""

    def __init__(self, player: Player, graph: Graph) -> None:
        self._player, self._graph = player, graph
        self._since = (time.perf_counter(), int(read_cycles()), 0)
        self._index = _Index(player.plan, graph)

    def read(self) -> wire.Message:
        """The fields of the wire's ``meters``."""
        player = self._player
        if self._index.plan is not player.plan:
            self._index = _Index(player.plan, self._graph)
        index, share = self._index, self._share_per_cycle()
        read_meters(index.ports, index.levels)
        return {
            "sample_time": int(player.now[0]),
            "load": player.deadline.load,
            "late_blocks": player.deadline.late,
            "blocks": player.deadline.blocks,
            "modules": index.modules,
            "cpu": (index.read_costs() * share).astype(np.float32).tobytes(),
            "levels": index.levels.tobytes(),
            "not_finite": np.array([node.not_finite[0] for node in index.nodes], np.int64).tobytes(),
            "feedback": index.feedback,
            **self._read_master(),
        }

    def _read_master(self) -> wire.Message:
        peaks = [self._graph.master.states[name] for name in ("peak_left", "peak_right")]
        left, right = (float(peak[0, 0]) for peak in peaks)
        for peak in peaks:
            peak[:] = 0
        return {"peak_left": left, "peak_right": right, "reduction": reduction(max(left, right))}

    def _share_per_cycle(self) -> float:
        """What part of one block's time one counted cycle stands for."""
        seconds, cycles, blocks = time.perf_counter(), int(read_cycles()), self._player.measured_blocks
        was_seconds, was_cycles, was_blocks = self._since
        self._since = seconds, cycles, blocks
        if blocks == was_blocks or cycles == was_cycles:
            return 0.0
        seconds_per_cycle = (seconds - was_seconds) / (cycles - was_cycles)
        return seconds_per_cycle / (blocks - was_blocks) / self._player.deadline.period


class _Index:
    """Where the meters and costs of one plan lie, and whose they are."""

    def __init__(self, plan: Plan, graph: Graph) -> None:
        self.plan = plan
        self.nodes = list(graph.nodes.values())  # kept alive, for their meters are known by address
        self.modules = [[node.name, len(node.outputs)] for node in self.nodes]
        self.feedback = graph.feedback
        ports = [port.metered(node.channels) for node in self.nodes for port in node.outputs.values()]
        self.ports = np.array(ports, np.int64).reshape(-1, 2)
        self.levels = np.zeros((len(ports), 2), np.float32)
        place: dict[Node | None, int] = {node: number for number, node in enumerate(self.nodes)}
        nobody = len(self.nodes)
        self._owners = np.array(
            [place.get(owner, nobody) for segment in plan.segments for owner in segment.owners], np.int64
        )

    def read_costs(self) -> np.ndarray:
        """Cycles that each module has taken since the last reading."""
        nobody = len(self.nodes)
        if not self.plan.segments:
            return np.zeros(nobody)
        costs = np.concatenate([segment.costs for segment in self.plan.segments])
        for segment in self.plan.segments:
            segment.costs[:] = 0
        return np.bincount(self._owners, costs, nobody + 1)[:nobody]
