"""Judges Timbre by sounds it never learned from: another soundfont's instruments, and a spoken voice.

The pitch of what comes out is read by a tracker of another kind than the follower (the peak of the autocorrelation of
the spectrum-whitened sound), so that one cannot agree with itself.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from scipy.ndimage import uniform_filter1d
from scipy.signal import resample_poly
from scipy.stats import spearmanr
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.neural.instrument import MODELS, Decoder, read_card
from synthvr_server.training import sounds
from synthvr_server.training.features import analyse, loudness
from synthvr_server.training.timbre_lesson import Lesson, lesson
from synthvr_server.training.timbre_score import Score, mean_spectrum, mel, score

RATE, BLOCK = 48_000, 64
HELD_OUT_SECONDS = 20.0
HEARD_DB = -45.0
SOURCES = {"flute": "violin", "violin": "flute"}  # which foreign instrument plays which; the rest are played by a flute
SENTENCE = "Where are you going? Oh, we are going away to the sea again, all the way over there."


def taken_apart(name: str, phrases: sounds.Phrases) -> Lesson:
    """Phrases of a shipped instrument, analysed as its strings are."""
    return lesson(analyse(phrases.audio, phrases.f0, read_card(MODELS / f"{name}.instrument").inharmonicity))


def distances(name: str, known: Lesson, seconds: float = HELD_OUT_SECONDS) -> Score:
    """How far a shipped instrument is from the real one, on phrases that it never heard."""
    held = sounds.render(name, seconds, 1002)
    asked = taken_apart(name, held)
    decoder = Decoder(MODELS / f"{name}.instrument")
    spectra = np.zeros_like(asked.target)
    for row, condition in enumerate(asked.condition):
        decoder.condition[:] = condition
        decoder.run()
        spectra[row] = decoder.spectrum
    return score(spectra, asked, held.audio, mean_spectrum(known))


def features(audio: np.ndarray) -> np.ndarray:
    """Mel spectra less their mean level, over 17 hops, of every eighth frame that is heard: float32[n, 64]."""
    spectra = mel(audio / (np.abs(audio).max() + 1e-9) * 0.5)
    spectra = np.maximum(spectra, spectra.max() - 70)
    smooth = uniform_filter1d(spectra - spectra.mean(axis=1, keepdims=True), 17, axis=0)
    heard = loudness(audio)[: len(smooth)] > HEARD_DB
    return smooth[: len(heard)][heard][::8].astype(np.float32)


class Recogniser:
    """Which instrument is it, frame by frame? It has learned from the real ones only."""

    def __init__(self, clips: dict[str, np.ndarray]) -> None:
        heard = [features(audio) for audio in clips.values()]
        names = np.repeat(list(clips), [len(rows) for rows in heard])
        network = MLPClassifier((64,), alpha=0.1, batch_size=512, early_stopping=True, random_state=1)
        self._judge = make_pipeline(StandardScaler(), network).fit(np.concatenate(heard), names)

    def shares(self, audio: np.ndarray) -> dict[str, float]:
        """The part of the sounding frames that is taken for each instrument."""
        found = self._judge.predict(features(audio))
        return {name: float((found == name).mean()) for name in self._judge.classes_}


def timbre(name: str):
    """A Timbre module that plays only the instrument ``name``, ready to play."""
    cls = load_module_file(shipped_folder() / "neural" / "timbre.py").of_model(MODELS / f"{name}.instrument")
    module = cls(1, RATE, BLOCK)
    module.prepare()
    knobs = {knob: declared.default for knob, declared in cls.declaration.knobs.items()}
    module.knobs = {knob: np.full(BLOCK, value, np.float32) for knob, value in knobs.items()}  # type: ignore[attr-defined]
    return module


def play(module, volts: np.ndarray) -> np.ndarray:
    """What the module makes of float32[n] volts at 48 kHz."""
    out = np.zeros((len(volts) // BLOCK * BLOCK, 1), np.float32)
    still = np.zeros((BLOCK, 1), np.float32)
    plugged = {"audio_plugged": True, "pitch_plugged": False, "gate_plugged": False}
    for at in range(0, len(out), BLOCK):
        jacks = {"audio": volts[at : at + BLOCK, None], "pitch": still, "gate": still, "loudness": still}
        module.play(**jacks, **module.knobs, out=out[at : at + BLOCK], **plugged)
    return out[:, 0]


def transferred(name: str, audio: np.ndarray) -> np.ndarray:
    """What the module makes of a sound (32 kHz, ±1), at 32 kHz."""
    made = play(timbre(name), np.ascontiguousarray(up(audio) * 5))
    return resample_poly(made / 5, 2, 3).astype(np.float32)


def up(audio: np.ndarray) -> np.ndarray:
    """From 32 to 48 kHz."""
    return resample_poly(audio, 3, 2).astype(np.float32)


def pitch_error(made: np.ndarray, f0: np.ndarray) -> float:
    """Median distance in cents from the score's pitch, up to octaves (they are folded), after the follower's lag.

    Judged by what lies below four times that pitch: the higher partials of strings lie wide, and the ear goes by the
    lowest.
    """
    errors = []
    lag = 5  # hops
    for row in range(60, min(len(f0), len(made) // 128) - 20, 4):
        around = f0[row - lag - 8 : row - lag + 8]
        piece = made[row * 128 - 1024 : row * 128 + 1024]
        if (
            len(piece) < 2048
            or around.min() <= 0
            or around.max() / around.min() > 1.01
            or np.square(piece).mean() < 1e-6
        ):
            continue
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(2048), 8192)) ** 0.5
        spectrum[round(4.3 * np.median(around) * 8192 / 32000) :] = 0.0
        shape = np.fft.irfft(spectrum)
        low, high = 32000 // 1600, 32000 // 55
        lag_of_peak = low + int(shape[low:high].argmax())
        left, middle, right = shape[lag_of_peak - 1 : lag_of_peak + 2]
        if middle < max(left, right):
            errors.append(600.0)  # no peak, no pitch: as wrong as can be
            continue
        period = lag_of_peak + 0.5 * (left - right) / (left - 2 * middle + right)
        octaves = np.log2(32000 / period / np.median(around))
        errors.append(1200 * abs(octaves - np.rint(octaves)))
    return float(np.median(errors))


def loudness_correlation(given: np.ndarray, made: np.ndarray) -> float:
    """Spearman's rank correlation of the levels, frame by frame, where the source is heard."""
    ours, theirs = loudness(made), loudness(given)
    lag = 5
    frames = min(len(ours), len(theirs)) - lag
    heard = theirs[:frames] > HEARD_DB
    return float(spearmanr(ours[lag : lag + frames][heard], theirs[:frames][heard]).statistic)


def speech() -> np.ndarray:
    """A sentence, spoken by espeak-ng, at 32 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(
            ["espeak-ng", "-w", str(path), "-s", "110", "-p", "60", SENTENCE], check=True, capture_output=True
        )
        audio, rate = soundfile.read(path, dtype="float32")
    return resample_poly(audio, 32000, rate).astype(np.float32)
