"""What the running graph does with trouble, and what comes out of it."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import Workshop
from synthvr_server.patch.commands import AddModule, Connect, RemoveModule, apply_batch
from synthvr_server.patch.model import PlacedModule
from tests.engine.small_modules import BLOCK, RATE, Ramp, hear, patch_of
from tests.rig import cable


def test_not_a_number_becomes_silence_and_is_counted(engine: Offline) -> None:
    engine.graph.become(
        patch_of({"tape": "tape", "t": "through", "ear": "ear"}, "tape.out > t.audio", "t.out > ear.heard")
    )
    engine.graph.watch("t", "out")
    tape = engine.graph.nodes["tape"]
    tape.states["samples"][0, :3] = np.nan, np.inf, 100.0
    engine.play(1)
    assert engine.graph.nodes["t"].heard("out")[:3, 0].tolist() == [0.0, 0.0, 24.0]
    assert tape.not_finite[0] == 2


def test_a_module_that_cannot_be_made_is_reported_and_the_rest_plays(workshop: Workshop) -> None:
    reports = []
    with offline(workshop, RATE, BLOCK, lambda module, sentence: reports.append((module, sentence))) as engine:
        modules = {"a": "constant", "bad": "refusing", "o": "speaker", "ghost": "nobody-knows"}
        cables = ("a.out > bad.audio", "bad.out > o.audio", "a.out > o.audio", "ghost.x > o.audio")
        engine.graph.become(patch_of(modules, *cables))
        assert hear(engine, "o", "left", 3)[-1, 0] == pytest.approx(5.0)
    assert reports == [("bad", "Refusing cannot be made: RuntimeError: no")]


def test_an_offset_never_reaches_the_loudspeakers_and_nothing_exceeds_full_scale(engine: Offline) -> None:
    modules = {"a": "constant", "b": "constant", "o": "speaker"}
    engine.graph.become(patch_of(modules, "a.out > o.audio", "b.out > o.audio", a={"volts": 24}, b={"volts": 24}))
    sound = engine.play(RATE // BLOCK)
    assert np.abs(sound).max() <= 1.0
    assert np.abs(sound[-1]).max() < 10 ** (-80 / 20)


def test_removing_the_loudspeaker_fades_it(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "o": "speaker"}, "a.out > o.audio")
    engine.graph.become(patch)
    engine.play(3)
    engine.graph.become(apply_batch(patch, [RemoveModule(id="o")]))
    sound = engine.play(20)[:, 0]
    # The ramp of 10 ms, and as much again for the high-pass, which pulls at the same time.
    assert np.abs(np.diff(sound)).max() < 2 * 0.5 / (0.010 * RATE)
    assert abs(sound[-1]) < 0.1


@pytest.mark.parametrize("block", [16, 256, 1024])
def test_the_block_size_does_not_change_the_sound(workshop: Workshop, block: int) -> None:
    patch = patch_of({"a": "ramp", "t": "through", "o": "speaker"}, "a.out > t.audio", "t.out > o.audio")

    def play(size: int) -> np.ndarray:
        with offline(workshop, RATE, size) as engine:
            engine.graph.become(patch)
            return engine.play(4096 // size)

    np.testing.assert_allclose(play(block), play(64), atol=1e-6)


def test_a_scope_hears_inputs_and_outputs(engine: Offline) -> None:
    patch = patch_of({"a": "ramp", "p": "plus"}, "a.out > p.audio")
    engine.graph.become(patch)
    engine.play(2)
    engine.graph.tap(1, "a", "out")
    engine.graph.tap(2, "p", "audio")
    engine.graph.tap(3, "p", "cv")
    engine.graph.tap(4, "gone", "out")
    engine.play(3)
    for slot, expected in ((1, 0.001 * np.arange(128, 320)), (2, 0.001 * np.arange(128, 320)), (3, np.ones(192))):
        start, samples = engine.rings.read(slot, 0)
        assert start == 128
        assert samples == pytest.approx(expected, abs=1e-5)
    engine.graph.untap(1)
    engine.play(2)
    assert engine.rings.read(1, 0)[0] + len(engine.rings.read(1, 0)[1]) == 320


def test_a_type_that_changes_under_an_id_makes_a_new_module(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "o": "speaker"}, "a.out > o.audio")
    engine.graph.become(patch)
    engine.play(2)
    engine.graph.become(patch_of({"a": "ramp", "o": "speaker"}, "a.out > o.audio"))
    engine.play(20)
    assert type(engine.graph.nodes["a"]).__name__ == "KernelNode"
    assert engine.graph.nodes["a"].cls is Ramp


def test_adding_many_modules_keeps_the_sound_going(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "o": "speaker"}, "a.out > o.audio")
    engine.graph.become(patch)
    engine.play(2)
    more = [AddModule(id=f"m{n}", module=PlacedModule(type="through")) for n in range(50)]
    more += [Connect(id=f"c{n}", cable=cable("a", "out", f"m{n}", "audio")) for n in range(50)]
    engine.graph.become(apply_batch(patch, more))
    assert hear(engine, "o", "left", 5)[:, 0] == pytest.approx(5.0)


def test_offline_leaves_the_callers_thread_its_denormals(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "o": "speaker"}, "a.out > o.audio"))
    engine.play(1)
    assert np.float64(1e-310) * np.float64(0.5) > 0


def test_filters_fading_into_silence_meet_no_denormals(engine: Offline) -> None:
    engine.graph.become(patch_of({"tape": "tape", "p": "plus", "ear": "ear"}, "tape.out > p.cv", "p.out > ear.heard"))
    engine.graph.nodes["tape"].states["samples"][0, :] = 1e-39
    assert hear(engine, "p", "out", 1)[:, 0].tolist() == [0.0] * BLOCK
