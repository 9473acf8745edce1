"""Every switch of every module that passes audio on, turned while a sine of 220 Hz is played: what clicks.

``click`` is the highest peak above 4 kHz while it is turned there and back, in dB relative to the sine's, less what is
there while it stands (and by chance may be, where that is noise). A module that speaks with its own voice is not judged
so: its tests are.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import Module
from tests.requirement import Requirement, Requirements
from tests.rig import rig
from tests.spectra import decibels, high_passed

REQUIREMENTS: Requirements = {"switch.*.click": Requirement(-60.0)}

RATE, BLOCK = 48_000, 64
APART = 24_000 // BLOCK * BLOCK  # frames between two turns
NOISY = 1.5  # how much higher than elsewhere a peak of steady noise may be by chance
OWN_VOICE = {"timbre", "morph", "onnx_model", "amp"}


def measure() -> dict[str, float]:
    """Turns them all."""
    return {
        f"switch.{name}.{knob}.{choice}.click": _click(cls, knob, choice)
        for name, cls in _modules()
        for knob, declared in cls.declaration.knobs.items()
        for choice in range(len(declared.choices))
        if choice != declared.default
    }


def _modules() -> Iterator[tuple[str, type[Module]]]:
    for path in sorted(shipped_folder().glob("*/*.py")):
        cls = load_module_file(path)
        kinds = [jack.kind for jack in cls.declaration.inputs.values()]
        if path.stem not in OWN_VOICE and "audio" in kinds and any(cls.declaration.outputs):
            yield path.stem, cls


def _click(cls: type[Module], knob: str, choice: int) -> float:
    sine = 5 * np.sin(2 * np.pi * 220 * np.arange(4 * APART) / RATE)
    audio = {name: sine for name, jack in cls.declaration.inputs.items() if jack.kind == "audio"}
    default = cls.declaration.knobs[knob].default
    with rig(cls, feeds=dict.fromkeys(audio, 1), block=BLOCK) as under_test:

        def turn(frame: int) -> None:
            if frame in (2 * APART, 3 * APART):
                under_test.turn(**{knob: choice if frame == 2 * APART else default})

        heard = under_test.run(4 * APART / RATE, before_block=turn, **audio)
    worst = -400.0
    for name, jack in cls.declaration.outputs.items():
        if jack.kind == "audio":
            high = np.abs(high_passed(heard[name][:, 0], RATE, 4000.0))
            steady = max(high[APART : 2 * APART - 1000].max(), high[2 * APART + APART // 2 : 3 * APART - 1000].max())
            worst = max(worst, float(decibels(max(high[2 * APART - 1000 :].max() - NOISY * steady, 0.0) / 5.0)))
    return worst
