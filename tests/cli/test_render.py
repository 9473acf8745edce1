"""What `synthvr render` says of what it wrote, and the notes that it plays."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from synthvr_server.cli.notes import notes_of
from synthvr_server.errors import SynthVRError
from tests.cli.test_command_line import fails, synthvr, synthvr_here
from tests.spectra import tone_level

RATE = 48_000


@pytest.mark.parametrize(
    ("line", "numbers"),
    [("C4", [60]), ("c-1 G9", [0, 127]), ("F#4 Gb4 A3", [66, 66, 57]), ("C3+E3+G3 - B3", [48, 52, 55, 59])],
)
def test_a_line_of_notes_is_read_as_it_is_sung(line: str, numbers: list[int]) -> None:
    assert [note.number for note in notes_of(line)] == numbers


def test_notes_share_the_time_evenly_chords_sound_together_and_a_rest_is_silent() -> None:
    first, second, last = notes_of("C3+E3 - G3")
    assert first.start == second.start == 0
    assert last.start == pytest.approx(2 / 3)
    assert last.end < 1


@pytest.mark.parametrize("line", ["", "H3", "C", "C10", "G#9", "60", "C3++E3"])
def test_what_is_no_note_is_one_clear_sentence(line: str) -> None:
    with pytest.raises(SynthVRError, match=r"no note|no notes"):
        notes_of(line)


def test_render_plays_notes_and_says_how_loud_they_are(tmp_path: Path) -> None:
    path = tmp_path / "keys.wav"
    result = synthvr("render", "warm-keys", "-o", path, "--seconds", "3", "--notes", "C3 - A4")
    assert result.returncode == 0, result.stderr
    assert re.search(r"keys\.wav: 3 s, peak -?\d+\.\d dBFS, -\d+\.\d LUFS\.", result.stdout)
    sound = soundfile.read(path)[0].sum(1)
    assert tone_level(sound[: RATE // 2], RATE, 130.81) > tone_level(sound[: RATE // 2], RATE, 440.0) + 20
    assert tone_level(sound[2 * RATE :], RATE, 440.0) > tone_level(sound[2 * RATE :], RATE, 130.81) + 20
    said = float(re.findall(r"peak (-?[\d.]+)", result.stdout)[0])
    assert said == pytest.approx(20 * np.log10(np.abs(soundfile.read(path)[0]).max()), abs=0.06)


def test_a_patch_that_waits_for_notes_says_so_and_one_that_takes_none_refuses_them(tmp_path: Path) -> None:
    result = synthvr_here("render", "warm-keys", "-o", tmp_path / "a.wav", "--seconds", "0.2")
    assert "--notes" in result.stderr
    assert "silent" in result.stdout
    fails(synthvr_here("render", "first-light", "-o", tmp_path / "b.wav", "--seconds", "1", "--notes", "C4"), 1, "Keys")
    assert not (tmp_path / "b.wav").exists()


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("render", "frist-light", "-o", "x.wav", "--seconds", "1"), "'first-light'"),
        (("check", "First light"), "'first-light'"),
        (("rendr",), "'render'"),
        (("serve", "--audio", "portadio"), "'portaudio'"),
    ],
)
def test_a_misspelled_name_is_asked_back(arguments: tuple[str, ...], meant: str) -> None:
    result = synthvr_here(*arguments)
    assert result.returncode in (1, 2)
    assert f"Did you mean {meant}?" in result.stderr


def test_misspelled_types_knobs_and_jacks_of_a_patch_are_asked_back(tmp_path: Path) -> None:
    path = tmp_path / "patch.json"
    path.write_text(
        '{"modules": {"a": {"type": "vcoo"}, "b": {"type": "vco", "knobs": {"fien": 1}}, "c": {"type": "output"}},'
        ' "cables": {"x": {"from": {"module": "b", "jack": "sinus"}, "to": {"module": "c", "jack": "lft"}}}}'
    )
    told = synthvr_here("check", path).stderr
    assert re.findall(r"Did you mean '(\w+)'", told) == ["vco", "fine", "sine"]
