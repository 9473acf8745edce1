"""First sound: from starting the process `synthvr serve` to the first frame of its ready-made patch.

``first_start`` is the very first start on a machine: every cache of compiled kernels is empty. ``first_sound`` is what
every later start takes: the median of several with the cache that the first one left.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tqdm import tqdm

from tests.report import Figure

from .ear import Ear
from .live import STARTING, live_server


def measure(repeats: int = 5) -> list[Figure]:
    """Seconds with an empty cache, and with a warm one."""
    with (
        tempfile.TemporaryDirectory(prefix="synthvr-bench-") as folder,
        tqdm(total=1 + repeats, desc="first sound", disable=None) as bar,
    ):
        caches = {"XDG_CACHE_HOME": folder, "NUMBA_CACHE_DIR": str(Path(folder) / "numba")}
        first = seconds_to_sound(**caches)
        bar.update()
        later = []
        for _ in range(repeats):
            later.append(seconds_to_sound(**caches))
            bar.update()
    return [
        Figure("seconds.first_sound", statistics.median(later), "s", f"median of {repeats} starts"),
        Figure("seconds.first_start", first, "s", "one start, no kernel compiled"),
    ]


def seconds_to_sound(**environment: str) -> float:
    """Start the server once, with these environment variables, and wait for its first sound."""
    with live_server(environment=environment) as server:
        return Ear(server.rings()).wait_for_sound(STARTING) - server.began
