"""What the engine tells about itself, about 30 times a second: levels, CPU time, lateness."""

from __future__ import annotations

import time
from typing import Any

from .graph import Graph
from .player import Player
from .rows import read_cycles


class Meters:
    """Reads levels and costs; each reading covers the time since the one before."""

    def __init__(self, player: Player, graph: Graph) -> None:
        self._player, self._graph = player, graph
        self._since = (time.perf_counter(), int(read_cycles()), 0)

    def read(self) -> dict[str, Any]:
        """The fields of the protocol's Meters."""
        player, graph = self._player, self._graph
        share = self._share_per_cycle()
        cpu: dict[str, float] = {}
        for segment in player.plan.segments:
            for owner, cost in zip(segment.owners, segment.costs.tolist(), strict=True):
                if owner is not None:
                    cpu[owner.name] = cpu.get(owner.name, 0.0) + cost * share
            segment.costs[:] = 0
        return {
            "sample_time": int(player.now[0]),
            "load": player.deadline.load,
            "late_blocks": player.deadline.late,
            "blocks": player.deadline.blocks,
            "modules": {
                name: {
                    "cpu": cpu.get(name, 0.0),
                    "levels": [port.read_meter(node.channels) for port in node.outputs.values()],
                    "not_finite": int(node.not_finite[0]),
                }
                for name, node in graph.nodes.items()
            },
            "feedback": graph.feedback,
        }

    def _share_per_cycle(self) -> float:
        """What part of one block's time one counted cycle stands for."""
        seconds, cycles, blocks = time.perf_counter(), int(read_cycles()), self._player.measured_blocks
        was_seconds, was_cycles, was_blocks = self._since
        self._since = seconds, cycles, blocks
        if blocks == was_blocks or cycles == was_cycles:
            return 0.0
        seconds_per_cycle = (seconds - was_seconds) / (cycles - was_cycles)
        return seconds_per_cycle / (blocks - was_blocks) / self._player.deadline.period
