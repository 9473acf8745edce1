"""What bends sound, driven hard: what folds back, and what clicks when it is switched.

``alias`` is the energy from 20 Hz to 20 kHz that belongs to no harmonic, in dB relative to the harmonics. ``click`` is
the highest peak above 4 kHz while a sine of 220 Hz is played, in dB relative to that sine's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.engine.master import Master
from synthvr_server.neural.nam.player import MODELS, Player, input_volts, usual_oversampling
from synthvr_server.neural.nam.read import read_capture
from synthvr_server.neural.wavenet_oscillator_net import MATERIALS
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements
from tests.rig import rig
from tests.spectra import Signal, alias_level, decibels, frequency_of, high_passed

REQUIREMENTS: Requirements = {
    # Twice full scale: the filters make peaks above 1.0 of what the limiter has flattened, and those are cut off.
    "master.20_v.*.alias": Requirement(-55.0),
    "master.*.alias": Requirement(-60.0),
    "master.*.click": Requirement(-60.0),
    # Edge at 2 kHz is at −59: hard sync, whose overtones reach to half of twice the rate.
    "wave.*.alias": Requirement(-57.0),
    "ladder.driven.*.alias": Requirement(-60.0),
    "ladder.fm.*.alias": Requirement(-60.0),
    "ladder.oscillating.*.alias": Requirement(-80.0),
    "ladder.*.click": Requirement(-60.0),
    "capture.*.driven_12_db.*_hz.alias": Requirement(-60.0),
    # Eight times the rate take 40 dB off what these fold as they are (−19 dB at 5 kHz), and cost eight times as much.
    "capture.*.driven_24_db.*_hz.alias": Requirement(-54.0),
}

RATE, WINDOW = 48_000, 1 << 15
DRIVEN = (1046.5, 3700.3, 5001.7, 7013.0, 10007.0)  # Hz
FM = ((1000.0, 3000.0), (1000.0, 5000.0), (500.0, 1000.0))  # Hz: sound, cutoff
OSCILLATING = (4015.0, 7511.0, 11003.0, 14000.0, 17000.0)  # Hz


def measure() -> dict[str, float]:
    """Plays all of it."""
    return _ladder() | _captures() | _wave() | _master()


def _sine(hertz: float, frames: int = 2 * WINDOW, peak: float = 5.0) -> Signal:
    return np.asarray(peak * np.sin(2 * np.pi * hertz * np.arange(frames) / RATE))


def _ladder() -> dict[str, float]:
    ladder = load_module_file(shipped_folder() / "filters" / "ladder.py")
    figures = {}
    for hertz in DRIVEN:
        sound = KernelBench(ladder, cutoff=20000.0, drive=24.0).run(2 * WINDOW, audio=_sine(hertz))["out"][WINDOW:, 0]
        figures[f"ladder.driven.{hertz:.0f}_hz.alias"] = alias_level(sound, RATE, hertz)
    for played, modulating in FM:
        for resonance in (0.0, 0.6):
            bench = KernelBench(ladder, cutoff=2000.0, cutoff_amount=1.0, resonance=resonance)
            off = 1.0017  # what folds must not fall onto harmonics
            signals = {"audio": _sine(off * played), "cutoff_cv": _sine(off * modulating)}
            sound = bench.run(2 * WINDOW, **signals)["out"][WINDOW:, 0]
            name = f"ladder.fm.{played:.0f}_by_{modulating:.0f}_hz.resonance_{resonance:g}.alias"
            figures[name] = alias_level(sound, RATE, off * float(np.gcd(int(played), int(modulating))))
    for slope in (0, 1):
        for hertz in OSCILLATING:
            bench = KernelBench(ladder, cutoff=hertz, resonance=1.0, slope=slope)
            sound = bench.run(3 * WINDOW)["out"][2 * WINDOW :, 0]
            alias = alias_level(sound, RATE, frequency_of(sound, RATE))
            figures[f"ladder.oscillating.{('12', '24')[slope]}_db.{hertz:.0f}_hz.alias"] = alias
    turns: dict[str, Callable[[Signal], dict[str, Signal]]] = {
        "slope": lambda ramp: {"slope": ramp},
        "drive_from_0": lambda ramp: {"drive": 6 * ramp},
        "drive_to_0": lambda ramp: {"drive": 6 * (1 - ramp)},
        "resonance_of_a_bright_one": lambda ramp: {"resonance": 0.5 * ramp, "cutoff": 8000.0 + 0 * ramp},
        "cutoff_into_the_bright": lambda ramp: {"cutoff": 3000.0 * 3.0**ramp, "resonance": 0.5 + 0 * ramp},
        "cutoff_out_of_the_bright": lambda ramp: {"cutoff": 9000.0 / 3.0**ramp, "resonance": 0.5 + 0 * ramp},
    }
    for name, knobs in turns.items():
        frames = 2 * RATE
        ramp = np.clip((np.arange(frames) - RATE) / (0.02 * RATE), 0.0, 1.0)  # as knobs glide
        sound = KernelBench(ladder).run(frames, audio=_sine(220.0, frames), **knobs(ramp))["out"][RATE // 2 :, 0]
        figures[f"ladder.{name}.click"] = float(decibels(np.abs(high_passed(sound, RATE, 4000.0)).max() / 5.0))
    return figures


def _captures() -> dict[str, float]:
    """A sine of 3.5 V, 12 and 24 dB hotter, into the shipped captures, oversampled as they are by default."""
    figures = {}
    for path in sorted(MODELS.glob("*.nam")):
        capture = read_capture(path)
        for drive in (12, 24):
            for hertz in (2093.0, 3700.3, 5001.7):
                fed = np.float32(_sine(hertz, peak=3.5 * 10 ** (drive / 20)) / input_volts(capture))
                usual, wet, dry = usual_oversampling(capture), np.empty_like(fed), np.empty_like(fed)
                Player(capture, RATE, len(fed), usual).play(usual, fed, fed, wet, dry)
                name = f"capture.{path.stem}.driven_{drive}_db.{hertz:.0f}_hz.alias"
                figures[name] = alias_level(wet[WINDOW:] - wet[WINDOW:].mean(), RATE, hertz)
    return figures


def _wave() -> dict[str, float]:
    """The net by itself, certain of what it says: all else that it makes between its harmonics is meant."""
    wave = load_module_file(shipped_folder() / "neural" / "wave.py")
    figures = {}
    for material, name in enumerate(MATERIALS):
        for octaves in (0.0, 2.0, 3.0):
            hertz = 261.6256 * 2.0**octaves
            with rig(wave, feeds={"pitch": 1}, material=material, temperature=0.0) as under_test:
                sound = under_test.run(1.0, pitch=octaves)["out"][-WINDOW:, 0]
            figures[f"wave.{name}.{hertz:.0f}_hz.alias"] = alias_level(sound, RATE, hertz)
    return figures


def _master() -> dict[str, float]:
    """The limiter behind all Outputs: what it folds, and how it goes from plain to oversampled and back."""
    figures = {}
    for volts in (8.0, 14.0, 20.0):
        for hertz in (1046.5, 3700.3, 5001.7):
            sound = KernelBench(Master).run(2 * WINDOW, left=_sine(hertz, peak=volts))["out_left"][WINDOW:, 0]
            figures[f"master.{volts:.0f}_v.{hertz:.0f}_hz.alias"] = alias_level(sound, RATE, hertz)
    swell = _sine(220.0, 4 * RATE, peak=7.09) * np.hanning(4 * RATE)  # just reaches the knee
    sound = KernelBench(Master).run(4 * RATE, left=swell)["out_left"][:, 0]
    figures["master.oversampled_and_back.click"] = float(decibels(np.abs(high_passed(sound, RATE, 4000.0)).max() / 0.7))
    return figures
