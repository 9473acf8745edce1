"""Everything in a patch that the catalogue does not bear out, each with its place.

None of it stops a patch from loading: what nobody knows becomes a ghost and is saved back untouched.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Rejected
from .catalogue import Catalogue
from .commands import Connect, SetKnob, check
from .model import Patch
from .suggestion import did_you_mean


@dataclass(frozen=True)
class Problem:
    """One problem: where in the file, a stable code, and a sentence."""

    place: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


MOST_TOLD = 10


def problems(patch: Patch, catalogue: Catalogue) -> list[Problem]:
    """All problems of ``patch``, in the order of the file."""
    found = []
    for name, module in patch.modules.items():
        if module.type not in catalogue:
            sentence = (
                f"There is no module type {module.type!r} in the catalogue; it stays silent and is kept as it is."
                f"{did_you_mean(module.type, catalogue)}"
            )
            found.append(Problem(f"modules/{name}/type", "unknown_type", sentence))
            continue
        for knob, value in module.knobs.items():
            command = SetKnob(module=name, knob=knob, value=value)
            found += _rejection(f"modules/{name}/knobs/{knob}", patch, command, catalogue)
    for name, cable in patch.cables.items():
        found += _rejection(f"cables/{name}", patch, Connect(id=name, cable=cable), catalogue)
    return found


def in_short(found: list[Problem]) -> list[str]:
    """The first of many problems, and how many more there are: for a terminal on which other things are said too."""
    told = [str(problem) for problem in found[:MOST_TOLD]]
    return [*told, f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else told


def _rejection(place: str, patch: Patch, command: Connect | SetKnob, catalogue: Catalogue) -> list[Problem]:
    try:
        check(patch, command, catalogue)
    except Rejected as rejection:
        return [Problem(place, rejection.code, str(rejection))]
    return []
