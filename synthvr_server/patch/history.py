"""Who has changed what: the past that undo and redo walk through, each person their own.

Undo takes back the latest change of whoever asks for it, and only where all that it had touched stands as it left it
(see taking_back.py): nobody's work is ever taken back by somebody else. Where it cannot be, that is said once, with
what was changed and by whom; asked again, undo goes on with what the same person did before. What undo and redo did are
steps too, for it must be known who touched what last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Literal

from ..errors import Rejected
from .catalogue import Catalogue
from .change import Change, Part
from .commands import Command
from .difference import difference
from .model import Frozen, Identifier, Patch
from .taking_back import taken_back
from .telling import Names, done_in_words

LONGEST = 1_000  # steps, of everybody together
MOST_PARTS = 100_000  # modules and cables that all steps together have changed: a few loads of the largest patches


class Author(Frozen):
    """Whoever makes a change: ``person`` stays the same over connections and restarts, ``name`` is for sentences."""

    person: Identifier
    name: str


class Origin(Frozen):
    """Where a batch came from: who did, took back or did again which step, and what it is called."""

    author: Author
    deed: Literal["did", "undid", "redid"]
    step: int
    what: str


class Step(Frozen):
    """One batch that left a trace. ``undone`` is the number of the step that took it back, 0 while it counts; what can
    never be done again, and what undo and redo themselves did, is ``over``."""

    number: int
    author: Author
    what: str
    change: Change
    undone: int = 0
    over: bool = False


class History:
    """The steps that led to the patch, the oldest first."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._steps = deque(steps)
        self._parts = sum(step.change.size for step in self._steps)
        self._next = self._steps[-1].number + 1 if self._steps else 1
        self._told: set[int] = set()  # steps that cannot be taken back, or done again, which was said

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them."""
        return tuple(self._steps)

    def origin(self, author: Author, what: str) -> Origin:
        """The origin of a batch that somebody has just thought of."""
        return Origin(author=author, deed="did", step=self._next, what=what)

    def follow(self, origin: Origin, change: Change) -> None:
        """A batch was accepted."""
        if change.size == 0:
            return
        if origin.deed == "did":
            self._forget_undone(origin.author.person)
            self._add(_step(origin.step, origin, change, over=False))
            return
        number = self._next
        self._replace(origin.step, undone=number if origin.deed == "undid" else 0)
        self._add(_step(number, origin, change, over=True))

    def undo(self, author: Author, patch: Patch, catalogue: Catalogue) -> tuple[Origin, list[Command]]:
        """What takes back the author's latest change. Raises Rejected with what stands in the way."""
        mine = [step for step in self._steps if self._is_of(step, author)]
        # Undo walks back: what it has passed over on the way lies behind it.
        first_undone = min((step.number for step in mine if step.undone), default=self._next)
        left = [step for step in reversed(mine) if step.number < first_undone]
        found = self._first(left, lambda step: step.change, patch, catalogue)
        if found is None:
            raise Rejected("nothing_to_undo", "Nothing that you have done is left to undo.")
        step, commands = found
        return Origin(author=author, deed="undid", step=step.number, what=step.what), commands

    def redo(self, author: Author, patch: Patch, catalogue: Catalogue) -> tuple[Origin, list[Command]]:
        """What does again what the author undid last. Raises Rejected with what stands in the way."""
        mine = [step for step in self._steps if self._is_of(step, author) and step.undone]
        mine.sort(key=lambda step: -step.undone)
        found = self._first(mine, lambda step: step.change.reversed(), patch, catalogue)
        if found is None:
            raise Rejected("nothing_to_redo", "You have undone nothing that could be done again.")
        step, commands = found
        return Origin(author=author, deed="redid", step=step.number, what=step.what), commands

    def _first(
        self, steps: Iterable[Step], change_of: Callable[[Step], Change], patch: Patch, catalogue: Catalogue
    ) -> tuple[Step, list[Command]] | None:
        """The first of the steps that makes a difference now, and the commands that do."""
        for step in steps:
            there = taken_back(patch, change_of(step), catalogue)
            if isinstance(there, Patch):
                commands = difference(patch, there)
                if commands:
                    return step, commands
            elif step.number not in self._told:
                self._told.add(step.number)
                raise Rejected("changed_since", self._sentence(step, there, Names(patch, catalogue)))
        return None

    def _sentence(self, step: Step, part: Part, names: Names) -> str:
        latest = next((each for each in reversed(self._steps) if each.change.touches(part)), None)
        if latest is None:  # it lies too far back
            who, done = "Somebody has", "changed what this would touch"
        else:
            is_self = latest.author.person == step.author.person
            who = "You have" if is_self else f"{latest.author.name} has"
            done = done_in_words(part, latest.change, names)
        again = "done again" if step.undone else "undone"
        return f"{who} since {done}, so {step.what} cannot be {again}. Ask again to go on with the step before."

    def _is_of(self, step: Step, author: Author) -> bool:
        return step.author.person == author.person and not step.over

    def _forget_undone(self, person: str) -> None:
        """What somebody undid cannot be done again once they did something else."""
        for index, step in enumerate(tuple(self._steps)):
            if step.author.person != person or step.over:
                continue
            self._told.discard(step.number)
            if step.undone:
                self._steps[index] = step.model_copy(update={"over": True})

    def _replace(self, number: int, **fields: int) -> None:
        for index, step in enumerate(tuple(self._steps)):
            if step.number == number:
                self._told.discard(number)
                self._steps[index] = step.model_copy(update=fields)

    def _add(self, step: Step) -> None:
        self._next = step.number + 1
        self._steps.append(step)
        self._parts += step.change.size
        while len(self._steps) > LONGEST or (self._parts > MOST_PARTS and len(self._steps) > 1):
            gone = self._steps.popleft()
            self._parts -= gone.change.size
            self._told.discard(gone.number)


def _step(number: int, origin: Origin, change: Change, over: bool) -> Step:
    # Every part is valid already: building it anew would validate the modules again.
    return Step.model_construct(
        number=number, author=origin.author, what=origin.what, change=change, undone=0, over=over
    )
