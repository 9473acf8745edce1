"""Finds the modules: every Python file below a folder that declares one Module class, and every model file that
becomes a module of such a class.

A file that cannot be used is reported in one sentence and left out; the others load. They are loaded here, by this
process: a user's have been tried before (see trial).
"""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from pydantic import ValidationError

from ..errors import ModuleDeclarationError, printable
from ..module import Module
from ..patch.library_names import is_text
from .manifest import module_info
from .whereabouts import MODULES, line_of, what

PACKAGE = Path(__file__).resolve().parent.parent
MODELS = PACKAGE / "neural" / "models"  # those we ship
LONGEST_ID = 64
LARGEST = 1 << 20  # bytes of a module file
LARGEST_ENTRY = 1 << 18  # characters of what the catalogue says of a module: everybody is sent it
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


Loading = Callable[[Path], AbstractContextManager[None]]


def freely(_path: Path) -> AbstractContextManager[None]:
    """Load a file with nobody watching."""
    return nullcontext()


@dataclass
class Found:
    """Module classes by id (the file's name), and what was wrong with the files that were left out.

    ``makers``: suffix of model files → id and class of what they become modules of; ``files``: the user's own, by id.
    ``left_out``: the problems again, by the id that a module file would have given its module. ``models``: the folders
    of model files.
    """

    modules: dict[str, type[Module]] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    makers: dict[str, tuple[str, type[Module]]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    models: list[Path] = field(default_factory=list)

    def leave_out(self, path: Path, why: str) -> None:
        """A file cannot be used."""
        self.problems.append(f"{printable(path.name)}: {printable(why)}")
        if path.suffix == ".py":
            self.left_out.setdefault(path.stem, self.problems[-1])

    def reconsider(self, path: Path) -> None:
        """What was said of a file that was left out holds no longer."""
        told = self.left_out.pop(path.stem, None)
        self.problems = [problem for problem in self.problems if problem != told]

    def take_in(self, paths: Iterable[Path], loading: Loading) -> list[str]:
        """Load module files, then the model files that they make something of. Returns the ids of the new modules."""
        known = set(self.modules)
        makers: dict[str, tuple[str, type[Module]]] = {}
        for path in paths:
            with self._or_left_out(path), loading(path):
                cls = self._add(path)
                makers |= dict.fromkeys(cls.made_of, (path.stem, cls))
                self.makers |= makers
        for path in sorted(path for folder in self.models for path in folder.rglob("*")):
            if path.suffix.lower() in makers and path.name[0] != "." and path.is_file() and not is_card(path):
                with self._or_left_out(path), loading(path):
                    self.add_model(path)
        return [name for name in self.modules if name not in known]

    def id_of_model(self, path: Path) -> str:
        """The id of the module that a model file becomes: its name, and where that does not do, a number for it."""
        maker, _ = self.makers[path.suffix.lower()]
        words = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
        number = format(crc32(os.fsencode(path.stem)), "08x")
        if not words:  # in other letters
            return f"{maker}_{number}"
        name = f"{maker}_{words}"
        return name if len(name) <= LONGEST_ID else f"{name[: LONGEST_ID - 9].rstrip('_')}_{number}"

    def forget(self, name: str) -> None:
        """There is no such module: its file will be another one."""
        for known in (self.modules, self.folders, self.files):
            known.pop(name, None)

    def check_id(self, name: str) -> None:
        """Raise ModuleDeclarationError where no further module can have the id ``name``."""
        if name in self.folders:
            raise ModuleDeclarationError(f"a module called {name!r} exists already; rename the file")

    def add_model(self, path: Path) -> None:
        """Add the module that a model file becomes. Raises ModuleDeclarationError."""
        _check_folders(path)
        if not path.name.isprintable():
            raise ModuleDeclarationError("its name has characters that cannot be shown; rename the file")
        name = self.id_of_model(path)
        self.check_id(name)
        maker, cls = self.makers[path.suffix.lower()]
        try:
            made = cls.of_model(path)
        except ModuleDeclarationError:
            raise
        except Exception as error:  # whatever a module's own code makes of a stranger's file
            raise ModuleDeclarationError(f"it cannot be read: {what(error)}") from error
        check_info(name, self.folders[maker], made)
        self.modules[name] = made
        self.folders[name] = self.folders[maker]
        if not path.is_relative_to(MODELS):
            self.files[name] = path

    def _add(self, path: Path) -> type[Module]:
        _check_folders(path)
        read_module_file(path)
        self.check_id(path.stem)
        cls = load_module_file(path)
        check_info(path.stem, path.parent.name, cls)
        is_own = not path.is_relative_to(shipped_folder())
        for suffix in cls.made_of:
            if is_own and suffix in self.makers:
                raise ModuleDeclarationError(f"{suffix} files become modules of {self.makers[suffix][0]!r} already")
        self.folders[path.stem] = path.parent.name
        if is_own:
            self.files[path.stem] = path
        if not cls.abstract:
            self.modules[path.stem] = cls
        return cls

    @contextmanager
    def _or_left_out(self, path: Path) -> Iterator[None]:
        try:
            yield
        except ModuleDeclarationError as error:
            self.leave_out(path, str(error))


def shipped_folder() -> Path:
    """Our own modules: inside the installed package, or at the top of a checkout."""
    inside = PACKAGE / "modules"
    return inside if inside.is_dir() else PACKAGE.parent / "modules"


def discover(
    folders: Iterable[Path],
    models: Iterable[Path] = (),
    without: Collection[Path] = (),
    loading: Loading = freely,
) -> Found:
    """Load every module file below ``folders``, but for those ``without``, then every model file below ``models`` that
    one of them is made of. Each is loaded within ``loading``, which may raise ModuleDeclarationError.

    An id that comes up twice keeps its first file.
    """
    found = Found(models=[*models])
    found.take_in((path for folder in folders for path in module_files(folder) if path not in without), loading)
    return found


def module_files(folder: Path) -> list[Path]:
    """The files below a folder that should declare a module each: whatever is called so, if it is no folder."""
    paths = sorted(path for path in folder.rglob("*.py") if not path.name.startswith(("_", ".")))
    return [path for path in paths if not path.is_dir()]


def read_module_file(path: Path) -> bytes:
    """What is in it. Raises ModuleDeclarationError if that cannot be a module."""
    if not _ID.fullmatch(path.stem):
        raise ModuleDeclarationError("rename the file: an id has up to 64 letters a–z, digits and underscores")
    try:
        if not path.is_file():  # a pipe, a device, a link to nowhere: nothing that ends when it is read
            raise ModuleDeclarationError("it is no ordinary file")
        if path.stat().st_size > LARGEST:
            raise ModuleDeclarationError(f"it is larger than {LARGEST >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise ModuleDeclarationError(f"it cannot be read: {error.strerror or error}") from error


def load_module_file(path: Path) -> type[Module]:
    """The one Module class that a file declares; raises ModuleDeclarationError when there is none to be had."""
    read_module_file(path)
    name = f"{MODULES}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    source = importlib.util.module_from_spec(spec)
    sys.modules[name] = source  # numba's cache finds a kernel's globals by this name
    try:
        spec.loader.exec_module(source)
    except ModuleDeclarationError as error:
        found = line_of(error)
        raise ModuleDeclarationError(f"{error} (line {found[1]})" if found else str(error)) from error
    except (Exception, SystemExit) as error:
        found = line_of(error)
        line = f" (line {found[1]})" if found else ""
        why = error.msg if isinstance(error, SyntaxError) else what(error)
        raise ModuleDeclarationError(f"cannot be loaded{line}: {why}") from error
    classes = [
        value
        for value in vars(source).values()
        if isinstance(value, type) and issubclass(value, Module) and value.__module__ == name
    ]
    if len(classes) != 1:
        raise ModuleDeclarationError(f"must declare exactly one Module class, and declares {len(classes)}")
    return classes[0]


def check_info(name: str, folder: str, cls: type[Module]) -> None:
    """Raise ModuleDeclarationError where a class cannot be shown in the catalogue."""
    try:
        info = module_info(name, folder, cls)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise ModuleDeclarationError(f"cannot be shown in the catalogue: {place}: {first['msg']}") from error
    if len(info.model_dump_json()) > LARGEST_ENTRY:
        raise ModuleDeclarationError(f"its texts take more than {LARGEST_ENTRY >> 10} KB of the catalogue")


def _check_folders(path: Path) -> None:
    """On Linux a folder's name is any bytes; the catalogue, which names it, is text."""
    if not is_text(str(path.parent)):
        raise ModuleDeclarationError("it lies in a folder whose name is no text; rename the folder")


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
