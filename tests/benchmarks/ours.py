"""SynthVR itself, as the benchmark of voices sees it: the real engine and graph, offline."""

from __future__ import annotations

import functools
import time

from synthvr_server.engine.offline import offline
from synthvr_server.engine.workshop import Workshop, find_modules, open_workshop

from .errors import CannotMeasureError
from .patches import POLY, RATE, voices

WARM_UP_SECONDS = 0.2
_MODULES = ("vco", "ladder", "vca", "output", "keys")


@functools.cache
def workshop() -> Workshop:
    """The modules of the voice patch, compiled. Raises CannotMeasureError when one is broken."""
    opened = open_workshop(find_modules(None), lambda _done, _total, _title: None, _MODULES)
    if opened.broken:
        raise CannotMeasureError(" ".join(opened.broken.values()))
    return opened


def cpu_seconds(count: int, poly: bool, block: int, seconds: float) -> float:
    """CPU time that ``seconds`` of ``count`` voices take, once they play."""
    with offline(workshop(), RATE, block) as engine:
        engine.graph.become(voices(count, poly))
        if poly:
            for number in range(POLY):
                engine.graph.note("keys", (float(number), _volts(number), 8.0), None)
        engine.play(max(round(WARM_UP_SECONDS * RATE / block), 1))
        blocks = max(round(seconds * RATE / block), 1)
        began = time.process_time()
        sound = engine.play(blocks)
        spent = time.process_time() - began
    if not abs(sound).max() > 0:
        raise CannotMeasureError("The voice patch is silent: nothing was measured.")
    return spent


def _volts(number: int) -> float:
    return -2.5 + number * 0.31
