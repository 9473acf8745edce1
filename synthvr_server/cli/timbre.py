"""`synthvr timbre train`: recordings of one's own instrument become a module."""

from __future__ import annotations

import argparse
import shlex
import sys

from tqdm import tqdm

from ..errors import SynthVRError
from .telling import answer, tell

SUFFIX = ".timbre"
GOOD_RATIO = 0.75  # of the distance without learning: beyond it the recording has taught little


def train(options: argparse.Namespace) -> int:
    """Learn ``options.recordings``, write ``options.output``; ``options.steps`` says how long to learn."""
    if options.output.suffix != SUFFIX:
        raise SynthVRError(f"the model is a {SUFFIX} file: give a name that ends so")
    try:
        from ..training.timbre_learning import STEPS
        from ..training.timbre_own import learn_recording
    except ModuleNotFoundError as error:
        raise SynthVRError(f"Learning needs {error.name}: pip install 'synthvr-server[train]'.") from error
    steps = options.steps or STEPS
    tell(f"listening to {len(options.recordings)} recording{'s' if len(options.recordings) > 1 else ''} …")
    with tqdm(total=steps, desc="Learning", unit="step", file=sys.stderr) as bar:

        def progress(_: int, error: float) -> None:
            bar.update()
            bar.set_postfix(error=f"{error:.2f} dB", refresh=False)

        try:
            learned = learn_recording(options.recordings, options.output, steps, progress)
        except OSError as error:
            raise SynthVRError(f"{options.output} cannot be written: {error.strerror or error}") from error
    for warning in learned.warnings:
        tell(warning)
    score = learned.score
    answer(
        f"{options.output}: {score.decoder:.1f} dB from the part that was not learned; an unchanging spectrum would be"
    )
    answer(f"{score.static:.1f} dB from it. `synthvr models add {shlex.quote(str(options.output))}` makes it a module.")
    if score.ratio > GOOD_RATIO:
        tell("little was learned: record more, louder and softer, higher and lower")
    return 0
