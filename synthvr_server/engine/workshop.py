"""Everything the engine can play: modules found, kernels compiled, and the catalogue of what came through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ModuleDeclarationError
from ..module import Module
from ..patch.catalogue import Catalogue
from .compile import CompiledKernel, compile_kernel, is_cached
from .discovery import Found, discover, shipped_folder
from .manifest import module_info
from .master import Master

MASTER = "master"

Progress = Callable[[int, int, str], None]  # done, of how many, what comes next


@dataclass
class Workshop:
    """Modules ready to be played, by id."""

    modules: dict[str, type[Module]]
    kernels: dict[str, CompiledKernel]
    broken: dict[str, str]  # module id → why it cannot be played


def find_modules(own: Path | None) -> Found:
    """Our modules, and those of the user's own folder."""
    return discover([shipped_folder(), *([own] if own and own.is_dir() else [])])


def catalogue_of(found: Found) -> Catalogue:
    """The catalogue of what has been found."""
    return {name: module_info(name, found.folders[name], cls) for name, cls in found.modules.items()}


def open_workshop(found: Found, progress: Progress, wanted: Iterable[str] | None = None) -> Workshop:
    """Compile the kernels (all, or those of ``wanted`` module ids), telling about each that was not in the cache.

    A module whose kernel does not compile is named in ``broken``.
    """
    modules = {name: cls for name, cls in found.modules.items() if wanted is None or name in set(wanted)}
    classes: dict[str, type[Module]] = {MASTER: Master}
    classes |= {name: cls for name, cls in modules.items() if cls.process is not None}
    missing = [name for name, cls in classes.items() if not is_cached(cls)]
    workshop = Workshop(modules, {}, {})
    for name, cls in classes.items():
        if name in missing:
            progress(missing.index(name), len(missing), cls.title)
        try:
            workshop.kernels[name] = compile_kernel(cls)
        except ModuleDeclarationError as error:
            workshop.broken[name] = str(error)
    return workshop
