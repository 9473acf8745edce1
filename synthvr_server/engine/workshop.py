"""Everything the engine can play: the modules that were found, and their compiled kernels."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path

from ..errors import ModuleDeclarationError
from ..module import Module
from ..patch.catalogue import Catalogue
from ..patch.model import Patch
from ..patch.problems import problems
from .compile import CompiledKernel, cache_folder, compile_kernel, is_cached, source_file
from .discovery import MODELS, PACKAGE, Found, Loading, discover, freely, load_module_file, module_files, shipped_folder
from .manifest import module_info
from .master import Master
from .trial import Trials

MASTER = "the master"  # no module of a patch and no module file can be called so
ON_ITS_WAY = "is still being tried"  # of a file that nobody waits for
# Starting a compiler takes as long as compiling two kernels.
WORTH_A_POOL = 4

Progress = Callable[[int, int, str], None]  # kernels done, of how many, the title of the latest


@dataclass
class Workshop:
    """Modules ready to be played, by id."""

    modules: dict[str, type[Module]]
    kernels: dict[str, CompiledKernel]
    broken: dict[str, str] = field(default_factory=dict)  # module id → why it cannot be played
    waiting: dict[str, type[Module]] = field(default_factory=dict)  # never compiled, and not needed at once

    def fetch(self, name: str) -> None:
        """Load a module's kernel, or compile it; one that does not compile is named in ``broken``."""
        cls = self.waiting.pop(name, None) or (Master if name == MASTER else self.modules[name])
        try:
            self.kernels[name] = compile_kernel(cls)
        except ModuleDeclarationError as error:
            self.broken[name] = str(error)


def _quietly(done: int, total: int, title: str) -> None:
    """Tell nobody."""


def own_files(library: Path | None) -> list[Path]:
    """The module files of a user's library."""
    return [path for folder in _folders([library] if library else [], "modules") for path in module_files(folder)]


def model_folders(library: Path | None) -> list[Path]:
    """Where model files lie: ours, and those of a user's library."""
    return [MODELS, *_folders([library] if library else [], "models")]


def find_modules(
    library: Path | None,
    progress: Progress = _quietly,
    trying: Progress = _quietly,
    without: Collection[Path] = (),
    trials: Trials | None = None,
    patience: float | None = None,
    loading: Loading = freely,
) -> Found:
    """Our modules, and those of a user's library: the files in its folder ``modules``, and what ``models`` become.

    What runs learned models is compiled as it is imported; the first time that is told, and done on all processors,
    but for the files that are to be left out. A user's files are tried, which is told to ``trying``, and loaded when
    they have passed. ``trials``: of these, which have begun; those that are still on their way after ``patience``
    seconds are left out.
    """
    cold = [path for path in cold_files() if path not in without]
    for _ in compile_cold(cold, os.cpu_count() or 1, progress):
        continue
    trials = trials or Trials(own_files(library), trying)
    failed = trials.wait(patience) | dict.fromkeys(trials.pending, ON_ITS_WAY)
    folders = [shipped_folder(), *_folders([library] if library else [], "modules")]
    found = discover(folders, model_folders(library), {*without, *failed}, loading)
    for path, why in failed.items():
        found.leave_out(path, why)
    return found


def cold_files() -> list[Path]:
    """Our module files that import ``neural`` and have never been imported as they are now."""
    paths = module_files(shipped_folder())
    learned = [path for path in paths if b"synthvr_server.neural" in path.read_bytes()]
    return [path for path in learned if not _imported_before(path).exists()]


def compile_cold(cold: Sequence[Path], processes: int, progress: Progress = _quietly) -> Iterator[Path]:
    """Import module files in processes of their own, which leaves compiled code in the cache. Yields them when they
    are ready; what fails here is not."""
    if not cold:
        return
    progress(0, len(cold), cold[0].stem)
    with _pool(min(processes, len(cold)), _stand_back) as pool:
        work = {pool.submit(_import_file, path): path for path in cold}
        for done, finished in enumerate(as_completed(work), 1):
            path = work[finished]
            progress(done, len(cold), path.stem)
            if finished.exception() is None:  # as it is where a file has a problem: that is reported where it is used
                _imported_before(path).parent.mkdir(parents=True, exist_ok=True)
                _imported_before(path).touch()
                yield path


def _pool(processes: int, prepare: Callable[[], None]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=prepare)


def _imported_before(path: Path) -> Path:
    """A file that tells that a module file was imported, with what of ours it imports, as both are now."""
    sources = [path, PACKAGE / "dsp.py", *sorted((PACKAGE / "neural").rglob("*.py"))]
    digest = hashlib.sha256(b"\0".join([str(PACKAGE).encode(), *(source.read_bytes() for source in sources)]))
    return cache_folder() / f"learned_{digest.hexdigest()[:16]}"


def _folders(libraries: list[Path], name: str) -> list[Path]:
    return [library / name for library in libraries if (library / name).is_dir()]


def catalogue_of(found: Found) -> Catalogue:
    """The catalogue of what has been found."""
    return {name: module_info(name, found.folders[name], cls) for name, cls in found.modules.items()}


def problems_in(patch: Patch, found: Found) -> list[str]:
    """Everything in a patch that the modules do not bear out, each with its place; of a file that is left out, why."""
    told = []
    for problem in problems(patch, catalogue_of(found)):
        name = problem.place.removeprefix("modules/").removesuffix("/type")
        why = found.left_out.get(patch.modules[name].type) if problem.code == "unknown_type" else None
        told.append(f"{problem.place}: {why}" if why else str(problem))
    return told


def uncompiled(found: Found) -> dict[str, type[Module]]:
    """The modules, and the master, whose kernels are not in the cache."""
    return {name: cls for name, cls in _kernels(found).items() if not is_cached(cls)}


def _kernels(found: Found) -> dict[str, type[Module]]:
    return {MASTER: Master, **{name: cls for name, cls in found.modules.items() if cls.process is not None}}


def open_workshop(found: Found, progress: Progress, first: Collection[str] | None = None) -> Workshop:
    """Compile the kernels that are not in the cache, and tell: all, or those of ``first`` while the others wait."""
    classes = _kernels(found)
    new = uncompiled(found)
    waiting = {name: cls for name, cls in new.items() if first is not None and name not in {MASTER, *first}}
    _fill_cache([cls for name, cls in new.items() if name not in waiting], progress)
    workshop = Workshop(found.modules, {}, waiting=waiting)
    for name in classes.keys() - waiting.keys():
        workshop.fetch(name)
    return workshop


def compile_waiting(workshop: Workshop) -> Iterator[str]:
    """Compile what waits, one kernel after the other, in a process of its own. Yields the ids that can be fetched."""
    if not workshop.waiting:
        return
    with _pool(1, _stand_back) as pool:
        work = {name: pool.submit(_compile_file, source_file(cls)) for name, cls in workshop.waiting.items()}
        for name, finished in work.items():
            finished.exception()  # what fails here fails again, and is reported, when it is fetched
            yield name


def _fill_cache(classes: list[type[Module]], progress: Progress) -> None:
    """Compile on all processors. What fails here fails again, and is reported, when it is loaded."""
    if not classes:
        return
    progress(0, len(classes), classes[0].title)
    if len(classes) < WORTH_A_POOL:
        return
    by_size = sorted(classes, key=lambda cls: -source_file(cls).stat().st_size)  # the longest first
    with _pool(min(os.cpu_count() or 1, len(classes)), _begin) as pool:
        pool.submit(_compile_rows)
        work = {pool.submit(_compile_file, None if cls is Master else source_file(cls)): cls for cls in by_size}
        for done, finished in enumerate(as_completed(work), 1):
            progress(done, len(classes), work[finished].title)


def _begin() -> None:
    """In a process of its own, before all else."""
    # A compiler makes millions of objects that live as long as it does: looking for dead ones is lost on it.
    gc.disable()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's process waits for work for ever, also when whoever gave it work was killed."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _stand_back() -> None:
    """Leave the processor to whatever plays."""
    _begin()
    if hasattr(os, "nice"):
        os.nice(10)


def _import_file(path: Path) -> None:
    """In a process of its own. What fails here fails again, and is reported, when it is loaded."""
    with contextlib.suppress(ModuleDeclarationError):
        cls = load_module_file(path)
        if cls.process is not None:
            compile_kernel(cls)


def _compile_rows() -> None:
    """In a process of its own: leave in the cache what runs between the modules."""
    for name in (".adding", ".memory"):
        importlib.import_module(name, __package__)


def _compile_file(path: Path | None) -> None:
    """In a process of its own: leave the kernel of a module file in the cache."""
    compile_kernel(Master if path is None else load_module_file(path))
