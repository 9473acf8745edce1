"""Spectral: transparent when it has nothing to do; freezing, blurring, morphing; the same in blocks of any size."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.neural.phase import LATE
from synthvr_server.neural.stft import HOP
from tests.neural.test_phase import convergence
from tests.spectra import frequency_of, level, powers

SPECTRAL = load_module_file(shipped_folder() / "effects" / "spectral.py")
RATE = 48000
KEPT, RANDOM, GRIFFIN_LIM, FAST = PHASES = range(4)
FROZEN = 1.0


class Player:
    """The module on numpy blocks: signals and knobs are numbers or float[frames]; ``run`` goes on where it was."""

    def __init__(self, block=64):
        self.module, self.block = SPECTRAL(voices=1, sample_rate=RATE, block=block), block
        self.module.prepare()

    def run(self, frames, b_plugged=False, **given):
        declared = SPECTRAL.declaration
        values = dict.fromkeys(declared.inputs, 0.0) | {name: knob.default for name, knob in declared.knobs.items()}
        whole = {
            name: np.array(np.broadcast_to(given.get(name, value), frames), np.float32)
            for name, value in values.items()
        }
        sound = np.full((frames, 1), np.nan, np.float32)
        for start in range(0, frames, self.block):
            here = slice(start, start + self.block)
            blocks = {name: each[here, None] if name in declared.inputs else each[here] for name, each in whole.items()}
            self.module.play(**blocks, out=sound[here], b_plugged=b_plugged)
        return sound[:, 0]


def sine(hertz, frames=RATE, peak=5.0):
    return (peak * np.sin(2 * np.pi * hertz * np.arange(frames) / RATE)).astype(np.float32)


def noise(frames=RATE, seed=1):
    return np.random.default_rng(seed).uniform(-5, 5, frames).astype(np.float32)


def error(found, wanted):
    """In dB relative to 5 V."""
    return 20 * np.log10(np.abs(found - wanted).max() / 5.0 + 1e-12)


def test_it_declares_its_latency():
    assert SPECTRAL.latency * RATE == pytest.approx(LATE)


@pytest.mark.parametrize("block", [16, 64, 100, 256, 512, 1000])
def test_with_nothing_to_do_it_is_transparent_in_blocks_of_any_size(block):
    sound = noise(12000)
    assert error(Player(block).run(12000, a=sound)[LATE:], sound[:-LATE]) < -120.0


def test_the_dry_sound_is_as_late_as_the_wet_one():
    sound = noise(12000)
    for mix in (0.0, 0.5):
        assert error(Player().run(12000, a=sound, mix=mix)[LATE:], sound[:-LATE]) < -120.0


def test_a_whole_morph_is_the_other_sound_exactly():
    a, b = noise(12000), noise(12000, seed=2)
    assert error(Player().run(12000, a=a, b=b, b_plugged=True, morph=1.0)[LATE:], b[:-LATE]) < -120.0
    by_cv = Player().run(12000, a=a, b=b, b_plugged=True, morph_cv=10.0)
    assert error(by_cv[LATE:], b[:-LATE]) < -120.0


def test_with_nothing_plugged_into_b_there_is_no_morph():
    sound = noise(12000)
    assert error(Player().run(12000, a=sound, morph=1.0)[LATE:], sound[:-LATE]) < -120.0


@pytest.mark.parametrize("phase", [KEPT, FAST])
def test_half_way_between_two_tones_both_sound(phase):
    sound = Player().run(RATE, a=sine(440.0), b=sine(3000.0), b_plugged=True, morph=0.5, phase=phase)[RATE // 2 :]
    frequencies, power = powers(sound, RATE)
    low, between, high = (
        10 * np.log10(power[abs(frequencies - hertz) < 100.0].sum()) for hertz in (440.0, 1500.0, 3000.0)
    )
    assert min(low, high) > 20 * np.log10(5 / np.sqrt(2)) - 6.0
    assert between < min(low, high) - 30.0


@pytest.mark.parametrize("phase", PHASES)
def test_a_frozen_sound_goes_on_when_the_input_is_gone(phase):
    player = Player()
    player.run(RATE // 2, a=sine(440.0, RATE // 2), phase=phase)
    held = player.run(RATE, freeze=FROZEN, phase=phase)[RATE // 4 :]
    # Random phases cancel in part, and leave of a tone what lies within the window's main lobe.
    assert level(held) == pytest.approx(20 * np.log10(5 / np.sqrt(2)), abs=7.0 if phase == RANDOM else 0.5)
    assert frequency_of(held, RATE) == pytest.approx(440.0, abs=94.0 if phase == RANDOM else 1.0)


def test_a_frozen_tone_with_kept_phases_stays_a_steady_tone():
    player = Player()
    player.run(RATE // 2, a=sine(440.0, RATE // 2))
    held = player.run(RATE, freeze=FROZEN)[RATE // 4 :]
    peaks = np.abs(held[: len(held) // HOP * HOP].reshape(-1, HOP)).max(axis=1)
    assert 20 * np.log10(peaks.max() / peaks.min()) < 1.0


def test_the_gate_freezes_while_it_is_high():
    player = Player()
    player.run(RATE // 2, a=sine(440.0, RATE // 2))
    assert level(player.run(RATE // 2, freeze_gate=10.0)[-4800:]) > 5.0
    assert level(player.run(RATE // 2)[-4800:]) < -80.0


@pytest.mark.parametrize(("how", "turn"), [("blur", 0.6), ("blur_cv", 6.0)])
def test_blur_lets_a_sound_ring_on(how, turn):
    rests = []
    for amount in (0.0, turn):
        player = Player()
        player.run(RATE // 2, a=sine(440.0, RATE // 2), phase=FAST, **{how: amount})
        rests.append(level(player.run(RATE // 2, phase=FAST, **{how: amount})[4800:9600]))
    assert rests[0] < -80.0
    assert rests[1] > 0.0


def test_phases_are_met_as_well_in_the_module_as_on_their_own():
    time = np.arange(RATE) / RATE
    sound = sum(sine(220.0 * harmonic * (1 + 0.0 * time), peak=2.0 / harmonic) for harmonic in range(1, 20))
    met = [convergence(sound[:-LATE], Player().run(RATE, a=sound, phase=phase)[LATE:]) for phase in PHASES]
    assert met[KEPT] < -100.0
    assert met[RANDOM] > -8.0
    assert met[FAST] < -20.0


@pytest.mark.parametrize("phase", PHASES)
def test_blocks_of_any_size_give_the_same_samples(phase):
    settings = {"a": noise(9600), "b": noise(9600, 2), "b_plugged": True, "morph": 0.4, "blur": 0.3, "phase": phase}
    whole = Player(9600).run(9600, **settings)
    for block in (32, 100, 512):
        assert Player(block).run(9600, **settings) == pytest.approx(whole, abs=1e-6), block


@pytest.mark.parametrize("phase", PHASES)
def test_it_stays_bounded_and_comes_to_rest_whatever_is_fed(phase):
    wild = 24 * np.sign(noise(RATE // 4))
    player = Player()
    for knobs in ({"morph": 0.0, "blur": 0.0}, {"morph": 1.0, "blur": 1.0}, {"morph": 0.5, "freeze": FROZEN}):
        sound = player.run(
            RATE // 4, a=wild, b=wild[::-1], b_plugged=True, phase=phase, blur_cv=wild, morph_cv=wild, mix=1.0, **knobs
        )
        assert np.abs(sound).max() < 250.0  # phases may pile up; the jack holds ±24 V
    assert level(player.run(RATE, phase=phase)[-4800:]) < -100.0
