"""Ladder: in → drive → (+) → pole → pole → pole → pole ─┬→ out (12 dB: after the second pole)
                        ↑ −                           │
                        └── resonance ← saturation ←──┘

Four one-pole low-passes, trapezoidal, with the feedback solved inside the frame (Zavalishin, "The Art of VA Filter
Design", 2018). The saturation has no memory, so it limits the oscillation without pulling its pitch.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, Switch, kernel

PI = np.float32(np.pi)
LOWEST, HIGHEST = np.float32(1e-4), np.float32(0.46)  # cutoff, of the sample rate
FEEDBACK = np.float32(4.5)  # at full resonance; four poles oscillate from 4, at 0.89
MADE_UP = np.float32(0.5)  # of what feedback takes from the passband: full resonance leaves −4.6 dB of it, not −14.8
KNEE = np.float32(5.5)  # V: the feedback saturates here, which sets the oscillation to ±5 V
CEILING = np.float32(32.0)  # V: the same for the input, at no drive
NOISE = np.float32(1e-5 / 2**31)  # V per step of the noise that wakes the oscillation up
ZERO, ONE, TWO = (np.float32(x) for x in range(3))
CHUNK = 32  # frames worked on at once, in passes small enough for the registers; only the poles' own has a memory
TENTH = np.float32(0.1)
HALF_DECIBELS = np.float32(np.log2(10) / 40)


@inlined
def saturated(x):
    """Odd, slope 1 at 0, ±1 from ±15/8 on, where slope and bend have vanished; in between its slope is (1 − t²)².

    A quintic bends like a tanh, needs no division and gives a sine no harmonic above the fifth until it clips.
    """
    t = clamp(x * np.float32(8 / 15), -ONE, ONE)
    s = t * t
    return t * (np.float32(15 / 8) - s * (np.float32(10 / 8) - s * np.float32(3 / 8)))


@inlined
def pole_gain(cutoff):
    """tan(π·cutoff) / (1 + tan(π·cutoff)) for a cutoff of up to 0.46 of the sample rate."""
    x = PI * cutoff
    s = x * x
    sine = x * (np.float32(945.0) - s * (np.float32(105.0) - s))
    cosine = np.float32(945.0) - s * (np.float32(420.0) - np.float32(15.0) * s)
    return sine / (sine + cosine)


class Ladder(Module):
    """Transistor-ladder low-pass, 12 or 24 dB per octave, that oscillates in tune at high resonance."""

    title = "Ladder"
    tags = ("filter", "polyphonic")

    audio = Input("In", "audio")
    pitch = Input("V/Oct", "pitch", help="moves the cutoff by one octave per volt")
    cutoff_cv = Input("Cutoff", help="at full amount one octave per volt")
    resonance_cv = Input("Resonance", help="10 V sweep the whole range")

    cutoff = Knob("Cutoff", 20.0, 20000.0, default=1000.0, unit="Hz", scale="log")
    resonance = Knob("Resonance", 0.0, 1.0, default=0.0, help="oscillates from about 0.9")
    drive = Knob("Drive", 0.0, 24.0, default=0.0, unit="dB")
    cutoff_amount = Knob("Cutoff amount", -1.0, 1.0, default=0.0)
    slope = Switch("Slope", ("12 dB", "24 dB"), default=1)

    out = Output("Out", "audio")

    poles = State(np.float32, (4,), voices_last=True)
    seed = State(np.int32)
    gains = Scratch(np.float32, (CHUNK,))  # of a pole, per frame
    feedbacks = Scratch(np.float32, (CHUNK,))
    scales = Scratch(np.float32, (CHUNK,))  # of what the saturation sees
    inputs = Scratch(np.float32, (CHUNK,))

    @kernel
    def process(
        audio, pitch, cutoff_cv, resonance_cv, cutoff, resonance, drive, cutoff_amount, slope, out,
        poles, seed, gains, feedbacks, scales, inputs, sample_rate,
    ):  # fmt: skip
        voices = out.shape[1]
        for first in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - first)
            for frame in range(count):
                here = np.uint64(first + frame)  # a signed index would be asked whether it counts from the end
                for voice in range(voices):
                    hz = cutoff[here] * exp2(pitch[here, voice] + cutoff_cv[here, voice] * cutoff_amount[here])
                    gains[frame, voice] = clamp(hz / sample_rate, LOWEST, HIGHEST)
            for frame in range(count):
                for voice in range(voices):
                    gains[frame, voice] = pole_gain(gains[frame, voice])
            for frame in range(count):
                here = np.uint64(first + frame)
                # Half of the drive lifts the signal, half lowers the ceiling: distorted, but not much louder.
                half = exp2(drive[here] * HALF_DECIBELS)
                ceiling, lift = CEILING / half, half * half / CEILING
                for voice in range(voices):
                    square = gains[frame, voice] * gains[frame, voice]
                    k = FEEDBACK * clamp(resonance[here] + resonance_cv[here, voice] * TENTH, ZERO, ONE)
                    feedbacks[frame, voice] = k * KNEE
                    scales[frame, voice] = (ONE / KNEE) / (ONE + k * square * square)
                    inputs[frame, voice] = ceiling * saturated(audio[here, voice] * lift) * (ONE + MADE_UP * k)
            for frame in range(count):
                here = np.uint64(first + frame)
                seed[0] = np.int32(seed[0] * np.int32(1664525) + np.int32(1013904223))
                hiss = np.float32(seed[0]) * NOISE
                for voice in range(voices):
                    a, k, x = gains[frame, voice], feedbacks[frame, voice], inputs[frame, voice] + hiss
                    keep, a2 = ONE - a, a * a
                    a4 = a2 * a2
                    s1, s2, s3, s4 = poles[0, voice], poles[1, voice], poles[2, voice], poles[3, voice]
                    # What the fourth pole would give if the feedback were linear. Saturating that, not the true output,
                    # is as if the saturation were a little softer at high cutoffs; it saves an iteration.
                    linear = a4 * x + keep * ((s4 + a * s3) + a2 * (s2 + a * s1))
                    u = x - k * saturated(linear * scales[frame, voice])
                    r1 = keep * s1  # the rest of each pole's output; all four then wait for u alone
                    r2 = keep * s2 + a * r1
                    r3 = keep * s3 + a * r2
                    y1, y2, y3, y4 = a * u + r1, a2 * u + r2, a2 * a * u + r3, a4 * u + (keep * s4 + a * r3)
                    poles[0, voice], poles[1, voice] = TWO * y1 - s1, TWO * y2 - s2
                    poles[2, voice], poles[3, voice] = TWO * y3 - s3, TWO * y4 - s4
                    out[here, voice] = y2 + slope[here] * (y4 - y2)
