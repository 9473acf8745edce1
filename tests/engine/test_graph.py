"""The running graph, heard through the real engine."""

from __future__ import annotations

import numpy as np
import pyo
import pytest

from synthvr_server.engine.compile import compile_kernel
from synthvr_server.engine.master import Master
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import MASTER, Workshop
from synthvr_server.module import Input, Knob, Module, Output, State, kernel
from synthvr_server.patch.commands import AddModule, Connect, Disconnect, RemoveModule, SetKnob, apply_batch
from synthvr_server.patch.model import Patch, PlacedModule
from tests.rig import Ear, Tape, cable

RATE, BLOCK = 48_000, 64


class Constant(Module):
    """A steady voltage."""

    title = "Constant"
    channels = "voices"
    voices = Knob("Voices", 1, 16, 1)
    volts = Knob("Volts", -100, 100, 5)
    out = Output("Out")

    @kernel
    def process(volts, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = volts[frame]


class Ramp(Module):
    """Counts frames, in millivolts, and adds what comes in."""

    title = "Ramp"
    added = Input("In", "audio")
    count = State(np.int32)
    out = Output("Out", "audio")

    @kernel
    def process(added, count, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = added[frame, voice] + np.float32(0.001) * np.float32(count[voice])
                count[voice] += 1


class Plus(Module):
    """Adds two inputs; CV rests at 1 V."""

    title = "Plus"
    audio = Input("A", "audio")
    cv = Input("B", "cv", normal=1.0)
    out = Output("Out", "audio")

    @kernel
    def process(audio, cv, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = audio[frame, voice] + cv[frame, voice]


class Mono(Plus):
    """Adds two inputs, on one channel."""

    title = "Mono"
    channels = 1


class Through(Module):
    """Passes a signal through pyo."""

    title = "Through"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def build(self, audio):
        self.copy = pyo.Sig(audio)
        return self.copy


class Refusing(Module):
    """Cannot be made."""

    title = "Refusing"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def build(self, audio):
        raise RuntimeError("no")


class Speaker(Module):
    """Plays to the master."""

    title = "Speaker"
    channels = 1
    master = ("left", "right")
    audio = Input("In", "audio")
    left = Output("L", "audio")
    right = Output("R", "audio")

    @kernel
    def process(audio, left, right):
        for frame in range(left.shape[0]):
            left[frame, 0] = audio[frame, 0]
            right[frame, 0] = audio[frame, 0]


CLASSES = {cls.__name__.lower(): cls for cls in (Constant, Ramp, Plus, Mono, Through, Refusing, Speaker, Tape, Ear)}


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    kernels = {name: compile_kernel(cls) for name, cls in CLASSES.items() if cls.process}
    return Workshop(CLASSES, kernels | {MASTER: compile_kernel(Master)}, {})


@pytest.fixture
def engine(workshop: Workshop):
    with offline(workshop, RATE, BLOCK) as opened:
        yield opened


def patch_of(modules: dict[str, str], *cables: str, **knobs: dict[str, float]) -> Patch:
    """``patch_of({"a": "ramp"}, "a.out > b.audio")``"""
    placed = {name: PlacedModule(type=kind, knobs=knobs.get(name, {})) for name, kind in modules.items()}
    wires = {}
    for text in cables:
        source, target = (end.strip().split(".") for end in text.split(">"))
        wires[text.replace(" ", "").replace(">", ":")] = cable(*source, *target)
    return Patch(modules=placed, cables=wires)


def hear(engine: Offline, module: str, jack: str, blocks: int) -> np.ndarray:
    pieces = []
    for _ in range(blocks):
        engine.play(1)
        pieces.append(engine.graph.nodes[module].heard(jack).copy())
    return np.concatenate(pieces)


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
    assert np.abs(np.diff(heard)).max() < 3.0 / (0.009 * RATE), "the change must take 10 ms"


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
        assert np.abs(np.diff(heard)).max() == pytest.approx(5.0 / (0.010 * RATE), rel=0.01)


def test_a_cable_pulled_while_it_fades_in_turns_back_where_it_is(engine: Offline) -> None:
    apart = patch_of({"a": "constant", "o": "speaker"})
    engine.graph.become(apart)
    engine.graph.become(apply_batch(apart, [Connect(id="x", cable=cable("a", "out", "o", "audio"))]))
    first = hear(engine, "o", "left", 3)[:, 0]
    engine.graph.become(apart)
    then = hear(engine, "o", "left", 12)[:, 0]
    heard = np.concatenate([first, then])
    assert 1.5 < heard.max() < 2.5
    assert np.abs(np.diff(heard)).max() < 1.1 * 5.0 / (0.010 * RATE)
    assert heard[-1] == 0.0


def test_a_module_that_is_removed_fades_out_first(engine: Offline) -> None:
    patch = patch_of({"a": "constant", "t": "through", "o": "speaker"}, "a.out > t.audio", "t.out > o.audio")
    engine.graph.become(patch)
    assert hear(engine, "o", "left", 3)[-1, 0] == pytest.approx(5.0)
    streams = len(engine.player.host.streams)
    engine.graph.become(apply_batch(patch, [RemoveModule(id="t")]))
    heard = hear(engine, "o", "left", 20)[:, 0]
    assert np.abs(np.diff(heard)).max() < 1.1 * 5.0 / (0.010 * RATE)
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
    engine.graph.become(
        patch_of(modules, *cables, *heard, one={"volts": 1}, four={"volts": 2, "voices": 4})
    )
    engine.play(2)
    assert engine.graph.nodes["poly"].heard("out")[-1].tolist() == [3.0] * 4
    assert engine.graph.nodes["mono"].heard("out")[-1].tolist() == [4 * 2.0 + 2.0]


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
    engine.play(2)
    assert engine.graph.nodes["sum"].heard("out")[-1].tolist() == [3.0, 3.0, 2.0, 2.0]


def test_turning_the_number_of_voices_changes_the_channels_downstream(engine: Offline) -> None:
    modules = {"keys": "constant", "t": "through", "p": "plus", "ear": "ear"}
    engine.graph.become(patch_of(modules, "keys.out > t.audio", "t.out > p.audio", "p.out > ear.heard"))
    engine.play(2)
    streams = len(engine.player.host.streams)
    for voices in (5, 16, 1):
        engine.graph.turn("keys", "voices", voices)
        engine.play(2)
        assert engine.graph.nodes["p"].heard("out")[-1].tolist() == [6.0] * voices
    assert len(engine.player.host.streams) == streams


def test_not_a_number_becomes_silence_and_is_counted(engine: Offline) -> None:
    engine.graph.become(patch_of({"tape": "tape", "t": "through", "ear": "ear"}, "tape.out > t.audio", "t.out > ear.heard"))
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
    assert np.abs(np.diff(sound)).max() < 1.5 * 0.5 / (0.010 * RATE)
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
