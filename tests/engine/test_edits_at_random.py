"""Whatever is patched in whatever order, and however fast: the sound never jumps, and ends as if patched at once."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synthvr_server.engine.compile import compile_kernel
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import Workshop
from synthvr_server.module import Input, Module, Output, kernel
from synthvr_server.patch.commands import AddModule, Command, Connect, Disconnect, RemoveModule, SetKnob, apply_batch
from synthvr_server.patch.model import Patch, PlacedModule
from tests.engine.small_modules import BLOCK, RATE, hear
from tests.rig import cable

INPUTS = {"many": ("audio", "cv"), "one": ("audio", "cv"), "through": ("audio",), "played": ("audio",)}
EDITS = 60
# A module never feeds an older one (loops of constants would grow), and everything is far below the guards.
VOLTS, NORMAL, MOST = 0.002, 0.0005, 20.0
CORE = {
    "a": PlacedModule(type="constant", knobs={"volts": VOLTS}),
    "b": PlacedModule(type="many"),
    "c": PlacedModule(type="one"),
    "o": PlacedModule(type="speaker"),
}
CABLES = {
    "ab": cable("a", "out", "b", "audio"),
    "bc": cable("b", "out", "c", "audio"),
    "co": cable("c", "out", "o", "audio"),
}


class Many(Module):
    """Adds two inputs."""

    title = "Many"
    audio = Input("A", "audio")
    cv = Input("B", "cv", normal=NORMAL)
    out = Output("Out", "audio")

    @kernel
    def process(audio, cv, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = audio[frame, voice] + cv[frame, voice]


class One(Many):
    """Adds two inputs, on one channel."""

    title = "One"
    channels = 1


class Played(Module):
    """Passes a signal through numpy."""

    title = "Played"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def play(self, audio, out):
        out[:] = audio


def an_edit(patch: Patch, chance: random.Random, number: int) -> list[Command]:
    """One thing that hands do."""
    makers = [name for name, placed in patch.modules.items() if placed.type == "constant"]
    others = [name for name, placed in patch.modules.items() if placed.type in INPUTS]
    what = chance.choice(["add", "add", "voices", "voices", "plug", "plug", "plug", "unplug", "unplug", "remove"])
    if what == "add":
        kind = chance.choice(["constant", *INPUTS])
        knobs = {"volts": VOLTS, "voices": chance.choice([1.0, 2.0, 5.0, 16.0])} if kind == "constant" else {}
        return [AddModule(id=f"m{number:03}", module=PlacedModule(type=kind, knobs=knobs))]
    if what == "voices" and makers:
        value = chance.choice([1.0, 1.0, 3.0, 8.0, 16.0])
        return [SetKnob(module=chance.choice(makers), knob="voices", value=value)]
    if what == "plug" and makers and others:
        target = chance.choice([*others, "o"])
        sources = [name for name in (*makers, *others) if target == "o" or name in makers or name < target]
        jack = chance.choice(INPUTS.get(patch.modules[target].type, ("audio",)))
        new = cable(chance.choice(sources), "out", target, jack) if sources else None
        if new and new not in patch.cables.values():
            return [Connect(id=f"c{number}", cable=new)]
    if what == "unplug" and patch.cables:
        return [Disconnect(id=chance.choice(list(patch.cables)))]
    if what == "remove" and number % 3 == 0 and others:
        return [RemoveModule(id=chance.choice([*makers, *others]))]
    return []


@pytest.mark.parametrize("seed", range(16))
def test_edits_at_random_never_jump_and_end_as_if_patched_at_once(workshop: Workshop, seed: int) -> None:
    chance = random.Random(seed)
    own = {"played": Played, "many": Many, "one": One}
    kernels = {name: compile_kernel(cls) for name, cls in own.items() if cls.process}
    modules = Workshop(workshop.modules | own, workshop.kernels | kernels)
    patch = Patch(modules=CORE, cables=CABLES)
    with offline(modules, RATE, BLOCK, _raise) as engine:
        engine.graph.become(patch)
        pieces = [hear(engine, "o", "left", 1)[:, 0]]
        for number in range(EDITS):
            history = patch
            patch = apply_batch(patch, an_edit(patch, chance, number))
            engine.graph.become(patch)
            pieces.append(hear(engine, "o", "left", chance.choice([1, 1, 2, 5, 25]))[:, 0])
            if chance.random() < 0.2:  # undone
                patch = history
                engine.graph.become(patch)
                pieces.append(hear(engine, "o", "left", 1)[:, 0])
        pieces.append(_settled(engine))
        running = {name: node.channels for name, node in engine.graph.nodes.items()}
    with offline(modules, RATE, BLOCK, _raise) as engine:
        engine.graph.become(patch)
        at_once = _settled(engine)
        assert {name: node.channels for name, node in engine.graph.nodes.items()} == running
    heard = np.concatenate(pieces)
    assert heard[-1] == pytest.approx(at_once[-1], abs=1e-4)
    assert VOLTS < np.abs(heard).max() < MOST
    loudest = np.abs(heard).max()
    assert np.abs(np.diff(heard)).max() < 4 * 1.5 * loudest / (0.010 * RATE)
    assert np.abs(np.diff(heard, 2)).max() < 10 * 6 * loudest / (0.010 * RATE) ** 2


def _settled(engine: Offline) -> np.ndarray:
    return hear(engine, "o", "left", 150)[:, 0]


def _raise(module: str, sentence: str) -> None:
    raise AssertionError(f"{module}: {sentence}")
