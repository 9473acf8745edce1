"""`synthvr modules`: the catalogue, for people, as JSON, or as a page of documentation."""

from __future__ import annotations

import argparse
import json

from ..engine.stock import list_modules
from .finding import open_library
from .markdown import page
from .telling import answer, tell, trying


def modules(options: argparse.Namespace) -> int:
    """Print the modules there are; problems with module files go to stderr."""
    found, problems = list_modules(open_library(options.library).folder, trying)
    catalogue = sorted(found, key=lambda info: (info.tags[0], info.title))
    if options.json:
        answer(json.dumps([info.model_dump(mode="json") for info in catalogue], indent=2, ensure_ascii=False))
    elif options.markdown:
        answer(page(catalogue).removesuffix("\n"))
    else:
        width = max((len(info.id) for info in catalogue), default=0)
        for info in catalogue:
            answer(f"{info.id:{width}}  {info.tags[0]:12}  {info.description.splitlines()[0]}")
    for problem in problems:
        tell(problem)
    return 1 if problems else 0
