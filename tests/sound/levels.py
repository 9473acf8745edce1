"""How loud every voice is by default, at C4: what one plugs in instead of another should not startle.

``off`` is how far its RMS level lies from a sine of ±5 V (3.54 V), in dB, whichever way; ``peak`` in volts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.requirement import Requirement, Requirements
from tests.rig import rig
from tests.spectra import decibels

REQUIREMENTS: Requirements = {
    "level.*.off": Requirement(3.05),  # the VCO's square of ±5 V is 3.01 dB louder than its sine
    "level.*.peak": Requirement(10.0),
}

SINE = 5.0 / np.sqrt(2.0)  # V RMS
SECONDS, HEARD = 1.5, 0.75  # played; of it what has settled
CABLES = {"pitch": 0.0, "gate": 10.0}
INSTRUMENTS = 8


def measure() -> dict[str, float]:
    """Plays all of them."""
    figures = {}
    for name, sound in _voices():
        heard = sound[-int(HEARD * 48000) :].astype(float)
        figures[f"level.{name}.off"] = float(abs(decibels(np.sqrt(np.mean(heard**2)) / SINE)))
        figures[f"level.{name}.peak"] = float(np.abs(heard).max())
    return figures


def _voices() -> Iterator[tuple[str, np.ndarray]]:
    for jack in ("sine", "triangle", "saw", "pulse"):
        yield f"vco.{jack}", _played("oscillators/vco", jack)
    yield "supersaw", _played("oscillators/supersaw")
    for slope in (0, 1):
        yield f"ladder.{('12', '24')[slope]}_db", _played("filters/ladder", cutoff=261.63, resonance=1.0, slope=slope)
    for material in range(6):
        yield f"wave.{material}", _played("neural/wave", material=material)
    for instrument in range(INSTRUMENTS):
        yield f"timbre.{instrument}", _played("neural/timbre", feeds=CABLES, instrument=instrument)
    yield "morph", _played("neural/morph", feeds=CABLES)


def _played(file: str, jack: str = "out", feeds: dict[str, float] | None = None, **knobs: float) -> np.ndarray:
    cls = load_module_file(shipped_folder() / f"{file}.py")
    with rig(cls, feeds=dict.fromkeys(feeds or {}, 1), **knobs) as under_test:
        return np.asarray(under_test.run(SECONDS, **(feeds or {}))[jack][:, 0])
