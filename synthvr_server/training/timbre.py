"""Trains the instruments that ship with the Timbre module: ``python -m synthvr_server.training.timbre [NAME…]``.

soundfont ─► phrases ─► features ─► decoder ─► neural/models/timbre/NAME.instrument, and its model card NAME.json
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ..neural import instrument
from . import sounds
from .features import analyse
from .inharmonicity import find_inharmonicity
from .timbre_decoder import to_onnx
from .timbre_learning import learn, spectra
from .timbre_lesson import facts, lesson
from .timbre_score import mean_spectrum, score

FOLDER = instrument.MODELS
SECONDS, HELD_OUT_SECONDS = 600.0, 40.0
STEPS = 3000
SEED, HELD_OUT_SEED = 1, 1001
LICENCE = "MIT (FluidR3 GM soundfont by Frank Wen, MIT licence)"


def train(name: str, folder: Path, steps: int = STEPS) -> dict[str, Any]:
    """Learn one General MIDI instrument and write its two files; returns the model card."""
    start = time.monotonic()
    phrases = sounds.render(name, SECONDS, SEED)
    inharmonicity = find_inharmonicity(phrases.audio, phrases.f0)
    heard = lesson(analyse(phrases.audio, phrases.f0, inharmonicity))
    with tqdm(total=steps, desc=name, unit="step", mininterval=2) as bar:

        def progress(_: int, error: float) -> None:
            bar.update()
            bar.set_postfix(error=f"{error:.2f} dB", refresh=False)

        decoder = learn(heard, SEED, steps, progress)
    held = sounds.render(name, HELD_OUT_SECONDS, HELD_OUT_SEED)
    asked = lesson(analyse(held.audio, held.f0, inharmonicity))
    result = score(spectra(decoder, asked.condition), asked, held.audio, mean_spectrum(heard))
    card = {
        "title": name.capitalize(),
        **facts(heard, inharmonicity),
        "data": f"{SECONDS:g} s of phrases of General MIDI program {sounds.INSTRUMENTS[name].program + 1}, "
        f"rendered by FluidSynth from {sounds.FLUID_R3.name}",
        "licence": LICENCE,
        "seed": SEED,
        "steps": steps,
        "parameters": sum(value.numel() for value in decoder.parameters()),
        "held_out_lsd_db": round(result.decoder, 3),
        "training_seconds": round(time.monotonic() - start),
        "command": f"python -m synthvr_server.training.timbre {name}" + (f" --steps {steps}" if steps != STEPS else ""),
    }
    folder.mkdir(parents=True, exist_ok=True)
    instrument.write(folder / f"{name}.instrument", to_onnx(decoder), card)
    (folder / f"{name}.json").write_text(json.dumps(card, indent=2) + "\n")
    return card


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the instruments named, or all that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*sounds.INSTRUMENTS, []], metavar="NAME")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args(arguments)
    for name in options.names or sounds.SHIPPED:
        card = train(name, options.folder, options.steps)
        print(f"{name}: {card['held_out_lsd_db']} dB from unheard phrases")


if __name__ == "__main__":
    main()
