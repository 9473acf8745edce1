"""A change of the number of channels: what stays goes on as it was, what comes and goes is not heard to."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from synthvr_server.engine.meeting import FIRST, SAME, SPREAD, SUM, Meeting, meeting_of
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import Workshop
from synthvr_server.module import Input, Module, Output
from synthvr_server.patch.model import Patch
from tests.engine.small_modules import BLOCK, RATE, hear, patch_of

STEEPEST = 1.01 * 1.5 / (0.010 * RATE)  # per frame: 3x² − 2x³ over 10 ms
SETTLED = 20  # blocks in which every fade is over


def test_how_channels_meet() -> None:
    assert meeting_of(1, 1, True) == (SAME, 1)
    assert meeting_of(1, 5, True) == (SPREAD, 1)
    assert meeting_of(5, 1, True) == (SUM, 5)
    assert meeting_of(5, 1, False) == (FIRST, 5)
    assert meeting_of(5, 8, True) == (SAME, 5)


def test_meetings_differ_where_a_lane_hears_something_else() -> None:
    assert not Meeting(SAME, 1).differs(Meeting(SAME, 8), lanes=1)
    assert not Meeting(SAME, 1).differs(Meeting(SPREAD, 1), lanes=1)
    assert not Meeting(SAME, 1).differs(Meeting(FIRST, 8), lanes=1)
    assert Meeting(SAME, 1).differs(Meeting(SUM, 8), lanes=1)
    assert Meeting(SUM, 8).differs(Meeting(SUM, 2), lanes=1)
    assert Meeting(SPREAD, 1).differs(Meeting(SAME, 4), lanes=4)
    assert Meeting(SAME, 8).differs(Meeting(SAME, 4), lanes=5)
    assert not Meeting(SAME, 8).differs(Meeting(SAME, 4), lanes=4)


@pytest.mark.parametrize("jack", ["out", "fine", "whole"])
def test_the_voice_that_stays_keeps_what_it_remembers_and_those_that_come_begin_anew(
    engine: Offline, jack: str
) -> None:
    engine.graph.become(patch_of({"a": "constant", "r": "remembering"}, "a.out > r.added", a={"volts": 1.0}))
    pieces = []
    voices = (1, 4, 1, 16, 2, 1)
    for number in voices:
        engine.graph.turn("a", "voices", number)
        pieces.append(hear(engine, "r", jack, 2))
    first = np.concatenate([piece[:, 0] for piece in pieces])
    assert first == pytest.approx(1.0 + 0.001 * np.arange(1, len(first) + 1), rel=1e-4)
    for number, piece in zip(voices, pieces, strict=True):
        assert piece.shape[1] == number
    for came in (pieces[1], pieces[3]):
        fresh = 1.0 + 0.001 * np.arange(1, len(came) + 1)
        for voice in range(1, came.shape[1]):
            assert came[:, voice] == pytest.approx(fresh, rel=1e-4)


def test_a_long_line_goes_on_though_it_was_laid_out_while_it_ran(engine: Offline) -> None:
    """A block is still played as before when what is to come is ready: what it changes is taken along."""
    engine.graph.become(patch_of({"a": "constant", "r": "ramp", "l": "line"}, "a.out > r.added", "r.out > l.added"))
    pieces = [hear(engine, "l", "out", 9)]
    for voices in (3, 1, 16):
        engine.graph.turn("a", "voices", voices)
        if voices > 1:
            assert engine.graph.nodes["l"]._memory._before, "it was got ready"
            later = list(engine.player._calls)
            engine.player._calls.clear()
            engine.player.host.process()
            engine.player._calls.extend(later)
            pieces.append(engine.graph.nodes["l"].outputs["out"].block.reshape(-1, 1)[:BLOCK].copy())
        pieces.append(hear(engine, "l", "out", 400))
    assert pieces[-1].shape[1] == 16
    first = np.concatenate([piece[:, 0] for piece in pieces])
    whole = np.minimum(5.0 + 0.001 * np.arange(len(first) - RATE), 24.0)
    assert first[RATE:] == pytest.approx(whole, rel=1e-5)
    assert not pieces[-1][:, 1:].any(), "the voices that come have heard nothing yet"


def test_voices_that_come_draw_numbers_of_their_own(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "r": "remembering"}, "a.out > r.added"))
    alone = hear(engine, "r", "random", 1)[0, 0]
    engine.graph.turn("a", "voices", 16)
    drawn = hear(engine, "r", "random", 1)[0]
    assert drawn[0] == alone
    assert len(set(drawn.tolist())) == 16


@pytest.mark.parametrize("through", ["plus", "through"])
def test_a_mono_module_that_sums_hears_voices_come_and_go_in_fades(engine: Offline, through: str) -> None:
    cables = (f"a.out > t.{'cv' if through == 'plus' else 'audio'}", "t.out > o.audio")
    engine.graph.become(patch_of({"a": "constant", "t": through, "o": "speaker"}, *cables, a={"volts": 2.0}))
    engine.play(2)
    pieces = []
    for voices, sum_of_all in ((5, 10.0), (2, 4.0), (1, 2.0), (8, 16.0), (1, 2.0)):
        engine.graph.turn("a", "voices", voices)
        pieces.append(hear(engine, "o", "left", SETTLED)[:, 0])
        assert pieces[-1][-1] == pytest.approx(sum_of_all)
        assert engine.graph.nodes["t"].channels == voices
    heard = np.concatenate(pieces)
    assert np.abs(np.diff(heard)).max() < STEEPEST * 14.0
    assert np.abs(np.diff(heard, 2)).max() < 1.05 * 6 * 14.0 / (0.010 * RATE) ** 2


def test_a_poly_cable_plugged_and_pulled_while_it_fades_never_jumps_nor_dips(engine: Offline) -> None:
    """Voice 1 is at 2 V all the time; the others come and go, back and forth faster than they fade."""
    modules = {"a": "constant", "wide": "constant", "p": "plus", "o": "speaker"}
    knobs = {"a": {"volts": 2.0}, "wide": {"volts": 0.0, "voices": 6.0}}
    mono = patch_of(modules, "a.out > p.cv", "p.out > o.audio", **knobs)
    poly = patch_of(modules, "a.out > p.cv", "p.out > o.audio", "wide.out > p.audio", **knobs)
    engine.graph.become(mono)
    pieces = [hear(engine, "o", "left", 4)[:, 0]]
    for patch, blocks in ((poly, 5), (mono, 3), (poly, 1), (mono, 2), (poly, SETTLED), (mono, SETTLED)):
        engine.graph.become(patch)
        pieces.append(hear(engine, "o", "left", blocks)[:, 0])
    heard = np.concatenate(pieces)
    assert pieces[-2][-1] == pytest.approx(12.0)
    assert pieces[-1][-1] == pytest.approx(2.0)
    assert heard.min() > 1.99
    assert np.abs(np.diff(heard)).max() < 1.5 * STEEPEST * 10.0


def test_one_channel_for_all_becomes_one_for_each_in_a_fade(engine: Offline) -> None:
    modules = {"a": "constant", "wide": "constant", "p": "plus", "ear": "ear"}
    knobs = {"a": {"volts": 4.0}, "wide": {"volts": 0.0, "voices": 6.0}}
    engine.graph.become(patch_of(modules, "a.out > p.cv", "wide.out > p.audio", "p.out > ear.heard", **knobs))
    assert hear(engine, "p", "out", 2)[-1].tolist() == [4.0] * 6
    engine.graph.turn("a", "voices", 3)
    heard = hear(engine, "p", "out", SETTLED)
    assert heard[-1] == pytest.approx([4.0, 4.0, 4.0, 0.0, 0.0, 0.0])
    assert np.abs(np.diff(heard, axis=0)).max() < STEEPEST * 4.0
    assert heard[:, :3] == pytest.approx(4.0)


def test_voices_that_go_play_on_until_they_have_faded_out(engine: Offline) -> None:
    """The module itself is told last: its own number of voices changes when no one hears those that go."""
    engine.graph.become(patch_of({"a": "constant", "o": "speaker"}, "a.out > o.audio", a={"volts": 1.0, "voices": 8.0}))
    engine.play(2)
    engine.graph.turn("a", "voices", 2)
    engine.play(1)
    node = engine.graph.nodes["a"]
    assert node.channels == 8
    assert node.knobs.still, "not turned yet"
    engine.play(2 * SETTLED)
    assert node.channels == 2
    assert node.knobs.blocks["voices"][-1] == 2.0


def test_a_feedback_cable_brings_the_block_before_whatever_its_channels(engine: Offline) -> None:
    cables = ("a.out > r.added", "r.out > s.audio", "s.out > r.added")
    loop = patch_of({"a": "constant", "r": "ramp", "s": "plus"}, *cables, a={"volts": 0.0})
    engine.graph.become(loop)
    pieces = []
    for voices in (1, 4, 1, 1):
        engine.graph.turn("a", "voices", voices)
        pieces.append(hear(engine, "r", "out", 1)[:, 0])
    for number, (before, now) in enumerate(itertools.pairwise(pieces), 1):
        alone = 0.001 * np.arange(number * BLOCK, (number + 1) * BLOCK)
        assert now == pytest.approx(alone + before + 1.0, abs=1e-4)


class Shy(Module):
    """Can be made for one channel only."""

    title = "Shy"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def prepare(self) -> None:
        if self.voices > 1:
            raise ValueError("too many")

    def play(self, audio, out):
        out[:] = audio


def test_a_module_that_cannot_be_made_anew_fades_out_and_is_reported(workshop: Workshop) -> None:
    reports = []
    shy = Workshop(workshop.modules | {"shy": Shy}, workshop.kernels)
    with offline(shy, RATE, BLOCK, lambda *what: reports.append(what)) as engine:
        engine.graph.become(
            patch_of({"a": "constant", "s": "shy", "o": "speaker"}, "a.out > s.audio", "s.out > o.audio")
        )
        engine.play(2)
        engine.graph.turn("a", "voices", 2)
        heard = hear(engine, "o", "left", SETTLED)[:, 0]
    assert reports == [("s", "Shy cannot be made: ValueError: too many")]
    assert heard[0] == pytest.approx(5.0, abs=0.01)
    assert heard[-1] == pytest.approx(0.0, abs=1e-6)
    assert np.abs(np.diff(heard)).max() < STEEPEST * 5.0


def test_modules_made_anew_again_and_again_leave_nothing_behind(engine: Offline) -> None:
    cables = ("a.out > t.audio", "t.out > u.audio", "u.out > o.audio")
    engine.graph.become(patch_of({"a": "constant", "t": "through", "u": "through", "o": "speaker"}, *cables))
    engine.play(2)
    streams = len(engine.player.host.streams)
    for voices in (2, 7, 3, 3, 16, 1):
        engine.graph.turn("a", "voices", voices)
        engine.play(1)
    engine.play(2 * SETTLED)
    assert len(engine.player.host.streams) == streams
    assert [engine.graph.nodes[name].channels for name in "atu"] == [1, 1, 1]


def test_an_unplugged_module_made_anew_leaves_nothing_behind(engine: Offline) -> None:
    engine.graph.become(patch_of({"a": "constant", "t": "through"}, "a.out > t.audio"))
    engine.play(2)
    streams = len(engine.player.host.streams)
    for voices in (4, 1):
        engine.graph.turn("a", "voices", voices)
        engine.play(SETTLED)
    assert len(engine.player.host.streams) == streams


def test_a_scope_hears_a_module_that_is_made_anew_without_a_gap(engine: Offline) -> None:
    engine.graph.become(
        patch_of({"a": "constant", "t": "through", "o": "speaker"}, "a.out > t.audio", "t.out > o.audio")
    )
    engine.play(2)
    engine.graph.tap(1, "t", "out")
    engine.play(1)
    engine.graph.turn("a", "voices", 4)
    engine.play(SETTLED)
    assert engine.rings.read(1, 0)[1] == pytest.approx(5.0)


class Late(Module):
    """Silent for 40 ms, then a constant; silent again whenever nobody has listened."""

    title = "Late"
    latency = 0.04
    out = Output("Out", "audio")

    def prepare(self) -> None:
        self.frame = 0

    def play(self, out, out_plugged):
        self.frame = self.frame + len(out) if out_plugged else 0
        out[:] = 5.0 if self.frame > 0.04 * self.sample_rate else 0.0


def test_a_fade_begins_when_there_is_sound(workshop: Workshop) -> None:
    late = Workshop(workshop.modules | {"late": Late}, workshop.kernels)
    with offline(late, RATE, BLOCK) as engine:
        modules = {"l": "late", "p": "plus", "o": "speaker"}
        apart, together = patch_of(modules, "p.out > o.audio"), patch_of(modules, "p.out > o.audio", "l.out > p.audio")
        engine.graph.become(apart)
        engine.play(50)
        for _ in range(2):
            engine.graph.become(together)
            heard = hear(engine, "o", "left", 60)[:, 0]
            assert heard[-1] == pytest.approx(6.0)
            assert np.abs(np.diff(heard)).max() < STEEPEST * 5.0
            engine.graph.become(apart)
            engine.play(SETTLED)


def test_a_new_chain_is_heard_when_its_last_module_has_its_sound(workshop: Workshop) -> None:
    late = Workshop(workshop.modules | {"late": Late}, workshop.kernels)
    with offline(late, RATE, BLOCK) as engine:
        speaker = patch_of({"o": "speaker"})
        engine.graph.become(speaker)
        engine.play(10)
        chain = patch_of({"l": "late", "p": "plus", "o": "speaker"}, "l.out > p.audio", "p.out > o.audio")
        engine.graph.become(Patch(modules=chain.modules, cables=chain.cables))
        heard = hear(engine, "o", "left", 80)[:, 0]
    assert heard[-1] == pytest.approx(6.0)
    assert np.abs(np.diff(heard)).max() < STEEPEST * 6.0
