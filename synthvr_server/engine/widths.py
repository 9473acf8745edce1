"""How many channels flow, and how a change of their number goes by unheard.

What a voice brings never jumps: voices that come are heard only where channels are summed, and there the sum as it was
fades into the sum as it is to be. Voices that go play on until that is over, and so does all that feeds them: while
anything fades out, no module runs with fewer channels than before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .cables import Cables, Link
from .meeting import Meeting, meeting_of
from .node import Node, lanes_of
from .order import channels, order


def goals(nodes: Collection[Node], dying: Collection[Node], cables: Cables) -> dict[Node, int]:
    """How many channels each module is to have; those that are on their way out keep theirs."""
    edges = [(link.source, link.target) for link in cables.plugged.values()]
    own = {node: node.own_channels for node in nodes} | {node: node.channels for node in dying}
    return channels(order(nodes, edges)[0], own, edges)


def approach(goal: Mapping[Node, int], nodes: Collection[Node], cables: Cables) -> set[Node]:
    """Tell modules and cables what flows in the next plan. Returns the modules with lanes that have not run yet."""
    alike: list[tuple[Link, Meeting]] = []
    for link in list(cables.plugged.values()):
        wanted = _wanted(link, goal)
        if link.meeting is None:
            link.meeting = wanted
        elif link.meeting == wanted:
            continue
        elif link.meeting.differs(wanted, min(link.target.channels, goal[link.target])):
            other = link.anew(full=False)
            other.meeting = wanted
            cables.cross(link, other)
        else:
            alike.append((link, wanted))
    wider = set()
    for node in nodes:
        flowing = max(goal[node], node.channels if cables.leaving else 1)
        if not node.channels or lanes_of(flowing) > lanes_of(node.channels):
            wider.add(node)
        node.channels = flowing
    for link, wanted in alike:
        if link.target.channels == goal[link.target]:  # else voices that go are still to hear what they heard
            link.meeting = wanted
    return wider


def _wanted(link: Link, goal: Mapping[Node, int]) -> Meeting:
    return meeting_of(goal[link.source], goal[link.target], link.target.inputs[link.input].sums)
