import numpy as np
import pytest
import soundfile
from scipy.signal import butter, fftconvolve, lfilter

from synthvr_server.errors import SynthVRError
from synthvr_server.training.amp_circuits import CIRCUITS, RATE, highpass, lowpass
from synthvr_server.training.amp_sounds import practice
from synthvr_server.training.amp_takes import align, read_takes


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
    assert -4 <= takes.shift - late <= 0  # never too late: what an amp answers before could not be learned
    assert len(takes.dry) == len(takes.wet)


@pytest.fixture(scope="module")
def hiss():
    return np.random.default_rng(4).normal(0, 0.1, 20 * RATE).astype(np.float32)


@pytest.mark.parametrize(("order", "hertz"), [(4, 5000), (6, 3000), (8, 2000)])
def test_what_a_loudspeaker_answers_before_its_peak_can_be_learned(hiss, order, hertz):
    b, a = butter(order, hertz / (RATE / 2))
    wet = lfilter(b, a, hiss).astype(np.float32)
    takes = align(hiss, wet, RATE)
    kept, whole = lfilter(b, a, np.eye(1, 2000)[0])[takes.shift :], lfilter(b, a, np.eye(1, 2000)[0])
    assert np.square(kept).sum() >= (1 - 1e-3) * np.square(whole).sum()
    assert takes.shift >= -4


@pytest.mark.parametrize("name", CIRCUITS)
def test_bent_sound_is_aligned_to_where_it_begins(playing, name):
    dry, _ = playing
    wet = CIRCUITS[name].play(dry.astype(np.float64)).astype(np.float32)
    assert -4 <= align(dry, np.concatenate([np.zeros(100, np.float32), wet]), RATE).shift - 100 <= 0


def test_noise_and_echo_of_the_wet_recording_are_warned_of(playing):
    dry, wet = playing
    assert "noisy" not in warned(dry, wet) and "echo" not in warned(dry, wet)
    random, level = np.random.default_rng(1), np.sqrt(np.square(wet).mean())
    noise = random.normal(0, 10 ** (-30 / 20) * level, len(wet)).astype(np.float32)
    assert "The wet recording is noisy (-30 dB" in warned(dry, wet + noise)
    echo = wet.copy()
    echo[9600:] += 0.2 * wet[:-9600]
    assert "echo or a room" in warned(dry, echo)


def test_a_room_is_warned_of_and_steady_sound_that_hides_noise(hiss):
    time = np.arange(int(0.4 * RATE)) / RATE
    room = np.random.default_rng(2).normal(0, 1, len(time)) * np.exp(-time / 0.1)
    room *= 0.2 / np.sqrt(np.square(room).sum())
    room[0] += 1.0
    wet = np.tanh(3 * hiss)
    assert "echo or a room" in warned(hiss, fftconvolve(wet, room)[: len(wet)].astype(np.float32))
    assert "echo" not in warned(hiss, wet)
    assert "never quiet" in warned(hiss, wet)


def test_of_a_stereo_file_the_side_with_the_amp_is_learned_and_told(tmp_path, playing):
    dry, wet = playing
    files = {"mono": wet, "both": np.stack([wet, wet], 1), "left": np.stack([wet, 0 * wet], 1)}
    files |= {"right": np.stack([0.03 * dry, wet], 1), "against": np.stack([wet, -wet], 1)}
    soundfile.write(tmp_path / "dry.wav", dry, RATE, subtype="FLOAT")
    takes = {}
    for name, sound in files.items():
        soundfile.write(tmp_path / f"{name}.wav", sound, RATE, subtype="FLOAT")
        takes[name] = read_takes(tmp_path / "dry.wav", tmp_path / f"{name}.wav")
        assert np.abs(np.abs(takes[name].wet) - np.abs(takes["mono"].wet)).max() < 1e-6, name
    assert not any("mono" in warning for name in ("mono", "both") for warning in takes[name].warnings)
    assert takes["right"].warnings[0].startswith("right.wav is not mono: its right channel is used")
    assert takes["left"].warnings[0].startswith("left.wav is not mono: its left channel is used")


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
