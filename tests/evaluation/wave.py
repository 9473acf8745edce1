"""Wave: pitch, likeness to sounds it was never shown, a minute at each end of its knobs, cost."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from synthvr_server.neural.wavenet_oscillator_net import MATERIALS
from synthvr_server.neural.wavenet_oscillator_net import RATE as NET_RATE
from synthvr_server.training.wave_sounds import sound
from tests.spectrogram import spectrogram, write_png

RATE = 48_000
WINDOW = 2048
FLOOR_DB = -60.0  # below the loudest band nobody hears a difference
SHOWN = 12  # sounds of each material
KNOWN = 60  # sounds of each material that its mean spectrum is made of
CORNER_SECONDS = 60
Array = np.ndarray[Any, Any]


class Player:
    """A Wave on its own; ``run`` goes on where it stopped."""

    def __init__(self, block: int = 256) -> None:
        cls = load_module_file(shipped_folder() / "neural" / "wave.py")
        self.module, self.declared, self.block = cls(1, RATE, block), cls.declaration, block
        self.module.prepare()

    def blocks(self, **signals: float | Array) -> dict[str, Any]:
        """The arguments of one block: jacks in V (numbers, or [block]) and knobs in their units."""
        defaults = {name: jack.normal for name, jack in self.declared.inputs.items()}
        defaults |= {name: knob.default for name, knob in self.declared.knobs.items()}
        laid = {name: np.full(self.block, value, np.float32) for name, value in (defaults | signals).items()}
        arguments = {name: row[:, None] if name in self.declared.inputs else row for name, row in laid.items()}
        out = np.zeros((self.block, 1), np.float32)
        return arguments | {"out": out, "inject_plugged": "inject" in signals}

    def run(self, seconds: float, **signals: float | Array) -> Array:
        """So many seconds of sound, float32[frames]."""
        arguments = self.blocks(**signals)
        pieces = []
        for _ in range(round(seconds * RATE / self.block)):
            self.module.play(**arguments)
            pieces.append(arguments["out"][:, 0].copy())
        return np.concatenate(pieces)


def measure() -> dict[str, float]:
    """All figures, by name."""
    figures = {"wave.worst_pitch_cents": worst_pitch()}
    for index, name in enumerate(MATERIALS):
        figures |= {f"wave.{name}.{what}": value for what, value in likeness(index).items()}
    return figures | corners() | {f"cost_percent.wave.block{block}": cost(block) for block in (64, 256)}


def worst_pitch() -> float:
    """The largest error in cents of any material between C2 and C6, by autocorrelation over many periods."""
    worst = 0.0
    for material, volts in itertools.product(range(len(MATERIALS)), np.linspace(-2.0, 2.0, 9)):
        heard = Player().run(1.0, material=material, pitch=volts)[RATE // 5 :]
        expected = C4_HZ * 2.0**volts
        worst = max(worst, abs(1200 * np.log2(_hertz(heard, expected) / expected)))
    return worst


def _hertz(heard: Array, near: float) -> float:
    window = np.hanning(len(heard))
    correlation, taper = (
        np.fft.irfft(np.abs(np.fft.rfft(each, 2 * len(heard))) ** 2) for each in (heard * window, window)
    )
    periods = int(0.05 * near)
    lags = np.arange(int((periods - 0.4) * RATE / near), int((periods + 0.4) * RATE / near))
    here = correlation[lags] / taper[lags]
    peak = int(np.clip(np.argmax(here), 1, len(here) - 2))
    before, at, after = here[peak - 1 : peak + 2]
    return float(periods * RATE / (lags[peak] + 0.5 * (before - after) / (before - 2 * at + after)))


def likeness(material: int) -> dict[str, float]:
    """Log-spectral distance to what was meant, beside that of the mean spectrum of the material."""
    rng = np.random.default_rng(77)  # not the seed it was trained with

    def meant() -> tuple[float, float, Array]:
        character, hertz = rng.random(), C4_HZ * 2.0 ** rng.uniform(-2.0, 2.0)
        periodic, noise = sound(material, character, hertz).render(NET_RATE, rng.random(), rng)
        return character, hertz, _bands(periodic + noise, NET_RATE)

    mean = np.mean([meant()[2] for _ in range(KNOWN)], axis=0)
    ours, static = [], []
    for _ in range(SHOWN):
        character, hertz, target = meant()
        heard = Player().run(1.2, material=material, character=character, pitch=np.log2(hertz / C4_HZ))[RATE // 5 :]
        ours.append(_distance(_bands(heard, RATE), target))
        static.append(_distance(mean, target))
    return {"lsd_db": float(np.mean(ours)), "lsd_ratio": float(np.mean(ours) / np.mean(static))}


def _bands(heard: Array, rate: float) -> Array:
    """Mean power in 40 mel bands up to 12 kHz, dB below the loudest, not under the floor."""
    size = round(WINDOW * rate / RATE)
    frames = np.lib.stride_tricks.sliding_window_view(heard, size)[:: size // 4] * np.hanning(size)
    power = np.mean(np.abs(np.fft.rfft(frames)) ** 2, axis=0)
    hertz = np.fft.rfftfreq(size, 1 / rate)
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + 12_000 / 700), 42) / 2595) - 1)
    centres, widths = edges[1:-1, None], np.diff(edges)[:-1, None]
    weights = np.clip(1 - np.abs(hertz - centres) / np.maximum(widths, hertz[1]), 0, 1)
    levels = 10 * np.log10(weights @ power + 1e-12)
    bands: Array = np.maximum(levels - levels.max(), FLOOR_DB)
    return bands


def _distance(one: Array, other: Array) -> float:
    return float(np.sqrt(np.mean((one - other) ** 2)))


def corners() -> dict[str, float]:
    """A minute at each combination of the knobs' ends, shouted at with noise of ±5 V all the while."""
    ends = [(0.0, 5.0), (0.0, 1.0), (0.0, 2.0), (0.0, 1.0)]
    shout = np.random.default_rng(1).uniform(-5, 5, 256).astype(np.float32)
    loudest = offset = unsound = 0.0
    for material, character, temperature, grip in itertools.product(*ends):
        knobs = {"material": material, "character": character, "temperature": temperature, "grip": grip}
        heard = Player().run(CORNER_SECONDS, inject=shout, injection=1.0, **knobs)
        unsound += float(np.count_nonzero(~np.isfinite(heard)))
        loudest, offset = max(loudest, float(np.abs(heard).max())), max(offset, abs(float(heard.mean())))
    return {"wave.corners.peak_v": loudest, "wave.corners.dc_v": offset, "wave.corners.not_finite": unsound}


def cost(block: int) -> float:
    """Share of one core in percent, of processor time, injection included; the least of five runs."""
    player = Player(block)
    arguments = player.blocks(inject=0.5)
    times = []
    for _ in range(5):
        begun = time.thread_time()
        for _ in range(RATE // block):
            player.module.play(**arguments)
        times.append(time.thread_time() - begun)
    return 100.0 * min(times)


def pictures(folder: Path) -> None:
    """A tour of the materials: each through its whole character, at A2."""
    tour = []
    for material in range(len(MATERIALS)):
        player = Player()
        tour += [player.run(0.1, material=material, character=step / 20, pitch=-1.25) for step in range(21)]
    toured = np.concatenate(tour)
    soundfile.write(folder / "wave_materials.ogg", toured / 10.0, RATE)
    write_png(folder / "wave_materials.png", spectrogram(toured, RATE, size=512, hop=512))
