"""Finds the modules: every Python file below a folder that declares one Module class, and every model file that
becomes a module of such a class.

A file that cannot be used is reported in one sentence and left out; the others load.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import sys
import traceback
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from ..errors import ModuleDeclarationError, printable
from ..module import Module

PACKAGE = Path(__file__).resolve().parent.parent
MODELS = PACKAGE / "neural" / "models"  # those we ship
LONGEST_ID = 64


@dataclass
class Found:
    """Module classes by id (the file's name), and what was wrong with the files that were left out.

    ``makers``: suffix of model files → id and class of what they become modules of; ``files``: the user's own, by id.
    """

    modules: dict[str, type[Module]] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    makers: dict[str, tuple[str, type[Module]]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def id_of_model(self, path: Path) -> str:
        """The id of the module that a model file becomes: its name, and where that does not do, a number for it."""
        maker, _ = self.makers[path.suffix.lower()]
        words = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
        number = format(crc32(os.fsencode(path.stem)), "08x")
        if not words:  # in other letters
            return f"{maker}_{number}"
        name = f"{maker}_{words}"
        return name if len(name) <= LONGEST_ID else f"{name[: LONGEST_ID - 9].rstrip('_')}_{number}"

    def check_id(self, name: str) -> None:
        """Raise ModuleDeclarationError where no further module can have the id ``name``."""
        if name in self.modules:
            raise ModuleDeclarationError(f"a module called {name!r} exists already; rename the file")

    def add_model(self, path: Path) -> None:
        """Add the module that a model file becomes. Raises ModuleDeclarationError."""
        if not path.name.isprintable():
            raise ModuleDeclarationError("its name has characters that cannot be shown; rename the file")
        name = self.id_of_model(path)
        self.check_id(name)
        maker, cls = self.makers[path.suffix.lower()]
        try:
            self.modules[name] = cls.of_model(path)
        except ModuleDeclarationError:
            raise
        except Exception as error:  # whatever a module's own code makes of a stranger's file
            raise ModuleDeclarationError(f"it cannot be read: {type(error).__name__}: {error}") from error
        self.folders[name] = self.folders[maker]
        if not path.is_relative_to(MODELS):
            self.files[name] = path


def shipped_folder() -> Path:
    """Our own modules: inside the installed package, or at the top of a checkout."""
    inside = PACKAGE / "modules"
    return inside if inside.is_dir() else PACKAGE.parent / "modules"


def discover(folders: Iterable[Path], models: Iterable[Path] = (), without: Collection[Path] = ()) -> Found:
    """Load every module file below ``folders``, but for those ``without``, then every model file below ``models`` that
    one of them is made of.

    An id that comes up twice keeps its first file.
    """
    found = Found()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if path.name.startswith(("_", ".")) or path in without:
                continue
            try:
                _add(found, path)
            except ModuleDeclarationError as error:
                found.problems.append(f"{path.name}: {error}")
    found.makers = {suffix: (name, cls) for name, cls in found.modules.items() for suffix in cls.made_of}
    for path in sorted(path for folder in models for path in folder.rglob("*")):
        if path.suffix.lower() in found.makers and path.name[0] != "." and path.is_file() and not is_card(path):
            try:
                found.add_model(path)
            except ModuleDeclarationError as error:
                found.problems.append(f"{printable(path.name)}: {error}")
    found.modules = {name: cls for name, cls in found.modules.items() if not cls.abstract}
    return found


def load_module_file(path: Path) -> type[Module]:
    """The one Module class that a file declares; raises ModuleDeclarationError when there is none to be had."""
    name = f"synthvr_modules.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    source = importlib.util.module_from_spec(spec)
    sys.modules[name] = source  # numba's cache finds a kernel's globals by this name
    try:
        spec.loader.exec_module(source)
    except ModuleDeclarationError:
        raise
    except SyntaxError as error:
        raise ModuleDeclarationError(f"cannot be loaded (line {error.lineno}): {error.msg}") from error
    except (Exception, SystemExit) as error:
        line = traceback.extract_tb(error.__traceback__)[-1].lineno
        raise ModuleDeclarationError(f"cannot be loaded (line {line}): {type(error).__name__}: {error}") from error
    classes = [
        value
        for value in vars(source).values()
        if isinstance(value, type) and issubclass(value, Module) and value.__module__ == name
    ]
    if len(classes) != 1:
        raise ModuleDeclarationError(f"must declare exactly one Module class, and declares {len(classes)}")
    return classes[0]


def state_of(path: Path) -> str:
    """A text that becomes another one when the file changes."""
    try:
        status = path.stat()
    except OSError:
        return "gone"
    return f"{status.st_mtime_ns} {status.st_size}"


def is_card(path: Path) -> bool:
    """Whether it tells of what lies beside it under its name."""
    beside = path.parent.glob(f"{glob.escape(path.stem)}.*")
    return path.suffix.lower() == ".json" and any(other != path for other in beside)


def _add(found: Found, path: Path) -> None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", path.stem):
        raise ModuleDeclarationError("rename the file: an id has up to 64 letters a–z, digits and underscores")
    if path.stem in found.modules:
        raise ModuleDeclarationError(f"a module called {path.stem!r} exists already; rename the file")
    found.modules[path.stem] = load_module_file(path)
    found.folders[path.stem] = path.parent.name
    if not path.is_relative_to(shipped_folder()):
        found.files[path.stem] = path
