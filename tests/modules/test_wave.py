"""Wave: in tune by its phase, silent and free of clicks at its gate, and unmoved by whatever is plugged in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from tests.spectra import cents, level

Wave = load_module_file(shipped_folder() / "neural" / "wave.py")
RATE = 48_000
HARDEST = (float("nan"), float("inf"), -float("inf"), 24.0, -24.0, 0.0)


def play(seconds, rate=RATE, block=64, **signals):
    """What a new Wave says, float32[frames]; signals are jack → V or knob → unit, a number or [frames]."""
    module = Wave(1, rate, block)
    module.prepare()
    declared = Wave.declaration
    frames = round(seconds * rate) // block * block
    out = np.full((frames, 1), np.nan, np.float32)
    normals = {name: jack.normal for name, jack in declared.inputs.items()}
    normals |= {name: knob.default for name, knob in declared.knobs.items()}
    laid = {
        name: np.array(np.broadcast_to(np.asarray(value, np.float32), (frames,)))
        for name, value in (normals | signals).items()
    }
    for start in range(0, frames, block):
        now = slice(start, start + block)
        arguments = {name: laid[name][now, None] if name in declared.inputs else laid[name][now] for name in laid}
        module.play(**arguments, out=out[now], inject_plugged="inject" in signals)
    return out[:, 0]


def hertz_of(sound, rate, near):
    """The period that fits ``sound`` best near the one expected, as a frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 2 * len(sound))) ** 2
    correlation = np.fft.irfft(spectrum)
    taper = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(len(sound)), 2 * len(sound))) ** 2)
    periods = max(6, int(0.03 * near))  # over many periods a lag tells the pitch to a fraction of a cent
    lags = np.arange(int((periods - 0.4) * rate / near), int((periods + 0.4) * rate / near))
    here = correlation[lags] / taper[lags]
    peak = int(np.clip(np.argmax(here), 1, len(here) - 2))
    before, at, after = here[peak - 1 : peak + 2]
    return periods * rate / (lags[peak] + 0.5 * (before - after) / (before - 2 * at + after))


@pytest.mark.parametrize("material", range(6))
@pytest.mark.parametrize("volts", [-2.0, -0.7, 2.0])
def test_every_material_is_in_tune_from_c2_to_c6(material, volts):
    sound = play(0.4, pitch=volts, material=material)[RATE // 10 :]
    expected = C4_HZ * 2**volts
    assert abs(cents(hertz_of(sound, RATE, expected), expected)) < 5.0


@pytest.mark.parametrize("rate", [44_100, 96_000])
def test_the_pitch_is_the_same_at_every_rate_of_the_engine(rate):
    sound = play(0.5, rate=rate, material=2)[rate // 10 :]
    assert abs(cents(hertz_of(sound, rate, C4_HZ), C4_HZ)) < 5.0


def test_it_is_loud_and_free_of_dc():
    for material in range(6):
        sound = play(0.5, material=material)[RATE // 5 :]
        assert 8.0 < level(sound) < 14.0, material  # dB over 1 V: a sine of ±5 V is 11
        assert abs(sound.mean()) < 0.05, material


@pytest.mark.parametrize("jack", list(Wave.declaration.inputs))
def test_it_recovers_from_anything_at_a_jack(jack):
    feed = np.zeros(RATE // 2, np.float32) + Wave.declaration.inputs[jack].normal
    for number, volts in enumerate(HARDEST):
        feed[2000 + 1000 * number : 2500 + 1000 * number] = volts
    sound = play(0.5, **{jack: feed}, injection=1.0, material=2)
    assert np.isfinite(sound).all() and np.abs(sound).max() < 27.0
    if jack not in ("pitch", "gate"):
        after = sound[-RATE // 5 :]
        assert abs(cents(hertz_of(after, RATE, C4_HZ), C4_HZ)) < 5.0


def test_what_is_injected_changes_what_it_says():
    talked_into = play(0.2, inject=3 * np.sin(np.arange(0.2 * RATE) * 0.3), injection=1.0, temperature=0.0)
    alone = play(0.2, temperature=0.0)
    assert level(talked_into - alone) > -10.0


def test_a_low_gate_is_silence():
    assert not play(0.2, gate=0.0).any()


def test_a_gate_opens_and_closes_without_a_click():
    gate = np.zeros(RATE // 2)
    gate[4800:14400] = 10.0
    sound = play(0.5, gate=gate, material=0, character=0.0, temperature=0.0)
    assert not sound[:4800].any() and not sound[14400 + 200 :].any()
    steady = np.abs(np.diff(sound[8000:14000])).max()
    assert np.abs(np.diff(sound)).max() < 1.5 * steady


def test_each_rise_of_the_gate_starts_the_same_sound():
    gate = np.where(np.arange(RATE) % (RATE // 2) < RATE // 3, 10.0, 0.0)
    sound = play(1.0, gate=gate, temperature=0.0)
    assert level(sound[: RATE // 3] - sound[RATE // 2 : RATE // 2 + RATE // 3]) < level(sound) - 30.0


def test_it_says_the_same_at_every_block_size():
    assert np.array_equal(play(0.256, block=64), play(0.256, block=256))


def test_temperature_strays_and_zero_is_certain():
    def unrest(temperature):
        sound = play(0.6, pitch=np.log2(300 / C4_HZ), material=0, character=0.8, temperature=temperature)[RATE // 5 :]
        period = RATE // 300
        return level(sound[period:] - sound[:-period]) - level(sound)

    assert unrest(0.0) < -25.0 < unrest(1.0)


def test_materials_and_characters_differ():
    edges = np.geomspace(60, 12_000, 13)

    def bands(**knobs):
        sound = play(0.5, pitch=-1.0, **knobs)[RATE // 5 :]
        power, bins = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
        inside = [(bins >= low) & (bins < high) for low, high in pairwise(edges)]
        return np.array([10 * np.log10(power[here].sum() + 1e-3) for here in inside])

    sounds = [bands(material=material, character=0.5) for material in range(6)]
    for material in range(5):
        assert np.abs(sounds[material] - sounds[material + 1]).mean() > 2.0
    for material in range(6):
        assert np.abs(bands(material=material, character=0.1) - bands(material=material, character=0.9)).mean() > 1.0
