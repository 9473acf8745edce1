"""`python -m tests.sound`: measures clicks, aliases, levels and timing; prints a table, writes build/sound.json."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.report import Figure, table, write_json
from tests.requirement import requirement_for

from .parts import PARTS, part

OUTPUT = Path(__file__).resolve().parents[2] / "build" / "sound.json"


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 1 when a figure does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.sound", description="Measure the sound.")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    requirements = {}
    for name in options.only or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        one = part(name)
        measured = one.measure()
        figures += [Figure(figure, value, "") for figure, value in measured.items()]
        requirements |= {figure: bound for figure in measured if (bound := requirement_for(figure, one.REQUIREMENTS))}
    write_json(OUTPUT, figures)
    print(table(figures, requirements))
    return 0 if all(requirements[figure.name].holds(figure.value) for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
