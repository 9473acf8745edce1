"""SignalFlow, with its dummy output, in a Python of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from .peer import Peer, cpu_of

PACKAGE = "signalflow"


def _cpu_seconds(voices: int, block: int, seconds: float) -> float:
    player = Path(__file__).with_name("signalflow_player.py")
    root = player.parents[3]
    arguments = [str(voices), str(block), str(seconds)]
    return cpu_of([sys.executable, "-m", ".".join(player.relative_to(root).with_suffix("").parts), *arguments])


PEER = Peer(PACKAGE, PACKAGE, lambda: importlib.util.find_spec(PACKAGE) is not None, _cpu_seconds, 500)
