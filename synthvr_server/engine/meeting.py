"""How the channels of a cable meet those of an input. Pure functions."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

# As the rows know them: channel for channel; one into all; the first of many; the sum of many.
SAME, SPREAD, FIRST, SUM = range(4)


class Meeting(NamedTuple):
    """How, and of how many channels of the source."""

    how: int
    width: int

    def heard_in(self, lane: int) -> Collection[int]:
        """The channels of the source that a lane of the input hears."""
        if self.how == SPREAD:
            return (0,)
        if self.how == SAME:
            return (lane,) if lane < self.width else ()
        return range(self.width if self.how == SUM else 1) if lane == 0 else ()

    def differs(self, other: Meeting, lanes: int) -> bool:
        """Whether one of the first ``lanes`` would hear something else."""
        return any(tuple(self.heard_in(lane)) != tuple(other.heard_in(lane)) for lane in range(lanes))


@cache  # an edit asks for every cable
def meeting_of(source: int, target: int, sums: bool) -> Meeting:
    """How a cable of ``source`` channels meets an input of ``target`` channels."""
    if source == 1 and target > 1:
        return Meeting(SPREAD, source)
    if source > 1 and target == 1:
        return Meeting(SUM if sums else FIRST, source)
    return Meeting(SAME, source)
