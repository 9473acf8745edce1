"""Late blocks: a minute of the ready-made patch against JACK's dummy driver, 64 frames at 48 kHz.

JACK calls the engine in time, as a sound card would; the engine itself counts the blocks that were not ready when the
next was due. Counted from when the meters first report until a minute later, so that starting is not in it.

Beside it stands what no engine can better: how often a timer that does nothing else, at the same real-time priority,
is woken more than a block late by this machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from .client import Client, client
from .ear import Ear
from .errors import CannotMeasureError
from .live import STARTING, live_server
from .report import Figure

JACK = "jackd"
BLOCK, RATE = 64, 48_000


def measure(seconds: float = 60.0) -> list[Figure]:
    """Percentage of blocks that were late, and of wakings of a bare timer, before and after."""
    wakings = [_late_wakings(seconds / 6)]
    name = f"synthvr-bench-{os.getpid()}"
    with (
        _jack(name),
        live_server(audio="jack", environment={"JACK_DEFAULT_SERVER": name, "JACK_NO_START_SERVER": "1"}) as server,
        client(server.port()) as player,
    ):
        Ear(server.rings()).wait_for_sound(STARTING)
        player.request(type="subscribe", stream="meters")
        late, blocks = _count(player, seconds)
    wakings.append(_late_wakings(seconds / 6))
    before, after = wakings
    return [
        Figure("late_blocks_percent.jack", 100 * late / blocks, "%", f"{late} of {blocks:,} blocks"),
        Figure("late_wakings_percent.bare_timer", (before + after) / 2, "%", f"{before:.2f} before, {after:.2f} after"),
    ]


def _late_wakings(seconds: float) -> float:
    """Percentage of wakings of a bare timer that come more than one block late."""
    code = (
        "import contextlib, os, time\n"
        "with contextlib.suppress(OSError, AttributeError):\n"
        "    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))\n"
        f"period, count, late, due = {BLOCK / RATE!r}, {round(seconds * RATE / BLOCK)}, 0, time.perf_counter()\n"
        "for _ in range(count):\n"
        "    due += period\n"
        "    time.sleep(max(due - time.perf_counter(), 0))\n"
        "    if time.perf_counter() - due > period:\n"
        "        late, due = late + 1, time.perf_counter()\n"
        "print(100 * late / count)\n"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def _count(player: Client, seconds: float) -> tuple[int, int]:
    """Late blocks and all blocks between the first meters and those ``seconds`` later."""
    first = last = player.wait_for("meters")
    began = time.perf_counter()
    with tqdm(total=round(seconds), desc="late blocks on JACK", unit="s", disable=None) as bar:
        while (passed := time.perf_counter() - began) < seconds:
            last = player.wait_for("meters")
            bar.update(int(passed) - bar.n)
        bar.update(bar.total - bar.n)
    return last["late_blocks"] - first["late_blocks"], last["blocks"] - first["blocks"]


@contextmanager
def _jack(name: str) -> Iterator[None]:
    """A JACK server of that name, with no sound card behind it."""
    if shutil.which(JACK) is None:
        raise CannotMeasureError("jackd is not installed (package jackd2).")
    command = [JACK, "--name", name, "-d", "dummy", "-r", str(RATE), "-p", str(BLOCK)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait = subprocess.run(["jack_wait", "-s", name, "-w", "-t", "10"], capture_output=True, check=False)
        if wait.returncode or process.poll() is not None:
            raise CannotMeasureError("jackd does not start.")
        yield
    finally:
        process.terminate()
        process.wait()
