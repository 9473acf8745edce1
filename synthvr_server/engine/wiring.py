"""Who feeds whom: the running modules in order, with their channels and their links sorted by jack."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .node import Link, Node
from .order import channels, order


@dataclass
class Wiring:
    """One state of the graph, ready to be planned."""

    order: list[Node]
    late: list[Link]  # the links that close a loop: heard one block late
    incoming: dict[Node, dict[str, list[Link]]] = field(default_factory=dict)
    heard: dict[Node, list[str]] = field(default_factory=dict)  # outputs that somebody listens to


def wire(nodes: Iterable[Node], links: Collection[Link], tapped: Collection[tuple[str, str]]) -> Wiring:
    """Sort modules and links, and tell every node how many channels it carries."""
    edges = [(link.source, link.target) for link in links]
    ordered, feedback = order(nodes, edges)
    widths = channels(ordered, {node: node.own_channels for node in ordered}, edges)
    wiring = Wiring(ordered, [link for link, late in zip(links, feedback, strict=True) if late])
    outputs = {(link.source, link.output) for link in links}
    for node in ordered:
        node.channels = widths[node]
        wiring.incoming[node] = {}
        wiring.heard[node] = [jack for jack in node.outputs if (node, jack) in outputs or (node.name, jack) in tapped]
    for link in links:
        wiring.incoming[link.target].setdefault(link.input, []).append(link)
    return wiring
