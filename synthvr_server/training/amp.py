"""Makes the captures we ship, of our own circuits: ``python -m synthvr_server.training.amp [name …]``."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..neural.nam import player
from ..neural.nam.player import MODELS
from .amp_circuits import CIRCUITS, RATE
from .amp_learning import Budget, Learned, learn, loudness
from .amp_sounds import practice

SECONDS, HELD_OUT = 40, 8  # s to learn from and to be judged by; other seeds, so other sounds
STEPS = 1500
SEED = 1
# Full scale of the practice is 5 V at the jack, 13.2 dBu: what a module gives is what the circuit was taught with.
INPUT_LEVEL = 20 * math.log10(player.NOMINAL_VOLTS / math.sqrt(2) / player.DBU_VOLTS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the named circuits, or all, and write each capture with its card."""
    parser = argparse.ArgumentParser(description="Capture our own drive circuits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CIRCUITS)}; default: all")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--output", type=Path, default=MODELS)
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    for name in options.names or CIRCUITS:
        circuit = CIRCUITS[name]
        dry = np.concatenate([practice(SECONDS, SEED), practice(HELD_OUT, SEED + 1000)])
        wet = circuit.play(dry)
        budget = Budget(steps=options.steps)
        learned = learn(dry.astype(np.float32), wet.astype(np.float32), HELD_OUT * RATE, budget, SEED, circuit.title)
        metadata = {
            "name": circuit.title, "gear_type": "pedal_amp", "loudness": loudness(wet[-HELD_OUT * RATE :]),
            "input_level_dbu": round(INPUT_LEVEL, 2),
        }  # fmt: skip
        file = learned.net.file(metadata, RATE)
        (options.output / f"{name}.nam").write_text(json.dumps(file), encoding="utf-8")
        card = json.dumps(_card(name, circuit.about, learned), indent=2)
        (options.output / f"{name}.json").write_text(card + "\n", encoding="utf-8")
        print(f"{name}: error-to-signal ratio {learned.esr:.5f} on sound it never heard")


def _card(name: str, about: str, learned: Learned) -> dict[str, Any]:
    return {
        "title": CIRCUITS[name].title,
        "about": about,
        "data": f"{SECONDS} s of synthetic strings, tones, sweeps and noise through our own simulation of the circuit",
        "licence": "MIT",
        "seed": SEED,
        "steps": learned.steps,
        "metrics": {"held_out_esr": round(learned.esr, 6), "held_out_seconds": HELD_OUT},
        "command": f"python -m synthvr_server.training.amp {name} --steps {learned.steps}",
    }


if __name__ == "__main__":
    main()
