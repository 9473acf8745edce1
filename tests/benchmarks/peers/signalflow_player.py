"""Plays voices in SignalFlow as fast as they compute: VOICES BLOCK SECONDS."""

from __future__ import annotations

import sys

import signalflow

from ..patches import CUTOFF_HZ, RATE, RESONANCE, hertz
from .peer import MONO_GAIN


def play(voices: int, block: int, seconds: float) -> None:
    """Build the graph and compute ``seconds`` of it, a block at a time."""
    config = signalflow.AudioGraphConfig()
    config.sample_rate, config.output_buffer_size, config.cpu_usage_limit = RATE, block, 1.0
    output = signalflow.AudioOut_Dummy(1, RATE, block)
    graph = signalflow.AudioGraph(config=config, output_device=output, start=False)
    for index in range(voices):
        saw = signalflow.SawOscillator(signalflow.Constant(hertz(index)))
        voice = signalflow.MoogVCF(saw, signalflow.Constant(CUTOFF_HZ), signalflow.Constant(RESONANCE)) * MONO_GAIN
        voice.play()
    for _ in range(round(seconds * RATE / block)):
        graph.render(block)


if __name__ == "__main__":
    play(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
