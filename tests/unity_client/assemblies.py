"""The assemblies of the Unity package, as its .asmdef files draw them, compiled without Unity by mono's mcs.

An assembly is a folder with an ``.asmdef``: its name, its references, whether it sees UnityEngine. What the package
takes from Unity is declared in ``stubs/``, one folder with an ``.asmdef`` for each of Unity's assemblies. A reference
that no folder declares is an error, as it is in Unity; only the test framework's own are NUnit's.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "unity_client"
STUBS = Path(__file__).with_name("stubs")
BEHAVIOURS = Path(__file__).with_name("behaviours")

# Program or file that compiling and testing need → the Debian package it is in
NEEDED = {"mcs": "mono-mcs", "mono": "mono-runtime", "nunit-console": "nunit-console"}
SYSTEM_LIBRARIES = Path("/usr/lib/mono/4.5/System.Core.dll")
_NUNIT = (Path("/usr/lib/cli"), Path("/usr/lib/mono/gac"))
_TEST_RUNNER = {"UnityEngine.TestRunner", "UnityEditor.TestRunner"}

# mcs reads 1_000 as something else than a thousand, without a word.
_DIGIT_SEPARATOR = re.compile(r"(?<![\w\"'@.])\d+_\d")


class Uncompilable(Exception):
    """The message is what the compiler, or the drawing of the assemblies, has against it."""


@dataclass(frozen=True)
class Assembly:
    """One folder that becomes one library."""

    folder: Path
    name: str
    references: tuple[str, ...]
    engine: bool
    editor: bool
    tests: bool

    @staticmethod
    def read(path: Path) -> Assembly:
        """From its .asmdef file."""
        drawn = json.loads(path.read_text(encoding="utf-8"))
        tests = "UNITY_INCLUDE_TESTS" in drawn.get("defineConstraints", ())
        return Assembly(
            folder=path.parent,
            name=drawn["name"],
            references=tuple(name for name in drawn.get("references", ()) if name not in _TEST_RUNNER),
            engine=not drawn.get("noEngineReferences", False),
            editor=drawn.get("includePlatforms") == ["Editor"] and not tests,
            tests=tests,
        )

    @cached_property
    def sources(self) -> list[Path]:
        """Its C# files; not those of an assembly further down, nor what Unity does not look at (``Name~``)."""
        inner = [path.parent for path in self.folder.rglob("*.asmdef") if path.parent != self.folder]
        return sorted(
            path
            for path in self.folder.rglob("*.cs")
            if not any(path.is_relative_to(folder) for folder in inner)
            and not any(part.endswith("~") for part in path.relative_to(self.folder).parts)
        )

    @property
    def uses(self) -> tuple[str, ...]:
        """Its references, with those that Unity gives without being asked."""
        implied = ("UnityEngine", *(("UnityEditor",) if self.editor else ())) if self.engine else ()
        return (*(name for name in implied if name != self.name), *self.references)


def missing_packages() -> list[str]:
    """The Debian packages that compiling and testing lack on this machine."""
    missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if not SYSTEM_LIBRARIES.exists():
        missing.append("libmono-cil-dev")
    return missing if nunit() else [*missing, "libnunit-cil-dev"]


def nunit() -> Path | None:
    """NUnit's library, where there is one."""
    found = (path for folder in _NUNIT if folder.is_dir() for path in folder.rglob("nunit.framework.dll"))
    return next(found, None)


def find(*folders: Path) -> dict[str, Assembly]:
    """Every assembly below the folders that has a C# file, by name."""
    drawn = (Assembly.read(path) for folder in folders for path in sorted(folder.rglob("*.asmdef")))
    return {assembly.name: assembly for assembly in drawn if assembly.sources}


def in_order(wanted: Iterable[str], assemblies: Mapping[str, Assembly]) -> list[Assembly]:
    """``wanted`` and all that they use, each after what it uses. Raises Uncompilable."""
    order: dict[str, Assembly] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise Uncompilable(f"Assemblies use each other in a circle: {' → '.join((*path, name))}.")
        if name in order:
            return
        if name not in assemblies:
            raise Uncompilable(f"{path[-1] if path else 'Somebody'} refers to {name}, which has no C# file here.")
        for used in assemblies[name].uses:
            visit(used, (*path, name))
        order[name] = assemblies[name]

    for name in wanted:
        visit(name, ())
    return list(order.values())


def build(
    wanted: Iterable[str], target: Path, assemblies: Mapping[str, Assembly], defines: Iterable[str] = ()
) -> list[Path]:
    """Compile ``wanted`` and all that they use into ``target``, but what is there already. Raises Uncompilable."""
    libraries = []
    for assembly in in_order(wanted, assemblies):
        library = target / f"{assembly.name}.dll"
        libraries.append(library if library.exists() else compile_one(assembly, assemblies, target, defines))
    return libraries


def build_program(folder: Path, target: Path) -> Path:
    """Compile the program in ``folder`` (it has an .asmdef of its own) and all that it uses. Raises Uncompilable."""
    assemblies = find(PACKAGE, STUBS, folder)
    (program,) = (assembly for assembly in assemblies.values() if assembly.folder == folder)
    *libraries, _ = in_order([program.name], assemblies)
    for library in libraries:
        compile_one(library, assemblies, target)
    return compile_one(program, assemblies, target, kind="exe")


def compile_one(
    assembly: Assembly,
    assemblies: Mapping[str, Assembly],
    target: Path,
    defines: Iterable[str] = (),
    kind: str = "library",
) -> Path:
    """Compile one assembly, what it uses being compiled already. Raises Uncompilable with the compiler's words."""
    _check_digit_separators(assembly)
    target.mkdir(parents=True, exist_ok=True)
    output = target / f"{assembly.name}.{'exe' if kind == 'exe' else 'dll'}"
    references = [target / f"{name}.dll" for name in assembly.uses if name in assemblies]
    if assembly.tests:
        library = nunit()
        assert library is not None
        shutil.copy(library, target)
        references.append(target / library.name)
    flags = ["-langversion:7.2", "-debug", "-nologo", f"-target:{kind}", f"-out:{output}", *_warnings(assembly)]
    if not assembly.engine and not assembly.tests and assembly.folder.is_relative_to(PACKAGE / "Runtime"):
        flags.append(f"-doc:{output.with_suffix('.xml')}")  # so that a public name without a comment is a warning
    flags += [f"-define:{name}" for name in defines] + [f"-r:{path}" for path in references]
    answer = subprocess.run(
        ["mcs", *flags, *map(str, assembly.sources)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if answer.returncode != 0:
        raise Uncompilable(f"{assembly.name} does not compile:\n{(answer.stdout + answer.stderr).strip()}")
    return output


def _warnings(assembly: Assembly) -> list[str]:
    if assembly.folder.is_relative_to(STUBS):
        return ["-warn:0"]  # nobody assigns a stub's fields or raises its events
    serialized = ["-nowarn:0649"] if assembly.engine else []  # Unity assigns the fields that it serializes
    return ["-warnaserror", "-warn:4", *serialized]


def _check_digit_separators(assembly: Assembly) -> None:
    for path in assembly.sources:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            code = re.sub(r'"(\\.|[^"\\])*"|//.*', "", line)
            if _DIGIT_SEPARATOR.search(code):
                raise Uncompilable(f"{path}:{number}: mcs misreads a digit separator; write the number without '_'.")
