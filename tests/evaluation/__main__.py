"""`python -m tests.evaluation`: evaluates what was learned, prints one table and writes build/eval.json.

Every other file of this folder is a part with ``measure() -> dict[str, float]``; one that also has
``pictures(folder)`` draws and renders for docs/neural.md when --pictures is given, and the table there is written anew.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.report import Figure, table, write_json

from .document import write_figures
from .requirements import REQUIREMENTS

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "build" / "eval.json"
DOCUMENT = HERE.parents[1] / "docs" / "neural.md"
PICTURES = HERE.parents[1] / "docs" / "neural"
PARTS = sorted(path.stem for path in HERE.glob("[a-z]*.py") if path.stem not in ("requirements", "document"))


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 1 when a part could not be evaluated."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description="Evaluate what was learned.")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--pictures", action="store_true", help="draw, render and write anew what docs/neural.md shows")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    missing: list[str] = []
    for name in options.only or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        part = importlib.import_module(f"{__package__}.{name}")
        try:
            figures += [Figure(figure, value, "") for figure, value in part.measure().items()]
            if options.pictures and hasattr(part, "pictures"):
                PICTURES.mkdir(parents=True, exist_ok=True)
                part.pictures(PICTURES)
        except FileNotFoundError as error:  # a soundfont that is not installed
            missing.append(f"{name}: {error}")
    write_json(OUTPUT, figures)
    if options.pictures:
        write_figures(DOCUMENT, figures)
    print(table(figures, REQUIREMENTS, missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
