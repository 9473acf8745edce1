"""In which order modules run, which cables come one block late, and how many channels flow. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..module import MAX_CHANNELS

Node = TypeVar("Node")


def order(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> tuple[list[Node], list[bool]]:
    """A topological order of ``nodes``, and for every edge whether it is feedback.

    A depth-first walk in the order in which nodes and edges were added: an edge back to a node still on the
    walk's path closes a loop and is feedback. Older modules lead, so that the cable that comes back to
    them is the late one.
    """
    edges = list(edges)
    outgoing: dict[Node, list[tuple[int, Node]]] = {node: [] for node in nodes}
    for index, (source, target) in enumerate(edges):
        outgoing[source].append((index, target))
    feedback = [False] * len(edges)
    on_path: set[Node] = set()
    finished: dict[Node, None] = {}
    for root in outgoing:
        if root in finished:
            continue
        path = [(root, iter(outgoing[root]))]
        on_path.add(root)
        while path:
            node, rest = path[-1]
            for index, target in rest:
                if target in on_path:
                    feedback[index] = True
                elif target not in finished:
                    path.append((target, iter(outgoing[target])))
                    on_path.add(target)
                    break
            else:
                path.pop()
                on_path.discard(node)
                finished[node] = None
    return list(reversed(finished)), feedback


def channels(
    ordered: Iterable[Node], own: Mapping[Node, int | None], edges: Iterable[tuple[Node, Node]]
) -> dict[Node, int]:
    """How many channels each node's outputs carry: its own number, or that of its widest cable (at least 1)."""
    incoming: dict[Node, list[Node]] = {}
    for source, target in edges:
        incoming.setdefault(target, []).append(source)
    ordered = list(ordered)
    widths = {node: own[node] or 1 for node in ordered}
    changed = True
    while changed:  # more than one round only where feedback carries channels upstream
        changed = False
        for node in ordered:
            if own[node] is None:
                width = min(max([widths[source] for source in incoming.get(node, ())], default=1), MAX_CHANNELS)
                if width > widths[node]:
                    widths[node] = width
                    changed = True
    return widths
