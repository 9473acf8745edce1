"""Knob to sound: from a `turn` message into the websocket to the first changed frame of the engine's output.

One oscillator plays into an Output whose level is at its bottom; the message lifts it. The clock runs from just before
the client hands the message to the network until the frame is seen in shared memory, so it holds the way over
loopback, the server, the pipe, what is left of the present block, and the next one. Sent at random moments, so that
every phase of a block comes up. 64-frame blocks at 48 kHz on the ``clock`` driver; no sound card is in it.
"""

from __future__ import annotations

import random
import time

import numpy as np
from tqdm import tqdm

from synthvr_server.patch.model import Patch, PlacedModule
from tests.report import Figure

from .client import Client, client
from .ear import Ear
from .live import STARTING, live_server
from .patches import cable

OFF_DB, ON_DB = -60.0, 0.0
LONGEST_PAUSE = 0.02  # s


def measure(repeats: int = 400) -> list[Figure]:
    """p50 and p99 over ``repeats`` turns."""
    delays = []
    pauses = random.Random(1)
    with live_server("bench", patches={"bench": _patch()}) as server, client(server.port()) as player:
        ear = Ear(server.rings())
        ear.wait_for_silence(STARTING)
        for _ in tqdm(range(repeats), desc="knob to sound", disable=None):
            time.sleep(pauses.uniform(0, LONGEST_PAUSE))
            sent = _turn(player, ON_DB)
            delays.append(1000 * (ear.wait_for_sound() - sent))
            _turn(player, OFF_DB)
            ear.wait_for_silence()
            player.drop_what_came()
    beside = f"{repeats} turns"
    return [
        Figure(f"latency_ms.knob_to_sound.p{percent}", float(np.percentile(delays, percent)), "ms", beside)
        for percent in (50, 99)
    ]


def _turn(player: Client, decibels: float) -> float:
    return player.send(type="turn", module="output", knob="level", value=decibels)


def _patch() -> Patch:
    modules = {
        "vco": PlacedModule(type="vco", knobs={"frequency": 36.0}),
        "output": PlacedModule(type="output", knobs={"level": OFF_DB}),
    }
    return Patch(modules=modules, cables={"cable": cable("vco", "saw", "output", "left")})
