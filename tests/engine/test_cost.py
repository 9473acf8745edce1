"""What a module takes of a core."""

from __future__ import annotations

from time import sleep, thread_time

import pytest

from synthvr_server.engine.cost import BESIDE, cost_percent
from synthvr_server.engine.workshop import Workshop, find_modules, open_workshop
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Module, Output


class Busy(Module):
    """Takes a part of a core."""

    title = "Busy"
    audio = Input("In", "audio")
    out = Output("Out", "audio")
    part = 0.25

    def play(self, audio, out):
        until = thread_time() + self.part * self.block / self.sample_rate
        while thread_time() < until:
            pass
        out[:] = audio


class Idle(Busy):
    """Takes next to nothing."""

    title = "Idle"
    part = 0.0


class Waiting(Idle):
    """Waits for longer than a block lasts, as on a machine where others have the core."""

    title = "Waiting"

    def play(self, audio, out):
        sleep(1.5 * self.block / self.sample_rate)
        out[:] = audio


class Refusing(Idle):
    """Cannot be made."""

    title = "Refusing"

    def prepare(self):
        raise ModuleDeclarationError("it lacks a spectrum")


class Failing(Idle):
    """Cannot be played."""

    title = "Failing"

    def play(self, audio, out):
        raise ValueError("no good")


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    found = find_modules(None)
    found.modules |= {"busy": Busy, "idle": Idle, "waiting": Waiting, "refusing": Refusing, "failing": Failing}
    return open_workshop(found, lambda *_: None, BESIDE)


def test_it_is_the_part_of_a_core_in_percent(workshop: Workshop) -> None:
    assert 100 * Busy.part <= cost_percent(workshop, "busy") + 2.0 < 100 * Busy.part + 15.0
    assert cost_percent(workshop, "idle") < 10.0


def test_what_others_do_to_the_core_is_not_its_cost(workshop: Workshop) -> None:
    assert cost_percent(workshop, "waiting") < 15.0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("refusing", "Refusing cannot be made: it lacks a spectrum"),
        ("failing", "Failing has stopped playing: ValueError: no good"),
    ],
)
def test_what_does_not_play_says_why(workshop: Workshop, name: str, sentence: str) -> None:
    with pytest.raises(ModuleDeclarationError, match=f"^{sentence}$"):
        cost_percent(workshop, name)
