"""SuperCollider's server, in its non-realtime mode."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..patches import RATE
from .peer import Peer, cpu_of
from .synthdef import score


def _cpu_seconds(voices: int, block: int, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "score.osc").write_bytes(score(voices, seconds))
        files = [str(path / "score.osc"), "_", str(path / "out.wav"), str(RATE), "WAV", "int16"]
        room = ["-n", str(voices + 64), "-m", "131072", "-D", "0", "-i", "0", "-o", "1"]
        return cpu_of(["scsynth", "-z", str(block), *room, "-N", *files])


PEER = Peer("scsynth", "supercollider-server", lambda: shutil.which("scsynth") is not None, _cpu_seconds, 1200)
