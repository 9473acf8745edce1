"""All modules that an engine can play, or will be able to: what it says of them, and how it takes in what comes later.

::

    module files ─→ compiled before   ─→ loaded before anything plays
                    learned, not yet  ─→ declared (see declarations): in the catalogue as being made
                    kernel, not yet   ─→ loaded; in the catalogue as being made, but for those that the patch needs
    compiler, a thread ─→ processes of low priority leave code in the cache ─→ the editing thread takes it in

What takes it in is the thread that edits, at its priority: whoever holds the interpreter while the audio thread waits
for it must not be put aside for another program. While eight learned modules came, none to two blocks were late so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from ..patch.catalogue import ModuleInfo
from . import wire
from .declarations import Declarations
from .discovery import Loading, state_of
from .manifest import module_info
from .trial import Trials
from .workshop import (
    MASTER,
    Progress,
    catalogue_of,
    cold_files,
    compile_cold,
    compile_waiting,
    find_modules,
    model_folders,
    open_workshop,
    own_files,
    uncompiled,
)

TRIAL_SECONDS = 10.0  # for which new module files of the user's may keep the rest waiting

Say = Callable[[wire.Message], None]


def list_modules(library: Path | None, trying: Progress) -> tuple[list[ModuleInfo], list[str]]:
    """Every module there is, compiled or not, and what is wrong with the files that cannot be used."""
    cold = cold_files()
    declarations = Declarations(cold, model_folders(library))
    found = find_modules(library, trying=trying, without=cold)
    return list((declarations.read().modules | catalogue_of(found)).values()), found.problems


class Stock:
    """Found, and told to the server, when it is made. Its methods belong to the thread that edits, but for
    ``compile_rest``.
    """

    def __init__(self, library: Path | None, first: Collection[str] | None, say: Say, loading: Loading) -> None:
        """``first``: the types that are compiled before anything plays; None where there is time for all, and for the
        trials of new files."""
        self._say, self._loading = say, loading
        self._over = False
        cold, models = cold_files(), model_folders(library)
        declarations = Declarations(cold, models)
        self._trials = Trials(own_files(library), self._trying)
        patience = None if first is None else TRIAL_SECONDS
        self._found = find_modules(library, without=cold, trials=self._trials, patience=patience, loading=loading)
        declared = declarations.read()
        declared.import_libraries()
        self._declared = {name: info for name, info in declared.modules.items() if name not in self._found.modules}
        self._files = declared.files
        wanted = {declared.files[name] for name in first or () if name in declared.files}
        self._cold = sorted(cold, key=lambda path: path not in wanted)
        self._wanted = len(wanted)
        being_made = uncompiled(self._found).keys() - {MASTER}
        self._tell("catalogue", [*self._found.modules], being_made)
        self.workshop = open_workshop(self._found, self._compiling, first)
        if ready := being_made - self.workshop.waiting.keys():
            self._tell("made", ready)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is being made."""
        return not (self.workshop.waiting or self._cold or self._trials.pending)

    def compile_rest(self, put: Callable[[wire.Message], None]) -> None:
        """Have compiled and tried what is not ready yet; ``put`` hands it to the thread that edits."""
        learned = [*self._cold]
        self._compile_cold(learned[: self._wanted], put)
        for name in compile_waiting(self.workshop):
            put({"do": "fetch", "module": name})
        self._compile_cold(learned[self._wanted :], put)
        pending = [*self._trials.pending]
        failed = self._trials.wait()
        for path in pending:
            put({"do": "take_in", "file": str(path), "problem": failed.get(path, "")})
        put({"do": "complete"})

    def close(self) -> None:
        """Whoever compiles need not go on."""
        self._over = True

    def fetch(self, name: str) -> None:
        """A kernel is in the cache."""
        self.workshop.fetch(name)
        self._tell("made", [name])

    def take_in(self, path: Path, problem: str) -> list[str]:
        """A module file can be loaded, or cannot be for a reason. Returns the ids that are there now."""
        self._found.reconsider(path)
        if path in self._cold:
            self._cold.remove(path)
        new: list[str] = []
        if problem:
            self._found.leave_out(path, problem)
        else:
            new = self._found.take_in([path], self._loading)
        for name in new:
            if self._found.modules[name].process is not None:
                self.workshop.fetch(name)
        mine = {name for name, file in self._files.items() if file == path}
        self._declared = {name: info for name, info in self._declared.items() if name not in mine}
        self._tell("made", new, gone=mine - {*self._found.modules})
        return new

    def _compile_cold(self, paths: list[Path], put: Callable[[wire.Message], None]) -> None:
        if self._over:
            return
        ready = set()
        for path in compile_cold(paths, 1):
            put({"do": "take_in", "file": str(path), "problem": ""})
            ready.add(path)
        for path in paths:
            if path not in ready:
                put({"do": "take_in", "file": str(path), "problem": "cannot be compiled"})

    def _tell(self, say: str, names: Iterable[str], being_made: Collection[str] = (), gone: Iterable[str] = ()) -> None:
        found = self._found
        infos = [module_info(name, found.folders[name], found.modules[name]) for name in names]
        infos = [info.model_copy(update={"being_made": info.id in being_made}) for info in infos]
        if say == "catalogue":
            infos += [info.model_copy(update={"being_made": True}) for info in self._declared.values()]
        modules = [info.model_dump(mode="json") for info in infos]
        own = {name: [str(path), state_of(path)] for name, path in found.files.items()}
        self._say({"say": say, "modules": modules, "gone": [*gone], "problems": found.problems, "own": own})

    def _compiling(self, done: int, total: int, title: str) -> None:
        sentence = f"Compiling kernels, only this once: {done} of {total} ({title})"
        self._say({"say": "progress", "done": done, "total": total, "sentence": sentence})

    def _trying(self, done: int, total: int, title: str) -> None:
        sentence = f"Trying new module files, only this once: {done} of {total} ({title})"
        self._say({"say": "progress", "done": done, "total": total, "sentence": sentence})
