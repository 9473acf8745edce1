"""No knob and no switch clicks when it is turned at once, unless it says why."""

from __future__ import annotations

import pytest

from tests.turning import click_of

from .every import FOUND, sounds

SILENT = -60.0  # dB relative to the sound's peak

TURNED = [
    (module, knob)
    for module, cls in sorted(FOUND.modules.items())
    for knob, declared in cls.declaration.knobs.items()
    if sounds(cls) and not declared.clicks and knob != cls.channels  # voices that come and go have their own figures
]


@pytest.mark.parametrize(("module", "knob"), TURNED)
def test_a_turn_from_end_to_end_is_not_heard_as_a_click(module: str, knob: str) -> None:
    assert click_of(FOUND.modules[module], knob) <= SILENT
