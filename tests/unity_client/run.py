"""Compiles the Unity package without Unity and runs its tests: ``python tests/unity_client/run.py [--only Protocol]``.

What is free of the engine is compiled and tested; what touches UnityEngine is compiled against ``stubs/``, once as in
the editor and once as for the headset. ``behaviours/`` tests it against those stubs that behave as Unity was found to;
nothing of it runs in Unity here. The last line reads ``N passed, N failed``; the exit code is 1 where anything failed
or did not compile. Without mono it says which packages are missing, and that the tests are skipped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.unity_client.assemblies import (
    BEHAVIOURS,
    PACKAGE,
    STUBS,
    Assembly,
    Uncompilable,
    build,
    find,
    missing_packages,
)

# How the assemblies that see UnityEngine are compiled: what it is for, its symbols, whether the editor is there.
HEADSET = ("UNITY_6000_0_OR_NEWER", "UNITY_ANDROID", "ENABLE_IL2CPP")
PLAYERS = (
    ("in the editor", ("UNITY_6000_0_OR_NEWER", "UNITY_ANDROID", "UNITY_EDITOR"), True),
    ("for the headset", HEADSET, False),
)


@dataclass
class Tally:
    """What became of the tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def main(arguments: list[str]) -> int:
    """Compile, test, tell. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Compile the Unity package without Unity and run its tests.")
    parser.add_argument("--only", metavar="NAME", help="only this assembly, such as Protocol or Views")
    only = parser.parse_args(arguments).only
    missing = missing_packages()
    if missing:
        print(f"Tests of the Unity client skipped: install {' '.join(missing)} (Debian's names).")
        return 0
    with tempfile.TemporaryDirectory(prefix="synthvr-unity-") as folder:
        tally = check_package(find(PACKAGE, STUBS, BEHAVIOURS), Path(folder), only)
    print(tally)
    return 1 if tally.failed else 0


def check_package(assemblies: Mapping[str, Assembly], folder: Path, only: str | None = None) -> Tally:
    """Compile and test in ``folder``. What does not compile counts as one failure."""
    tally = Tally()
    tests = [name for name, found in assemblies.items() if found.tests and only in (None, *name.split("."))]
    drawn = [name for name, found in assemblies.items() if sees_unity(found) and only in (None, *name.split("."))]
    if only and not tests and not drawn:
        tell_failure(tally, f"no tests of {only}", f"There is none of: {', '.join(assemblies)}.")
    for name in tests:
        place, defines = ("behaviours", HEADSET) if assemblies[name].engine else ("tests", ())
        try:
            library = build([name], folder / place, assemblies, [*defines, "UNITY_INCLUDE_TESTS"])[-1]
        except Uncompilable as error:
            tell_failure(tally, name, str(error))
        else:
            run(library, tally)
    compile_engine_side([assemblies[name] for name in drawn], assemblies, folder, tally)
    return tally


def sees_unity(assembly: Assembly) -> bool:
    """Whether it is a part of the package that is compiled against the stubs."""
    return assembly.engine and assembly.folder.is_relative_to(PACKAGE)


def compile_engine_side(
    drawn: Sequence[Assembly], assemblies: Mapping[str, Assembly], folder: Path, tally: Tally
) -> None:
    """Compile what sees UnityEngine against the stubs, once for each of PLAYERS."""
    for player, defines, with_editor in PLAYERS:
        for assembly in drawn:
            if assembly.editor and not with_editor:
                continue
            try:
                build([assembly.name], folder / player.replace(" ", "-"), assemblies, defines)
            except Uncompilable as error:
                tell_failure(tally, f"{assembly.name} {player}", str(error))
            else:
                print(f"{assembly.name}: compiles against stubs {player} (not run in Unity)")


def run(library: Path, tally: Tally) -> None:
    """Run the tests in one library and tell of those that fail."""
    results = library.with_suffix(".results.xml")
    command = ["nunit-console", "-nologo", "-nodots", "-noshadow", "-domain=None", "-process=Single"]
    answer = subprocess.run(
        [*command, f"-xml={results}", str(library)],
        cwd=library.parent,
        env={**os.environ, "MONO_ENV_OPTIONS": "--debug"},  # stack traces with lines
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if not results.exists():
        tell_failure(tally, library.stem, f"The tests did not end:\n{answer.stdout}{answer.stderr}")
        return
    before = tally.failed
    for case in ElementTree.parse(results).iter("test-case"):
        count(case, tally)
    print(f"{library.stem}: {'failed' if tally.failed > before else 'passed'}", flush=True)


def count(case: ElementTree.Element, tally: Tally) -> None:
    """Count one result, and tell why where it is a failure."""
    if case.get("executed") == "False":
        tally.skipped += 1
    elif case.get("success") == "True":
        tally.passed += 1
    else:
        trace = [
            line for line in (case.findtext(".//stack-trace") or "").splitlines() if "System.Reflection" not in line
        ]
        tell_failure(tally, case.get("name", ""), "\n".join([case.findtext(".//message") or "", *trace]).strip())


def tell_failure(tally: Tally, what: str, why: str) -> None:
    """Print one failure as soon as it is known, and count it."""
    tally.failed += 1
    print(f"FAILED {what}\n    " + why.replace("\n", "\n    "), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
