"""An edit: from an `edit` message that plugs one cable into a playing 200-module patch to the first frame of its sound.

The patch computes in full but is turned down to nothing, so that the new cable, from an oscillator of its own to an
Output of its own, is all there is to hear. It is in the time: checking the batch, the journal, planning the graph anew
and the first frame of the cable's fade-in. Between two edits the cable is pulled out again (not counted).
"""

from __future__ import annotations

import random
import time

import numpy as np
from tqdm import tqdm

from synthvr_server.patch.model import Patch, PlacedModule
from tests.report import Figure

from .client import client
from .ear import Ear
from .live import STARTING, live_server
from .patches import cable, rack

LONGEST_PAUSE = 0.02  # s


def measure(repeats: int = 120, modules: int = 200) -> list[Figure]:
    """p99 over ``repeats`` edits."""
    delays = []
    pauses = random.Random(1)
    plugged = cable("new", "saw", "aside", "left").model_dump(mode="json", by_alias=True)
    with live_server("bench", patches={"bench": _patch(modules)}) as server, client(server.port()) as player:
        ear = Ear(server.rings())
        ear.wait_for_silence(STARTING)
        for number in tqdm(range(repeats), desc=f"edits, {modules} modules", disable=None):
            time.sleep(pauses.uniform(0, LONGEST_PAUSE))
            name = f"plugged{number}"
            request, sent = player.ask(type="edit", commands=[{"do": "connect", "id": name, "cable": plugged}])
            delays.append(1000 * (ear.wait_for_sound() - sent))
            player.settle(request)
            player.request(type="edit", commands=[{"do": "disconnect", "id": name}])
            ear.wait_for_silence()
            player.drop_what_came()
    return [Figure(f"edit_ms.p99.{modules}_modules", float(np.percentile(delays, 99)), "ms", f"{repeats} edits")]


def _patch(modules: int) -> Patch:
    playing = rack(modules - 2)
    output = playing.modules["output"].model_copy(update={"knobs": {"level": -60.0}})
    aside = {"new": PlacedModule(type="vco", knobs={"frequency": 36.0}), "aside": PlacedModule(type="output")}
    return playing.model_copy(update={"modules": {**playing.modules, **aside, "output": output}})
