"""A bound on a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Requirement:
    """What a figure is held to, in the figure's own unit."""

    bound: float
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Whether a measured value keeps it."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.bound:g}"


Requirements = Mapping[str, Requirement]  # by the figure's name, or a pattern such as timbre.*.lsd_ratio


def requirement_for(name: str, requirements: Requirements) -> Requirement | None:
    """What is asked of a figure, if anything is."""
    return next((bound for pattern, bound in requirements.items() if fnmatchcase(name, pattern)), None)
