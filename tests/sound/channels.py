"""Changes of the number of channels, and outputs nobody heard, under a steady tone: what clicks.

Everything that plays is a sine below 500 Hz, so that whatever lies above 4 kHz is a click. ``click`` is the highest
peak of that, ``swell`` how far the sound rises above the louder of what it was and what it becomes; both in dB relative
to the peak before or after the change, whichever is higher. A fade of 10 ms without corners shows less than −90 dB.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synthvr_server.engine.compile import compile_kernel
from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.engine.master import Master
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import MASTER, Workshop
from synthvr_server.module import Input, Module, Output
from synthvr_server.patch.model import Patch
from tests.engine.small_modules import Through, patch_of
from tests.requirement import Requirement, Requirements
from tests.spectra import decibels, high_passed

REQUIREMENTS: Requirements = {
    "channels.*.click": Requirement(-60.0),
    "channels.*.swell": Requirement(0.5),
    "channels.staying_voice.jump": Requirement(-100.0),
}

RATE, BLOCK = 48_000, 64
ABOVE = 4_000.0  # Hz
BEFORE, AFTER = 300, 300  # blocks, 0.4 s each
CHORD = (-19, -12, -7, -3, 0, 4, 7, 9)  # semitones from C4
SHIPPED = {
    "vco": "oscillators/vco.py",
    "keys": "io/keys.py",
    "adsr": "envelopes/adsr.py",
    "vca": "amplifiers/vca.py",
    "output": "io/output.py",
    "delay": "effects/delay.py",
}


class Played(Module):
    """Passes a signal through numpy."""

    title = "Played"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def play(self, audio, out):
        out[:] = audio


def measure() -> dict[str, float]:
    """Plays every change and listens to it."""
    workshop = _workshop()
    figures: dict[str, float] = {}
    for name, (first, then) in _edits().items():
        before, heard = _play(workshop, first, [then])
        figures |= {f"channels.{name}.{what}": value for what, value in _judged(before, heard).items()}
    first, then = _edits()["poly_cable_in"]
    before, heard = _play(workshop, first, [then, first, then], apart=3)
    figures |= {f"channels.undone_and_redone.{what}": value for what, value in _judged(before, heard).items()}
    return figures | _staying_voice(workshop) | _module_that_comes_late()


def _edits() -> dict[str, tuple[Patch, Patch]]:
    """By name: the patch that plays, and what it becomes."""
    voice = {"keys": "keys", "vco": "vco", "vca": "vca", "out": "output"}
    mono = ("vco.sine > vca.audio", "vca.out > out.left")
    poly = (*mono, "keys.pitch > vco.pitch")
    gated = ("keys.gate > vca.cv",)
    envelope = ("keys.gate > adsr.gate", "adsr.env > vca.cv")
    two, eight = {"keys": {"voices": 2.0}}, {"keys": {"voices": 8.0}}
    single, spread = (_patch(voice, *poly, keys={"voices": n}) for n in (1.0, 5.0))
    enveloped = voice | {"adsr": "adsr"}
    other = {"low": "vco", "soft": "vca", "out": "output"}
    through = {kind: (mono[0], f"vca.out > {kind}.audio", f"{kind}.out > out.left") for kind in ("through", "played")}
    edits = {
        "poly_cable_in": (_patch(voice, *mono), _patch(voice, *poly)),
        "poly_cable_out": (_patch(voice, *poly), _patch(voice, *mono)),
        "chord_8_to_2": (_patch(voice, *poly, *gated, **eight), _patch(voice, *poly, *gated, **two)),
        "chord_2_to_8": (_patch(voice, *poly, *gated, **two), _patch(voice, *poly, *gated, **eight)),
        "chord_8_to_2_enveloped": (
            _patch(enveloped, *poly, *envelope, **eight),
            _patch(enveloped, *poly, *envelope, **two),
        ),
        "one_to_five": (single, spread),
        "five_to_one": (spread, single),
        # A mono pitch goes to all voices, then a poly one to each: the oscillator has eight voices before and after.
        "spread_to_each": tuple(
            _patch(
                voice | {"wide": "keys"},
                *mono,
                "keys.pitch > vco.pitch",
                "wide.gate > vco.pwm",
                keys={"voices": voices},
            )
            for voices in (1.0, 8.0)
        ),
        "unheard_output": (_patch(voice, mono[1]), _patch(voice, *mono)),
        "another_patch": (
            _patch(voice, *mono),
            _patch(other, "low.sine > soft.audio", "soft.out > out.left", soft={"level": 0.1}),
        ),
        # With its cables, as a removal that is undone: what a delay heard of an edge it would play later.
        "delay_in": (
            _patch(voice, *mono),
            _patch(
                voice | {"echo": "delay"}, *mono, "vca.out > echo.audio", "echo.out > out.left", echo={"time": 0.05}
            ),
        ),
        "right_side_in": (
            _patch(voice | {"low": "vco"}, *mono, low={"frequency": -12}),
            _patch(voice | {"low": "vco"}, *mono, "low.sine > out.right", low={"frequency": -12}),
        ),
    }
    for kind, cables in through.items():
        pair = [_patch(voice | {kind: kind}, *cables, *more) for more in ((), ("keys.pitch > vco.pitch",))]
        edits |= {f"{kind}_1_to_8": (pair[0], pair[1]), f"{kind}_8_to_1": (pair[1], pair[0])}
    return edits


def _workshop() -> Workshop:
    shipped = {name: load_module_file(shipped_folder() / path) for name, path in SHIPPED.items()}
    kernels = {name: compile_kernel(cls) for name, cls in shipped.items()} | {MASTER: compile_kernel(Master)}
    return Workshop(shipped | {"through": Through, "played": Played}, kernels)


def _patch(modules: dict[str, str], *cables: str, **knobs: dict[str, float]) -> Patch:
    quiet = {"vca": {"level": 0.1}}
    return patch_of(modules, *cables, **{name: quiet.get(name, {}) | knobs.get(name, {}) for name in modules})


def _play(workshop: Workshop, first: Patch, then: Sequence[Patch], apart: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Hold a chord, and edit; both sides of the loudspeakers before (settled) and from then on."""
    with offline(workshop, RATE, BLOCK, _raise) as engine:
        engine.graph.become(first)
        _hold(engine)
        before = engine.play(BEFORE)
        pieces = []
        for patch in then:
            engine.graph.become(patch)
            pieces.append(engine.play(apart))
        return before[-RATE // 5 :], np.concatenate([*pieces, engine.play(AFTER)])


def _hold(engine: Offline) -> None:
    for number, semitones in enumerate(CHORD):
        engine.graph.note("keys", (60.0 + number, semitones / 12, 10.0), None)


def _judged(before: np.ndarray, heard: np.ndarray) -> dict[str, float]:
    whole = np.concatenate([before, heard]).astype(float)
    loudest = max(np.abs(before).max(), np.abs(heard[-RATE // 5 :]).max())
    clicks = max(np.abs(high_passed(whole[:, side], RATE, ABOVE)).max() for side in (0, 1))
    return {"click": float(decibels(clicks / loudest)), "swell": float(decibels(np.abs(whole).max() / loudest))}


def _module_that_comes_late() -> dict[str, float]:
    """A patch plays while one of its kernels is still compiled."""
    workshop = _workshop()
    workshop.waiting["vca"] = workshop.modules["vca"]
    modules = {"keys": "keys", "low": "vco", "vco": "vco", "vca": "vca", "out": "output"}
    cables = ("low.sine > out.left", "vco.sine > vca.audio", "vca.out > out.left")
    with offline(workshop, RATE, BLOCK, _raise) as engine:
        engine.graph.become(_patch(modules, *cables, low={"frequency": -12.0}, out={"level": -20.0}))
        _hold(engine)
        before = engine.play(BEFORE)
        workshop.fetch("vca")
        engine.graph.make_up_for("vca")
        heard = engine.play(AFTER)
    return {f"channels.module_comes_late.{what}": value for what, value in _judged(before, heard).items()}


def _staying_voice(workshop: Workshop) -> dict[str, float]:
    """The one voice that stays while four come and go, against the same voice left alone: the highest difference."""
    single, five = _edits()["one_to_five"]
    heard = [_listen(workshop, single, then) for then in ((five, single), (single, single))]
    return {"channels.staying_voice.jump": float(decibels(np.abs(heard[0] - heard[1]).max() / np.abs(heard[1]).max()))}


def _listen(workshop: Workshop, first: Patch, then: Sequence[Patch]) -> np.ndarray:
    """Channel 1 of the amplifier's output, in volts."""
    with offline(workshop, RATE, BLOCK, _raise) as engine:
        engine.graph.become(first)
        engine.graph.watch("vca", "out")
        engine.graph.note("keys", (60.0, 0.0, 10.0), None)
        pieces = []
        for patch in (first, *then):
            engine.graph.become(patch)
            for _ in range(40):
                engine.play(1)
                pieces.append(engine.graph.nodes["vca"].heard("out")[:, 0].copy())
        return np.concatenate(pieces)


def _raise(module: str, sentence: str) -> None:
    raise AssertionError(f"{module}: {sentence}")
