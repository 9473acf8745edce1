"""How cables meet at an input: one is read where its source wrote it, many are added up.

Each is added as soon as its source has run, while what it carries is still in the CPU's cache; then the source's block
is free for the next module. Only a cable that closes a loop waits for its target: it brings the block before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np

from .adding import ADD, ADD_ALL, FILL
from .cables import Link
from .meeting import SAME
from .node import Node, Row, lanes_of


class Mixing:
    """The rows that add up cables, for one plan. Every sum is begun once, by the first cable that comes."""

    def __init__(self, incoming: Mapping[Node, Mapping[str, Collection[Link]]]) -> None:
        self._incoming = incoming
        self._begun: set[tuple[Node, str]] = set()

    def rows(self, links: Iterable[Link]) -> Iterator[tuple[Node, Row]]:
        """The rows that add these links to their inputs, each with the module whose input it is."""
        for link in links:
            target, jack = link.target, link.input
            if (target, jack) not in self._begun:
                self._begun.add((target, jack))
                yield target, _fill(target, jack, self._incoming[target][jack])
            yield target, _add(link)


def _fill(target: Node, jack: str, links: Collection[Link]) -> Row:
    port = target.inputs[jack]
    table = [target.block, len(links), port.mixed_address, port.normal_address, *(link.gain_address for link in links)]
    return FILL[lanes_of(target.channels)].address, np.array(table, np.int64)


def _add(link: Link) -> Row:
    source, target = link.source, link.target
    assert link.meeting is not None
    how, width = link.meeting
    lanes, from_lanes = lanes_of(target.channels), lanes_of(source.channels)
    out, block = target.inputs[link.input].mixed_address, source.outputs[link.output].address
    if link.settled and how == SAME and from_lanes == lanes and width >= target.channels:
        return ADD_ALL.address, np.array([target.block * lanes, out, block], np.int64)
    table = [target.block, out, block, from_lanes, width, how, link.gain_address]
    return ADD[lanes].address, np.array(table, np.int64)
