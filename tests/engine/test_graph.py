"""The running graph, heard through the real engine: order, cables, fades, channels."""

from __future__ import annotations

import gc
import itertools
import weakref

import numpy as np
import pytest

from synthvr_server.engine.offline import Offline
from synthvr_server.patch.commands import Connect, Disconnect, RemoveModule, SetKnob, apply_batch
from tests.engine.small_modules import BLOCK, RATE, hear, patch_of
from tests.rig import cable

STEEPEST = 1.01 * 1.5 / (0.010 * RATE)  # per frame: 3x² − 2x³ over 10 ms


def test_a_chain_of_kernels_adds_no_latency(engine: Offline) -> None:
    modules = {"ear": "ear", "b": "plus", "a": "ramp"}
    engine.graph.become(patch_of(modules, "a.out > b.audio", "b.out > ear.heard"))
    heard = hear(engine, "b", "out", 2)
    assert heard[:, 0] == pytest.approx(1 + 0.001 * np.arange(2 * BLOCK), abs=1e-5)


def test_a_pyo_module_between_kernels_adds_no_latency(engine: Offline) -> None:
    modules = {"ear": "ear", "b": "plus", "t": "through", "a": "ramp"}
    engine.graph.become(patch_of(modules, "a.out > t.audio", "t.out > b.audio", "b.out > ear.heard"))
    assert hear(engine, "b", "out", 3)[:, 0] == pytest.approx(1 + 0.001 * np.arange(3 * BLOCK), abs=1e-5)


@pytest.mark.parametrize("inner", ["plus", "through"])
def test_a_feedback_cable_costs_one_block(engine: Offline, inner: str) -> None:
    loop = patch_of({"a": "ramp", "b": inner, "ear": "ear"}, "a.out > b.audio", "b.out > a.added", "b.out > ear.heard")
    engine.graph.become(loop)
    heard = hear(engine, "a", "out", 3)[:, 0]
    rest = 1.0 if inner == "plus" else 0.0
    alone = 0.001 * np.arange(3 * BLOCK)
    assert heard[:BLOCK] == pytest.approx(alone[:BLOCK], abs=1e-5)
    assert heard[BLOCK : 2 * BLOCK] == pytest.approx(alone[BLOCK : 2 * BLOCK] + heard[:BLOCK] + rest, abs=1e-5)
    assert engine.graph.feedback == ["b.out:a.added"]


def test_a_cable_into_its_own_module_costs_one_block(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "ramp"}, "a.out > a.added"))
    heard = hear(engine, "a", "out", 2)[:, 0]
    assert heard[BLOCK:] == pytest.approx(0.001 * np.arange(BLOCK, 2 * BLOCK) + heard[:BLOCK], abs=1e-5)
    assert engine.graph.feedback == ["a.out:a.added"]


def test_an_input_sums_its_cables(engine: Offline) -> None:
    modules = {"a": "constant", "b": "constant", "c": "plus", "ear": "ear"}
    engine.graph.become(
        patch_of(modules, "a.out > c.cv", "b.out > c.cv", "c.out > ear.heard", a={"volts": 2}, b={"volts": 3})
    )
    assert hear(engine, "c", "out", 2)[-1, 0] == pytest.approx(5.0)


def test_an_empty_jack_reads_its_normal_voltage_and_a_cable_replaces_it(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "c": "plus", "ear": "ear"}, "c.out > ear.heard", a={"volts": 4})
    engine.graph.become(patch)
    assert hear(engine, "c", "out", 1)[-1, 0] == pytest.approx(1.0)
    plugged = patch_of({}, "a.out > c.cv").cables
    engine.graph.become(patch.model_copy(update={"cables": patch.cables | plugged}))
    heard = hear(engine, "c", "out", 12)[:, 0]
    assert heard[-1] == pytest.approx(4.0)
    assert np.abs(np.diff(heard)).max() < STEEPEST * 3.0, "the change must take 10 ms"


def test_plugging_and_unplugging_fade_over_ten_milliseconds(engine: Offline) -> None:
    apart = patch_of({"a": "constant", "o": "speaker"})
    engine.graph.become(apart)
    engine.play(1)
    together = apply_batch(apart, [Connect(id="x", cable=cable("a", "out", "o", "audio"))])
    engine.graph.become(together)
    rising = hear(engine, "o", "left", 12)[:, 0]
    engine.graph.become(apply_batch(together, [Disconnect(id="x")]))
    falling = hear(engine, "o", "left", 12)[:, 0]
    assert rising[-1] == pytest.approx(5.0)
    assert falling[-1] == 0.0
    for heard in (rising, falling):
        moving = np.flatnonzero(np.abs(np.diff(heard)) > 1e-6)
        assert len(moving) == pytest.approx(0.010 * RATE, abs=2)
        assert np.abs(np.diff(heard)).max() < STEEPEST * 5.0
        assert np.abs(np.diff(heard, 2)).max() < 1.05 * 6 * 5.0 / (0.010 * RATE) ** 2, "a corner would click"


def test_a_cable_pulled_while_it_fades_in_turns_back_where_it_is(engine: Offline) -> None:
    apart = patch_of({"a": "constant", "o": "speaker"})
    engine.graph.become(apart)
    engine.graph.become(apply_batch(apart, [Connect(id="x", cable=cable("a", "out", "o", "audio"))]))
    first = hear(engine, "o", "left", 4)[:, 0]
    engine.graph.become(apart)
    then = hear(engine, "o", "left", 12)[:, 0]
    heard = np.concatenate([first, then])
    assert 1.5 < heard.max() < 3.0
    assert np.abs(np.diff(heard)).max() < STEEPEST * 5.0
    assert np.abs(np.diff(heard, 2)).max() < 3 * 6 * 5.0 / (0.010 * RATE) ** 2, "it bends back, without a corner"
    assert heard[-1] == pytest.approx(0.0, abs=1e-6)


def test_a_module_that_is_removed_fades_out_first(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "t": "through", "o": "speaker"}, "a.out > t.audio", "t.out > o.audio")
    engine.graph.become(patch)
    assert hear(engine, "o", "left", 3)[-1, 0] == pytest.approx(5.0)
    streams = len(engine.player.host.streams)
    engine.graph.become(apply_batch(patch, [RemoveModule(id="t")]))
    heard = hear(engine, "o", "left", 20)[:, 0]
    assert np.abs(np.diff(heard)).max() < STEEPEST * 5.0
    assert heard[-1] == 0.0
    assert len(engine.player.host.streams) < streams


def test_a_turned_knob_glides_for_twenty_milliseconds(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "ear": "ear"}, "a.out > ear.heard", a={"volts": 0})
    engine.graph.become(patch)
    engine.play(2)
    engine.graph.become(apply_batch(patch, [SetKnob(module="a", knob="volts", value=10)]))
    heard = hear(engine, "a", "out", 30)[:, 0]
    moving = np.flatnonzero(np.diff(heard) > 1e-7)
    assert len(moving) == pytest.approx(0.020 * RATE, abs=2)
    assert heard[-1] == pytest.approx(10.0)
    assert np.diff(heard).max() < 1.05 * 10 / (0.020 * RATE)


def test_a_knob_turned_again_and_again_never_jumps(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "ear": "ear"}, "a.out > ear.heard", a={"volts": 0}))
    pieces = []
    for value in (10, 3, 8, -5, 0, 1):
        engine.graph.turn("a", "volts", value)
        pieces.append(hear(engine, "a", "out", 5)[:, 0])
    pieces.append(hear(engine, "a", "out", 20)[:, 0])
    heard = np.concatenate(pieces)
    assert np.abs(np.diff(heard)).max() < 13 / (0.020 * RATE)
    assert heard[-1] == pytest.approx(1.0)


def test_a_value_out_of_range_is_held_at_the_end_of_the_knob(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "ear": "ear"}, "a.out > ear.heard"))
    engine.graph.turn("a", "volts", 1e9)
    assert hear(engine, "a", "out", 40)[-1, 0] == 24.0, "and the guard holds the output to ±24 V"


def test_mono_into_poly_reaches_every_voice_and_poly_into_mono_sums_audio_and_takes_channel_one_of_cv(
    engine: Offline,
) -> None:
    modules = {"one": "constant", "four": "constant", "poly": "plus", "mono": "mono", "e1": "ear", "e2": "ear"}
    cables = ("one.out > poly.audio", "four.out > poly.cv", "four.out > mono.audio", "four.out > mono.cv")
    heard = ("poly.out > e1.heard", "mono.out > e2.heard")
    engine.graph.become(patch_of(modules, *cables, *heard, one={"volts": 1}, four={"volts": 2, "voices": 4}))
    assert hear(engine, "poly", "out", 2)[-1].tolist() == [3.0] * 4
    assert hear(engine, "mono", "out", 2)[-1].tolist() == [4 * 2.0 + 2.0]


def test_a_missing_channel_reads_zero_volts(engine: Offline) -> None:
    modules = {"two": "constant", "four": "constant", "sum": "plus", "ear": "ear"}
    engine.graph.become(
        patch_of(
            modules,
            "two.out > sum.audio",
            "four.out > sum.cv",
            "sum.out > ear.heard",
            two={"volts": 1, "voices": 2},
            four={"volts": 2, "voices": 4},
        )
    )
    assert hear(engine, "sum", "out", 2)[-1].tolist() == [3.0, 3.0, 2.0, 2.0]


def test_turning_the_number_of_voices_changes_the_channels_downstream(engine: Offline) -> None:
    modules = {"keys": "constant", "t": "through", "p": "plus", "ear": "ear"}
    engine.graph.become(patch_of(modules, "keys.out > t.audio", "t.out > p.audio", "p.out > ear.heard"))
    engine.play(2)
    streams = len(engine.player.host.streams)
    for voices in (5, 16, 1):
        engine.graph.turn("keys", "voices", voices)
        engine.play(12)
        assert hear(engine, "p", "out", 2)[-1].tolist() == [6.0] * voices
    assert len(engine.player.host.streams) == streams


def test_a_chain_of_any_length_works_in_a_few_blocks(engine: Offline) -> None:
    kinds = ["plus", "through"] * 10
    modules = {"start": "ramp", **{f"m{n}": kind for n, kind in enumerate(kinds)}, "o": "speaker"}
    names = ["start", *(f"m{n}" for n in range(20)), "o"]
    engine.graph.become(patch_of(modules, *(f"{a}.out > {b}.audio" for a, b in itertools.pairwise(names))))
    addresses = {engine.graph.nodes[name].outputs["out"].address for name in names[:-1]}
    assert len(addresses) <= 3
    assert hear(engine, "m19", "out", 2)[:, 0] == pytest.approx(10 + 0.001 * np.arange(2 * BLOCK), abs=1e-3)


def test_a_knob_that_stands_still_shares_its_block_and_one_that_moves_does_not(engine: Offline) -> None:
    engine.graph.become(
        patch_of({"a": "constant", "b": "constant", "e": "ear", "f": "ear"}, "a.out > e.heard", "b.out > f.heard")
    )
    engine.graph.watch("a", "out")
    for value in (7.0, 3.0, 9.0):
        engine.graph.turn("b", "volts", value)
        turned = hear(engine, "b", "out", 30)[:, 0]
        assert turned[-1] == pytest.approx(value)
        assert engine.graph.nodes["a"].heard("out")[:, 0] == pytest.approx(5.0)
        engine.graph.nodes["b"].knobs.blocks["volts"][:] = -1.0  # its own, which it reads no longer
        assert hear(engine, "b", "out", 2)[-1, 0] == pytest.approx(value)


def test_a_module_removed_while_its_knob_glides_is_let_go_of(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "e": "ear"}, "a.out > e.heard")
    engine.graph.become(patch)
    engine.play(8)
    removed = weakref.ref(engine.graph.nodes["a"])
    engine.graph.turn("a", "volts", 7.0)
    engine.graph.become(apply_batch(patch, [RemoveModule(id="a")]))
    engine.play(40)
    gc.collect()
    assert removed() is None


def test_a_knob_that_a_patch_says_nothing_of_goes_to_its_default(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "e": "ear"}, "a.out > e.heard", a={"volts": 9.0, "voices": 3.0}))
    engine.play(2)
    engine.graph.become(patch_of({"a": "constant", "e": "ear"}, "a.out > e.heard"))
    engine.play(40)
    assert hear(engine, "a", "out", 1)[-1].tolist() == [5.0]


def test_knobs_alone_change_no_plan_but_for_numbers_of_voices(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "e": "ear"}, "a.out > e.heard")
    engine.graph.become(patch)
    engine.graph.watch("a", "out")
    engine.play(8)
    plan = engine.player.plan
    patch = apply_batch(patch, [SetKnob(module="a", knob="volts", value=7.0)])
    engine.graph.become(patch)
    engine.play(30)
    assert engine.graph.nodes["a"].heard("out")[-1, 0] == pytest.approx(7.0)
    assert engine.player.plan is plan
    engine.graph.become(apply_batch(patch, [SetKnob(module="a", knob="voices", value=3.0)]))
    engine.play(8)
    assert engine.player.plan is not plan
    assert engine.graph.nodes["a"].channels == 3


@pytest.mark.parametrize("cables", [("a.out > a.audio", "a.out > o.audio"), ("a.out > b.audio", "b.out > a.audio")])
def test_a_loop_that_is_removed_is_let_go_of(engine: Offline, cables: tuple[str, ...]) -> None:
    engine.graph.become(patch_of({"a": "plus", "b": "through", "o": "speaker"}, *cables, "b.out > o.audio"))
    engine.play(10)
    removed = [weakref.ref(engine.graph.nodes[name]) for name in ("a", "b")]
    engine.graph.become(patch_of({"o": "speaker"}))
    for _ in range(20):
        engine.play(1)
        engine.graph.tidy()
    gc.collect()
    assert [node() for node in removed] == [None, None]


def test_a_module_may_be_called_as_the_master_is(engine: Offline) -> None:
    engine.graph.become(patch_of({"master": "constant", "o": "speaker"}, "master.out > o.audio"))
    assert hear(engine, "master", "out", 3)[-1, 0] == pytest.approx(5.0)
    engine.graph.tap(1, "master", "out")
    engine.play(3)
    assert engine.rings.read(1, 0)[1][-1] == pytest.approx(5.0)
