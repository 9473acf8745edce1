"""Who made the engine hang or die, and what is left out for it. The server's side.

::

    engine     marks in shared memory whose code it runs (see ring)
    server     it hangs or dies → the module of that mark is suspended: it stays in the patch, silent and reported
    engine     is started again, and told whom to leave out

A suspended module is tried again when it has been removed and added anew, or at the next start after its file has
changed. Of a type that a user's file declares, all modules that are in the patch are suspended at once: they run the
same code. Of a type that we ship, it is the one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ..patch.catalogue import ModuleInfo
from ..patch.model import Patch
from .ring import Rings, mark_of
from .whereabouts import line_in


@dataclass(frozen=True)
class OwnFile:
    """A user's file that a module type was made of. ``state`` becomes another one when the file changes."""

    path: str
    state: str


@dataclass(frozen=True)
class _Suspended:
    type: str
    file: OwnFile | None
    sentence: str


class Blame:
    """Keeps who is suspended, through the lives of many engines."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._files: dict[str, OwnFile] = {}
        self._suspended: dict[str, _Suspended] = {}
        self.files: set[int] = set()  # marks of the files that are not to be loaded

    @property
    def sentences(self) -> dict[str, str]:
        """Why each suspended module is left out, by its id."""
        return {name: suspended.sentence for name, suspended in self._suspended.items()}

    def learn(self, modules: Iterable[ModuleInfo], files: Mapping[str, OwnFile]) -> None:
        """The engine has read the module files: whoever is suspended for what a file said before is tried again."""
        self._titles = {info.id: info.title for info in modules}
        self._files = dict(files)
        self._suspended = {name: s for name, s in self._suspended.items() if s.file == self._files.get(s.type)}

    def follow(self, patch: Patch) -> None:
        """The patch is another one: whoever has left it is forgotten."""
        types = {name: placed.type for name, placed in patch.modules.items()}
        self._suspended = {name: s for name, s in self._suspended.items() if types.get(name) == s.type}

    def accuse(self, rings: Rings, patch: Patch, did: str, dump: str) -> str | None:
        """Suspend the module whose code was running, if there is one. Returns what it did, in a sentence.

        ``did``: "hang", for example; ``dump``: what the engine wrote last, where its traceback may be.
        """
        name = culprit(rings, patch)
        return None if name is None else self.suspend(name, patch, did, dump)

    def accuse_file(self, rings: Rings, did: str) -> str | None:
        """Of an engine that ended before it played: leave out the file that it was loading, if it was."""
        mark = int(rings.making[0])
        if not mark or mark in self.files:
            return None
        self.files.add(mark)
        return f"A file has made the engine {did} as it was loaded: it is left out until it changes."

    def suspend(self, name: str, patch: Patch, did: str, dump: str = "") -> str:
        """Suspend a module for what it made the engine do."""
        kind = patch.modules[name].type
        file = self._files.get(kind)
        until = "it is removed and added anew"
        where = ""
        if file is not None:
            until = f"its file changes, or {until}"
            where = f" ({place_in(file.path, dump)})"
        sentence = f"{self._titles.get(kind, kind)}{where} has made the engine {did}: it is left out until {until}."
        for other, placed in patch.modules.items():
            if other == name or (file is not None and placed.type == kind):
                self._suspended[other] = _Suspended(kind, file, sentence)
        return sentence


def culprit(rings: Rings, patch: Patch) -> str | None:
    """The id of the module whose code was running when the engine ended; None between two blocks.

    Making a module comes before playing one: it is over in no time, or it is where the engine stands still.
    """
    mark = int(rings.making[0]) or int(rings.playing[0])
    return next((name for name in patch.modules if mark_of(name) == mark), None)


def place_in(file: str, dump: str) -> str:
    """A module file's name, and the line that ran last where what faulthandler wrote tells it."""
    line = line_in(dump, file)
    return f"{PurePath(file).name}, line {line}" if line else PurePath(file).name
