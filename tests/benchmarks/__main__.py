"""`python -m tests.benchmarks`: measures, prints one table and writes build/bench.json."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.report import Figure, table, write_json

from . import edits, first_sound, knob_to_sound, late_blocks, loads, recovery, voices
from .errors import CannotMeasureError
from .install_peers import install_peers
from .peers import PEERS
from .requirements import REQUIREMENTS

OUTPUT = Path(__file__).resolve().parents[2] / "build" / "bench.json"
BUSY = 1.0  # processes that want a core, over the last minute

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "voices": voices.measure,
    "knob_to_sound": knob_to_sound.measure,
    "first_sound": first_sound.measure,
    "recovery": recovery.measure,
    "late_blocks": late_blocks.measure,
    "edits": edits.measure,
    "loads": loads.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure SynthVR.")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--install-peers", action="store_true", help="install what `voices` compares with, and leave")
    options = parser.parse_args(arguments)
    if options.install_peers:
        return install_peers(PEERS)
    if (load := os.getloadavg()[0]) > BUSY:
        print(f"This machine is busy (load {load:.1f}): take the figures for rough ones.", file=sys.stderr)
    figures, missing = _measure(options.only or list(BENCHMARKS))
    write_json(OUTPUT, figures)
    absent = [f"{peer.name}: it is not installed (make install-peers)" for peer in PEERS if not peer.installed()]
    print(table(figures, REQUIREMENTS, missing + (absent if "voices" in (options.only or BENCHMARKS) else [])))
    return 1 if missing else 0


def _measure(names: Sequence[str]) -> tuple[list[Figure], list[str]]:
    figures: list[Figure] = []
    missing: list[str] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            figures += BENCHMARKS[name]()
        except CannotMeasureError as error:
            missing.append(f"{name}: {error}")
    return figures, missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
