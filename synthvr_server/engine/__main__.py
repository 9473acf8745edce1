"""``python -m synthvr_server.engine``: started by the server, not by people."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="synthvr-engine", description="The audio engine behind `synthvr serve`.")
    parser.add_argument("--driver", required=True)
    parser.add_argument("--rate", type=int, required=True)
    parser.add_argument("--block", type=int, required=True)
    parser.add_argument("--rings", type=Path, required=True)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--memory", type=int, help="bytes that it may take (default: half of the machine's)")
    parser.add_argument("--without", type=int, nargs="*", default=[], help="marks of files that are not loaded")
    arguments = parser.parse_args()
    arguments.without = frozenset(arguments.without)
    return arguments


if __name__ == "__main__":
    from .process import Settings, main

    sys.exit(main(Settings(**vars(_arguments()))))
