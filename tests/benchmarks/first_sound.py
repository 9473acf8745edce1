"""First sound: from starting the process `synthvr serve` to the first frame of its ready-made patch.

``first_start`` is the very first start on a machine: a copy of the program that has never run, and empty caches.
``first_sound`` is what every later start of it takes: the median of several with the caches that the first one left.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from tqdm import tqdm

from tests.report import Figure

from .ear import Ear
from .live import STARTING, live_server

ROOT = Path(__file__).resolve().parents[2]


def measure(repeats: int = 5) -> list[Figure]:
    """Seconds with an empty cache, and with a warm one."""
    with (
        tempfile.TemporaryDirectory(prefix="synthvr-bench-") as folder,
        tqdm(total=1 + repeats, desc="first sound", disable=None) as bar,
    ):
        program = Path(folder) / "program"
        for part in ("synthvr_server", "modules"):
            shutil.copytree(ROOT / part, program / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        caches = {"XDG_CACHE_HOME": folder, "NUMBA_CACHE_DIR": ""}
        first = seconds_to_sound(program, **caches)
        bar.update()
        later = []
        for _ in range(repeats):
            later.append(seconds_to_sound(program, **caches))
            bar.update()
    return [
        Figure("seconds.first_sound", statistics.median(later), "s", f"median of {repeats} starts"),
        Figure("seconds.first_start", first, "s", "one start, no kernel compiled"),
    ]


def seconds_to_sound(program: Path | None = None, **environment: str) -> float:
    """Start the server once, of this copy of the program and with these variables, and wait for its first sound."""
    with live_server(environment=environment, program=program) as server:
        return Ear(server.rings()).wait_for_sound(STARTING) - server.began
