from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import soundfile

from synthvr_server.neural.instrument import hear_instrument, read_card
from synthvr_server.training.timbre_recording import RecordingError, read

RATE = 44100


def melody(seconds: float, seed: int = 1) -> np.ndarray:
    """Notes of half a second with eight harmonics."""
    random = np.random.default_rng(seed)
    notes = np.repeat(random.integers(57, 81, int(seconds * 2)), RATE // 2)
    turns = np.cumsum(440 * 2 ** ((notes - 69) / 12)) / RATE
    swell = 0.2 + 0.8 * np.abs(np.sin(np.pi * np.arange(len(notes)) / RATE))
    return 0.2 * swell * sum(np.sin(2 * np.pi * k * turns) / k**1.5 for k in range(1, 9))


def recorded(folder: Path, sound: np.ndarray, name: str = "take.wav") -> Path:
    soundfile.write(folder / name, sound, RATE)
    return folder / name


def test_a_clean_recording_is_read_with_its_pitches_and_a_tenth_and_a_half_held_out(tmp_path: Path) -> None:
    recording = read([recorded(tmp_path, melody(70.0))])
    assert recording.warnings == ()
    assert len(recording.held_frames.f0) / len(recording.frames.f0) == pytest.approx(0.15 / 0.85, abs=0.01)
    notes = 69 + 12 * np.log2(recording.frames.f0[recording.frames.f0 > 0] / 440)
    assert np.median(np.abs(notes - np.rint(notes))) < 0.02  # of a semitone


def test_a_short_recording_is_warned_of(tmp_path: Path) -> None:
    assert any("too short" in warning for warning in read([recorded(tmp_path, melody(15.0))]).warnings)


def test_a_noisy_recording_is_warned_of(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 20 * RATE)
    assert any("noisy" in warning for warning in read([recorded(tmp_path, melody(20.0) + noise)]).warnings)


def test_two_voices_at_once_are_refused_and_some_double_notes_warned_of(tmp_path: Path) -> None:
    one, other = melody(40.0, 1), melody(40.0, 2)
    with pytest.raises(RecordingError, match="several notes sound at once"):
        read([recorded(tmp_path, one + other)])
    other[12 * RATE :] = 0.0
    assert any("polyphonic" in warning for warning in read([recorded(tmp_path, one + other)]).warnings)


def strummed(semitones: tuple[int, ...], seconds: float = 30.0) -> np.ndarray:
    """Plucked strings, one 12 ms after the other, on a new root every 0.8 s."""
    random, time = np.random.default_rng(7), np.arange(int(0.8 * RATE)) / RATE
    strums = []
    for _ in range(int(seconds / 0.8)):
        root, strum = 82.4 * 2 ** (random.integers(0, 18) / 12), np.zeros(len(time))
        for string, step in enumerate(semitones):
            late = int(0.012 * string * RATE)
            hertz, t = root * 2 ** (step / 12), time[: len(time) - late]
            strum[late:] += sum(np.sin(2 * np.pi * k * hertz * t) * np.exp(-(1 + k) * t) / k for k in range(1, 13))
        strums.append(strum * np.exp(-2 * time))
    return 0.05 * np.concatenate(strums)


@pytest.mark.parametrize("chord", [(0, 7, 12, 16, 19, 24), (0, 3, 7), (0, 7)], ids=["major", "minor", "fifth"])
def test_a_strummed_chord_is_refused(tmp_path: Path, chord: tuple[int, ...]) -> None:
    with pytest.raises(RecordingError, match="several notes sound at once"):
        read([recorded(tmp_path, strummed(chord))])


def test_single_plucked_notes_are_no_chord(tmp_path: Path) -> None:
    assert not any("polyphonic" in warning for warning in read([recorded(tmp_path, strummed((0,)))]).warnings)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (np.zeros(RATE), "silent"),
        (np.random.default_rng(1).normal(0, 0.1, 10 * RATE), "of clear pitch"),
        (melody(3.0), "of clear pitch"),
    ],
    ids=["silence", "noise", "three seconds"],
)
def test_what_teaches_nothing_is_refused(tmp_path: Path, content: np.ndarray, sentence: str) -> None:
    with pytest.raises(RecordingError, match=sentence):
        read([recorded(tmp_path, content)])


def test_what_is_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"nothing")
    with pytest.raises(RecordingError, match=r"a\.wav cannot be read"):
        read([tmp_path / "a.wav"])
    with pytest.raises(RecordingError, match="there is no recording"):
        read([tmp_path / "b.wav"])


def test_a_recording_becomes_an_instrument(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from synthvr_server.cli.timbre import train

    options = argparse.Namespace(
        recordings=[recorded(tmp_path, melody(15.0))], output=tmp_path / "my_pipe.timbre", steps=5
    )
    assert train(options) == 0
    assert "too short" in capsys.readouterr().err
    card = read_card(options.output)
    assert card.title == "My pipe"
    assert card.lowest_hz == pytest.approx(220, rel=0.1)
    hear_instrument(options.output)  # as `synthvr models add` does
