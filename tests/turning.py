"""A knob turned from end to end at once, and what of it is heard as a click.

A sine of 440 Hz goes into every audio jack (a module without one plays its own sound), gates are high, the other knobs
stand at their defaults. A click is what lies above 5 kHz and is more than half again as high as the highest that the
sound itself has there: before the turn, after it, or while the same knob is turned slowly.
"""

from __future__ import annotations

import numpy as np

from synthvr_server.module import Knob, Module
from tests.rig import Rig, rig
from tests.spectra import Signal, decibels, high_passed

RATE, BLOCK = 48_000, 256
HERTZ, VOLTS, GATE = 440.0, 5.0, 10.0
FADE_IN = 0.1  # s: how the sine begins would come back as echoes
ABOVE = 5_000.0  # Hz
SETTLED = 112  # blocks, 0.6 s: a turn, and what follows it
SLOW_STEPS, STEP = 64, 8  # a slow turn: so many small ones, so many blocks apart
OWN = 1.5  # times what the sound has by itself is no click
LEAST = 1e-3  # V: what is softer is silence


def click_of(cls: type[Module], name: str, **set_to: float) -> float:
    """The highest click of the turns of one knob to its ends, or through its choices, in dB relative to the peak."""
    knob = cls.declaration.knobs[name]
    outputs = [jack for jack, output in cls.declaration.outputs.items() if output.kind == "audio"]
    feeds = {jack: 1 for jack, what in cls.declaration.inputs.items() if what.kind in ("audio", "gate")}
    with rig(cls, feeds=feeds, block=BLOCK, set_to=set_to | {name: knob.minimum}) as under_test:
        pieces = [_played(under_test, SETTLED, {})]
        turns = [*range(1, len(knob.choices)), 0] if knob.choices else [knob.maximum, knob.minimum]
        pieces += [_played(under_test, SETTLED, {0: {name: turn}}) for turn in turns]
        if not knob.choices:
            slow = {step * STEP: {name: _between(knob, step / SLOW_STEPS)} for step in range(SLOW_STEPS)}
            pieces.append(_played(under_test, SLOW_STEPS * STEP, slow))
    return max(_judged(np.concatenate([piece[jack] for piece in pieces]), len(turns)) for jack in outputs)


def _between(knob: Knob, share: float) -> float:
    if knob.scale == "log":
        return float(knob.minimum * (knob.maximum / knob.minimum) ** share)
    return knob.minimum + (knob.maximum - knob.minimum) * share


def _played(under_test: Rig, blocks: int, turns: dict[int, dict[str, float]]) -> dict[str, Signal]:
    """Play on; ``turns`` are knobs by the block before which they are turned. Channel 1 of every output."""
    jacks = under_test.cls.declaration.inputs
    time = (under_test.frame + np.arange(blocks * BLOCK)) / RATE
    sine = VOLTS * np.sin(2 * np.pi * HERTZ * time) * np.sin(np.pi / 2 * np.minimum(time / FADE_IN, 1.0)) ** 2
    signals = {
        jack: sine if what.kind == "audio" else GATE for jack, what in jacks.items() if what.kind in ("audio", "gate")
    }

    def turn(frame: int) -> None:
        under_test.turn(**turns.get(frame // BLOCK, {}))

    heard = under_test.run(blocks * BLOCK / RATE, before_block=turn, **signals)
    return {jack: volts[:, 0].astype(float) for jack, volts in heard.items()}


def _judged(heard: Signal, turns: int) -> float:
    highs = high_passed(heard, RATE, ABOVE)
    around = (len(heard) - len(highs)) // 2  # frames to both sides that the filter looks at
    peaks = np.abs(np.pad(highs, around)).reshape(-1, BLOCK).max(axis=1)
    half, ahead = SETTLED // 2, around // BLOCK + 1
    slowly = peaks[(turns + 1) * SETTLED :].max(initial=0.0)
    excess = 0.0
    for turn in range(1, turns + 1):
        start, end = turn * SETTLED - ahead, (turn + 1) * SETTLED - ahead
        own = max(peaks[start - half : start].max(), peaks[end - half : end].max(), slowly)
        excess = max(excess, peaks[start:end].max() - OWN * own)
    return float(decibels(excess / max(np.abs(heard).max(), LEAST)))
