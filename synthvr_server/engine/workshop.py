"""Everything the engine can play: the modules that were found, and their compiled kernels."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from ..errors import ModuleDeclarationError
from ..module import Module
from ..patch.catalogue import Catalogue
from .compile import CompiledKernel, compile_kernel, is_cached, source_file
from .discovery import MODELS, Found, discover, load_module_file, shipped_folder
from .manifest import module_info
from .master import Master

MASTER = "master"
# Starting a compiler takes as long as compiling two kernels.
WORTH_A_POOL = 4

Progress = Callable[[int, int, str], None]  # kernels done, of how many, the title of the latest


@dataclass
class Workshop:
    """Modules ready to be played, by id."""

    modules: dict[str, type[Module]]
    kernels: dict[str, CompiledKernel]
    broken: dict[str, str]  # module id → why it cannot be played


def find_modules(library: Path | None) -> Found:
    """Our modules, and those of a user's library: the files in its folder ``modules``, and what ``models`` become."""
    own = [library] if library else []
    return discover([shipped_folder(), *(_folders(own, "modules"))], [MODELS, *_folders(own, "models")])


def _folders(libraries: list[Path], name: str) -> list[Path]:
    return [library / name for library in libraries if (library / name).is_dir()]


def catalogue_of(found: Found) -> Catalogue:
    """The catalogue of what has been found."""
    return {name: module_info(name, found.folders[name], cls) for name, cls in found.modules.items()}


def open_workshop(found: Found, progress: Progress, wanted: Collection[str] | None = None) -> Workshop:
    """Compile the kernels (all, or those of the ``wanted`` ids), telling about those that are not in the cache.

    A module whose kernel does not compile is named in ``broken``.
    """
    modules = {name: cls for name, cls in found.modules.items() if wanted is None or name in wanted}
    classes: dict[str, type[Module]] = {MASTER: Master}
    classes |= {name: cls for name, cls in modules.items() if cls.process is not None}
    _fill_cache([cls for cls in classes.values() if not is_cached(cls)], progress)
    workshop = Workshop(modules, {}, {})
    for name, cls in classes.items():
        try:
            workshop.kernels[name] = compile_kernel(cls)
        except ModuleDeclarationError as error:
            workshop.broken[name] = str(error)
    return workshop


def _fill_cache(classes: list[type[Module]], progress: Progress) -> None:
    """Compile on all processors. What fails here fails again, and is reported, when it is loaded."""
    if not classes:
        return
    progress(0, len(classes), classes[0].title)
    if len(classes) < WORTH_A_POOL:
        return
    by_size = sorted(classes, key=lambda cls: -source_file(cls).stat().st_size)  # the longest first
    # A compiler makes millions of objects that live as long as it does: looking for dead ones costs it a tenth.
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(classes)), get_context("spawn"), gc.disable) as pool:
        pool.submit(_compile_rows)
        work = {pool.submit(_compile_file, None if cls is Master else source_file(cls)): cls for cls in by_size}
        for done, finished in enumerate(as_completed(work), 1):
            progress(done, len(classes), work[finished].title)


def _compile_rows() -> None:
    """In a process of its own: leave in the cache what runs between the modules."""
    importlib.import_module(".rows", __package__)


def _compile_file(path: Path | None) -> None:
    """In a process of its own: leave the kernel of a module file in the cache."""
    compile_kernel(Master if path is None else load_module_file(path))
