"""What follows a clock: an LFO's phase, and the gates of a sequencer.

``lfo``: ``off`` is how far it lies from the clock's phase at most, in turns, from one turn (or clock, where that is
longer) after the second clock on; ``hurry`` is its highest speed until then, of the clock's; ``own`` its highest speed
until the second clock, of what the knob says. ``sequencer``: how far the first gate, alone, differs in ms from half a
step, as all others last; ``after_a_pause`` is the first one after the clock has stood still.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements

REQUIREMENTS: Requirements = {
    "time.lfo.*.off": Requirement(0.001),
    "time.lfo.*.hurry": Requirement(1.02),
    "time.lfo.*.own": Requirement(1.01),
    "time.sequencer.*": Requirement(0.05),
}

RATE = 48_000
PERIOD, FIRST = 12_345, 8_239  # frames between two clocks, and before the first
RATIOS = {"clock": 2.0, "four_a_clock": 8.0, "one_in_four_clocks": 0.5}  # Hz on the knob
TEMPI = (30, 60, 240)  # beats per minute
CLOCKS = 14


def measure() -> dict[str, float]:
    """Both of them."""
    figures: dict[str, float] = {}
    for name, knob in RATIOS.items():
        figures |= {f"time.lfo.{name}.{what}": value for what, value in _followed(knob).items()}
    for tempo in TEMPI:
        figures[f"time.sequencer.{tempo}_bpm"] = _first_gate(tempo, 0.0)
        figures[f"time.sequencer.{tempo}_bpm.after_a_pause"] = _first_gate(tempo, 8.0)
    return figures


def _followed(knob: float) -> dict[str, float]:
    frames, ratio = FIRST + CLOCKS * PERIOD, knob / 2.0
    clock = np.concatenate([np.zeros(FIRST), np.tile(np.repeat([10.0, 0.0], (48, PERIOD - 48)), CLOCKS)])
    saw = KernelBench(_module("modulators/lfo")).run(frames, clock=clock, rate=knob)["saw"][:frames, 0]
    turns = np.unwrap(saw.astype(float) / 10, period=1.0) + 0.5
    speeds, told = np.diff(turns), FIRST + PERIOD
    locked = told + int(PERIOD * max(1.0, 1.0 / ratio)) + 1
    away = turns[locked:] - (np.arange(locked, frames) - FIRST) * ratio / PERIOD
    return {
        "off": float(np.abs((away + 0.5) % 1.0 - 0.5).max()),
        "hurry": float(speeds[told:].max() / (ratio / PERIOD)),
        "own": float(speeds[:told].max() / (knob / RATE)),
    }


def _first_gate(tempo: float, beats_of_pause: float) -> float:
    """ms by which the first gate, perhaps after a pause, differs from half a step."""
    beat = int(RATE * 60 / tempo)
    run = np.ones(int((4 + beats_of_pause) * beat), np.float32)
    run[beat : beat + int(beats_of_pause * beat)] = 0.0
    clock = KernelBench(_module("sequencers/clock"), tempo=tempo).run(len(run), run=run)["sixteenth"]
    gate = KernelBench(_module("sequencers/sequencer")).run(len(clock), clock=clock)["gate"][:, 0] > 1.0
    edges = np.flatnonzero(np.diff(gate.astype(int), prepend=0, append=0))
    lengths = np.diff(edges)[::2]
    first = lengths[4] if beats_of_pause else lengths[0]
    return float(abs(first - beat / 8)) * 1000 / RATE


def _module(file: str) -> Any:
    return load_module_file(shipped_folder() / f"{file}.py")
