"""``python -m synthvr_server.codegen [--check]``: write every generated file, or fail if one is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from .outputs import differences, generate, metas_out_of_date

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Write what has changed, or with ``--check`` only name it."""
    checking = "--check" in arguments
    changed = differences(ROOT) + metas_out_of_date(ROOT) if checking else generate(ROOT)
    for path in changed:
        print(f"{'out of date' if checking else 'generated'}: {path}")
    return 1 if checking and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
