"""Oscillators: what is no harmonic of theirs, alone, modulated and synced, and how loud the supersaw is beside the VCO.

Modulated, carrier and modulator are multiples of one frequency: every line that belongs to the sound is one of it, too.
Moderate is an index of 1, or a pulse width of 50 ± 30 %; deep is an index of 5, through zero, or ± 45 %; ± 60 % clips.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements
from tests.spectra import alias_level, level

REQUIREMENTS: Requirements = {
    "vco.*.moderate.alias_db": Requirement(-100.0),
    "vco.*.deep.alias_db": Requirement(-100.0),
    # Where the width meets its limits it has a corner, whose time within a frame is not looked for.
    "vco.*.clipped.alias_db": Requirement(-60.0),
    "vco.*.sync.alias_db": Requirement(-75.0),
    "supersaw.c?.alias_db": Requirement(-100.0),
    "supersaw.vibrato.alias_db": Requirement(-100.0),
    "supersaw.peak": Requirement(10.0),
    "supersaw.off": Requirement(3.0),
    "noise.likeness": Requirement(0.02),
}

RATE = 48_000
SETTLED, FRAMES = 2_000, 1 << 15
COMMON = 317.0  # Hz
CARRIERS = 951.0, 3170.0, 8242.0  # Hz
MODULATORS = 317.0, 951.0, 2219.0  # Hz
MASTERS = 2113.0, 4301.3  # Hz
RATIOS = 1.37, 2.718
WIDTHS = {0.3: "moderate", 0.45: "deep", 0.6: "clipped"}  # swing of the pulse width about a half
SHAPES = "saw", "pulse"


def measure() -> dict[str, float]:
    """Alias in dB below the sound; peak in V; ``off``: how far from the VCO's saw in dB; likeness as correlation."""
    return modulated() | synced() | choir() | {"noise.likeness": likeness()}


def bench(name: str, **settings: Any) -> KernelBench:
    return KernelBench(load_module_file(shipped_folder() / "oscillators" / f"{name}.py"), block=320, **settings)


def volts(hertz: float) -> float:
    return float(np.log2(hertz / C4_HZ))


def heard(sound: np.ndarray) -> np.ndarray:
    """One voice, when it has settled."""
    return np.asarray(sound[SETTLED : SETTLED + FRAMES, 0])


def aliases(sound: dict[str, np.ndarray], fundamental: float) -> dict[str, float]:
    """By waveform."""
    return {shape: alias_level(heard(sound[shape]), RATE, fundamental) for shape in SHAPES}


def modulated() -> dict[str, float]:
    """The worst of all carriers and modulators."""
    time = np.arange(SETTLED + FRAMES) / RATE
    found: dict[str, list[float]] = {}
    for carrier in CARRIERS:
        for modulator in MODULATORS:
            sine = np.sin(2 * np.pi * modulator * time)
            for index, depth in ((1, "moderate"), (5, "deep")):
                deviation = sine * index * modulator / carrier  # V: at full amount 1 V doubles the frequency
                sound = bench("vco").run(len(time), pitch=volts(carrier), linear=deviation, linear_amount=1.0)
                for shape, alias in aliases(sound, COMMON).items():
                    found.setdefault(f"vco.{shape}_fm.{depth}.alias_db", []).append(alias)
            for swing, depth in WIDTHS.items():
                if depth != "clipped" or modulator < 1000:  # a wide one crosses its limit within a frame
                    sound = bench("vco").run(len(time), pitch=volts(carrier), pwm=10 * swing * sine, pwm_amount=1.0)
                    found.setdefault(f"vco.pulse_pwm.{depth}.alias_db", []).append(aliases(sound, COMMON)["pulse"])
    return {name: max(values) for name, values in found.items()}


def synced() -> dict[str, float]:
    """The worst of all masters, their waveforms, and the ratios of the slave to them."""
    found: dict[str, list[float]] = {}
    for master in MASTERS:
        cables = bench("vco").run(SETTLED + FRAMES, pitch=volts(master))
        for shape in ("sine", "saw", "pulse"):
            for ratio in RATIOS:
                sync = cables[shape][:, 0]
                sound = bench("vco").run(SETTLED + FRAMES, pitch=volts(master * ratio), sync=sync)
                for slave, alias in aliases(sound, master).items():
                    found.setdefault(f"vco.{slave}.sync.alias_db", []).append(alias)
    return {name: max(values) for name, values in found.items()}


def choir() -> dict[str, float]:
    """Alias while all seven have one pitch, under vibrato at an audio rate too; level and peak when they spread."""
    frames = SETTLED + FRAMES
    found = {}
    for octave in (4, 6, 8):
        sound = bench("supersaw", detune=0.0, mix=1.0).run(frames, pitch=octave - 4.0)["out"]
        found[f"supersaw.c{octave}.alias_db"] = alias_level(heard(sound), RATE, C4_HZ * 2 ** (octave - 4))
    sine = np.sin(2 * np.pi * COMMON * np.arange(frames) / RATE)  # V: an octave either way
    centre = 3 * COMMON / np.i0(np.log(2))  # where the mean frequency is a multiple
    sound = bench("supersaw", detune=0.0, mix=1.0).run(frames, pitch=volts(centre) + sine)["out"]
    found["supersaw.vibrato.alias_db"] = alias_level(heard(sound), RATE, COMMON)
    saw = level(heard(bench("vco").run(frames)["saw"]))
    spread = [bench("supersaw", detune=1.0, mix=mix).run(10 * RATE)["out"] for mix in (0.0, 0.7, 1.0)]
    found["supersaw.peak"] = max(float(np.abs(sound).max()) for sound in spread)
    found["supersaw.off"] = max(abs(level(sound[SETTLED:]) - saw) for sound in spread)
    return found


def likeness() -> float:
    """The correlation of two Noise modules, whichever way, the worst of all colours."""
    one, other = (bench("noise", seed=seed).run(10 * RATE) for seed in (1, 2))
    # Brown noise moves slowly: its steps are compared.
    pairs = [(np.diff(one[colour][:, 0]), np.diff(other[colour][:, 0])) for colour in one]
    return max(abs(float(np.corrcoef(*pair)[0, 1])) for pair in pairs)
