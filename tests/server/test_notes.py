"""Notes end: with their key, with whoever plays them, and never while somebody else plays them too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synthvr_server.patch.commands import RemoveModule
from synthvr_server.patch.model import Patch, PlacedModule
from synthvr_server.protocol.client_messages import NewPatch, Note
from synthvr_server.protocol.limits import LONGEST_AHEAD
from synthvr_server.protocol.server_messages import Meters
from synthvr_server.server.app import Options
from tests.patch.examples import add
from tests.server.fakes import Guest, Stage
from tests.server.running import FAKE_ENGINE, running

RATE = 48_000
KEYS = Patch(modules={"k": PlacedModule(type="keys"), "a": PlacedModule(type="amp")})


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A room of which it is known that frame 0 was played at time 100."""
    stage = Stage(tmp_path, KEYS)
    stage.room.engine_measured(Meters(sample_time=0, load=0, late_blocks=0, blocks=0, modules={}, feedback=()))
    return stage


def on(number: int = 60, at: float | None = None, module: str = "k") -> Note:
    return Note(module=module, number=number, pitch=0.5, velocity=1.0, at=at)


def off(number: int = 60, at: float | None = None) -> Note:
    return Note(module="k", number=number, pitch=0.5, velocity=0.0, at=at)


def ends(stage: Stage) -> list[tuple[Any, ...]]:
    """Number and frame of every note that was ended."""
    return [(note[2], note[5]) for note in stage.engine.take("note") if note[4] == 0]


def test_notes_reach_modules_that_play_them(stage: Stage, ada: Guest) -> None:
    ada.say(on())
    ada.say(off())
    assert stage.engine.take("note") == [("note", "k", 60, 0.5, 1.0, None), ("note", "k", 60, 0.5, 0.0, None)]
    ada.say(on(module="a"))
    assert ada.refusal() == "no_notes"
    ada.say(on(module="z"))
    assert ada.refusal() == "unknown_module"


def test_who_leaves_takes_along_the_notes_that_still_sound(stage: Stage, ada: Guest, ben: Guest) -> None:
    for number in (60, 64, 67):
        ada.say(on(number))
    ada.say(off(64))
    ben.say(on(72))
    assert ends(stage) == [(64, None)]
    ada.go()
    assert ends(stage) == [(60, None), (67, None)]
    ben.go()
    assert ends(stage) == [(72, None)]


def test_a_note_that_two_hold_ends_with_the_last_of_them(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(on())
    ben.say(on())
    ada.say(off())
    assert ends(stage) == []
    ada.say(on())
    ben.go()
    assert ends(stage) == []
    ada.say(off())
    assert ends(stage) == [(60, None)]


def test_an_end_of_a_note_that_nobody_holds_reaches_the_module(stage: Stage, ada: Guest) -> None:
    ada.say(off())
    assert ends(stage) == [(60, None)]


def test_a_note_that_is_still_to_come_does_not_sound_for_ever(stage: Stage, ada: Guest) -> None:
    ada.say(on(at=101.0))
    ada.go()
    assert ends(stage) == [(60, RATE)]


def test_ending_an_earlier_note_leaves_the_one_that_is_still_to_come(stage: Stage, ada: Guest) -> None:
    ada.say(on(at=100.0))
    ada.say(on(at=102.0))
    ada.say(off(at=101.0))
    assert ends(stage) == [(60, RATE)]
    ada.go()
    assert ends(stage) == [(60, 2 * RATE)]


def test_a_note_lies_no_further_ahead_than_the_server_keeps_notes(stage: Stage, ada: Guest) -> None:
    ada.say(on(at=100.0 + LONGEST_AHEAD))
    assert len(stage.engine.take("note")) == 1
    ada.say(on(at=101.0 + LONGEST_AHEAD))
    assert ada.refusal() == "too_far_ahead"
    assert stage.engine.take("note") == []


def test_a_note_with_a_time_is_ended_by_one_without(stage: Stage, ada: Guest) -> None:
    ada.say(on(at=100.5))
    stage.reactor.pass_time(1.0)
    ada.say(off())
    assert ends(stage) == [(60, None)]
    ada.go()
    assert ends(stage) == []


def test_nothing_is_ended_in_a_module_that_is_gone_or_has_become_another(stage: Stage, ada: Guest) -> None:
    ada.say(on())
    ada.edit(RemoveModule(id="k"))
    ada.go()
    assert ends(stage) == []
    ben = stage.enter()
    ben.edit(add("k", "keys"))
    ben.say(on())
    ben.say(NewPatch(id=1))
    ben.edit(add("k", "amp"))
    ben.go()
    assert ends(stage) == []


def test_an_engine_that_starts_anew_is_silent(stage: Stage, ada: Guest) -> None:
    ada.say(on())
    stage.room.engine_started(stage.rings, RATE)
    ada.go()
    assert ends(stage) == []


async def test_a_connection_that_dies_ends_its_notes(tmp_path: Path) -> None:
    async with running(tmp_path, Options(KEYS, engine=FAKE_ENGINE)) as server, server.client() as ben:
        await ben.until_it_plays()
        async with server.client() as ada:
            await ada.say(type="note", module="k", number=60, pitch=0.0, velocity=1.0)
            while "'velocity': 1.0" not in (await ben.hear("module_failed"))["sentence"]:
                continue
            ada.socket.transport.abort()
        while "'velocity': 0.0" not in (await ben.hear("module_failed"))["sentence"]:
            continue
