"""Late blocks: a minute of the ready-made patch against JACK's dummy driver, 64 frames at 48 kHz.

JACK calls the engine in time, as a sound card would; the engine itself counts the blocks that were not ready when the
next was due. Counted from when the meters first report until a minute later, so that starting is not in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
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


def measure(seconds: float = 60.0) -> list[Figure]:
    """Percentage of blocks that were late."""
    name = f"synthvr-bench-{os.getpid()}"
    with (
        _jack(name),
        live_server(audio="jack", environment={"JACK_DEFAULT_SERVER": name, "JACK_NO_START_SERVER": "1"}) as server,
        client(server.port()) as player,
    ):
        Ear(server.rings()).wait_for_sound(STARTING)
        player.request(type="subscribe", stream="meters")
        late, blocks = _count(player, seconds)
    return [Figure("late_blocks_percent.jack", 100 * late / blocks, "%", f"{late} of {blocks:,} blocks")]


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
    command = [JACK, "--no-realtime", "--name", name, "-d", "dummy", "-r", "48000", "-p", "64"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait = subprocess.run(["jack_wait", "-s", name, "-w", "-t", "10"], capture_output=True, check=False)
        if wait.returncode or process.poll() is not None:
            raise CannotMeasureError("jackd does not start.")
        yield
    finally:
        process.terminate()
        process.wait()
