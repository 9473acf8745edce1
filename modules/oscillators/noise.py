"""Noise: one white source → out; → six low-passes, added → pink; → low-pass at 20 Hz → brown

One source for all three: pyo's noise costs 45–100 ns a sample, a low-pass 3.
"""

import math

import pyo

from synthvr_server.module import Module, Output

WHITE_PEAK = 5.0  # V
WHITE_RMS = 1 / math.sqrt(3)  # of its peak: every value is equally likely
COLOURED_RMS = 1.67  # V: pink and brown noise seldom pass three times that
# Corner frequencies (Hz) and gains of first-order low-passes whose sum falls by 3 dB per octave:
# fitted for 48 kHz, ±0.35 dB from 20 Hz to 20 kHz.
PINK_CORNERS = [8.0, 36.0, 160.0, 720.0, 3200.0, 14400.0]
PINK_GAINS = [1.0, 0.2805, 0.1341, 0.0627, 0.0317, 0.0203]
PINK_LEVEL = 8.57
BROWN_CORNER = 20.0  # Hz; above it the level falls by 6 dB per octave


class Noise(Module):
    """Random sound: hiss, rain and thunder."""

    title = "Noise"
    tags = ("oscillator", "noise", "random")
    channels = 1

    white = Output("White", "audio", help="as loud in every Hz")
    pink = Output("Pink", "audio", help="as loud in every octave: −3 dB per octave")
    brown = Output("Brown", "audio", help="−6 dB per octave")

    def build(self):
        brown_level = COLOURED_RMS / (WHITE_PEAK * WHITE_RMS * math.sqrt(math.pi * BROWN_CORNER / self.sample_rate))
        self.source = pyo.Noise(mul=WHITE_PEAK)
        self.sections = pyo.Tone(self.source, freq=PINK_CORNERS, mul=PINK_GAINS)
        self.pink_mix = pyo.Mix(self.sections, voices=1, mul=PINK_LEVEL)
        self.brown_slope = pyo.Tone(self.source, freq=BROWN_CORNER, mul=brown_level)
        return {"white": self.source, "pink": self.pink_mix, "brown": self.brown_slope}
