"""Every figure of `make sound` holds."""

from __future__ import annotations

import pytest

from tests.requirement import requirement_for

from .parts import PARTS, part


@pytest.mark.parametrize("name", PARTS)
def test_every_figure_of_a_part_holds(name: str) -> None:
    one = part(name)
    for figure, value in one.measure().items():
        required = requirement_for(figure, one.REQUIREMENTS)
        assert required is not None, f"{figure} is measured, and nothing is asked of it"
        assert required.holds(value), f"{figure}: {value:.4g}, required {required}"
