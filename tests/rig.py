"""One module in the real engine, fed with any signal and heard at every output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from synthvr_server.engine.compile import compile_kernel
from synthvr_server.engine.node import KernelNode
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import MASTER, Workshop
from synthvr_server.module import Input, Knob, Module, Output, State, kernel
from synthvr_server.patch.model import Cable, Patch, PlacedModule
from synthvr_server.patch.seeds import SEED

LARGEST_BLOCK = 4096


class Tape(Module):
    """Plays what the test lays on it, block by block."""

    title = "Tape"
    channels = "voices"

    voices = Knob("Voices", 1, 16, 1)
    samples = State(shape=(LARGEST_BLOCK,))
    out = Output("Out", "audio")

    @kernel
    def process(samples, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = samples[voice, frame]


class Ear(Module):
    """Listens, so that an output is heard."""

    title = "Ear"

    heard = Input("In", "cv")
    out = Output("Out", "cv")

    @kernel
    def process(heard, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = heard[frame, voice]


class Rig:
    """The module under test, as ``test`` in a patch of its own."""

    def __init__(
        self, engine: Offline, cls: type[Module], feeds: dict[str, int], knobs: dict[str, float], seed: str
    ) -> None:
        self.engine, self.cls, self._feeds = engine, cls, feeds
        self.rate, self.block = engine.player.host.rate, engine.player.host.block
        modules = {f"tape-{jack}": PlacedModule(type="tape", knobs={"voices": width}) for jack, width in feeds.items()}
        modules["test"] = PlacedModule(type="test", knobs=knobs, data={SEED: seed})
        modules |= {f"ear-{jack}": PlacedModule(type="ear") for jack in cls.declaration.outputs}
        cables = {f"feed-{jack}": cable(f"tape-{jack}", "out", "test", jack) for jack in feeds}
        cables |= {f"hear-{jack}": cable("test", jack, f"ear-{jack}", "heard") for jack in cls.declaration.outputs}
        self.patch = Patch(modules=modules, cables=cables)
        engine.graph.become(self.patch)
        for jack in cls.declaration.outputs:
            engine.graph.watch("test", jack)
        self.frame = 0

    @property
    def node(self) -> Any:
        """The running module."""
        return self.engine.graph.nodes["test"]

    def run(
        self,
        seconds: float,
        notes: tuple[tuple[int, float, float, float], ...] = (),
        before_block: Callable[[int], None] = lambda _frame: None,
        **signals: Any,
    ) -> dict[str, np.ndarray]:
        """Feed ``signals`` (jack → volts: a number, [frames] or [frames, channels]); hear every output.

        ``notes`` are (frame from now, number, pitch V, velocity V). Returns output → float32[frames, channels].
        """
        blocks = max(round(seconds * self.rate / self.block), 1)
        frames = blocks * self.block
        laid = {jack: _laid(value, frames, self._feeds[jack]) for jack, value in signals.items()}
        for at, number, pitch, velocity in notes:
            self.engine.graph.note("test", (number, pitch, velocity), self.frame + at)
        heard: dict[str, list[np.ndarray]] = {jack: [] for jack in self.cls.declaration.outputs}
        for start in range(0, frames, self.block):
            before_block(start)
            for jack, values in laid.items():
                tape = self.engine.graph.nodes[f"tape-{jack}"]
                assert isinstance(tape, KernelNode)
                tape.states["samples"][: values.shape[1], : self.block] = values[start : start + self.block].T
            self.engine.play(1)
            for jack, pieces in heard.items():
                pieces.append(self.node.heard(jack).copy())
        self.frame += frames
        return {jack: _joined(pieces) for jack, pieces in heard.items()}

    def turn(self, **knobs: float) -> None:
        """Turn knobs of the module."""
        for name, value in knobs.items():
            self.engine.graph.turn("test", name, value)


@contextmanager
def rig(
    cls: type[Module],
    feeds: dict[str, int] | None = None,
    rate: int = 48_000,
    block: int = 64,
    seed: str = "test",
    set_to: Mapping[str, float] | None = None,
    **knobs: float,
) -> Iterator[Rig]:
    """A rig for one module class; ``feeds`` names the jacks to be fed and with how many channels.

    ``set_to`` are knobs too, whatever their names: an LFO's ``rate`` is not the engine's.
    """
    classes: dict[str, type[Module]] = {"test": cls, "tape": Tape, "ear": Ear}
    from synthvr_server.engine.master import Master

    kernels = {name: compile_kernel(one) for name, one in classes.items() if one.process} | {
        MASTER: compile_kernel(Master)
    }
    with offline(Workshop(classes, kernels), rate, block, _raise) as engine:
        yield Rig(engine, cls, feeds or {}, {**(set_to or {}), **knobs}, seed)


def cable(module: str, jack: str, to_module: str, to_jack: str) -> Cable:
    """A cable, in one line."""
    ends = {"from": {"module": module, "jack": jack}, "to": {"module": to_module, "jack": to_jack}}
    return Cable.model_validate(ends)


def _laid(value: Any, frames: int, width: int) -> np.ndarray:
    laid = np.asarray(value, np.float32)
    laid = laid[:, None] if laid.ndim == 1 else laid
    if laid.ndim == 2 and len(laid) < frames:
        laid = np.pad(laid, ((0, frames - len(laid)), (0, 0)))
    return np.broadcast_to(laid[:frames] if laid.ndim else laid, (frames, width))


def _joined(pieces: list[np.ndarray]) -> np.ndarray:
    """One array of blocks whose number of channels may change on the way; a missing channel is 0 V."""
    width = max(piece.shape[1] for piece in pieces)
    return np.concatenate([np.pad(piece, ((0, 0), (0, width - piece.shape[1]))) for piece in pieces])


def _raise(module: str, sentence: str) -> None:
    raise AssertionError(f"{module}: {sentence}")
