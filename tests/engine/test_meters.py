"""What the engine measures, and how the server reads it."""

from __future__ import annotations

from typing import Any

import pytest

from synthvr_server.engine import wire
from synthvr_server.engine.meters import Meters
from synthvr_server.engine.offline import Offline
from synthvr_server.patch.commands import RemoveModule, apply_batch
from tests.engine.small_modules import patch_of

MODULES = {"poly": "constant", "sum": "plus", "unheard": "ramp", "ear": "ear"}
PATCH = patch_of(MODULES, "poly.out > sum.cv", "sum.out > ear.heard", poly={"volts": 3, "voices": 4})


def read(meters: Meters) -> dict[str, Any]:
    found: dict[str, Any] = wire.unpack_meters(wire.unpack(wire.pack(meters.read())[4:]))
    return found


def test_every_output_shows_its_own_lowest_and_highest_volts(engine: Offline) -> None:
    meters = Meters(engine.player, engine.graph)
    engine.graph.become(PATCH)
    engine.play(8)
    read(meters)
    engine.play(8)
    found = read(meters)["modules"]
    assert list(found) == list(MODULES)
    assert found["poly"]["levels"] == [[3.0, 3.0]]
    assert found["unheard"]["levels"] == [[0.0, 0.0]], "nobody listens to it"
    assert found["sum"]["levels"] == [[3.0, 3.0]]
    assert all(module["cpu"] > 0 for module in found.values())
    assert all(module["not_finite"] == 0 for module in found.values())


def test_a_meter_covers_the_time_since_the_last_reading(engine: Offline) -> None:
    meters = Meters(engine.player, engine.graph)
    engine.graph.become(patch_of({"a": "ramp", "ear": "ear"}, "a.out > ear.heard"))
    engine.play(3)
    assert read(meters)["modules"]["a"]["levels"][0] == pytest.approx([0.0, 0.191])
    engine.play(1)
    assert read(meters)["modules"]["a"]["levels"][0] == pytest.approx([0.192, 0.255])


def test_after_an_edit_the_levels_are_still_those_of_the_right_modules(engine: Offline) -> None:
    meters = Meters(engine.player, engine.graph)
    two = patch_of({"a": "constant", "b": "constant", "ear": "ear"}, "a.out > ear.heard", "b.out > ear.heard",
                   a={"volts": 1}, b={"volts": 2})  # fmt: skip
    engine.graph.become(two)
    engine.play(8)
    assert [module["levels"] for module in read(meters)["modules"].values()][:2] == [[[1.0, 1.0]], [[2.0, 2.0]]]
    engine.graph.become(apply_batch(two, [RemoveModule(id="a")]))
    engine.play(30)
    read(meters)
    engine.play(8)
    found = read(meters)["modules"]
    assert list(found) == ["b", "ear"]
    assert found["b"]["levels"] == [[2.0, 2.0]]


def test_the_master_shows_what_goes_into_its_limiter_and_how_much_it_takes_away(engine: Offline) -> None:
    meters = Meters(engine.player, engine.graph)
    engine.graph.become(patch_of({"step": "constant", "out": "speaker"}, "step.out > out.audio", step={"volts": 20}))
    engine.play(8)
    found = read(meters)
    assert found["peak_left"] == found["peak_right"] == pytest.approx(2.0, rel=0.01)  # ±10 V are full scale
    assert found["reduction"] == pytest.approx(8.0, abs=0.1), (
        "to 2 dB below full scale, less is left to what filters make of flat peaks"
    )
    found = read(meters)
    assert (found["peak_left"], found["peak_right"], found["reduction"]) == (0, 0, 0), "nothing was played since"


def test_below_the_knee_the_limiter_takes_nothing_away(engine: Offline) -> None:
    meters = Meters(engine.player, engine.graph)
    engine.graph.become(patch_of({"step": "constant", "out": "speaker"}, "step.out > out.audio", step={"volts": 5}))
    engine.play(8)
    found = read(meters)
    assert found["peak_left"] == pytest.approx(0.5, rel=0.01)
    assert found["reduction"] == 0
