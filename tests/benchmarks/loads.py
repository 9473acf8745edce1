"""Loading: from a `load_patch` message to the first frame of the new patch's sound, by number of modules.

The patch comes from the library's folder (its file is in the system's cache) and replaces one that is silent. See
``patches.rack`` for what is in it.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tqdm import tqdm

from synthvr_server.patch.model import Patch, PlacedModule
from tests.report import Figure

from .client import client
from .ear import Ear
from .live import STARTING, live_server
from .patches import rack

COUNTS = (10, 50, 100, 200)


def measure(repeats: int = 12, counts: Sequence[int] = COUNTS) -> list[Figure]:
    """The median of ``repeats`` loads of each size."""
    silent = Patch(modules={"output": PlacedModule(type="output")})
    patches = {"silent": silent, **{str(count): rack(count) for count in counts}}
    delays: dict[int, list[float]] = {count: [] for count in counts}
    with live_server("silent", patches=patches) as server, client(server.port()) as player:
        ear = Ear(server.rings())
        ear.wait_for_silence(STARTING)
        for count in tqdm(list(counts) * repeats, desc="loading patches", disable=None):
            request, sent = player.ask(type="load_patch", name=str(count))
            delays[count].append(1000 * (ear.wait_for_sound() - sent))
            player.settle(request)
            player.request(type="load_patch", name="silent")
            ear.wait_for_silence()
            player.drop_what_came()
    beside = f"median of {repeats}"
    return [Figure(f"load_ms.{count}_modules", statistics.median(delays[count]), "ms", beside) for count in counts]
