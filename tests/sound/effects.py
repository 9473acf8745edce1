"""Reverb, Delay and Multimode: offsets, jumps of time and size, blocks of two sizes, widths of resonances."""

from __future__ import annotations

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import Module
from tests.kernel_bench import KernelBench
from tests.requirement import Requirement, Requirements
from tests.rig import rig
from tests.spectra import Signal, alias_level, cents, decibels
from tests.turning import click_of

REQUIREMENTS: Requirements = {
    "reverb.offset_gain_db": Requirement(-60.0),
    "reverb.pulses_peak_volts": Requirement(12.0),
    "reverb.time_error_percent": Requirement(10.0),
    "reverb.sides_correlation": Requirement(0.1),
    "reverb.echo_density": Requirement(0.85, at_least=True),  # of noise it is 1
    "reverb.loudest_mode_db": Requirement(20.0),  # above the median; of noise it is 11
    "*_click_db": Requirement(-60.0),
    "*.block_null_db": Requirement(-100.0),
    "delay.frames_late": Requirement(0.0),
    "delay.loss_10_khz_db": Requirement(0.2),
    "delay.full_feedback_alias_db": Requirement(-60.0),
    "multimode.width_error_percent.*": Requirement(3.0),
    "multimode.cutoff_error_cents": Requirement(3.0),
}

RATE = 48_000
VOLTS = 5.0
SINES = (1_100.0, 5_000.0, 11_300.0)  # Hz: their harmonics fold onto none of them


def measure() -> dict[str, float]:
    """Plays each of the three."""
    reverb, delay, multimode = (_load(path) for path in ("effects/reverb", "effects/delay", "filters/multimode"))
    return _reverb(reverb) | _delay(delay) | _multimode(multimode)


def _load(path: str) -> type[Module]:
    return load_module_file(shipped_folder() / f"{path}.py")


def _reverb(reverb: type[Module]) -> dict[str, float]:
    wet = {"mix": 1.0, "damping": 0.0}
    with rig(reverb, feeds={"audio": 1}, block=1024, size=3.2, **wet) as under_test:
        offset = abs(under_test.run(10.0, audio=VOLTS)["left"][-RATE:].mean())
    pulses = np.where(np.arange(10 * RATE) % 480 < 48, VOLTS, -VOLTS)
    with rig(reverb, feeds={"audio": 1}, block=1024) as under_test:
        peak = np.abs(under_test.run(10.0, audio=pulses)["left"][-RATE:]).max()
    click = np.zeros(4 * RATE)
    click[0] = VOLTS
    with rig(reverb, feeds={"audio": 1}, block=1024, size=3.0, **wet) as under_test:
        heard = under_test.run(4.0, audio=click)
    left, right = (heard[side][:, 0].astype(float) / VOLTS for side in ("left", "right"))
    rising = left[RATE // 4 :] * 10 ** (2 / 3 * np.arange(len(left) - RATE // 4) / RATE)
    modes = decibels(np.abs(np.fft.rfft(rising * np.hanning(len(rising)))))
    modes = modes[int(200 * len(rising) / RATE) : int(4_000 * len(rising) / RATE)]
    return {
        "reverb.offset_gain_db": float(decibels(offset / VOLTS)),
        "reverb.pulses_peak_volts": float(peak),
        "reverb.time_error_percent": 100 * abs(_time_to_fall(left) / 3.0 - 1),
        "reverb.sides_correlation": abs(float(np.corrcoef(left, right)[0, 1])),
        "reverb.echo_density": float(np.mean([_echo_density(left, at) for at in np.arange(0.08, 0.12, 0.01)])),
        "reverb.loudest_mode_db": float(modes.max() - np.median(modes)),
        "reverb.size_click_db": click_of(reverb, "size"),
        "reverb.block_null_db": _null(reverb, "left"),
    }


def _delay(delay: type[Module]) -> dict[str, float]:
    wet = {"mix": 1.0, "tone": 18_000.0}
    click = np.zeros(RATE)
    click[0] = VOLTS
    echoes = KernelBench(delay, time=0.1, feedback=0.6, **wet).run(RATE, audio=click)["out"][:, 0]
    # The low-pass delays what it lets through: from the sixth echo on the peak lies a frame later, at the brightest.
    late = [np.argmax(np.abs(echoes[4800 * number - 2400 : 4800 * number + 2400])) - 2400 for number in range(1, 6)]
    high = [
        KernelBench(delay, time=frames / RATE, feedback=0.0, **wet).run(RATE, audio=_sine(10_000.0))["out"][
            -RATE // 2 :
        ]
        for frames in (4800.0, 4800.5)
    ]
    held = [
        KernelBench(delay, block=1024, time=round(0.05 * hertz) / hertz, feedback=1.0, **wet).run(
            8 * RATE, audio=_sine(hertz, 8)
        )["out"][-65_536:, 0]
        for hertz in SINES
    ]
    return {
        "delay.frames_late": float(np.max(np.abs(late))),
        "delay.loss_10_khz_db": abs(float(decibels(high[1].std() / high[0].std()))),
        "delay.full_feedback_alias_db": max(
            alias_level(heard, RATE, hertz) for heard, hertz in zip(held, SINES, strict=True)
        ),
        "delay.time_by_tape_click_db": click_of(delay, "time"),
        "delay.time_by_fade_click_db": click_of(delay, "time", change=1),
        "delay.block_null_db": _null(delay, "out", time_cv=0.2),
    }


def _multimode(multimode: type[Module]) -> dict[str, float]:
    figures: dict[str, float] = {}
    errors = []
    impulse = np.zeros(3 * RATE)
    impulse[0] = 1.0
    for hertz in (1_000.0, 14_000.0, 20_000.0):
        bench = KernelBench(multimode, cutoff=hertz, resonance=1.0)
        band = np.abs(np.fft.rfft(bench.run(len(impulse), audio=impulse)["band"][:, 0], 10 * RATE))
        within = np.flatnonzero(band >= band.max() / np.sqrt(2)) / 10
        figures[f"multimode.width_error_percent.{hertz / 1000:g}_khz"] = abs(
            100 * (hertz / (within[-1] - within[0]) / 25 - 1)
        )
        errors.append(abs(cents(float(np.argmax(band)) / 10, hertz)))
    figures["multimode.cutoff_error_cents"] = max(errors)
    figures["multimode.resonance_click_db"] = click_of(multimode, "resonance")
    figures["multimode.block_null_db"] = _null(multimode, "low", cutoff_cv=1.0, pitch=0.5)
    return figures


def _sine(hertz: float, seconds: int = 1, volts: float = VOLTS) -> Signal:
    return volts * np.sin(2 * np.pi * hertz * np.arange(seconds * RATE) / RATE)


def _null(cls: type[Module], jack: str, **swings: float) -> float:
    """What is left of blocks of 64 less blocks of 1,024, while CVs swing by so many volts at 150 Hz."""
    frames = 40 * 1024
    signals = {"audio": _sine(440.0)[:frames]} | {cv: _sine(150.0, 1, volts)[:frames] for cv, volts in swings.items()}
    heard = []
    for block in (64, 1024):
        knobs = {"cutoff_amount": 1.0} if "cutoff_amount" in cls.declaration.knobs else {}
        with rig(cls, feeds=dict.fromkeys(signals, 1), block=block, set_to=knobs) as under_test:
            heard.append(under_test.run(frames / RATE, **signals)[jack].astype(float))
    return float(decibels((heard[0] - heard[1]).std() / heard[0].std()))


def _time_to_fall(heard: Signal) -> float:
    """Seconds for 40 dB, from 5 to 35 dB less to come (Schroeder, 1965), in the two octaves about 700 Hz."""
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(heard), 1 / RATE), 1.0) / 700)
    heard = np.fft.irfft(np.fft.rfft(heard) * np.exp(-2 * octaves**2), len(heard))
    to_come = np.cumsum(heard[::-1] ** 2)[::-1]
    start, end = (np.argmax(to_come < to_come[0] * 10 ** (-fall / 10)) for fall in (5, 35))
    return float(end - start) / RATE * 40 / 30


def _echo_density(heard: Signal, at: float) -> float:
    """How many samples of 20 ms lie beyond their standard deviation, of what noise has (Abel and Huang, 2006)."""
    near = heard[int(at * RATE) :][: RATE // 50]
    window = np.hanning(len(near)) / np.hanning(len(near)).sum()
    return float(np.sum(window * (np.abs(near) > np.sqrt(np.sum(window * near**2))))) / 0.3173
