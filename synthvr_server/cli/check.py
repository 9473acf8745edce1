"""`synthvr check`: every problem of a patch, with its place."""

from __future__ import annotations

import argparse

from ..engine.workshop import find_modules, problems_in
from ..errors import InvalidPatch
from .finding import open_library, open_patch
from .telling import answer, compiling, complain, trying


def check(options: argparse.Namespace) -> int:
    """Print the problems; exit code 1 if there are any."""
    library = open_library(options.library)
    found: list[str] = []
    try:
        patch = open_patch(options.patch, library)
    except InvalidPatch as error:
        found += error.problems
        patch = error.rest
    found += problems_in(patch, find_modules(library.folder, compiling, trying))
    for problem in found:
        complain(problem)
    if found:
        return 1
    answer(f"{options.patch} is valid: {len(patch.modules)} modules, {len(patch.cables)} cables.")
    return 0
