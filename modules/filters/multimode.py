"""Multimode: in → state-variable filter → low, band; in − band → notch; notch − low → high

Two trapezoidal integrators with the loop solved inside the frame (Zavalishin, "The Art of VA Filter Design", 2018;
Simper, "Solving the continuous SVF equations using trapezoidal integration", 2013): the cutoff is exact at every
frequency, and it stays finite however fast it moves. The rule bends frequencies, so a resonance would get narrower
as it gets higher (a Q of 25 is one of 47 at 14 kHz); its damping makes up for that, and its height comes down by as
much: to 22 dB at 14 kHz.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined, ordered, sin_turns, tan_turns
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, kernel

LOWEST, HIGHEST = np.float32(16.0), np.float32(0.42)  # cutoff: Hz, and of the sample rate
# Q from ½ to 25, that is 28 dB at the cutoff. What damps is its inverse.
MOST_DAMPED, NARROWING = np.float32(2.0), np.float32(np.log2(50.0))
BROAD = np.float32(0.5)  # a Q of 2: what is broader has no width to keep, but a place where it is 3 dB down
WIDEST = np.float32(1 / np.pi / 2)  # half of a width to keep, in turns of the sample rate
ZERO, HALF, ONE, TWO = np.float32([0.0, 0.5, 1.0, 2.0])
CHUNK = 32  # frames worked on at once


@inlined
def straightened(damping, cutoff):
    """The damping that makes a resonance at ``cutoff`` (of the sample rate) as wide as ``damping`` says.

    Its two edges, 3 dB down, lie where tan(π·f) is tan(π·cutoff) times and over the same number, and that number less
    its inverse is the damping. So edges ``damping`` × cutoff apart ask for 2 tan(π·damping·cutoff) / sin(2π·cutoff).
    """
    half_width = clamp(HALF * damping * cutoff, ZERO, WIDEST)
    wide = TWO * tan_turns(half_width) / sin_turns(cutoff)
    ratio = damping * damping / (BROAD * BROAD)
    return damping + clamp(ONE - ratio * ratio, ZERO, ONE) * (wide - damping)


@ordered
def advance(x, g, solved, s1, s2):
    """Band and low of a frame, before the band is made unity; the integrators' next states follow from them."""
    band = solved * (s1 + g * (x - s2))
    return band, s2 + g * band


@inlined
def filtered(first, count, stride, audio, gains, dampings, solved, integrators, low, band, high, notch):
    for frame in range(count):
        here, row = np.uint64(first + frame), np.uint64(frame * stride)
        for voice in range(low.shape[1]):
            x, damping = audio[here, voice], dampings[row, voice]
            s1, s2 = integrators[0, voice], integrators[1, voice]
            raw, below = advance(x, gains[row, voice], solved[row, voice], s1, s2)
            integrators[0, voice], integrators[1, voice] = TWO * raw - s1, TWO * below - s2
            middle = damping * raw
            low[here, voice], band[here, voice] = below, middle
            notch[here, voice], high[here, voice] = x - middle, x - middle - below


class Multimode(Module):
    """A 12 dB filter that gives low-pass, band-pass, high-pass and notch at once."""

    title = "Multimode"
    tags = ("filter", "polyphonic")

    audio = Input("In", "audio")
    pitch = Input("V/Oct", "pitch", help="moves the cutoff by one octave per volt")
    cutoff_cv = Input("Cutoff", help="at full amount one octave per volt")
    cutoff = Knob("Cutoff", 20.0, 20000.0, default=1000.0, unit="Hz", scale="log")
    resonance = Knob("Resonance", 0.0, 1.0, default=0.2, glide=0.2, help="Q from 0.5 to 25")
    cutoff_amount = Knob("Cutoff amount", -1.0, 1.0, default=0.0)
    low = Output("Low", "audio")
    band = Output("Band", "audio", help="0 dB at the cutoff")
    high = Output("High", "audio")
    notch = Output("Notch", "audio")

    integrators = State(shape=(2,), voices_last=True)
    gains = Scratch(shape=(CHUNK,))  # by row: one a frame while the cutoff or the resonance moves
    dampings = Scratch(shape=(CHUNK,))
    solved = Scratch(shape=(CHUNK,))

    @kernel
    def process(
        audio, pitch, cutoff_cv, cutoff, resonance, cutoff_amount, low, band, high, notch, sample_rate,
        pitch_plugged, cutoff_cv_plugged, integrators, gains, dampings, solved,
    ):  # fmt: skip
        patched = pitch_plugged or cutoff_cv_plugged
        for first in range(0, low.shape[0], CHUNK):
            count = min(CHUNK, low.shape[0] - first)
            # A knob glides one way within a block, so it stands if it ends where it begins.
            start, end = np.uint64(first), np.uint64(first + count - 1)
            turned = (cutoff[start] != cutoff[end]) | (resonance[start] != resonance[end])
            stride = 1 if patched or turned else 0
            for row in range(count if stride else 1):
                here = np.uint64(first + row)
                damping = MOST_DAMPED * exp2(-NARROWING * resonance[here])
                for voice in range(low.shape[1]):
                    octaves = pitch[here, voice] + cutoff_cv[here, voice] * cutoff_amount[here]
                    hz = clamp(cutoff[here] * exp2(octaves), LOWEST, HIGHEST * sample_rate)
                    g, k = tan_turns(HALF * hz / sample_rate), straightened(damping, hz / sample_rate)
                    gains[row, voice], dampings[row, voice] = g, k
                    solved[row, voice] = ONE / (ONE + g * (g + k))
            if stride:
                filtered(first, count, 1, audio, gains, dampings, solved, integrators, low, band, high, notch)
            else:
                filtered(first, count, 0, audio, gains, dampings, solved, integrators, low, band, high, notch)
