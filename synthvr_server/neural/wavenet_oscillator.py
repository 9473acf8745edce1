"""The wave net as an oscillator: pitch, gate, injection, and the way from its own rate to the engine's.

    gate ─► envelope; each rise, once it is silent, empties the memory and starts the phase anew ───────────┐
    pitch ─► phase ─┐                                                                                       ▼
    inject ─► rate ─┴─► + ─► net ─► mean + temperature · deviation · noise ─┬─► rate ─► DC blocker ─► × level ─► out
                        ▲                                                   │
                        └────────────────── one sample later ───────────────┘

Two runs of the net speak in turns, each hearing only itself, its phase half a sample after the other's, both strayed by
the same noise. Together they are one net at twice the rate: what it makes above half its own does not fold. At 1 kHz
one run alone aliases at −36 … −59 dB, two at −78 … −110 (temperature 0). They stay together by themselves: even with
neither phase nor certainty (grip 0, temperature 1) both in turns are within 0.5 dB as loud as one.

Both rates are bridged by a windowed sinc of ``TAPS`` taps, twice as many on the way out, whose middle is ``LATE``
samples of the net behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba as nb
import numpy as np

from .. import dsp
from .wavenet_oscillator_net import CONTROL, MIND, OPTIONS, RATE, WEIGHTS, Net, attune, mind, noise, say, tell_phase

SHIPPED = Path(__file__).parent / "models" / "wave" / "wave.npz"
RUNS = 2
TAPS = 32
LATE = TAPS // 2
LATENCY = LATE / RATE  # s
BETWEEN = 64  # places between two samples for which the sinc is kept
BANDWIDTH = 16_000.0  # Hz, middle of the slope: −90 dB at 19 kHz, where the images of 13 kHz begin
WINDOW_BETA = 8.5  # of the Kaiser window
LOWEST_HZ, HIGHEST_HZ = 16.0, 6_000.0
VOLTS = np.float32(5.0)  # full scale of what is injected
LOUD = np.float32(13.5)  # V: the net's own; it has learnt sounds of 0.22 RMS, which become as loud as a saw of ±5 V
FADE_SECONDS = 0.003  # of the envelope: short enough to play drums, long enough not to click
DC_HZ = 8.0

# What is kept from block to block, by place. Counts: samples said, whether it sounds, Schmitt state, restart waits,
# place in each ring. Levels: last sample of each run, envelope, the DC blocker's last input and output, the noise.
TIME, AWAKE, HIGH, WAITING, SAID_AT, HEARD_AT = range(6)
LAST, OTHER_LAST, ENVELOPE, INTO_BLOCKER, OUT_OF_BLOCKER, STRAY = range(6)
TURNS, BEYOND = range(2)  # of the phase; samples of the net between its newest one and this frame

_F = np.float32
_ZERO, _ONE = _F(0.0), _F(1.0)
_ROW = nb.types.Array(nb.float32, 1, "C")
_ROWS = nb.types.Array(nb.float32, 2, "C")


def sinc_table(bandwidth: float, rate: float, count: int = TAPS) -> np.ndarray:
    """Taps for each place between two samples, float32[BETWEEN + 2, count], newest sample first; each sums to 1.

    One more than there are: a fraction may round to 1, and what follows is read too.
    """
    middle = count // 2
    place = np.arange(BETWEEN + 2)[:, None] / BETWEEN + np.arange(count) - middle
    inside = np.clip(1.0 - (place / middle) ** 2, 0.0, 1.0)
    cutoff = min(2.0 * bandwidth / rate, 1.0)
    taps = np.sinc(cutoff * place) * np.i0(WINDOW_BETA * np.sqrt(inside))
    return np.ascontiguousarray(taps / taps.sum(axis=1, keepdims=True), np.float32)


@dsp.inlined
def _push(ring, at, sample):
    """Lay a sample into a ring that is kept twice in a row, backwards, so that as many as the taps lie side by side."""
    taps = len(ring) // 2
    at = (at - 1) & (taps - 1)
    ring[at] = sample
    ring[at + taps] = sample
    return at


@dsp.inlined
def _between(ring, at, table, fraction):
    """What lay half of the taps, less ``fraction``, samples ago."""
    place = fraction * _F(BETWEEN)
    row = np.int64(place)
    share = place - _F(row)
    total = _ZERO
    for tap in range(table.shape[1]):
        total += (table[row, tap] + share * (table[row + 1, tap] - table[row, tap])) * ring[at + tap]
    return total


@dsp.inlined
def _restart(memories, said, counts, levels, motion):
    """Empty memories, at the beginning of a period."""
    for run in range(RUNS):
        queues = memories[run][0]
        for row in range(queues.shape[0]):
            for channel in range(queues.shape[1]):
                queues[row, channel] = _ZERO
        levels[LAST + run] = _ZERO
    for at in range(len(said)):
        said[at] = _ZERO
    levels[INTO_BLOCKER] = levels[OUT_OF_BLOCKER] = _ZERO
    counts[TIME] = 0
    motion[TURNS] = motion[BEYOND] = 0.0


@dsp.inlined
def _envelope(volts, counts, levels, step):
    """Move the envelope by one frame; true if the sound begins anew with it."""
    was = counts[HIGH]
    counts[HIGH] = np.int64(dsp.schmitt(volts, _F(was)))
    if counts[HIGH] > was:
        counts[WAITING] = 1
    wanted = counts[HIGH] == 1 and counts[WAITING] == 0
    levels[ENVELOPE] = dsp.clamp(levels[ENVELOPE] + dsp.select(wanted, step, -step), _ZERO, _ONE)
    if counts[WAITING] == 1 and levels[ENVELOPE] == _ZERO:
        counts[WAITING] = 0
        return True
    return False


_compiled: Any = nb.njit(
    nb.void(
        WEIGHTS, nb.types.UniTuple(MIND, RUNS), _ROW, _ROW, nb.int64[::1], _ROW, nb.float64[::1], nb.uint64[::1],
        _ROWS, _ROWS, nb.float64,
        *(_ROWS,) * 5, *(_ROW,) * 7, _ROWS, nb.boolean,
    ),
    cache=True,
    **OPTIONS,
)  # fmt: skip


@_compiled
def _play(
    weights, memories, said, heard, counts, levels, motion, seeds, said_table, heard_table, rate,
    pitch, gate, inject, material_cv, character_cv,
    frequency, material, character, temperature, injection, grip, level, out, injecting,
):  # fmt: skip
    per_frame = RUNS * RATE / rate
    fade = _F(1.0 / (FADE_SECONDS * rate))
    leak = _F(1.0 - 2.0 * np.pi * DC_HZ / rate)
    for frame in range(out.shape[0]):
        if injecting:
            counts[HEARD_AT] = _push(heard, counts[HEARD_AT], inject[frame, 0])
        if _envelope(gate[frame, 0], counts, levels, fade):
            _restart(memories, said, counts, levels, motion)
        if levels[ENVELOPE] == _ZERO and counts[HIGH] == 0:
            out[frame, 0] = _ZERO  # asleep: it costs nothing
            continue
        motion[BEYOND] += per_frame
        while motion[BEYOND] >= 1.0:
            motion[BEYOND] -= 1.0
            hertz = dsp.hertz(pitch[frame, 0] + frequency[frame] * _F(1 / 12))
            hertz = dsp.clamp(hertz, _F(LOWEST_HZ), _F(HIGHEST_HZ))
            run, time = counts[TIME] % RUNS, counts[TIME] // RUNS
            memory = memories[run]
            if time % CONTROL == 0:
                kind = material[frame] + material_cv[frame, 0] * _F(0.5)
                temper = character[frame] + character_cv[frame, 0] * _F(0.1)
                attune(weights, memory, kind, temper, hertz)
            ear = levels[LAST + run]
            if injecting:
                ago = min(_F(motion[BEYOND] / per_frame), _ONE)
                ear += injection[frame] / VOLTS * _between(heard, counts[HEARD_AT], heard_table, _ONE - ago)
            tell_phase(_F(motion[TURNS]), hertz, grip[frame], memory[2])
            mean, deviation = say(weights, memory, time, dsp.clamp(ear, -_ONE, _ONE))
            if run == 0:
                levels[STRAY] = noise(seeds)
            levels[LAST + run] = dsp.clamp(mean + temperature[frame] * deviation * levels[STRAY], -_ONE, _ONE)
            counts[SAID_AT] = _push(said, counts[SAID_AT], levels[LAST + run])
            counts[TIME] += 1
            motion[TURNS] += np.float64(hertz) / (RUNS * RATE)
            motion[TURNS] -= np.floor(motion[TURNS])
        sample = _between(said, counts[SAID_AT], said_table, _F(motion[BEYOND]))
        steady = sample - levels[INTO_BLOCKER] + leak * levels[OUT_OF_BLOCKER]
        levels[INTO_BLOCKER], levels[OUT_OF_BLOCKER] = sample, steady
        out[frame, 0] = LOUD * level[frame] * levels[ENVELOPE] * steady


class WaveOscillator:
    """One voice of the net at the engine's rate; ``play`` goes on where it stopped."""

    def __init__(self, sample_rate: float, path: Path = SHIPPED, seed: int = 1) -> None:
        """``sample_rate`` in Hz; from ``seed``, 1 … 2⁶⁴ − 1, follows how it strays."""
        self._kept: tuple[Any, ...] = (
            Net.load(path).tensors,
            tuple(mind() for _ in range(RUNS)),
            np.zeros(2 * RUNS * TAPS, np.float32),
            np.zeros(2 * TAPS, np.float32),
            np.zeros(6, np.int64),
            np.zeros(6, np.float32),
            np.zeros(2, np.float64),
            np.full(1, seed, np.uint64),
            sinc_table(BANDWIDTH, RUNS * RATE, RUNS * TAPS),
            sinc_table(min(BANDWIDTH, 0.45 * sample_rate) * 0.85, sample_rate),
            float(sample_rate),
        )

    def play(
        self,
        pitch: np.ndarray,
        gate: np.ndarray,
        inject: np.ndarray,
        material_cv: np.ndarray,
        character_cv: np.ndarray,
        frequency: np.ndarray,
        material: np.ndarray,
        character: np.ndarray,
        temperature: np.ndarray,
        injection: np.ndarray,
        grip: np.ndarray,
        level: np.ndarray,
        out: np.ndarray,
        injecting: bool,
    ) -> None:
        """Write one block to ``out``; jacks are float32[frames, 1] in volts, knobs float32[frames] in their units."""
        _play(
            *self._kept, pitch, gate, inject, material_cv, character_cv,
            frequency, material, character, temperature, injection, grip, level, out, injecting,
        )  # fmt: skip
