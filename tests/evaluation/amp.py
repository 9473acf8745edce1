"""Captures: parity with the description, what they cost, and how close ours come to the circuits they learned."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import soundfile

from synthvr_server.neural.nam.player import MODELS, plain_player
from synthvr_server.neural.nam.read import parse_capture
from synthvr_server.training.amp_circuits import CIRCUITS, RATE
from synthvr_server.training.amp_learning import error_to_signal
from synthvr_server.training.amp_sounds import practice
from tests.neural.nam_files import EVERY_KIND, feather, guitar, lstm, standard
from tests.neural.nam_reference import play
from tests.spectrogram import spectrogram, stacked, write_png

UNHEARD = 77  # seed of sound that no capture has learned from or been chosen by
BLOCKS = (16, 17, 64, 256, 1000)


def measure() -> dict[str, float]:
    figures = {"amp.nam_parity.max_error": 0.0, "amp.nam_parity.esr": 0.0, "amp.block_invariance.max_error": 0.0}
    sound = guitar(24000)
    for file in EVERY_KIND.values():
        expected, heard = play(file, sound), played(file, sound, 64)
        error = float(np.abs(heard - expected).max())
        figures["amp.nam_parity.max_error"] = max(figures["amp.nam_parity.max_error"], error)
        figures["amp.nam_parity.esr"] = max(figures["amp.nam_parity.esr"], error_to_signal(expected, heard))
        for block in BLOCKS:
            error = float(np.abs(played(file, sound, block) - heard).max())
            figures["amp.block_invariance.max_error"] = max(figures["amp.block_invariance.max_error"], error)
    for name, file in {"standard": standard(), "feather": feather(), "lstm16": lstm(16)}.items():
        for block in (64, 256):
            figures[f"cost_percent.amp_{name}.block{block}"] = cost_percent(file, block)
    dry = practice(8, UNHEARD)
    for path in sorted(MODELS.glob("*.nam")):
        name, file = path.stem, json.loads(path.read_text())
        wet = CIRCUITS[name].play(dry)
        figures[f"amp.{name}.esr"] = error_to_signal(wet, played(file, dry.astype(np.float32), 64))
        figures[f"cost_percent.amp_{name}.block64"] = cost_percent(file, 64)
    return figures


def played(file: dict, sound: np.ndarray, block: int) -> np.ndarray:
    capture = parse_capture(file, "capture")
    player, out = plain_player(capture), np.zeros_like(sound)
    driven = sound * np.float32(capture.input_gain)
    for start in range(0, len(sound), block):
        player.play(driven[start : start + block], out[start : start + block])
    return out


def cost_percent(file: dict, block: int) -> float:
    """Of one core in real time at 48 kHz; processor time, the best of ten runs of 100 ms of sound."""
    player, sound, out = plain_player(parse_capture(file, "capture")), guitar(block), np.zeros(block, np.float32)
    blocks, best = RATE // 10 // block, np.inf
    for _ in range(10):
        begun = time.thread_time()
        for _ in range(blocks):
            player.play(sound, out)
        best = min(best, (time.thread_time() - begun) / (blocks * block / RATE))
    return 100 * best


def pictures(folder: Path) -> None:
    """A few notes dry; then by each circuit, and by the capture that learned it."""
    dry = practice(4, UNHEARD)
    rows = [spectrogram(dry.astype(np.float32), RATE, size=512, hop=512)]
    soundfile.write(folder / "amp_dry.ogg", dry / (2 * np.abs(dry).max()), RATE)
    for path in sorted(MODELS.glob("*.nam")):
        wet = CIRCUITS[path.stem].play(dry).astype(np.float32)
        learned = played(json.loads(path.read_text()), dry.astype(np.float32), 64)
        for name, each in {"circuit": wet, "capture": learned}.items():
            rows.append(spectrogram(each, RATE, size=512, hop=512))
            soundfile.write(folder / f"amp_{path.stem}_{name}.ogg", each / (2 * np.abs(wet).max()), RATE)
    write_png(folder / "amp.png", stacked(rows))
