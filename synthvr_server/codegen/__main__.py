"""``python -m synthvr_server.codegen [--check]``: write every generated file, or fail if one has changed."""

from __future__ import annotations

import sys
from pathlib import Path

from .outputs import outputs, write

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Write, or with ``--check`` only name, the files that are not up to date."""
    stale = [path for path, content in outputs().items() if not _is(ROOT / path, content)]
    checking = "--check" in sys.argv[1:]
    for path in stale:
        print(f"{'out of date' if checking else 'wrote'}: {path}")
    if not checking:
        write(ROOT, stale)
    return 1 if checking and stale else 0


def _is(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main())
