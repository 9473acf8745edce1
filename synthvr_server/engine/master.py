"""The master: sum of all Output modules → DC blocker → soft limiter → sound card. It plays into somebody's ears.

The limiter bends, and what it bends would fold: while something is above its knee, and half a second longer, it runs at
four times the sample rate, 3.5 frames late (synthvr_server/oversampling.py). A tone of 5 kHz and 14 V aliases at −63 dB
so, at −37 without.
"""

import math

import numpy as np

from ..dsp import clamp, inlined, tanh
from ..module import Input, Module, Output, Scratch, State, kernel
from ..oversampling import GENTLE, STEEP, crossed, fourfold, moved_on, quartered

# ±10 V is full scale, as in VCV Rack: one voice at the standard ±5 V plays at −6 dBFS.
FULL_SCALE = np.float32(0.1)
# Second-order Butterworth high-pass at 10 Hz: −0.3 dB at 20 Hz, and what linear FM makes below 1 Hz is 40 dB down.
CORNER = np.float64(10.0)
DAMPING = np.sqrt(np.float64(2.0))
# Below the knee the limiter is transparent; above it bends towards −2 dBFS. What the filters, here and in a sound card,
# make of flattened peaks is higher: that has room up to 1.0.
KNEE = np.float32(0.7079458)  # −3 dBFS
ROOM = np.float32(0.7943282) - KNEE
ZERO, ONE = np.float32(0.0), np.float32(1.0)
HELD = np.float32(0.5)  # s
CHUNK = 32  # frames worked on at once


@inlined
def limited(sample):
    """The sample with what is above the knee bent."""
    over = abs(sample) - KNEE
    if over > ZERO:
        bent = KNEE + ROOM * tanh(over / ROOM)
        return bent if sample > ZERO else -bent
    return sample


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

    steep = State(np.float32, (4, STEEP), voices_last=True)  # left up, left down, right up, right down
    gentle = State(np.float32, (4, GENTLE), voices_last=True)
    crossing = State(np.int32)  # from the limiter as it is to the oversampled one
    held = State(np.int32)  # frames for which that is still wanted
    clean = Scratch(np.float32, (2, CHUNK))  # left, right: what comes to the limiter

    @kernel
    def process(
        left, right, out_left, out_right, slow_left, slow_right, peak_left, peak_right,
        steep, gentle, crossing, held, clean, sample_rate,
    ):  # fmt: skip
        g = np.tan(np.pi * CORNER / sample_rate)
        scale = 1 / (1 + g * (g + DAMPING))
        for first in range(0, out_left.shape[0], CHUNK):
            count = min(CHUNK, out_left.shape[0] - first)
            loudest = ZERO
            for side, volts, slow, peak in ((0, left, slow_left, peak_left), (1, right, slow_right, peak_right)):
                for frame in range(count):
                    high = (volts[first + frame, 0] * FULL_SCALE - (g + DAMPING) * slow[0, 0] - slow[0, 1]) * scale
                    band = g * high + slow[0, 0]
                    low = g * band + slow[0, 1]
                    slow[0, 0], slow[0, 1] = band + g * high, low + g * band
                    clean[side, frame, 0] = np.float32(high)
                    loudest = max(loudest, abs(clean[side, frame, 0]))
                    peak[0, 0] = max(peak[0, 0], abs(clean[side, frame, 0]))
            held[0] = np.int32(HELD * sample_rate) if loudest > KNEE else max(held[0] - count, 0)
            before = crossing[0]
            after = moved_on(before, held[0] > 0, count)
            crossing[0] = after
            step = (crossed(after) - crossed(before)) / np.float32(count)
            for side, out in ((0, out_left), (1, out_right)):
                now = crossed(before)
                for frame in range(count):
                    sample = clean[side, frame, 0]
                    plain = limited(sample)
                    if before + after > 0:
                        now += step
                        up, down = 2 * side, 2 * side + 1
                        a, b, c, d = fourfold(sample, steep[up], gentle[up], 0)
                        a, b, c, d = limited(a), limited(b), limited(c), limited(d)
                        back = clamp(quartered(a, b, c, d, steep[down], gentle[down], 0), -ONE, ONE)
                        plain += now * (back - plain)
                    out[first + frame, 0] = plain


def reduction(peak: float) -> float:
    """dB by which the limiter lowers a peak; 1 is full scale."""
    over = peak - float(KNEE)
    if over <= 0:
        return 0.0
    return 20 * math.log10(peak / (float(KNEE) + float(ROOM) * math.tanh(over / float(ROOM))))
