"""Modules that are easy to predict, and patches made of them in one line."""

from __future__ import annotations

import numpy as np
import pyo

from synthvr_server.engine.offline import Offline
from synthvr_server.module import Input, Knob, Module, Output, State, kernel
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


class Remembering(Module):
    """Adds up what comes in, in memories of every kind: sums that differ show that one was lost."""

    title = "Remembering"
    added = Input("In", "audio")
    alone = State(np.float64, (3,), initial=1.0)
    beside = State(np.float32, (3, 2), initial=1.0, voices_last=True)
    wide = State(np.int64, (2,), initial=1000.0, voices_last=True)
    drawn = State(np.uint64, (2,), voices_last=True, random=True)
    out = Output("Out", "audio")
    fine = Output("Fine", "audio")
    whole = Output("Whole", "audio")
    random = Output("Random", "audio")

    @kernel
    def process(added, alone, beside, wide, drawn, out, fine, whole, random):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                volts = added[frame, voice] * np.float32(0.001)
                alone[voice, 2] += volts
                beside[2, 1, voice] += volts
                wide[1, voice] += np.int64(added[frame, voice])
                out[frame, voice] = beside[2, 1, voice]
                fine[frame, voice] = np.float32(alone[voice, 2])
                whole[frame, voice] = np.float32(wide[1, voice]) * np.float32(0.001)
                random[frame, voice] = np.float32(drawn[1, voice] >> np.uint64(44)) * np.float32(1e-6)


class Line(Module):
    """Plays what came in a second ago."""

    title = "Line"
    added = Input("In", "audio")
    line = State(np.float32, (RATE,), voices_last=True)
    exact = State(np.float64, (RATE,), voices_last=True)
    at = State(np.int32)
    out = Output("Out", "audio")

    @kernel
    def process(added, line, exact, at, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                place = at[voice]
                out[frame, voice] = np.float32(0.5 * (line[place, voice] + exact[place, voice]))
                line[place, voice], exact[place, voice] = added[frame, voice], added[frame, voice]
                at[voice] = place + 1 if place + 1 < line.shape[0] else 0


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


CLASSES = {
    cls.__name__.lower(): cls
    for cls in (Constant, Ramp, Remembering, Line, Plus, Mono, Through, Refusing, Speaker, Tape, Ear)
}


def patch_of(modules: dict[str, str], *cables: str, **knobs: dict[str, float]) -> Patch:
    """``patch_of({"a": "ramp"}, "a.out > b.audio")``"""
    placed = {name: PlacedModule(type=kind, knobs=knobs.get(name, {})) for name, kind in modules.items()}
    wires = {}
    for text in cables:
        source, target = (end.strip().split(".") for end in text.split(">"))
        wires[text.replace(" ", "").replace(">", ":")] = cable(*source, *target)
    return Patch(modules=placed, cables=wires)


def hear(engine: Offline, module: str, jack: str, blocks: int) -> np.ndarray:
    engine.graph.watch(module, jack)
    pieces = []
    for _ in range(blocks):
        engine.play(1)
        pieces.append(engine.graph.nodes[module].heard(jack).copy())
    return np.concatenate(pieces)
