"""The cables of the running graph: plugged in, fading in, on their way out.

A fade waits until there is something to hear (``begin``). What changes a cable's meaning while it stays plugged in (its
channels meet those of the input in another way, or one of its modules is made anew) is a fade as well: from the link as
it was to the link as it will be, in step, so that what both bring goes on unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from ..patch.model import Cable
from .meeting import Meeting
from .node import Node, address_of

FADE_SECONDS = 0.010  # plugging and unplugging

START, TARGET, SLOPE, PASSED, LENGTH, WAIT = range(6)  # fields of a link's gain, as the rows know them


def _full() -> np.ndarray:
    return np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])


@dataclass(eq=False)
class Link:
    """A cable as it runs, with its fade."""

    key: Hashable  # the cable's id; module and side for the engine's own, to the master
    source: Node
    output: str
    target: Node
    input: str
    cable: Cable | None = None  # None: the engine's own
    gain: np.ndarray = field(default_factory=_full)
    leaving: bool = False
    meeting: Meeting | None = None  # None: not planned yet

    def __post_init__(self) -> None:
        self.gain_address = address_of(self.gain)

    def fade(self, to: float, frames: int, wait: int) -> None:
        """Bring the gain from where it is, as it moves, to ``to``, after ``wait`` frames. Call it between blocks."""
        start, target, slope, passed, length, waited = self.gain.tolist()
        x, y = (min(max(frame / length, 0.0), 1.0) if length else 1.0 for frame in (passed, passed + waited))
        now = start + (target - start) * x * x * (3 - 2 * x) + slope * y * (1 - y) ** 2
        moves = (target - start) * 6 * x * (1 - x) + slope * (1 - y) * (1 - 3 * y)
        self.gain[:] = now, to, moves * frames / max(length, 1.0), -wait, frames, wait

    @property
    def waits(self) -> int:
        """Frames until its fade begins."""
        return max(-int(self.gain[PASSED]), 0)

    @property
    def full(self) -> bool:
        """Whether all of its source is heard."""
        return bool(self.gain[PASSED] >= self.gain[LENGTH] and self.gain[TARGET] == 1.0)

    @property
    def settled(self) -> bool:
        """Whether it is plugged in for good: no fade on its way, none to come."""
        return self.full and not self.leaving

    @property
    def gone(self) -> bool:
        """Whether it has faded out."""
        return self.leaving and bool(self.gain[PASSED] >= self.gain[LENGTH] and self.gain[TARGET] == 0.0)

    def anew(self, full: bool) -> Link:
        """The same cable once more, heard at once or not yet."""
        gain = _full() if full else np.zeros(6)
        return Link(self.key, self.source, self.output, self.target, self.input, self.cable, gain)


class Cables:
    """All links, by what becomes of them. Its methods belong to the editing thread."""

    def __init__(self, fade_frames: int) -> None:
        self.plugged: dict[Hashable, Link] = {}
        self.leaving: list[Link] = []
        self._fading_in: list[Link] = []
        self._coming: list[Link] = []  # whose fades begin with the next plan
        self._going: list[Link] = []
        self._fade_frames = fade_frames

    def __iter__(self) -> Iterator[Link]:
        yield from self.plugged.values()
        yield from self.leaving

    @property
    def are_coming(self) -> bool:
        """Whether some are to fade in from the next plan on."""
        return bool(self._coming)

    def plug(self, link: Link, at_once: bool) -> None:
        """Plug in; it fades in unless nothing can click."""
        if not at_once:
            link.gain[:] = 0.0
            self._coming.append(link)
        self.plugged[link.key] = link

    def unplug(self, key: Hashable, fade: bool) -> None:
        """Take a cable out. Into a module that goes as well it does not fade: the module's own outputs do."""
        link = self.plugged.pop(key)
        self._leave(link)
        if fade:
            self._going.append(link)

    def cross(self, link: Link, other: Link) -> None:
        """Fade from what a plugged link was to what it becomes; what is still fading out from before joins in."""
        self._going += [old for old in self.leaving if old.key == link.key and old.target is link.target]
        self._leave(link)
        self._going.append(link)
        self._coming.append(other)
        self.plugged[link.key] = other

    def move(self, moved: Mapping[Node, Node]) -> None:
        """Plug what was plugged into some modules into those that follow them, which nobody has heard yet."""
        for link in list(self.plugged.values()):
            source, target = moved.get(link.source, link.source), moved.get(link.target, link.target)
            if source is link.source and target is link.target:
                continue
            follows = target is not link.target
            other = link.anew(full=follows)
            other.source, other.target = source, target
            if link.meeting is None:  # no plan has had it
                self._forget(link)
                self.plug(other, at_once=follows or link.full)
            elif follows:  # the old one hears what it heard until it is gone
                self._leave(link)
                self.plugged[link.key] = other
            else:
                self.cross(link, other)

    def drop(self, nodes: Collection[Node]) -> None:
        """Forget the links of modules that could not be made."""
        for link in list(self):
            if link.source in nodes or link.target in nodes:
                self._forget(link)

    def let_go(self, nodes: Collection[Node]) -> None:
        """Forget the links into modules that nobody hears any more."""
        for link in [link for link in self.leaving if link.target in nodes]:
            self._forget(link)

    def begin(self, quiet: Callable[[Link], int]) -> Callable[[], None]:
        """Start the fades of what comes; what is returned starts those of what goes, between blocks, with the new plan.

        ``quiet`` tells for how many frames a link's source has nothing to be heard yet. What goes out under the
        same key waits as long.
        """
        waiting: dict[tuple[Node, str], int] = {}  # for what an edit just before this one has begun
        for link in self._fading_in:
            output = link.source, link.output
            waiting[output] = max(waiting.get(output, 0), link.waits)
        waits: dict[Hashable, int] = {}
        for link in self._coming:
            waits[link.key] = max(waits.get(link.key, 0), quiet(link), waiting.get((link.source, link.output), 0))
        for link in self._coming:  # no plan has them yet
            link.fade(1.0, self._fade_frames, waits[link.key])
        due = [(link, waits.get(link.key, 0)) for link in self._going]
        self._fading_in += self._coming
        self._coming, self._going = [], []

        def start() -> None:
            for link, wait in due:
                link.fade(0.0, self._fade_frames, wait)

        return start

    def tidy(self) -> bool:
        """Take out what has faded out, and see what has faded in; says whether there was anything."""
        leaving = [link for link in self.leaving if not link.gone]
        fading_in = [link for link in self._fading_in if not link.settled and not link.leaving]
        changed = len(leaving) < len(self.leaving) or len(fading_in) < len(self._fading_in)
        self.leaving, self._fading_in = leaving, fading_in
        return changed

    def _leave(self, link: Link) -> None:
        link.leaving = True
        if link in self._coming:  # nobody has heard it yet
            self._coming.remove(link)
        self.leaving.append(link)

    def _forget(self, link: Link) -> None:
        if self.plugged.get(link.key) is link:
            del self.plugged[link.key]
        for some in (self.leaving, self._fading_in, self._coming, self._going):
            if link in some:
                some.remove(link)
