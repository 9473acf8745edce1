"""Timbre, by sounds it never learned from: another soundfont's instruments, and a spoken voice.

An instrument is *recognised* frame by frame by a small classifier that was trained on the real instruments only. The
pitch of what comes out is read by a tracker of another kind than the follower (the peak of the autocorrelation of the
spectrum-whitened sound), so that one cannot agree with itself.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
import torch
from scipy.signal import resample_poly
from scipy.stats import spearmanr

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.neural.instrument import MODELS, Decoder
from synthvr_server.training import sounds
from synthvr_server.training.features import analyse, loudness
from synthvr_server.training.timbre_learning import Lesson, lesson
from synthvr_server.training.timbre_score import _distance, mean_spectrum, mel, sound
from tests.spectrogram import spectrogram, stacked, write_png

RATE, BLOCK = 48_000, 64
TRAINING_SECONDS, HELD_OUT_SECONDS, SOURCE_SECONDS = 40.0, 20.0, 8.0
CONTEXT = 8  # hops to either side that the classifier's statistics span
HEARD_DB = -45.0
SOURCES = {"flute": "violin", "violin": "flute"}  # which foreign instrument plays which; the rest are played by a flute
SENTENCE = "Where are you going? Oh, we are going away to the sea again, all the way over there."


def measure() -> dict[str, float]:
    """Every figure of every shipped instrument."""
    torch.set_num_threads(1)
    if not sounds.TIM_GM.is_file():
        raise FileNotFoundError(f"{sounds.TIM_GM.name} is not installed")
    names = [name for name in sounds.SHIPPED if (MODELS / f"{name}.instrument").exists()]
    figures: dict[str, float] = {}
    lessons = {}
    clips = {}
    for name in names:
        known = sounds.render(name, TRAINING_SECONDS, 2)
        clips[name] = known.audio
        lessons[name] = lesson(analyse(known.audio, known.f0))
        figures[f"timbre.{name}.lsd_db"], figures[f"timbre.{name}.static_lsd_db"] = _distances(name, lessons[name])
        figures[f"timbre.{name}.lsd_ratio"] = figures[f"timbre.{name}.lsd_db"] / figures[f"timbre.{name}.static_lsd_db"]
    judge = _Classifier(clips)
    for name in names:
        source = SOURCES.get(name, "flute")
        given = sounds.render(source, SOURCE_SECONDS, 77, sounds.TIM_GM)
        made = _transferred(name, given.audio)
        heard = judge.shares(made)
        figures[f"timbre.{name}.recognised"] = heard[name]
        figures[f"timbre.{name}.source_recognised"] = heard.get(source, 0.0)
        figures[f"timbre.{name}.pitch_cents"] = _pitch_error(made, given.f0)
        figures[f"timbre.{name}.loudness_correlation"] = _loudness_correlation(given.audio, made)
        spoken = judge.shares(_transferred(name, _speech()))
        figures[f"timbre.{name}.recognised_from_speech"] = spoken[name]
    figures["cost_percent.timbre.block64"] = cost()
    return figures


def cost() -> float:
    """Processor time of the module as a part of the time it plays, in percent, at block 64 and 48 kHz."""
    audio = np.ascontiguousarray(_up(sounds.render("flute", 4.0, 3, sounds.TIM_GM).audio) * 5)
    module, blocks = _module("trumpet"), len(audio) // BLOCK
    best = np.inf
    for _ in range(3):
        start = time.thread_time()
        _play(module, audio)
        best = min(best, time.thread_time() - start)
    return 100 * best / (blocks * BLOCK / RATE)


def pictures(folder: Path) -> None:
    """A phrase of another soundfont's flute and a spoken sentence, and each by all instruments, in the knob's order."""
    given = {"flute": sounds.render("flute", 4.0, 77, sounds.TIM_GM).audio, "speech": _speech()[: 4 * sounds.RATE]}
    for source, audio in given.items():
        made = {name: _transferred(name, audio) for name in sounds.SHIPPED}
        rows = [spectrogram(each, sounds.RATE, size=512, hop=256) for each in (audio, *made.values())]
        write_png(folder / f"timbre_{source}.png", stacked(rows))
        for name, each in {"source": audio, **made}.items():
            soundfile.write(folder / f"timbre_{source}_{name}.ogg", each / (2 * np.abs(each).max()), sounds.RATE)


class _Classifier:
    """Mel spectra less their mean level, averaged over 17 hops, through two small layers: which instrument is it?"""

    def __init__(self, clips: dict[str, np.ndarray]) -> None:
        self.names = list(clips)
        features, labels = [], []
        for label, audio in enumerate(clips.values()):
            rows = self._features(audio)
            features.append(rows)
            labels.append(np.full(len(rows), label))
        x, y = np.concatenate(features), np.concatenate(labels)
        self.mean, self.spread = x.mean(axis=0), x.std(axis=0) + 1e-3
        torch.manual_seed(1)
        self.net = torch.nn.Sequential(
            torch.nn.Linear(x.shape[1], 64), torch.nn.ReLU(), torch.nn.Dropout(0.2), torch.nn.Linear(64, len(clips))
        )
        optimiser = torch.optim.Adam(self.net.parameters(), 2e-3, weight_decay=1e-4)
        scaled, target = torch.from_numpy((x - self.mean) / self.spread), torch.from_numpy(y)
        weight = torch.tensor([len(y) / (y == label).sum() for label in range(len(clips))], dtype=torch.float32)
        for _ in range(600):
            rows = torch.randint(len(y), (512,))
            loss = torch.nn.functional.cross_entropy(self.net(scaled[rows]), target[rows], weight)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        self.net.eval()

    def shares(self, audio: np.ndarray) -> dict[str, float]:
        """The part of the sounding frames that is taken for each instrument."""
        rows = torch.from_numpy((self._features(audio) - self.mean) / self.spread)
        with torch.no_grad():
            found = self.net(rows).argmax(dim=1).numpy()
        return {name: float((found == label).mean()) for label, name in enumerate(self.names)}

    @staticmethod
    def _features(audio: np.ndarray) -> np.ndarray:
        audio = audio / (np.abs(audio).max() + 1e-9) * 0.5
        spectra = np.maximum(mel(audio), mel(audio).max() - 70)
        spectra = spectra - spectra.mean(axis=1, keepdims=True)
        smooth = np.apply_along_axis(lambda band: np.convolve(band, np.ones(17) / 17, "same"), 0, spectra)
        heard = loudness(audio)[: len(smooth)] > HEARD_DB
        return smooth[: len(heard)][heard].astype(np.float32)


def _distances(name: str, known: Lesson) -> tuple[float, float]:
    held = sounds.render(name, HELD_OUT_SECONDS, 1002)
    asked = lesson(analyse(held.audio, held.f0))
    decoder = Decoder(MODELS / f"{name}.instrument")
    spectra = np.zeros_like(asked.target)
    for row, condition in enumerate(asked.condition):
        decoder.condition[:] = condition
        decoder.run()
        spectra[row] = decoder.spectrum
    real, heard = mel(held.audio), asked.heard > 0
    static = np.tile(mean_spectrum(known), (len(spectra), 1))
    return tuple(_distance(real, mel(sound(asked, which)), heard) for which in (spectra, static))  # type: ignore[return-value]


def _module(name: str):
    cls = load_module_file(shipped_folder() / "neural" / "timbre.py").of_model(MODELS / f"{name}.instrument")
    module = cls(1, RATE, BLOCK)
    module.prepare()
    knobs = {knob: declared.default for knob, declared in cls.declaration.knobs.items()}
    module.knobs = {knob: np.full(BLOCK, value, np.float32) for knob, value in knobs.items()}  # type: ignore[attr-defined]
    return module


def _play(module, volts: np.ndarray) -> np.ndarray:
    out = np.zeros((len(volts) // BLOCK * BLOCK, 1), np.float32)
    still = np.zeros((BLOCK, 1), np.float32)
    plugged = {"audio_plugged": True, "pitch_plugged": False, "gate_plugged": False}
    for at in range(0, len(out), BLOCK):
        jacks = {"audio": volts[at : at + BLOCK, None], "pitch": still, "gate": still, "loudness": still}
        module.play(**jacks, **module.knobs, out=out[at : at + BLOCK], **plugged)
    return out[:, 0]


def _transferred(name: str, audio: np.ndarray) -> np.ndarray:
    """What the module makes of a sound (32 kHz, ±1), at 32 kHz."""
    made = _play(_module(name), np.ascontiguousarray(_up(audio) * 5))
    return resample_poly(made / 5, 2, 3).astype(np.float32)


def _up(audio: np.ndarray) -> np.ndarray:
    return resample_poly(audio, 3, 2).astype(np.float32)


def _pitch_error(made: np.ndarray, f0: np.ndarray) -> float:
    """Median distance in cents from the score's pitch, up to octaves (they are folded), after the follower's lag."""
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
        shape = np.fft.irfft(spectrum)
        low, high = 32000 // 1600, 32000 // 55
        lag_of_peak = low + int(shape[low:high].argmax())
        left, middle, right = shape[lag_of_peak - 1 : lag_of_peak + 2]
        period = lag_of_peak + 0.5 * (left - right) / (left - 2 * middle + right)
        octaves = np.log2(32000 / period / np.median(around))
        errors.append(1200 * abs(octaves - np.rint(octaves)))
    return float(np.median(errors))


def _loudness_correlation(given: np.ndarray, made: np.ndarray) -> float:
    """Spearman's rank correlation of the levels, frame by frame, where the source is heard."""
    ours, theirs = loudness(made), loudness(given)
    lag = 5
    frames = min(len(ours), len(theirs)) - lag
    heard = theirs[:frames] > HEARD_DB
    return float(spearmanr(ours[lag : lag + frames][heard], theirs[:frames][heard]).statistic)


def _speech() -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(
            ["espeak-ng", "-w", str(path), "-s", "110", "-p", "60", SENTENCE], check=True, capture_output=True
        )
        audio, rate = soundfile.read(path, dtype="float32")
    return resample_poly(audio, 32000, rate).astype(np.float32)
