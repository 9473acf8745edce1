"""Late blocks: a minute of the ready-made patch against JACK's dummy driver, 64 frames at 48 kHz.

JACK calls the engine in time, as a sound card would; the engine itself counts the blocks that were not ready when the
next was due. Counted from when the meters first report, so that starting is not in it.

The figure is meant for idle processors. On a virtual machine the host may take one away for longer than a block lasts,
from JACK as from us. Linux tells how much time it took, in hundredths of a second: so a second figure counts only what
was played while it told of none. The measurement goes on until that makes a minute as well, three minutes at most.
A host may also lend a processor that is slower for a while, which nobody tells: beside the engine, at the same JACK
server, a client that does nothing counts its own late blocks in the same way.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
        with _idle_client(name) as idle:
            ours, idlers = _read(player, idle, seconds)
    figures = _figures("jack", ours) + _figures("idle_jack_client", idlers)
    found = {figure.name: figure.value for figure in figures}
    both = [found.get(f"late_blocks_percent.{who}_undisturbed") for who in ("jack", "idle_jack_client")]
    if both[0] is not None and both[1] is not None:
        more = max(both[0] - both[1], 0.0)
        figures.append(Figure("late_blocks_percent.caused_by_us", more, "%", "more than the idle client, undisturbed"))
    return figures


def _read(player: Client, idle: Callable[[], Message], seconds: float) -> tuple[list[Reading], list[Reading]]:
    """Readings of the engine and of the idle client, 30 a second, until so many seconds were undisturbed."""
    readings, idlers = [Reading.of(player.wait_for("meters"))], [Reading.of(idle())]
    with tqdm(total=round(seconds), desc="late blocks on JACK", unit="s", disable=None) as bar:
        while readings[-1].time - readings[0].time < 3 * seconds:
            readings.append(Reading.of(player.wait_for("meters")))
            idlers.append(Reading.of(idle()))
            if len(readings) % 30 == 0:
                quiet = sum(b.time - a.time for a, b in undisturbed(readings))
                bar.update(min(int(quiet), bar.total) - bar.n)
                if quiet >= seconds:
                    break
    return readings, idlers


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


def _figures(who: str, readings: Sequence[Reading]) -> list[Figure]:
    spans = {"": [(readings[0], readings[-1])], "_undisturbed": undisturbed(readings)}
    figures = []
    for which, pairs in spans.items():
        late = sum(b.late - a.late for a, b in pairs)
        blocks = sum(b.blocks - a.blocks for a, b in pairs)
        if blocks:
            beside = f"{late} of {blocks:,} blocks"
            figures.append(Figure(f"late_blocks_percent.{who}{which}", 100 * late / blocks, "%", beside))
    return figures


@contextmanager
def _idle_client(name: str) -> Iterator[Callable[[], Message]]:
    """A JACK client that does nothing; what is given asks it what it has counted."""
    command = [sys.executable, "-m", "tests.benchmarks.idle_jack_client"]
    environment = {**os.environ, "JACK_DEFAULT_SERVER": name}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asking, answering = process.stdin, process.stdout

    def ask() -> Message:
        try:
            asking.write("\n")
            asking.flush()
            answer: Message = json.loads(answering.readline())
        except (OSError, ValueError) as error:
            raise CannotMeasureError("The JACK client that does nothing has ended.") from error
        return answer

    try:
        yield ask
    finally:
        process.terminate()
        process.wait()
        answering.close()
        with contextlib.suppress(BrokenPipeError):  # what it was asked last, if it has ended before
            asking.close()


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
