"""What module files declare whose code is not compiled yet.

::

    engine  ─→ a child in which numba compiles nothing (NUMBA_DISABLE_JIT) loads them, and the model files they make
               something of, while the engine loads the others
            ←─ one JSON line: their entries in the catalogue, and what they import

So the first catalogue has everything, in about a second; whatever cannot be declared so comes when it is compiled.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..patch.catalogue import ModuleInfo
from .discovery import PACKAGE, Found, freely
from .manifest import module_info
from .whereabouts import MODULES

PATIENCE = 60.0  # s

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Declared:
    """Entries of the catalogue by id, the module file behind each, and the libraries that these files import."""

    modules: dict[str, ModuleInfo] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()

    def import_libraries(self) -> None:
        """Before anything plays: to open a library of machine code holds the interpreter for as long as it takes."""
        for name in self.libraries:
            with contextlib.suppress(Exception):  # whatever is wrong with it is told of the module that wants it
                importlib.import_module(name)


class Declarations:
    """They are read from its making on; ``read`` waits for them."""

    def __init__(self, paths: Sequence[Path], models: Sequence[Path]) -> None:
        """Module files of ours (a user's are tried, not just loaded), and the folders of model files."""
        self._child: subprocess.Popen[bytes] | None = None
        if not paths:
            return
        command = [sys.executable, "-P", "-m", __name__, json.dumps([[*map(str, paths)], [*map(str, models)]])]
        packages = os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
        quick = {"PYTHONPATH": packages, "NUMBA_DISABLE_JIT": "1"}
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._child = subprocess.Popen(command, stdin=nowhere, stdout=pipe, stderr=nowhere, env=os.environ | quick)

    def read(self) -> Declared:
        """Nothing, if the child cannot tell."""
        if self._child is None:
            return Declared()
        try:
            said, _ = self._child.communicate(timeout=PATIENCE)
            answer = json.loads(said.splitlines()[-1])
            modules = {name: ModuleInfo.model_validate(info) for name, info in answer["modules"].items()}
            files = {name: Path(path) for name, path in answer["files"].items()}
        except (subprocess.TimeoutExpired, ValueError, IndexError, KeyError) as error:
            self._child.kill()
            log.warning("What is still to be compiled cannot be listed yet: %s", error)
            return Declared()
        return Declared(modules, files, tuple(answer["libraries"]))


def declared_by(paths: Sequence[Path], models: Sequence[Path]) -> dict[str, Any]:
    """The answer of the child."""
    before = set(sys.modules)
    modules: dict[str, Any] = {}
    files: dict[str, str] = {}
    found = Found(models=[*models])
    for path in paths:
        for name in found.take_in([path], freely):
            modules[name] = module_info(name, found.folders[name], found.modules[name]).model_dump(mode="json")
            files[name] = str(path)
    foreign = [name for name in sys.modules.keys() - before if name.partition(".")[0] not in _OURS]
    return {"modules": modules, "files": files, "libraries": sorted(foreign, key=lambda name: (name.count("."), name))}


_OURS = {PACKAGE.name, MODULES, "__main__", *sys.stdlib_module_names}


def main(arguments: str) -> None:
    """Be the child."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    paths, models = json.loads(arguments)
    print(json.dumps(declared_by([*map(Path, paths)], [*map(Path, models)])), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
