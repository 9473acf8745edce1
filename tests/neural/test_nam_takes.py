import numpy as np
import pytest

pytest.importorskip("torch")

from synthvr_server.errors import SynthVRError
from synthvr_server.training.amp_circuits import RATE, highpass, lowpass
from synthvr_server.training.amp_sounds import practice
from synthvr_server.training.amp_takes import align


@pytest.fixture(scope="module")
def playing():
    """12 s of dry sound, and an amp's answer to it: bent, filtered, upside down."""
    dry = practice(12, 5)
    wet = -lowpass(highpass(np.tanh(8 * dry), 100.0), 4000.0)
    return dry.astype(np.float32), (0.5 * wet).astype(np.float32)


@pytest.mark.parametrize("late", [-700, -1, 0, 1, 12, 480, 9000])
def test_recordings_are_aligned_to_within_a_frame(playing, late):
    dry, wet = playing
    shifted = np.concatenate([np.zeros(max(late, 0), np.float32), wet[max(-late, 0) :]])
    takes = align(dry, shifted, RATE)
    assert abs(takes.shift - late) <= 1
    assert len(takes.dry) == len(takes.wet)


def warned(*sounds):
    return " ".join(align(*sounds, RATE).warnings)


def test_a_short_recording_is_warned_of_and_a_very_short_one_refused(playing):
    dry, wet = playing
    assert "12 s is short" in warned(dry, wet)
    with pytest.raises(SynthVRError, match=r"lasts 9\.0 s"):
        align(dry[: 9 * RATE], wet, RATE)


def test_clipping_is_warned_of(playing):
    dry, wet = playing
    assert "clips" not in warned(dry, wet)
    assert "The wet recording clips" in warned(dry, np.clip(6 * wet, -1, 1))


def test_recordings_of_different_playing_are_warned_of(playing):
    dry, _ = playing
    assert "hardly resemble" in warned(dry, practice(12, 99).astype(np.float32))


def test_recordings_that_drift_apart_are_warned_of(playing):
    dry, wet = playing
    slower = np.interp(np.arange(len(wet)) * (1 - 2e-4), np.arange(len(wet)), wet).astype(np.float32)
    assert "drift apart" in warned(dry, slower)
    assert "drift apart" not in warned(dry, wet)


def test_silence_is_refused(playing):
    dry, wet = playing
    with pytest.raises(SynthVRError, match="wet recording is silent"):
        align(dry, wet * 1e-5, RATE)
