"""Late blocks: a minute of the ready-made patch against JACK's dummy driver, 64 frames at 48 kHz.

JACK calls the engine in time, as a sound card would; the engine itself counts the blocks that were not ready when the
next was due. Counted from when the meters first report, so that starting is not in it.

The figure is meant for idle processors. On a virtual machine the host may take one away for longer than a block lasts,
from JACK as from us. Linux tells how much time it took, in hundredths of a second: so a second figure counts only what
was played while it told of none. The measurement goes on until that makes a minute as well, three minutes at most.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from tests.report import Figure

from .client import Client, Message, client
from .ear import Ear
from .errors import CannotMeasureError
from .live import STARTING, live_server

JACK = "jackd"
BLOCK, RATE = 64, 48_000


@dataclass
class Reading:
    """What had been counted at one moment."""

    time: float
    late: int
    blocks: int
    stolen: int | None  # hundredths of a second that the host took from the processors; None where nobody tells

    @classmethod
    def of(cls, meters: Message) -> Reading:
        """What the meters have just told."""
        return cls(time.perf_counter(), meters["late_blocks"], meters["blocks"], _stolen())


def measure(seconds: float = 60.0) -> list[Figure]:
    """Percentage of blocks that were late: of all, and of those played on undisturbed processors."""
    name = f"synthvr-bench-{os.getpid()}"
    with (
        _jack(name),
        live_server(audio="jack", environment={"JACK_DEFAULT_SERVER": name, "JACK_NO_START_SERVER": "1"}) as server,
        client(server.port()) as player,
    ):
        Ear(server.rings()).wait_for_sound(STARTING)
        player.request(type="subscribe", stream="meters")
        readings = _read(player, seconds)
    return _figures(readings)


def _read(player: Client, seconds: float) -> list[Reading]:
    """Readings, 30 a second, until so many seconds were undisturbed."""
    readings = [Reading.of(player.wait_for("meters"))]
    with tqdm(total=round(seconds), desc="late blocks on JACK", unit="s", disable=None) as bar:
        while readings[-1].time - readings[0].time < 3 * seconds:
            readings.append(Reading.of(player.wait_for("meters")))
            if len(readings) % 30 == 0:
                quiet = sum(b.time - a.time for a, b in undisturbed(readings))
                bar.update(min(int(quiet), bar.total) - bar.n)
                if quiet >= seconds:
                    break
    return readings


def _stolen() -> int | None:
    """The host's share since the machine started (proc(5): the eighth number of the first line)."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path("/proc/stat").read_text().splitlines()[0].split()[8])
    return None


def undisturbed(readings: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """The pairs of neighbours between which the host took nothing, nor in the pairs before and after."""
    pairs = list(itertools.pairwise(readings))
    calm = [a.stolen == b.stolen for a, b in pairs]
    return [pair for at, pair in enumerate(pairs) if all(calm[max(at - 1, 0) : at + 2])]


def _figures(readings: Sequence[Reading]) -> list[Figure]:
    spans = {"": [(readings[0], readings[-1])], "_undisturbed": undisturbed(readings)}
    figures = []
    for which, pairs in spans.items():
        late = sum(b.late - a.late for a, b in pairs)
        blocks = sum(b.blocks - a.blocks for a, b in pairs)
        if blocks:
            beside = f"{late} of {blocks:,} blocks"
            figures.append(Figure(f"late_blocks_percent.jack{which}", 100 * late / blocks, "%", beside))
    return figures


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
