"""All modules there are, and where their knobs may stand."""

from __future__ import annotations

import itertools

import pytest

from synthvr_server.engine.workshop import find_modules
from synthvr_server.module import Module

FOUND = find_modules(None)
EACH = pytest.mark.parametrize("module", sorted(FOUND.modules))


def positions(cls: type[Module]) -> dict[str, dict[str, float]]:
    """All knobs at the left end, at the right end, and every second one."""
    knobs = cls.declaration.knobs
    low = {name: knob.minimum for name, knob in knobs.items()}
    high = {name: knob.maximum for name, knob in knobs.items()}
    turns = itertools.cycle((True, False))
    mixed = {name: (knob.maximum if next(turns) else knob.minimum) for name, knob in knobs.items()}
    return {"left": low, "right": high, "alternating": mixed, "default": {}}


def jacks(cls: type[Module], *kinds: str) -> list[str]:
    """The names of the inputs of such kinds."""
    return [name for name, jack in cls.declaration.inputs.items() if jack.kind in kinds]


def sounds(cls: type[Module]) -> list[str]:
    """The names of the outputs for audio."""
    return [name for name, jack in cls.declaration.outputs.items() if jack.kind == "audio"]
