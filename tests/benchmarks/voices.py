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

from . import ours
from .patches import POLY
from .peers import PEERS
from .peers.peer import Peer
from .report import Figure

SHORT_SECONDS = 0.25
_SAFETY = 1.0e-4  # s of CPU: a difference below the clock's resolution is not a measurement


@dataclass
class Contender:
    """One synthesizer at one block size; ``seconds`` is how long it plays in each round."""

    name: str
    block: int
    expected: int
    cost: Callable[[int, float], float]  # voices, seconds → CPU seconds per second of audio
    step: int = 1  # voices come in this many
    voices: int = 0
    costs: list[float] = field(default_factory=list)

    def find_full_core(self, seconds: float) -> None:
        """Find how many voices fill a core, from one short play of the expected number."""
        self.voices = self._rounded(self.expected)
        self.voices = self._rounded(self.voices / self.cost(self.voices, seconds))

    def play(self, seconds: float) -> None:
        """One round."""
        self.costs.append(self.cost(self.voices, seconds))

    @property
    def per_core(self) -> float:
        """Voices that one core can play, by the fastest round."""
        return self.voices / min(self.costs)

    def _rounded(self, voices: float) -> int:
        return max(round(voices / self.step), 1) * self.step


def measure(
    blocks: Iterable[int] = (64, 256), peers: Iterable[Peer] = PEERS, seconds: float = 1.5, rounds: int = 3
) -> list[Figure]:
    """Voices per core by graph and block size, and our ratio to every peer that is installed."""
    figures = []
    present = [peer for peer in peers if peer.installed()]
    for block in blocks:
        mine = {"mono": _mine(False, block), "poly16": _mine(True, block)}
        theirs = [_theirs(peer, block) for peer in present]
        contenders = [*mine.values(), *theirs]
        with tqdm(total=len(contenders) * (1 + rounds), desc=f"voices per core, block {block}", disable=None) as bar:
            for contender in contenders:
                contender.find_full_core(seconds / 3)
                bar.update()
            for _ in range(rounds):
                for contender in contenders:
                    contender.play(seconds)
                    bar.update()
        figures += _figures(mine, theirs, block)
    return figures


def _mine(poly: bool, block: int) -> Contender:
    def cost(voices: int, seconds: float) -> float:
        return ours.cpu_seconds(voices, poly, block, seconds) / seconds

    return Contender("poly16" if poly else "mono", block, 1600 if poly else 200, cost, POLY if poly else 1)


def _theirs(peer: Peer, block: int) -> Contender:
    def cost(voices: int, seconds: float) -> float:
        whole = peer.cpu_seconds(voices, block, SHORT_SECONDS + seconds)
        return max(whole - peer.cpu_seconds(voices, block, SHORT_SECONDS), _SAFETY) / seconds

    return Contender(peer.name, block, peer.expected, cost)


def _figures(mine: dict[str, Contender], theirs: list[Contender], block: int) -> list[Figure]:
    figures = []
    for graph, contender in mine.items():
        beside = f"{contender.voices:,} voices playing"
        figures.append(Figure(f"voices_per_core.{graph}.block{block}", contender.per_core, "voices", beside))
    for peer in theirs:
        for graph, contender in mine.items():
            name = f"ratio.{peer.name}.{graph}.block{block}"
            figures.append(Figure(name, contender.per_core / peer.per_core, "×", f"{peer.name}: {peer.per_core:,.0f}"))
    return figures
