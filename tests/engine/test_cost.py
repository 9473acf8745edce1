"""What a module takes of a core."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.cost import NEEDED, cost_percent
from synthvr_server.engine.workshop import Workshop, find_modules, open_workshop
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Module, Output


class Busy(Module):
    """Sorts much too often."""

    title = "Busy"
    audio = Input("In", "audio")
    out = Output("Out", "audio")
    times = 20

    def prepare(self):
        self.numbers = np.random.default_rng(0).uniform(size=2_000)

    def play(self, audio, out):
        for _ in range(self.times):
            np.sort(self.numbers)
        out[:] = audio


class Idle(Busy):
    """Does nothing much."""

    title = "Idle"
    times = 0


class Refusing(Idle):
    """Cannot be made."""

    title = "Refusing"

    def prepare(self):
        raise ModuleDeclarationError("it lacks a spectrum")


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    found = find_modules(None)
    found.modules |= {"busy": Busy, "idle": Idle, "refusing": Refusing}
    return open_workshop(found, lambda *_: None, NEEDED)


def test_what_computes_more_costs_more(workshop: Workshop) -> None:
    assert cost_percent(workshop, "busy") > 5 * cost_percent(workshop, "idle")


def test_what_cannot_be_made_says_why(workshop: Workshop) -> None:
    with pytest.raises(ModuleDeclarationError, match=r"^Refusing cannot be made: it lacks a spectrum$"):
        cost_percent(workshop, "refusing")
