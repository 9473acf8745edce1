"""Voices, gates, glide and velocity of the keys."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Keys = load_module_file(shipped_folder() / "io" / "keys.py")
RATE = 48000
MS = 48


def down(frame, note, velocity=8.0):
    return (frame, note, (note - 60) / 12, velocity)


def up(frame, note):
    return (frame, note, (note - 60) / 12, 0.0)


def play(notes, frames=9600, lanes=16, **knobs):
    return KernelBench(Keys, lanes=lanes, **knobs).run(frames, notes=notes)


def sounding(out, frame):
    """Notes whose gate is high on ``frame``, by voice."""
    pitch, gate = out["pitch"][frame], out["gate"][frame]
    return {voice: round(float(pitch[voice]) * 12 + 60, 3) for voice in np.flatnonzero(gate >= 1.0).tolist()}


def test_a_note_starts_on_its_frame_with_its_pitch_and_velocity():
    out = play([down(1000, 69, 6.5)])
    assert not out["gate"][999].any()
    assert sounding(out, 1000) == {0: 69.0}
    assert out["pitch"][1000, 0] == pytest.approx(0.75)
    assert out["velocity"][1000, 0] == 6.5
    assert out["gate"][1000, 0] == 10.0


def test_note_off_releases_its_voice_and_keeps_pitch_and_velocity():
    out = play([down(0, 60), down(0, 64), up(4800, 60)])
    assert sounding(out, 4799) == {0: 60.0, 1: 64.0}
    assert sounding(out, 4800) == {1: 64.0}
    assert out["pitch"][-1, 0] == 0.0
    assert out["velocity"][-1, 0] == 8.0


def test_the_release_of_a_note_that_was_never_played_is_ignored():
    out = play([down(0, 60), up(100, 61), up(200, 59)])
    assert sounding(out, 9599) == {0: 60.0}


def test_sixteen_notes_at_once_take_sixteen_voices():
    out = play([down(0, 40 + note) for note in range(16)], voices=16)
    assert sounding(out, 100) == {voice: 40.0 + voice for voice in range(16)}


def test_a_new_note_takes_the_voice_that_has_been_free_longest():
    notes = [down(0, 60), down(0, 62), down(0, 64), up(1000, 62), up(2000, 60), down(3000, 72), down(4000, 74)]
    out = play(notes, voices=3)
    assert sounding(out, 5000) == {1: 72.0, 0: 74.0, 2: 64.0}


def test_with_no_voice_free_the_oldest_note_is_stolen_and_its_gate_falls_for_1_ms():
    out = play([down(0, 60), down(100, 62), down(4800, 64)], voices=2)
    gate = out["gate"][:, 0]
    assert gate[4799] == 10.0
    assert not gate[4800 : 4800 + MS].any()
    assert gate[4800 + MS] == 10.0
    assert sounding(out, 9599) == {0: 64.0, 1: 62.0}
    assert np.all(out["gate"][100:, 1] == 10.0)


def test_the_release_of_a_stolen_note_changes_nothing():
    out = play([down(0, 60), down(1000, 62), up(4800, 60)], voices=1)
    assert sounding(out, 9599) == {0: 62.0}


def test_a_note_struck_again_uses_its_own_voice_and_retriggers():
    out = play([down(0, 60), down(0, 62), down(4800, 60, 3.0)])
    gate = out["gate"][:, 0]
    assert not gate[4800 : 4800 + MS].any()
    assert gate[4800 + MS] == 10.0
    assert out["velocity"][9599, 0] == 3.0
    assert sounding(out, 9599) == {0: 60.0, 1: 62.0}


def test_off_and_on_in_the_same_frame_still_drop_the_gate_for_1_ms():
    out = play([down(0, 60), (4800, 60, 0.0, 0.0), (4800, 62, 2 / 12, 8.0)], voices=1)
    gate = out["gate"][:, 0]
    assert not gate[4800 : 4800 + MS].any()
    assert gate[4800 + MS] == 10.0


def test_a_note_shorter_than_1_ms_sounds_for_1_ms():
    out = play([down(1000, 60), up(1010, 60)])
    assert np.array_equal(np.flatnonzero(out["gate"][:, 0]), np.arange(1000, 1000 + MS))


def test_the_voices_knob_sets_the_channels_and_silences_those_beyond():
    assert Keys.channels == "voices"
    voices = np.where(np.arange(9600) < 4800, 4.0, 2.0)
    out = KernelBench(Keys, lanes=16).run(9600, notes=[down(0, note) for note in (60, 62, 64, 65)], voices=voices)
    assert sounding(out, 4000) == {0: 60.0, 1: 62.0, 2: 64.0, 3: 65.0}
    assert sounding(out, 9599) == {0: 60.0, 1: 62.0}


def test_note_minus_one_off_releases_every_voice():
    out = play([down(0, 60), down(0, 64), (4800, -1.0, 0.0, 0.0)])
    assert sounding(out, 4799)
    assert not sounding(out, 4800)


def test_note_minus_one_off_ends_a_note_too_that_waits_for_its_voice():
    out = play([down(0, 60), down(4800, 64), (4824, -1.0, 0.0, 0.0)], voices=1, frames=9600)
    assert sounding(out, 4799)
    assert not (out["gate"][4800:] > 0.0).any()


def test_glide_reaches_the_new_pitch_in_its_time_along_a_straight_line():
    out = play([down(0, 60), down(960, 72)], voices=1, lanes=1, glide=0.1, frames=9600)
    pitch = out["pitch"][:, 0]
    assert pitch[959] == 0.0
    assert pitch[960 + 2400] == pytest.approx(0.5, abs=0.001)
    assert np.argmax(pitch == 1.0) - 960 == pytest.approx(4800, abs=2)
    assert np.abs(np.diff(pitch)).max() == pytest.approx(1 / 4800, rel=0.1)


def test_the_first_note_of_a_voice_does_not_glide():
    assert play([down(0, 84)], glide=1.0)["pitch"][0, 0] == pytest.approx(2.0)


def test_without_glide_the_pitch_jumps():
    pitch = play([down(0, 60), down(960, 72)], voices=1)["pitch"][:, 0]
    assert pitch[959] == 0.0
    assert pitch[960] == 1.0


def test_the_bend_jack_moves_every_voice():
    out = KernelBench(Keys, lanes=16).run(640, notes=[down(0, 60), down(0, 64)], bend=1 / 6)
    assert sounding(out, 639) == {0: 62.0, 1: 66.0}


def test_with_one_lane_there_is_one_voice():
    out = play([down(0, 60), down(1000, 67)], lanes=1, voices=8)
    assert sounding(out, 999) == {0: 60.0}
    assert sounding(out, 9599) == {0: 67.0}
