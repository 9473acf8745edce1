"""Who feeds whom: the running modules in order, with their channels and their links sorted by jack."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from ..module import MAX_CHANNELS
from .cables import Cables, Link
from .meeting import SAME
from .node import Node, address_of
from .order import order

# Frames until an output that has just begun to run has what it will have, beyond the module's latency: an oscillator's
# residuals reach 32 back, an oversampler's filters less.
WARM_UP = 64


@dataclass
class Wiring:
    """One state of the graph, ready to be planned."""

    order: list[Node]
    late: list[Link]  # the links that close a loop: heard one block late
    incoming: dict[Node, dict[str, list[Link]]] = field(default_factory=dict)
    heard: dict[Node, list[str]] = field(default_factory=dict)  # outputs that somebody listens to
    reading: dict[Node, dict[str, int]] = field(default_factory=dict)  # address of the block a plugged input reads
    after: dict[Node, list[Link]] = field(default_factory=dict)  # the links to be added up once a module has run
    before: dict[Node, list[Link]] = field(default_factory=dict)  # and before it does: late ones
    quiet: dict[tuple[Node, str], int] = field(default_factory=dict)  # frames until an output has its sound, if asked


class BlockPool:
    """The blocks that outputs share: a block is free again when its last reader has run.

    So a patch of any size works in a few blocks that stay in the CPU's cache, as SuperCollider's wire buffers do.
    """

    def __init__(self, block: int) -> None:
        self._block = block
        self._blocks: list[np.ndarray] = []

    def place(self, wiring: Wiring, links: Iterable[Link], watched: Collection[tuple[str, str]]) -> None:
        """Give every output that is heard its address. A late reader, or a watcher, gets a block to itself."""
        position = {node: at for at, node in enumerate(wiring.order)}
        last: dict[tuple[Node, str], int] = {}
        kept = {(link.source, link.output) for link in wiring.late}
        for link in links:
            output = (link.source, link.output)
            reader = link.source if link in wiring.after[link.source] else link.target
            last[output] = max(last.get(output, 0), position[reader])
        free = [address_of(block) for block in self._blocks]
        ending: dict[int, list[int]] = {}
        for at, node in enumerate(wiring.order):
            for jack in wiring.heard[node]:
                port = node.outputs[jack]
                if (node, jack) in kept or (node, jack) not in last or (node.name, jack) in watched:
                    port.write_to(None)
                else:
                    port.write_to(free.pop() if free else self._add())
                    ending.setdefault(last[node, jack], []).append(port.address)
            free += ending.pop(at, [])

    def _add(self) -> int:
        self._blocks.append(np.zeros((self._block, MAX_CHANNELS), np.float32))
        return address_of(self._blocks[-1])


def wire(
    nodes: Iterable[Node],
    cables: Cables,
    wider: Collection[Node],
    watched: Collection[tuple[str, str]],
    pool: BlockPool,
) -> Wiring:
    """Sort modules and links, and tell every output where it writes. ``wider`` have lanes that have not run yet."""
    links = list(cables)
    ordered, feedback = order(nodes, [(link.source, link.target) for link in links])
    wiring = Wiring(ordered, [link for link, late in zip(links, feedback, strict=True) if late])
    outputs = {(link.source, link.output) for link in links}
    for node in ordered:
        wiring.incoming[node], wiring.after[node], wiring.before[node] = {}, [], []
        wiring.heard[node] = [jack for jack in node.outputs if (node, jack) in outputs or (node.name, jack) in watched]
        for jack in node.outputs.keys() - wiring.heard[node]:
            node.outputs[jack].address = 0
    for link in links:
        wiring.incoming[link.target].setdefault(link.input, []).append(link)
    direct = {into[0] for node, jacks in wiring.incoming.items() for into in jacks.values() if _is_direct(node, into)}
    for link, late in zip(links, feedback, strict=True):
        if late and link not in direct:
            wiring.before[link.target].append(link)
        elif link not in direct:
            wiring.after[link.source].append(link)
    for node in ordered if cables.are_coming else ():
        _listen(wiring, node, wider)
    pool.place(wiring, links, watched)
    for node, jacks in wiring.incoming.items():
        wiring.reading[node] = {jack: _address(node, jack, into, direct) for jack, into in jacks.items()}
    return wiring


def _listen(wiring: Wiring, node: Node, wider: Collection[Node]) -> None:
    """How long the outputs of a module have nothing to be heard yet: those of modules before it included."""
    full = [link for into in wiring.incoming[node].values() for link in into if link.full]
    before = max([wiring.quiet.get((link.source, link.output), 0) for link in full], default=0)
    own = WARM_UP + round(node.cls.latency * node.rate)
    for jack in wiring.heard[node]:
        ran = node.outputs[jack].address and node not in wider
        wiring.quiet[node, jack] = before if ran else before + own


def _is_direct(target: Node, links: list[Link]) -> bool:
    """Whether an input reads its one cable's source as it is: no fade, and channel for channel."""
    if len(links) != 1:
        return False
    (link,) = links
    # A kernel's blocks must not alias: its own output is copied first.
    width = target.channels
    return (
        link.settled and link.meeting == (SAME, width) and link.source.channels == width and link.source is not target
    )


def _address(target: Node, jack: str, links: list[Link], direct: set[Link]) -> int:
    (first, *_) = links
    return first.source.outputs[first.output].address if first in direct else target.inputs[jack].mixed_address
