"""Oscillators: what is no harmonic of theirs, alone, modulated and synced, and how loud the supersaw is beside the VCO.

Modulated, carrier and modulator are multiples of one frequency: every line that belongs to the sound is one of it, too.
Moderate is an index of 1, or a pulse width of 50 ± 30 %; deep is an index of 5, through zero.
"""

from __future__ import annotations

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements
from tests.spectra import alias_level

REQUIREMENTS: Requirements = {
    "vco.*.moderate.alias_db": Requirement(-100.0),
    "vco.*.deep.alias_db": Requirement(-100.0),
    "vco.*.sync.alias_db": Requirement(-75.0),
}

RATE = 48_000
SETTLED, FRAMES = 2_000, 1 << 15
COMMON = 317.0  # Hz
CARRIERS = 951.0, 3170.0, 8242.0  # Hz
MODULATORS = 317.0, 951.0, 2219.0  # Hz
MASTERS = 2113.0, 4301.3  # Hz
RATIOS = 1.37, 2.718
SHAPES = "saw", "pulse"


def measure() -> dict[str, float]:
    """Alias in dB below the sound."""
    return modulated() | synced()


def vco() -> KernelBench:
    return KernelBench(load_module_file(shipped_folder() / "oscillators" / "vco.py"), block=320)


def volts(hertz: float) -> float:
    return float(np.log2(hertz / C4_HZ))


def aliases(sound: dict[str, np.ndarray], fundamental: float) -> dict[str, float]:
    """By waveform."""
    return {shape: alias_level(sound[shape][SETTLED : SETTLED + FRAMES, 0], RATE, fundamental) for shape in SHAPES}


def modulated() -> dict[str, float]:
    """The worst of all carriers and modulators."""
    time = np.arange(SETTLED + FRAMES) / RATE
    found: dict[str, list[float]] = {}
    for carrier in CARRIERS:
        for modulator in MODULATORS:
            sine = np.sin(2 * np.pi * modulator * time)
            for index, depth in ((1, "moderate"), (5, "deep")):
                deviation = sine * index * modulator / carrier  # V: at full amount 1 V doubles the frequency
                sound = vco().run(len(time), pitch=volts(carrier), linear=deviation, linear_amount=1.0)
                for shape, alias in aliases(sound, COMMON).items():
                    found.setdefault(f"vco.{shape}_fm.{depth}.alias_db", []).append(alias)
            sound = vco().run(len(time), pitch=volts(carrier), pwm=3 * sine, pwm_amount=1.0)
            found.setdefault("vco.pulse_pwm.moderate.alias_db", []).append(aliases(sound, COMMON)["pulse"])
    return {name: max(values) for name, values in found.items()}


def synced() -> dict[str, float]:
    """The worst of all masters, their waveforms, and the ratios of the slave to them."""
    found: dict[str, list[float]] = {}
    for master in MASTERS:
        cables = vco().run(SETTLED + FRAMES, pitch=volts(master))
        for shape in ("sine", "saw", "pulse"):
            for ratio in RATIOS:
                sync = cables[shape][:, 0]
                sound = vco().run(SETTLED + FRAMES, pitch=volts(master * ratio), sync=sync)
                for slave, alias in aliases(sound, master).items():
                    found.setdefault(f"vco.{slave}.sync.alias_db", []).append(alias)
    return {name: max(values) for name, values in found.items()}
