"""What is left to chance: two modules, and two voices of one, have nothing in common, and each plays the same again.

``alike`` is the correlation of two seeds' chance: of what is left of a sound without its mean period, or of the steps
of a sequence. ``volts`` is its effective value: there is some. ``again`` is the furthest that a second run with the
same seed lies from the first, in volts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from synthvr_server.neural.morph import Morph
from synthvr_server.neural.morph_player import MorphPlayer
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements
from tests.rig import rig

REQUIREMENTS: Requirements = {
    "random.*.alike": Requirement(0.05),
    "random.*.volts": Requirement(0.01, at_least=True),
    "random.*.again": Requirement(0.0),
}

RATE, PERIOD = 48_000, 200  # frames: of all that has a pitch here
SECONDS, HEARD = 1.2, 0.8
PITCH = float(np.log2(RATE / PERIOD / C4_HZ))
CLOCKS, BETWEEN = 4000, 96  # frames
RANDOM, BREATH = 3, 1  # the sequencer's direction, Air's mode
FULL_BREATH: dict[str, float] = {"mode": BREATH, "air": 1.0, "mix": 1.0}

Chance = Callable[[int], np.ndarray]  # seed → float[frames]


def measure() -> dict[str, float]:
    """All modules in which chance has a part."""
    sine = np.float32(5.0 * np.sin(2 * np.pi * np.arange(int(SECONDS * RATE)) / PERIOD))
    noise = np.random.default_rng(1).uniform(-5.0, 5.0, len(sine)).astype(np.float32)
    played = {"pitch": PITCH, "gate": 10.0}
    figures = _compared("sequencer", lambda seed: _steps(seed)[:, 0])
    figures |= _compared("sequencer_voices", lambda lane: _steps(1, lanes=16)[:, lane])
    figures |= _compared(
        "noise", lambda seed: KernelBench(_module("oscillators/noise"), seed=seed).run(RATE)["white"][:, 0]
    )
    figures |= _compared("air", lambda seed: _air(seed, 1, sine)[:, 0])
    figures |= _compared("air_voices", lambda lane: _air(1, 16, sine)[:, lane])
    figures |= _compared("timbre", _rigged("neural/timbre", played, instrument=3, noise=4.0))
    figures |= _compared("morph", _rigged("neural/morph", played, a=2))
    figures |= _compared("morph_jitter", _wandering)
    figures |= _compared("wave", _rigged("neural/wave", played, material=0.0, temperature=1.0))
    figures |= _compared("spectral", _rigged("effects/spectral", {"a": noise}, phase=1))
    return figures


def _compared(name: str, play: Chance) -> dict[str, float]:
    one, again, other = play(1), play(1), play(2)
    alike = np.corrcoef(one - one.mean(), other - other.mean())[0, 1]
    return {
        f"random.{name}.alike": float(abs(alike)),
        f"random.{name}.volts": float(np.std(one)),
        f"random.{name}.again": float(np.abs(one - again).max()),
    }


def _steps(seed: int, lanes: int = 1) -> np.ndarray:
    clock = np.tile(np.repeat(np.float32([10.0, 0.0]), BETWEEN // 2), CLOCKS)
    bench = KernelBench(_module("sequencers/sequencer"), lanes=lanes, seed=seed, direction=RANDOM)
    return np.asarray(bench.run(len(clock), clock=clock)["current"][BETWEEN // 2 :: BETWEEN])


def _air(seed: int, lanes: int, sine: np.ndarray) -> np.ndarray:
    bench = KernelBench(_module("effects/air"), lanes=lanes, seed=seed, **FULL_BREATH)
    return np.stack([_without_period(lane) for lane in bench.run(len(sine), audio=sine)["out"].T], axis=1)


def _wandering(seed: int) -> np.ndarray:
    """Steps of the place in the timbre space."""
    player, block, places = MorphPlayer(RATE, Morph(), seed), np.zeros(RATE // 250, np.float32), []
    player.where.jitter = 1.0
    for _ in range(int(4 * SECONDS * RATE / len(block))):
        player.play(block, block, PITCH, 8.0)
        places.append(player.morph.place.copy())
    return np.diff(places, axis=0).ravel()


def _rigged(file: str, feeds: dict[str, Any], **knobs: float) -> Chance:
    def play(seed: int) -> np.ndarray:
        with rig(_module(file), feeds=dict.fromkeys(feeds, 1), block=256, seed=str(seed), **knobs) as under_test:
            return _without_period(under_test.run(SECONDS, **feeds)["out"][:, 0])

    return play


def _without_period(sound: np.ndarray) -> np.ndarray:
    periods = sound[-int(HEARD * RATE) // PERIOD * PERIOD :].reshape(-1, PERIOD)
    return np.diff((periods - periods.mean(axis=0)).ravel(), 2)  # tones that swell are alike: what hisses is heard


def _module(file: str) -> Any:
    return load_module_file(shipped_folder() / f"{file}.py")
