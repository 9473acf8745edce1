"""The master: sum of all Output modules → DC blocker → soft limiter → sound card. It plays into somebody's ears."""

import numpy as np

from ..dsp import tanh
from ..module import Input, Module, Output, State, kernel

# ±10 V is full scale, as in VCV Rack: one voice at the standard ±5 V plays at −6 dBFS.
FULL_SCALE = np.float32(0.1)
# First-order high-pass at 5 Hz: −0.3 dB at 20 Hz, and an offset is gone in 0.1 s.
CORNER = np.float32(2 * np.pi * 5)
# Below the knee the limiter is transparent; above it bends towards 1.0 and never reaches past it.
KNEE = np.float32(0.7079458)  # −3 dBFS
ROOM = np.float32(1.0) - KNEE


class Master(Module):
    """Takes offset and overload out of what goes to the loudspeakers."""

    title = "Master"
    channels = 1

    left = Input("Left", "audio")
    right = Input("Right", "audio")
    out_left = Output("Left", "audio")
    out_right = Output("Right", "audio")
    offset_left = State(np.float64)
    offset_right = State(np.float64)

    @kernel
    def process(left, right, out_left, out_right, offset_left, offset_right, sample_rate):
        pull = CORNER / sample_rate
        for frame in range(out_left.shape[0]):
            for volts, out, offset in ((left, out_left, offset_left), (right, out_right, offset_right)):
                sample = volts[frame, 0] * FULL_SCALE - np.float32(offset[0])
                offset[0] += pull * sample
                over = abs(sample) - KNEE
                if over > 0:
                    bent = KNEE + ROOM * tanh(over / ROOM)
                    sample = bent if sample > 0 else -bent
                out[frame, 0] = sample
