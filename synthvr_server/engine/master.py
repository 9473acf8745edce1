"""The master: sum of all Output modules → DC blocker → soft limiter → sound card. It plays into somebody's ears."""

import math

import numpy as np

from ..dsp import tanh
from ..module import Input, Module, Output, State, kernel

# ±10 V is full scale, as in VCV Rack: one voice at the standard ±5 V plays at −6 dBFS.
FULL_SCALE = np.float32(0.1)
# Second-order Butterworth high-pass at 10 Hz: −0.3 dB at 20 Hz, and what linear FM makes below 1 Hz is 40 dB down.
CORNER = np.float64(10.0)
DAMPING = np.sqrt(np.float64(2.0))
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
    slow_left = State(np.float64, (2,))  # of a trapezoidal state-variable filter (Zavalishin, 2018)
    slow_right = State(np.float64, (2,))
    peak_left = State(np.float32, (1,))  # before the limiter, since it was last read
    peak_right = State(np.float32, (1,))

    @kernel
    def process(left, right, out_left, out_right, slow_left, slow_right, peak_left, peak_right, sample_rate):
        g = np.tan(np.pi * CORNER / sample_rate)
        scale = 1 / (1 + g * (g + DAMPING))
        for frame in range(out_left.shape[0]):
            for volts, out, slow, peak in (
                (left, out_left, slow_left, peak_left),
                (right, out_right, slow_right, peak_right),
            ):
                high = (volts[frame, 0] * FULL_SCALE - (g + DAMPING) * slow[0, 0] - slow[0, 1]) * scale
                band = g * high + slow[0, 0]
                low = g * band + slow[0, 1]
                slow[0, 0], slow[0, 1] = band + g * high, low + g * band
                sample = np.float32(high)
                peak[0, 0] = max(peak[0, 0], abs(sample))
                over = abs(sample) - KNEE
                if over > 0:
                    bent = KNEE + ROOM * tanh(over / ROOM)
                    sample = bent if sample > 0 else -bent
                out[frame, 0] = sample


def reduction(peak: float) -> float:
    """dB by which the limiter lowers a peak; 1 is full scale."""
    over = peak - float(KNEE)
    if over <= 0:
        return 0.0
    return 20 * math.log10(peak / (float(KNEE) + float(ROOM) * math.tanh(over / float(ROOM))))
