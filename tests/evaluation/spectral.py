"""Spectral and Air: how well each kind of phase meets its magnitudes on sampled instruments, speech
and noise, and what playing costs."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.neural.phase import LATE
from synthvr_server.neural.stft import HOP, SIZE
from synthvr_server.training.sounds import RATE as RENDERED
from synthvr_server.training.sounds import TIM_GM, render
from tests.kernel_bench import KernelBench
from tests.spectra import alias_level
from tests.spectrogram import spectrogram, stacked, write_png

SPECTRAL = load_module_file(shipped_folder() / "effects" / "spectral.py")
AIR = load_module_file(shipped_folder() / "effects" / "air.py")
RATE = 48_000
PHASES = ("kept", "random", "griffin_lim", "fgla")
INSTRUMENTS = "strings", "piano", "trumpet", "voice", "guitar"
SECONDS = 6.0
QUIET_START = SIZE  # frames: before them the first windows are not full

Sound = NDArray[np.float32]


def phrase(instrument: str) -> Sound:
    """At 48 kHz, ±5 V."""
    sound = signal.resample_poly(render(instrument, SECONDS, 3, TIM_GM).audio, RATE, RENDERED)
    return np.float32(5 * sound / np.abs(sound).max())


def speech() -> Sound:
    """At 48 kHz, ±5 V: hardly a frame is like the one before it. FileNotFoundError without espeak-ng."""
    words = "the quick brown fox jumps over the lazy dog and sings"
    spoken = subprocess.run(["espeak-ng", "--stdout", words], capture_output=True, check=True).stdout
    sound, rate = soundfile.read(io.BytesIO(spoken))
    sound = signal.resample_poly(sound, RATE, rate)
    return np.float32(5 * sound / np.abs(sound).max())


def blocks(sound: Sound, phase: int, block: int, **given: float | Sound) -> Iterator[tuple[Sound, float]]:
    """What the module makes of the sound, and the CPU seconds it takes, block by block."""
    module = SPECTRAL(voices=1, sample_rate=RATE, block=block)
    module.prepare()
    declared = SPECTRAL.declaration
    values: dict[str, Any] = dict.fromkeys(declared.inputs, 0.0)
    values |= {name: knob.default for name, knob in declared.knobs.items()} | {"a": sound, "phase": phase} | given
    whole = {name: np.array(np.broadcast_to(value, len(sound)), np.float32) for name, value in values.items()}
    out = np.zeros((block, 1), np.float32)
    for start in range(0, len(sound) - block + 1, block):
        here = slice(start, start + block)
        jacks = {name: each[here, None] if name in declared.inputs else each[here] for name, each in whole.items()}
        begin = time.thread_time()
        module.play(**jacks, out=out, b_plugged=False)
        yield out[:, 0].copy(), time.thread_time() - begin


def played(sound: Sound, phase: int, **given: float | Sound) -> Sound:
    found = blocks(np.pad(sound, (0, LATE + 64)), phase, 64, **given)
    return np.concatenate([block for block, _ in found])[LATE:][: len(sound)]


def convergence(wanted: Sound, found: Sound, first: int) -> float:
    """In dB, by scipy's STFT from frame ``first`` on."""
    was, now = (
        np.abs(signal.stft(sound[first:], window="hann", nperseg=SIZE, noverlap=SIZE - HOP, boundary=None)[2])
        for sound in (wanted, found)
    )
    return float(20 * np.log10(np.linalg.norm(now - was) / np.linalg.norm(was)))


def cost(sound: Sound, phase: int, block: int) -> tuple[float, float]:
    """Percent of a core on average; and of a block's time for the dearest block of a hop, each the median of hops."""
    seconds = np.array([spent for _, spent in blocks(sound, phase, block)])
    per_hop = max(HOP // block, 1)
    hops = seconds[: len(seconds) // per_hop * per_hop].reshape(-1, per_hop)
    available = block / RATE
    return 100 * float(np.median(hops.mean(axis=1))) / available, 100 * float(np.median(hops, axis=0).max()) / available


def pink(decibels: float) -> NDArray[np.float64]:
    """Two seconds of pink noise, its effective level relative to ±5 V."""
    spectrum = np.fft.rfft(np.random.default_rng(5).standard_normal(2 * RATE))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0.0
    noise = np.fft.irfft(spectrum)
    return 5 * 10 ** (decibels / 20) * noise / np.sqrt(np.mean(noise**2))


def lift(before: NDArray[np.float64], after: Sound, low: float, high: float) -> float:
    """By how much a band got louder, in dB."""
    frequencies = np.fft.rfftfreq(len(before), 1 / RATE)
    band = (frequencies >= low) & (frequencies < high)
    was, now = (np.sum(np.abs(np.fft.rfft(sound)[band]) ** 2) for sound in (before, after))
    return float(10 * np.log10(now / was))


def measure_air() -> dict[str, float]:
    noise, time_ = pink(-18.0), np.arange(RATE) / RATE
    sound = KernelBench(AIR, air=1.0).run(len(noise), audio=noise)["out"][: len(noise), 0]
    tone = KernelBench(AIR, air=1.0, mix=1.0).run(RATE, audio=5 * np.sin(2 * np.pi * 4987.0 * time_))["out"][:, 0]
    figures = {
        "air.lift_above_6_khz_db": lift(noise, sound, 6000, 20000),
        "air.lift_below_500_hz_db": lift(noise, sound, 30, 500),
        "air.alias_5_khz_db": alias_level(tone[RATE // 4 :], RATE, 4987.0),
    }
    for lanes in (1, 16):
        bench = KernelBench(AIR, lanes=lanes, air=1.0)
        bench.run(RATE // 10, audio=pink(-18.0)[: RATE // 10])
        figures[f"cost_percent.air.voices{lanes}.block64"] = (
            min(bench.nanoseconds_per_sample(audio=1.0, repeats=60) for _ in range(20)) * lanes * RATE / 1e7
        )
    return figures


def measure() -> dict[str, float]:
    """Flat figures; the worst of all sounds where none is named."""
    sounds = {instrument: phrase(instrument) for instrument in INSTRUMENTS} | {"speech": speech()}
    sounds["white_noise"] = np.random.default_rng(0).standard_normal(2 * RATE).astype(np.float32)
    figures: dict[str, float] = {}
    for phase, name in enumerate(PHASES):
        found = {instrument: played(sound, phase) for instrument, sound in sounds.items()}
        met = {each: convergence(sounds[each], found[each], QUIET_START) for each in sounds}
        between = {each: convergence(sounds[each], found[each], QUIET_START + HOP // 2) for each in sounds}
        figures[f"spectral.convergence_db.{name}"] = max(met.values())
        figures[f"spectral.convergence_between_frames_db.{name}"] = max(between.values())
        figures |= {f"spectral.{each}.convergence_db.{name}": value for each, value in met.items()}
        for block in (64, 256):
            average, dearest = cost(sounds["strings"], phase, block)
            figures[f"cost_percent.spectral_{name}.block{block}"] = average
            figures[f"spectral.dearest_block_percent.{name}.block{block}"] = dearest
        if name == "kept":
            wrong = max(float(np.abs(found[each] - sounds[each]).max()) for each in sounds)
            figures["spectral.transparency_db"] = 20 * np.log10(wrong / 5)
    return figures | measure_air()


def pictures(folder: Path) -> None:
    """One phrase by each kind of phase, and frozen after half of it: spectrograms below each other, and the sounds."""
    sound = phrase("voice")[: 3 * RATE]
    half = np.where(np.arange(len(sound) + LATE + 64) < len(sound) // 2, 0.0, 1.0).astype(np.float32)
    for what, given in {"phases": {}, "frozen": {"freeze": half}}.items():
        found = [played(sound, phase, **given) for phase in range(len(PHASES))]
        write_png(folder / f"spectral_{what}.png", stacked([spectrogram(each, RATE) for each in found]))
        for name, each in zip(PHASES, found, strict=True):
            soundfile.write(folder / f"spectral_{what}_{name}.ogg", each / 12, RATE)
