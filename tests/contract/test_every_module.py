"""What every module keeps, whatever it is: one test over all of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.rig import Rig, rig

from .every import EACH, FOUND, positions

BLOCKS = 12

RNG = np.random.default_rng(7)
NOISE = RNG.uniform(-5, 5, (BLOCKS * 64, 16)).astype(np.float32)
HOSTILE = {
    "silence": np.zeros_like(NOISE),
    "audio": NOISE,
    "24 V square": np.where(np.arange(BLOCKS * 64)[:, None] // 7 % 2, 24.0, -24.0) * np.ones((1, 16)),
    "NaN": np.where(NOISE > 2, np.nan, NOISE),
    "infinity": np.where(NOISE > 2, np.inf, np.where(NOISE < -2, -np.inf, NOISE)),
    "huge": NOISE * 1e30,
    "denormals": NOISE * 1e-39,
}


def check(under_test: Rig, signals: dict[str, np.ndarray], what: str) -> None:
    heard = under_test.run(BLOCKS * 64 / 48_000, **signals)
    for jack, volts in heard.items():
        assert np.isfinite(volts).all(), f"{what}: {jack} is not finite"
        assert np.abs(volts).max(initial=0) <= 24.0, f"{what}: {jack} leaves ±24 V"
    assert under_test.node.not_finite[0] == 0, f"{what}: the module made NaN or infinity of finite input"


def test_every_module_file_can_be_used() -> None:
    assert FOUND.problems == []
    assert len(FOUND.modules) >= 15


def test_the_same_words_are_spelt_alike_on_all_panels() -> None:
    declared = [cls.declaration for cls in FOUND.modules.values()]
    labels = {
        part.label for one in declared for parts in (one.inputs, one.outputs, one.knobs) for part in parts.values()
    }
    assert len(labels) == len({label.lower() for label in labels}), sorted(labels)


@EACH
@pytest.mark.parametrize("channels", [1, 16])
def test_nothing_makes_it_blow_up(module: str, channels: int) -> None:
    cls = FOUND.modules[module]
    jacks = dict.fromkeys(cls.declaration.inputs, channels)
    for where, knobs in positions(cls).items():
        with rig(cls, feeds=jacks, set_to=knobs) as under_test:
            for what, signal in HOSTILE.items():
                check(under_test, dict.fromkeys(jacks, signal[:, :channels]), f"knobs {where}, {what} everywhere")
            for jack in jacks:
                quiet = dict.fromkeys(jacks, HOSTILE["silence"][:, :channels])
                check(under_test, quiet | {jack: HOSTILE["NaN"][:, :channels]}, f"knobs {where}, NaN into {jack}")


@EACH
def test_it_leaves_nothing_behind(module: str) -> None:
    cls = FOUND.modules[module]
    with rig(cls) as under_test:
        engine = under_test.engine
        under_test.run(0.01)
        empty = under_test.patch.model_copy(update={"modules": {}, "cables": {}})
        engine.graph.become(empty)
        engine.play(40)
        streams = len(engine.player.host.streams)
        for _ in range(3):
            engine.graph.become(under_test.patch)
            engine.play(5)
            engine.graph.become(empty)
            engine.play(40)
        assert len(engine.player.host.streams) == streams
        assert engine.graph.nodes == {}


@EACH
def test_it_plays_while_its_knobs_are_turned_from_end_to_end(module: str) -> None:
    cls = FOUND.modules[module]
    with rig(cls, feeds=dict.fromkeys(cls.declaration.inputs, 1)) as under_test:
        ends = positions(cls)
        sweeps = itertools.cycle((ends["right"], ends["left"]))

        def turn(frame: int) -> None:
            if frame % 256 == 0:
                under_test.turn(**next(sweeps))

        signals = dict.fromkeys(cls.declaration.inputs, NOISE[:, :1])
        heard = under_test.run(0.05, before_block=turn, **signals)
        assert all(np.isfinite(volts).all() for volts in heard.values())
        assert under_test.node.not_finite[0] == 0
