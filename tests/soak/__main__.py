"""`python -m tests.soak`: plays for an hour (or --minutes) and tells what grew and what was late; build/soak.json.

Two patches take turns in one server: one of learned modules, and one without inference that costs about as much.
Whatever else the machine does befalls both alike, so what is late in the first and not in the second is late because
of inference. On a virtual machine that is the difference of two large figures; so a second pair counts only what was
played while the host took nothing (see tests/benchmarks/late_blocks.py). Meanwhile knobs are turned, 20 a second.
Memory is read at the end of every turn of the first patch: a growth that is seen has survived another patch.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tqdm import tqdm

from synthvr_server.engine.workshop import find_modules, open_workshop
from synthvr_server.patch.commands import RemoveModule, apply_batch
from synthvr_server.patch.files import read_patch
from synthvr_server.patch.model import Patch
from tests.benchmarks.client import Client, client
from tests.benchmarks.ear import Ear
from tests.benchmarks.late_blocks import Reading, undisturbed
from tests.benchmarks.live import STARTING, LiveServer, live_server
from tests.benchmarks.patches import rack
from tests.report import Figure, table, write_json
from tests.requirement import Requirement

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "soak.json"
LEARNED = ROOT / "synthvr_server" / "patches" / "borrowed-voices.json"
UNPLAYED = ("halo", "stack")  # of its modules, to come near a load of 30 %: `soak.load_percent` tells how near
SETTLING = 5.0  # s after a patch was loaded that are not counted
TURNS_A_SECOND = 20
PAGE = 4096  # bytes
FEWEST_BLOCKS = 50_000  # about a minute: among fewer there is no telling what a thousandth is
CAUSED = "soak.late_percent_undisturbed.caused_by_inference"
SPANS = ("", "_undisturbed")  # all the time, and while the host took nothing from the processors

REQUIREMENTS = {
    "soak.growth_mb_an_hour.*": Requirement(8.0),
    "soak.late_percent.caused_by_inference": Requirement(0.1),
    CAUSED: Requirement(0.1),
    "soak.not_finite": Requirement(0.0),
}


def _without(patch: Patch, modules: Sequence[str]) -> Patch:
    return apply_batch(patch, [RemoveModule(id=name) for name in modules])


PATCHES = {"inference": _without(read_patch(LEARNED), UNPLAYED), "control": rack(160)}


@dataclass
class Tally:
    """What was counted while one of the patches played."""

    late: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SPANS, 0))
    blocks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SPANS, 0))
    loads: list[float] = field(default_factory=list)
    not_finite: int = 0

    def add(self, readings: Sequence[Reading]) -> None:
        """One turn of the patch has ended."""
        for span, pairs in zip(SPANS, ([(readings[0], readings[-1])], undisturbed(readings)), strict=True):
            self.late[span] += sum(after.late - before.late for before, after in pairs)
            self.blocks[span] += sum(after.blocks - before.blocks for before, after in pairs)

    def late_percent(self, span: str) -> float:
        """The part of the blocks that were late."""
        return 100 * self.late[span] / max(self.blocks[span], 1)


@dataclass
class Soak:
    """One run: tallies by patch, and megabytes in use, by process, with the time they were read at."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in PATCHES})
    hours: list[float] = field(default_factory=list)
    memory: dict[str, list[float]] = field(default_factory=lambda: {"engine": [], "server": []})

    def figures(self) -> list[Figure]:
        """What is reported."""
        inference, control = self.tallies["inference"], self.tallies["control"]
        figures = [
            Figure(
                f"soak.growth_mb_an_hour.{process}", _growth(self.hours, megabytes), "MB", f"from {megabytes[0]:.0f} MB"
            )
            for process, megabytes in self.memory.items()
        ]
        for name, tally in self.tallies.items():
            figures.append(Figure(f"soak.load_percent.{name}", 100 * float(np.median(tally.loads)), "%", "median"))
            for span in SPANS:
                beside = f"{tally.late[span]} of {tally.blocks[span]:,} blocks"
                figures.append(Figure(f"soak.late_percent{span}.{name}", tally.late_percent(span), "%", beside))
        for span in SPANS:
            if min(inference.blocks[span], control.blocks[span]) < FEWEST_BLOCKS:
                continue
            more = max(inference.late_percent(span) - control.late_percent(span), 0.0)
            figures.append(
                Figure(f"soak.late_percent{span}.caused_by_inference", more, "%", "more than in the control")
            )
        figures.append(Figure("soak.not_finite", float(sum(t.not_finite for t in self.tallies.values())), "samples"))
        return figures


def main(arguments: Sequence[str]) -> int:
    """Prints the table, which says what does not hold. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Play for an hour.")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--turn", type=float, default=145.0, help="seconds that each patch plays before the other does")
    options = parser.parse_args(arguments)
    # The very first start would begin anew when all is compiled.
    open_workshop(find_modules(None, _compiling), _compiling)
    with live_server("inference", patches=PATCHES) as server, client(server.port()) as player:
        Ear(server.rings()).wait_for_sound(STARTING)
        player.request(type="subscribe", stream="meters")
        soak = _play(server, player, 60 * options.minutes, options.turn)
    figures = soak.figures()
    write_json(OUTPUT, figures)
    there = {figure.name for figure in figures}
    absent = [] if CAUSED in there else [f"{CAUSED}: the host left too few moments undisturbed"]
    print(table(figures, REQUIREMENTS, absent))
    return 0


def _compiling(done: int, total: int, title: str) -> None:
    print(f"compiling, only this once: {done} of {total} ({title})", file=sys.stderr)


def _play(server: LiveServer, player: Client, seconds: float, turn: float) -> Soak:
    soak, began = Soak(), time.perf_counter()
    with tqdm(total=round(seconds), desc="playing", unit="s", disable=None) as bar:
        for name in itertools.cycle(PATCHES):
            player.request(type="load_patch", name=name)
            _listen(player, PATCHES[name], soak.tallies[name], turn)
            elapsed = time.perf_counter() - began
            if name == "inference":
                soak.hours.append(elapsed / 3600)
                for process, megabytes in _memory(server.process.pid).items():
                    soak.memory[process].append(megabytes)
            bar.update(min(round(elapsed), bar.total) - bar.n)
            if elapsed >= seconds and name == "control":
                return soak
    raise AssertionError("the patches take turns for ever")


def _listen(player: Client, patch: Patch, tally: Tally, seconds: float) -> None:
    random = np.random.default_rng(1)
    knobs = [(name, knob, value) for name, placed in patch.modules.items() for knob, value in placed.knobs.items()]
    readings: list[Reading] = []
    settled, until = time.perf_counter() + SETTLING, time.perf_counter() + SETTLING + seconds
    next_turn = settled
    while time.perf_counter() < until:
        meters = player.wait_for("meters")
        now = time.perf_counter()
        if now >= next_turn:
            name, knob, value = knobs[random.integers(len(knobs))]
            player.send(type="turn", module=name, knob=knob, value=value * random.uniform(0.98, 1.0))
            next_turn = now + 1 / TURNS_A_SECOND
        if now < settled:
            continue
        readings.append(Reading.of(meters))
        tally.loads.append(meters["load"])
    tally.add(readings)
    tally.not_finite += sum(module["not_finite"] for module in meters["modules"].values())


def _memory(server: int) -> dict[str, float]:
    """Resident megabytes of the server and of its engine, without the files they map."""
    engine = int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0])
    return {name: _anonymous(pid) for name, pid in (("engine", engine), ("server", server))}


def _anonymous(pid: int) -> float:
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return (int(fields[1]) - int(fields[2])) * PAGE / 2**20


def _growth(hours: Sequence[float], megabytes: Sequence[float]) -> float:
    """Megabytes an hour, by the median of the slopes between all pairs of the second half (Theil, 1950)."""
    half = len(hours) // 2
    pairs = itertools.combinations(zip(hours[half:], megabytes[half:], strict=True), 2)
    slopes = [(after - before) / (late - early) for (early, before), (late, after) in pairs]
    return float(np.median(slopes)) if slopes else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
