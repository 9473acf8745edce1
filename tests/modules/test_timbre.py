from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import C4_HZ
from synthvr_server.neural.card import keep
from synthvr_server.neural.instrument import MODELS, read_card
from synthvr_server.neural.pitch import VOICED, VOLTS, follow
from synthvr_server.neural.trial import try_instrument
from tests.rig import rig

Timbre = load_module_file(shipped_folder() / "neural" / "timbre.py")


def saw(hertz: float, seconds: float = 0.6, rate: int = 48000) -> np.ndarray:
    turns = hertz * np.arange(int(seconds * rate)) / rate
    return 2.0 * sum(np.sin(2 * np.pi * k * turns) / k for k in range(1, 20)).astype(np.float32)


def played(
    feeds: dict[str, Any], seconds: float = 0.6, rate: int = 48000, block: int = 64, **knobs: float
) -> np.ndarray:
    with rig(Timbre, dict.fromkeys(feeds, 1), rate, block, **knobs) as bench:
        return bench.run(seconds, **feeds)["out"][:, 0]


def cents(sound: np.ndarray, hertz: float, rate: int = 48000) -> np.ndarray:
    heard = follow(sound / 5, rate, rate // 250)[-60:]
    assert heard[:, VOICED].all()
    return 1200 * (heard[:, VOLTS] - np.log2(hertz / C4_HZ))


def first_partial_cents(sound: np.ndarray, hertz: float, rate: int = 48000) -> float:
    """How far the partial near ``hertz`` is off it, by the phase it gains in 50 ms: the others may lie wide."""
    beats = sound[-14400:] * np.exp(-2j * np.pi * hertz * np.arange(14400) / rate)
    first, second = (beats[start : start + 9600] @ np.hanning(9600) for start in (0, 2400))
    return 1200 * np.log2(1 + np.angle(second / first) / (2 * np.pi * 2400 / rate) / hertz)


@pytest.mark.parametrize("instrument", range(8))
def test_every_instrument_plays_the_pitch_and_level_it_hears(instrument: int) -> None:
    sound = played({"audio": saw(330.0)}, instrument=instrument)
    assert abs(first_partial_cents(sound, 330.0)) < 5
    level = 10 * np.log10(np.mean(np.square(sound[-9600:])) / np.mean(np.square(saw(330.0)[-9600:])))
    assert abs(level) < 1.5


def test_pitch_and_gate_play_it_without_any_sound_going_in() -> None:
    gate = np.where(np.arange(28800) < 14400, 10.0, 0.0)
    sound = played({"pitch": 1.0, "gate": gate})
    assert np.abs(np.median(1200 * (follow(sound[:14400] / 5, 48000, 192)[40:, VOLTS] - 1.0))) < 2
    assert 20 * np.log10(np.abs(sound[-480:]).max() / np.abs(sound[7200:14400]).max()) < -25


@pytest.mark.parametrize("edge", [0, 1], ids=["lowest", "highest"])
def test_a_note_at_the_edge_of_the_range_sounds_where_it_is_whatever_came_before_it(edge: int) -> None:
    card = read_card(MODELS / "violin.instrument")
    at = np.log2((card.lowest_hz, card.highest_hz)[edge] / C4_HZ)
    beyond = (-1, 1)[edge] / 12  # a semitone further out, which is folded
    for before in (at, at + beyond, at - beyond):
        pitch = np.where(np.arange(38400) < 9600, before, at + 0.05 * beyond)
        sound = played({"pitch": pitch, "gate": 10.0}, seconds=0.8, instrument=2)
        assert abs(first_partial_cents(sound, C4_HZ * 2.0 ** (at + 0.05 * beyond))) < 5


def test_a_pitch_outside_the_range_is_folded_into_it_by_octaves() -> None:
    sound = played({"pitch": -3.0, "gate": 10.0}, instrument=3)  # a flute has no 33 Hz
    heard = follow(sound / 5, 48000, 192)[-40:]
    assert heard[:, VOICED].all()
    assert np.median(heard[:, VOLTS]) == pytest.approx(0.0, abs=0.01)


def test_the_octave_switch_moves_by_octaves() -> None:
    assert np.abs(np.median(cents(played({"audio": saw(330.0)}, octave=3), 660.0))) < 5


def test_brightness_moves_energy_up_and_keeps_the_level() -> None:
    def share_above_2_khz(brightness: float) -> tuple[float, float]:
        sound = played({"audio": saw(330.0)}, brightness=brightness)[-14400:]
        power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
        high = np.fft.rfftfreq(len(sound), 1 / 48000) > 2000
        return 10 * np.log10(power[high].sum() / power.sum()), 10 * np.log10(np.mean(np.square(sound)))

    (dark, dark_level), (bright, bright_level) = share_above_2_khz(-0.7), share_above_2_khz(0.7)
    assert bright - dark > 6
    assert abs(bright_level - dark_level) < 1


def test_vibrato_at_zero_takes_a_vibrato_out() -> None:
    time = np.arange(48000) / 48000
    voltage = 0.5 + 0.03 * np.sin(2 * np.pi * 6 * time)

    def depth(vibrato: float) -> float:
        sound = played({"pitch": voltage, "gate": 10.0}, 1.0, vibrato=vibrato)
        return float(np.ptp(follow(sound / 5, 48000, 192)[-100:, VOLTS]) * 1200)

    assert depth(1.0) == pytest.approx(72, abs=8)
    assert depth(0.0) < 0.35 * depth(1.0)


def test_dry_is_what_comes_in() -> None:
    assert played({"audio": saw(330.0)}, mix=0.0)[:28800] == pytest.approx(saw(330.0), abs=1e-6)


def test_changing_the_instrument_does_not_click() -> None:
    with rig(Timbre, {"pitch": 1, "gate": 1}) as bench:
        steady = bench.run(0.5, pitch=0.0, gate=10.0)["out"][-9600:, 0]
        bench.turn(instrument=3)
        changed = bench.run(0.1, pitch=0.0, gate=10.0)["out"][:, 0]
    assert np.abs(np.diff(changed, n=2)).max() < 3 * np.abs(np.diff(steady, n=2)).max()


@pytest.mark.parametrize(("rate", "block"), [(22050, 16), (44100, 64), (48000, 1024), (96000, 256)])
def test_it_plays_in_tune_at_every_rate_and_block(rate: int, block: int) -> None:
    sound = played({"pitch": 0.0, "gate": 10.0}, 0.5, rate, block)
    assert np.abs(np.median(cents(sound, C4_HZ, rate))) < 2


@pytest.mark.parametrize("volts", [24.0, -24.0, 0.0])
def test_stuck_jacks_and_knobs_at_their_ends_give_bounded_sound(volts: float) -> None:
    for end in ("minimum", "maximum"):
        knobs = {name: getattr(knob, end) for name, knob in Timbre.declaration.knobs.items()}
        feeds = dict.fromkeys(Timbre.declaration.inputs, volts)
        sound = played(feeds, 0.1, **knobs)
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() <= 24.0


def test_a_musicians_own_instrument_is_a_module_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "my_horn.timbre"
    shutil.copy(MODELS / "trumpet.instrument", path)
    with pytest.raises(ModuleDeclarationError, match="it has not been checked yet; run `synthvr models add`"):
        Timbre.of_model(path)
    own = Timbre.of_model(keep(*try_instrument(path, path.name), tmp_path))
    assert own.title == "Trumpet"
    assert re.search(r"This one: Trumpet, [0-9]+ to [0-9]+ Hz", own.__doc__)
    assert "instrument" not in own.declaration.knobs
    with rig(own, {"audio": 1}) as bench:
        sound = bench.run(0.6, audio=saw(330.0))["out"][:, 0]
    assert np.abs(np.median(cents(sound, 330.0))) < 5
