"""Ladder: in → drive → (+) → pole → pole → pole → pole ─┬→ out (12 dB: after the second pole)
                        ↑ −                           │
                        └── resonance ← saturation ←──┘

Four one-pole low-passes, trapezoidal, with the feedback solved inside the frame (Zavalishin, "The Art of VA Filter
Design", 2018). The saturation has no memory, so it limits the oscillation without pulling its pitch.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined, ordered
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, Switch, kernel

PI = np.float32(np.pi)
LOWEST, HIGHEST = np.float32(1e-4), np.float32(0.46)  # cutoff, of the sample rate
FEEDBACK = np.float32(4.5)  # at full resonance; four poles oscillate from 4, at 0.89
MADE_UP = np.float32(0.5)  # of what feedback takes from the passband: full resonance leaves −4.6 dB of it, not −14.8
KNEE = np.float32(5.5)  # V: the feedback saturates here, which sets the oscillation to ±5 V
CEILING = np.float32(32.0)  # V: the same for the input, at no drive
FULL = np.float32(15 / 8)  # slope of the saturation at 0
NOISE = np.float32(1e-5 / 2**31)  # V per step of the noise that wakes the oscillation up
ZERO, HALF, ONE = np.float32([0.0, 0.5, 1.0])
CHUNK = 32  # frames worked on at once, in passes small enough for the registers; only the poles' own has a memory
TENTH = np.float32(0.1)
HALF_DECIBELS = np.float32(np.log2(10) / 40)


@ordered
def bend(s):
    """saturated(t) / t for t² = ``s`` ≤ 1."""
    return FULL - s * (np.float32(10 / 8) - s * np.float32(3 / 8))


@inlined
def saturated(x):
    """Odd, ±1 from ±1 on, where slope and bend have vanished; in between its slope is ``FULL`` (1 − x²)².

    A quintic bends like a tanh, needs no division and gives a sine no harmonic above the fifth until it clips.
    """
    t = clamp(x, -ONE, ONE)
    return t * bend(t * t)


@inlined
def pole_gain(cutoff):
    """tan(π·cutoff) / (1 + tan(π·cutoff)) for a cutoff of up to 0.46 of the sample rate."""
    x = PI * cutoff
    s = x * x
    sine = x * (np.float32(945.0) - s * (np.float32(105.0) - s))
    cosine = np.float32(945.0) - s * (np.float32(420.0) - np.float32(15.0) * s)
    return sine / (sine + cosine)


@ordered
def advance(x, a, k, scale, s1, s2, s3, s4):
    """The four states after a frame of input ``x``.

    A frame takes as long as the way from these states through ``u`` to the next: all else is made ready beside it.
    """
    keep, a2, twice = ONE - a, a * a, a + a
    rest, back = scale * keep, ONE - twice
    # What the fourth pole would give if the feedback were linear. Saturating that, not the true output, is as if the
    # saturation were a little softer at high cutoffs; it saves an iteration.
    t = clamp((scale * (a2 * a2) * x + rest * (s4 + a * s3)) + rest * a2 * (s2 + a * s1), -ONE, ONE)
    u = x - k * t * bend(t * t)
    r1 = keep * s1
    r2 = keep * s2 + a * r1
    r3 = keep * s3 + a * r2
    n1, n2 = back * s1 + twice * u, (back * s2 + twice * r1) + twice * a * u
    n3, n4 = (back * s3 + twice * r2) + twice * a2 * u, (back * s4 + twice * r3) + twice * a * a2 * u
    return n1, n2, n3, n4


@inlined
def filtered(first, count, stride, inputs, gains, feedbacks, scales, slope, poles, seed, out):
    for frame in range(count):
        here, row = np.uint64(first + frame), np.uint64(frame * stride)
        seed[0] = np.int32(seed[0] * np.int32(1664525) + np.int32(1013904223))
        hiss = np.float32(seed[0]) * NOISE
        fourths = HALF * slope[here]
        seconds = HALF - fourths
        for voice in range(out.shape[1]):
            a, k, scale = gains[row, voice], feedbacks[row, voice], scales[row, voice]
            s1, s2, s3, s4 = poles[0, voice], poles[1, voice], poles[2, voice], poles[3, voice]
            n1, n2, n3, n4 = advance(inputs[frame, voice] + hiss, a, k, scale, s1, s2, s3, s4)
            poles[0, voice], poles[1, voice], poles[2, voice], poles[3, voice] = n1, n2, n3, n4
            out[here, voice] = seconds * (n2 + s2) + fourths * (n4 + s4)


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
    gains = Scratch(np.float32, (CHUNK,))  # of a pole; this and the next four by row: one a frame while something moves
    feedbacks = Scratch(np.float32, (CHUNK,))
    scales = Scratch(np.float32, (CHUNK,))  # of what the saturation sees
    lifts = Scratch(np.float32, (CHUNK,))  # of the input, by the drive
    heights = Scratch(np.float32, (CHUNK,))  # of the input, once saturated
    inputs = Scratch(np.float32, (CHUNK,))

    @kernel
    def process(
        audio, pitch, cutoff_cv, resonance_cv, cutoff, resonance, drive, cutoff_amount, slope, out,
        pitch_plugged, cutoff_cv_plugged, resonance_cv_plugged,
        poles, seed, gains, feedbacks, scales, lifts, heights, inputs, sample_rate,
    ):  # fmt: skip
        voices = out.shape[1]
        patched = pitch_plugged or cutoff_cv_plugged or resonance_cv_plugged
        for first in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - first)
            # A knob glides one way within a block, so it stands if it ends where it begins.
            start, end = np.uint64(first), np.uint64(first + count - 1)
            turned = (
                (cutoff[start] != cutoff[end]) | (resonance[start] != resonance[end]) | (drive[start] != drive[end])
            )
            stride = 1 if patched or turned else 0
            rows = count if stride else 1
            for row in range(rows):
                here = np.uint64(first + row)  # a signed index would be asked whether it counts from the end
                for voice in range(voices):
                    hz = cutoff[here] * exp2(pitch[here, voice] + cutoff_cv[here, voice] * cutoff_amount[here])
                    gains[row, voice] = clamp(hz / sample_rate, LOWEST, HIGHEST)
            for row in range(rows):
                for voice in range(voices):
                    gains[row, voice] = pole_gain(gains[row, voice])
            for row in range(rows):
                here = np.uint64(first + row)
                # Half of the drive lifts the signal, half lowers the ceiling: distorted, but not much louder.
                half = exp2(drive[here] * HALF_DECIBELS)
                ceiling, lift = CEILING / half, half * half / CEILING
                for voice in range(voices):
                    square = gains[row, voice] * gains[row, voice]
                    k = FEEDBACK * clamp(resonance[here] + resonance_cv[here, voice] * TENTH, ZERO, ONE)
                    feedbacks[row, voice] = k * KNEE
                    scales[row, voice] = (ONE / FULL / KNEE) / (ONE + k * square * square)
                    lifts[row, voice], heights[row, voice] = lift / FULL, ceiling * (ONE + MADE_UP * k)
            for frame in range(count):
                here, row = np.uint64(first + frame), np.uint64(frame * stride)
                for voice in range(voices):
                    inputs[frame, voice] = heights[row, voice] * saturated(audio[here, voice] * lifts[row, voice])
            if stride:
                filtered(first, count, 1, inputs, gains, feedbacks, scales, slope, poles, seed, out)
            else:
                filtered(first, count, 0, inputs, gains, feedbacks, scales, slope, poles, seed, out)
