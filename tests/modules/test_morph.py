from pathlib import Path

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.module import C4_HZ
from synthvr_server.neural.morph import LATENTS

RATE = 48_000
PLAYED = {"pitch": 0.0, "gate": 10.0}
TRUMPET, CLARINET, VOICE = 0, 3, 5

MorphVoice = load_module_file(Path(shipped_folder()) / "neural" / "morph.py")


class Stage:
    """The module with everything it declares, block by block; ``play`` takes volts (numbers or [frames]) and knobs."""

    def __init__(self, block=64):
        self.block, self.module = block, MorphVoice(1, RATE, block)
        self.module.prepare()

    def play(self, seconds, **given):
        heard = []
        for start in range(0, round(seconds * RATE) // self.block * self.block, self.block):
            blocks = {"out": np.full((self.block, 1), np.nan, np.float32), "out_plugged": True}
            for name, jack in MorphVoice.declaration.inputs.items():
                volts = given.get(name, jack.normal)
                volts = volts[start : start + self.block] if np.ndim(volts) else volts
                blocks[name] = np.broadcast_to(np.float32(volts), self.block).reshape(-1, 1).copy()
                blocks[f"{name}_plugged"] = name in given
            for name, knob in MorphVoice.declaration.knobs.items():
                blocks[name] = np.full(self.block, given.get(name, knob.default), np.float32)
            self.module.play(**blocks)
            heard.append(blocks["out"][:, 0])
        return np.concatenate(heard)


def spectrum(sound):
    """Power of the harmonics of C4, dB, relative to all of them."""
    lines = np.abs(np.fft.rfft(sound[-RATE // 4 :] * np.hanning(RATE // 4)))
    at = [round(C4_HZ * number / 4) for number in range(1, 25)]
    power = np.array([np.square(lines[line - 3 : line + 4]).sum() for line in at])
    return 10 * np.log10(power / power.sum() + 1e-6)


def far(first, second):
    return float(np.sqrt(np.square(spectrum(first) - spectrum(second)).mean()))


def level(sound):
    return 10 * np.log10(np.square(sound).mean() / 25 + 1e-12)


@pytest.fixture(scope="module")
def plain():
    return Stage().play(0.8, **PLAYED)


def test_v_oct_and_gate_play_in_tune(plain):
    lines = np.abs(np.fft.rfft(plain[-RATE // 2 :] * np.hanning(RATE // 2), RATE * 8))
    near = slice(8 * 240, 8 * 285)
    hertz = (lines[near].argmax() + 8 * 240) / 8
    assert abs(1200 * np.log2(hertz / C4_HZ)) < 5


def test_it_is_silent_until_the_gate_and_fades_after_it():
    stage = Stage()
    assert level(stage.play(0.1, pitch=0.0, gate=0.0)) < -100
    assert level(stage.play(0.3, **PLAYED)) > -30
    stage.play(0.9, pitch=0.0, gate=0.0)
    assert level(stage.play(0.1, pitch=0.0, gate=0.0)) < -80


def test_loudness_is_four_decibels_a_volt():
    loud, soft = (level(Stage().play(0.6, **PLAYED, loudness=volts)[RATE // 4 :]) for volts in (8.0, 3.0))
    assert loud - soft == pytest.approx(20.0, abs=1.0)


def test_two_instruments_sound_different_and_a_blend_ends_at_the_second(plain):
    second = Stage().play(0.8, **PLAYED, a=CLARINET)
    blended = Stage().play(0.8, **PLAYED, blend=1.0)
    assert far(plain, second) > 6.0
    assert far(blended, second) < 0.5


def test_blend_cv_of_ten_volts_goes_all_the_way(plain):
    assert far(Stage().play(0.8, **PLAYED, blend=1.0), Stage().play(0.8, **PLAYED, blend_cv=10.0)) < 0.1


def test_half_a_blend_lies_about_half_way(plain):
    middle, end = (Stage().play(0.8, **PLAYED, blend=part) for part in (0.5, 1.0))
    whole = far(plain, end)
    assert far(plain, middle) < 0.8 * whole
    assert far(middle, end) < 0.8 * whole


def test_a_knob_and_its_jack_add_up():
    turned = Stage().play(0.8, **PLAYED, axis1=3.0)
    assert far(turned, Stage().play(0.8, **PLAYED, z1=3.0)) < 0.1
    assert far(turned, Stage().play(0.8, **PLAYED, z1=5.0, axis1=-2.0)) < 0.1


def test_the_first_axes_change_the_sound_more_than_the_last(plain):
    moved = [far(plain, Stage().play(0.6, **PLAYED, **{f"axis{n + 1}": 5.0})) for n in (0, 1, LATENTS - 1)]
    assert min(moved[:2]) > 2.0
    assert min(moved[:2]) > moved[2]


def test_freeze_holds_the_colour_while_pitch_and_level_play_on():
    stage = Stage()
    before = stage.play(0.6, **PLAYED)
    frozen = stage.play(0.6, **PLAYED, freeze=10.0, a=CLARINET)
    thawed = stage.play(0.8, **PLAYED, a=CLARINET)
    assert far(before, frozen) < 1.0
    assert far(before, thawed) > 6.0
    assert level(stage.play(0.5, **PLAYED, freeze=10.0, loudness=3.0)[RATE // 4 :]) < level(frozen) - 15


def test_jitter_wanders_and_without_it_a_held_note_stands_still():
    def changes(**knobs):
        stage = Stage()
        stage.play(0.6, **PLAYED, **knobs)
        pieces = [stage.play(0.3, **PLAYED, **knobs) for _ in range(4)]
        return max(far(pieces[0], piece) for piece in pieces[1:])

    assert changes(jitter=1.0) > changes() + 1.0


def test_a_sound_plays_it_at_its_own_pitch():
    time = np.arange(RATE) / RATE
    saw = 3.0 * sum(np.sin(2 * np.pi * 330.0 * k * time) / k for k in range(1, 9))
    sound = Stage().play(1.0, audio=saw, a=VOICE)
    lines = np.abs(np.fft.rfft(sound[-RATE // 2 :] * np.hanning(RATE // 2), RATE * 8))
    hertz = (lines[8 * 310 : 8 * 350].argmax() + 8 * 310) / 8
    assert abs(1200 * np.log2(hertz / 330.0)) < 25
    assert level(sound[RATE // 2 :]) == pytest.approx(level(saw[RATE // 2 :]), abs=3.0)


def test_dry_is_what_comes_in():
    noise = np.random.default_rng(1).normal(size=RATE // 10).astype(np.float32)
    heard = Stage().play(0.1, audio=noise, mix=0.0)
    assert np.allclose(heard, noise[: len(heard)], atol=1e-6)


def test_the_size_of_a_block_does_not_matter():
    small, large = (Stage(block).play(0.256, **PLAYED, a=2) for block in (64, 256))
    assert np.abs(small - large).max() < 1e-4


def test_switching_instruments_does_not_click():
    stage = Stage()
    before = stage.play(0.5, **PLAYED)
    after = stage.play(0.2, **PLAYED, a=VOICE)
    steady = np.abs(np.diff(before[-RATE // 5 :], 2)).max()
    assert np.abs(np.diff(np.concatenate([before[-100:], after]), 2)).max() < 3 * steady


@pytest.mark.parametrize("volts", [24.0, -24.0])
def test_it_survives_anything_at_every_jack(volts):
    stage = Stage()
    jacks = dict.fromkeys(MorphVoice.declaration.inputs, volts)
    for ends in ("minimum", "maximum"):
        knobs = {name: getattr(knob, ends) for name, knob in MorphVoice.declaration.knobs.items()}
        heard = stage.play(0.05, **jacks, **knobs)
        assert np.isfinite(heard).all()
        assert np.abs(heard).max() < 30
    assert np.isfinite(stage.play(0.1, **PLAYED)).all()
