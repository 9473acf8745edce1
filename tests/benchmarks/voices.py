"""Voices per core: how many voices of saw → ladder → VCA one core can play, here and in other synthesizers.

Measured is CPU time (user and system) per second of audio at 48 kHz, computed offline, with about as many voices as
fill a core: a first pass finds how many, because caches make few voices cheaper than many. Then all take turns for
several rounds, so that whatever else the machine does befalls them alike, and the fastest round of each counts.
A peer's start-up is taken out as the difference of a long and a short run.

``mono`` has three modules and cables of its own for each voice. ``poly16`` has three modules for sixteen voices, the
cables carry sixteen channels, and a Keys module plays them. Peers have no such cables: both are compared with the
same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tqdm import tqdm

from tests.report import Figure

from . import ours
from .patches import POLY
from .peers import PEERS
from .peers.peer import Peer

GRAPHS = ("mono", "poly16")
BLOCKS = (64, 256)
SHORT_SECONDS = 0.25
_CLOCK_SECONDS = 1e-3  # of CPU: a difference below this is the clock's resolution, not a cost


@dataclass
class Contender:
    """One synthesizer at one block size. ``run`` takes voices and seconds of audio, and returns CPU seconds.

    ``starts_up`` says that these include its start, which a short run then tells. Voices come in steps of ``step``.
    """

    run: Callable[[int, float], float]
    expected: int
    starts_up: bool = False
    step: int = 1
    voices: int = 0
    _long: list[float] = field(default_factory=list)
    _short: list[float] = field(default_factory=list)

    def find_full_core(self, seconds: float) -> None:
        """Find how many voices fill a core, from one short play of the expected number."""
        self.voices = self._rounded(self.expected)
        self.play(seconds)
        self.voices = self._rounded(self.per_core(seconds))
        self._long.clear()
        self._short.clear()

    def play(self, seconds: float) -> None:
        """One round."""
        if self.starts_up:
            self._short.append(self.run(self.voices, SHORT_SECONDS))
            self._long.append(self.run(self.voices, SHORT_SECONDS + seconds))
        else:
            self._long.append(self.run(self.voices, seconds))

    def per_core(self, seconds: float) -> float:
        """Voices that one core can play, by the fastest of the rounds of so many ``seconds``."""
        spent = max(min(self._long) - min(self._short, default=0.0), _CLOCK_SECONDS)
        return self.voices / (spent / seconds)

    def _rounded(self, voices: float) -> int:
        return max(round(voices / self.step), 1) * self.step


def measure(
    blocks: Iterable[int] = BLOCKS, peers: Iterable[Peer] = PEERS, seconds: float = 0.5, rounds: int = 16
) -> list[Figure]:
    """Voices per core by graph and block size, and our ratio to every peer that is installed."""
    figures = []
    present = [peer for peer in peers if peer.installed()]
    for block in blocks:
        mine = {graph: _ours(graph == "poly16", block) for graph in GRAPHS}
        theirs = {peer.name: contender_of(peer, block) for peer in present}
        contenders = [*mine.values(), *theirs.values()]
        with tqdm(total=len(contenders) * (1 + rounds), desc=f"voices per core, block {block}", disable=None) as bar:
            for contender in contenders:
                contender.find_full_core(seconds / 3)
                bar.update()
            for _ in range(rounds):
                for contender in contenders:
                    contender.play(seconds)
                    bar.update()
        for graph, contender in mine.items():
            beside = f"{contender.voices:,} voices playing"
            figures.append(
                Figure(f"voices_per_core.{graph}.block{block}", contender.per_core(seconds), "voices", beside)
            )
        for name, peer in theirs.items():
            for graph, contender in mine.items():
                ratio = contender.per_core(seconds) / peer.per_core(seconds)
                beside = f"{name}: {peer.per_core(seconds):,.0f} voices"
                figures.append(Figure(f"ratio.{name}.{graph}.block{block}", ratio, "×", beside))
    return figures


def _ours(poly: bool, block: int) -> Contender:
    def run(voices: int, seconds: float) -> float:
        return ours.cpu_seconds(voices, poly, block, seconds)

    return Contender(run, expected=1600, step=POLY) if poly else Contender(run, expected=200)


def contender_of(peer: Peer, block: int) -> Contender:
    """A peer as a contender."""

    def run(voices: int, seconds: float) -> float:
        return peer.cpu_seconds(voices, block, seconds)

    return Contender(run, peer.expected, starts_up=True)
