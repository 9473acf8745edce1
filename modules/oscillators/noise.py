"""Noise: one white source → out; → six low-passes, added → pink; → low-pass at 20 Hz → brown"""

import numpy as np

from synthvr_server.dsp import after, evenly, inlined, sin_turns
from synthvr_server.module import Module, Output, Scratch, State, kernel

WHITE_PEAK = np.float32(5.0)  # V
COLOURED_RMS = 1.67  # V: pink and brown noise seldom pass three times that
# Corner frequencies (Hz) and gains of first-order low-passes whose sum falls by 3 dB per octave:
# fitted for 48 kHz, ±0.35 dB from 20 Hz to 20 kHz.
PINK_CORNERS = np.float32([8.0, 36.0, 160.0, 720.0, 3200.0, 14400.0])
PINK_GAINS = np.float32(8.57 * np.array([1.0, 0.2805, 0.1341, 0.0627, 0.0317, 0.0203]))
SECTIONS = len(PINK_CORNERS)
BROWN_CORNER = np.float32(20.0)  # Hz; above it the level falls by 6 dB per octave
BROWN_GAIN = np.float32(COLOURED_RMS / (5.0 / np.sqrt(3.0)) / np.sqrt(np.pi * 20.0))  # by √Hz of the sample rate
HALF, TWO = np.float32(0.5), np.float32(2.0)


@inlined
def pace(corner, sample_rate):
    """How far a first-order low-pass that is 3 dB down at ``corner`` (Hz) goes towards its input in a frame."""
    half = sin_turns(HALF * corner / sample_rate)
    d = TWO * half * half
    return np.sqrt(d * (d + TWO)) - d


class Noise(Module):
    """Random sound: hiss, rain and thunder."""

    title = "Noise"
    tags = ("oscillator", "noise", "random")
    channels = 1

    white = Output("White", "audio", help="as loud in every Hz")
    pink = Output("Pink", "audio", help="as loud in every octave: −3 dB per octave")
    brown = Output("Brown", "audio", help="−6 dB per octave")

    dice = State(np.uint64, random=True)
    sections = State(shape=(SECTIONS,), voices_last=True)  # V
    slope = State()  # V
    paces = Scratch(shape=(SECTIONS,))

    @kernel
    def process(white, pink, brown, dice, sections, slope, paces, sample_rate):
        for section in range(SECTIONS):
            paces[section, 0] = pace(PINK_CORNERS[section], sample_rate)
        brown_pace, brown_gain = pace(BROWN_CORNER, sample_rate), BROWN_GAIN * np.sqrt(sample_rate)
        for frame in range(white.shape[0]):
            dice[0] = after(dice[0])
            source = WHITE_PEAK * evenly(dice[0])
            total = np.float32(0.0)
            for section in range(SECTIONS):
                sections[section, 0] += paces[section, 0] * (source - sections[section, 0])
                total += PINK_GAINS[section] * sections[section, 0]
            slope[0] += brown_pace * (source - slope[0])
            white[frame, 0] = source
            pink[frame, 0] = total
            brown[frame, 0] = brown_gain * slope[0]
