"""`synthvr check`: every problem of a patch, with its place."""

from __future__ import annotations

import argparse
import sys

from ..engine.workshop import catalogue_of, find_modules
from ..errors import InvalidPatch
from ..patch.problems import problems
from .finding import open_library, open_patch
from .telling import compiling, trying


def check(options: argparse.Namespace) -> int:
    """Print the problems; exit code 1 if there are any."""
    library = open_library(options.library)
    found: list[str] = []
    try:
        patch = open_patch(options.patch, library)
    except InvalidPatch as error:
        found += error.problems
        patch = error.rest
    found += map(str, problems(patch, catalogue_of(find_modules(library.folder, compiling, trying))))
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    print(f"{options.patch} is valid: {len(patch.modules)} modules, {len(patch.cables)} cables.")
    return 0
