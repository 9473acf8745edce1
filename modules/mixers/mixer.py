"""Mixer: four × (in × level × CV / 10 V) → + → out"""

import numpy as np

from synthvr_server.dsp import SILENCE_DB, clamp, gain
from synthvr_server.module import Input, Knob, Module, Output, kernel

ZERO, TEN, PER_VOLT = np.float32(0.0), np.float32(10.0), np.float32(0.1)


def level(number: int) -> Knob:
    """The level knob of one input."""
    return Knob(f"Level {number}", SILENCE_DB, 6.0, default=0.0, unit="dB", glide=0.1, help="−60 dB is off")


class Mixer(Module):
    """Adds up to four signals, each at its own level. Every channel of a poly cable is mixed by itself."""

    title = "Mixer"
    tags = ("mixer", "polyphonic")
    dc_gain = 2.0  # of its levels, +6 dB

    in_1 = Input("In 1", "audio")
    cv_1 = Input("CV 1", normal=10.0, help="0 V silences, 10 V is what the knob says")
    in_2 = Input("In 2", "audio")
    cv_2 = Input("CV 2", normal=10.0)
    in_3 = Input("In 3", "audio")
    cv_3 = Input("CV 3", normal=10.0)
    in_4 = Input("In 4", "audio")
    cv_4 = Input("CV 4", normal=10.0)
    level_1 = level(1)
    level_2 = level(2)
    level_3 = level(3)
    level_4 = level(4)
    out = Output("Out", "audio")

    @kernel
    def process(in_1, cv_1, in_2, cv_2, in_3, cv_3, in_4, cv_4, level_1, level_2, level_3, level_4, out):
        voices = out.shape[1]
        for frame in range(out.shape[0]):
            gain_1 = PER_VOLT * gain(level_1[frame])
            gain_2 = PER_VOLT * gain(level_2[frame])
            gain_3 = PER_VOLT * gain(level_3[frame])
            gain_4 = PER_VOLT * gain(level_4[frame])
            for voice in range(voices):
                mixed = in_1[frame, voice] * gain_1 * clamp(cv_1[frame, voice], ZERO, TEN)
                mixed += in_2[frame, voice] * gain_2 * clamp(cv_2[frame, voice], ZERO, TEN)
                mixed += in_3[frame, voice] * gain_3 * clamp(cv_3[frame, voice], ZERO, TEN)
                mixed += in_4[frame, voice] * gain_4 * clamp(cv_4[frame, voice], ZERO, TEN)
                out[frame, voice] = mixed
