"""Recovery: from the death of the engine that plays (SIGKILL), and from its standstill (SIGSTOP), to the first frame
that sounds again, with an engine that waits (see synthvr_server/engine/standby.py). The patch is the ready-made one.
"""

from __future__ import annotations

import os
import signal
import statistics
import time
from pathlib import Path

from tqdm import tqdm

from synthvr_server.engine.ring import FRAMES, Rings
from tests.report import Figure

from .ear import CHANGE
from .live import STARTING, LiveServer, live_server

_LIVES = 4  # deaths of one server: five in a minute are too many for it
_AT_REST = 1.0  # s without processor time, after which an engine is taken for one that waits
_SLICE = 0.02  # s


def measure(deaths: int = 10, standstills: int = 3) -> list[Figure]:
    """Seconds, the median and the longest."""
    with tqdm(total=deaths + standstills, desc="recovery", disable=None) as bar:
        killed = _measure(signal.SIGKILL, deaths, bar)
        stopped = _measure(signal.SIGSTOP, standstills, bar)
    return [
        Figure("seconds.death_to_sound", statistics.median(killed), "s", f"median of {deaths} SIGKILL"),
        Figure("seconds.death_to_sound.longest", max(killed), "s", f"of {deaths}"),
        Figure("seconds.standstill_to_sound", statistics.median(stopped), "s", f"median of {standstills} SIGSTOP"),
    ]


def _measure(how: signal.Signals, times: int, bar: tqdm) -> list[float]:
    taken: list[float] = []
    while len(taken) < times:
        with live_server() as server:
            for _ in range(min(_LIVES, times - len(taken))):
                playing, waiting = _pair(server)
                os.kill(playing, how)
                began = time.perf_counter()
                rings = Rings(server.engines()[waiting])
                server.wait_for(lambda rings=rings: _sounds(rings) or None, "gives no sound", STARTING)
                taken.append(time.perf_counter() - began)
                bar.update()
    return taken


def _pair(server: LiveServer) -> tuple[int, int]:
    """The process that plays and the one that waits, once it has done all its work."""

    def look() -> tuple[int, int] | None:
        sounding = {process: _sounds(Rings(path)) for process, path in server.engines().items()}
        silent = [process for process, sounds in sounding.items() if not sounds]
        if len(sounding) != 2 or len(silent) != 1:
            return None
        return next(process for process in sounding if process not in silent), silent[0]

    while True:
        playing, waiting = server.wait_for(look, "keeps no engine ready", STARTING)
        before = _processor_time(waiting)
        time.sleep(_AT_REST)
        if _processor_time(waiting) - before < _SLICE:
            return playing, waiting


def _sounds(rings: Rings) -> bool:
    end = int(rings.end[0])
    return bool(end > 0 and abs(rings.master[: min(end, FRAMES)]).max() > CHANGE)


def _processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
