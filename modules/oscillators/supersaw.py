"""Supersaw: pitch + tuning → Hz → seven saws, detuned around the middle one → high-pass at the pitch → out"""

import pyo

from synthvr_server.module import C4_HZ, Input, Knob, Module, Output

LOWEST, HIGHEST = 8.0, 12_000.0  # Hz: the saws are not band-limited
LEVEL = 20.0  # pyo gives 0.07–0.18 V RMS: by default 5 dB below a saw of ±5 V, with peaks up to 20 V when all meet


class Supersaw(Module):
    """Seven saws at once, from one pure tone to a wide and restless choir."""

    title = "Supersaw"
    tags = ("oscillator", "polyphonic")

    pitch = Input("V/Oct", "pitch")
    detune_cv = Input("Detune", help="10 V sweep the whole range")
    frequency = Knob("Frequency", -60.0, 60.0, default=0.0, unit="semitones", help="from C4")
    fine = Knob("Fine", -100.0, 100.0, default=0.0, unit="cents")
    detune = Knob("Detune", 0.0, 1.0, default=0.4, help="how far apart the outer saws are")
    mix = Knob("Mix", 0.0, 1.0, default=0.7, help="0 is the middle saw alone, 1 the choir")
    out = Output("Out", "audio")

    def build(self, pitch, detune_cv, frequency, fine, detune, mix):
        self.cents = pyo.Sig(fine, mul=1 / 1200)
        self.tuning = pyo.Sig(frequency, mul=1 / 12, add=self.cents)
        self.octaves = pyo.Clip(pyo.Sig(pitch, add=self.tuning), -12, 12)
        self.hertz = pyo.Clip(pyo.Pow(2, self.octaves, mul=C4_HZ), LOWEST, HIGHEST)
        self.spread = pyo.Clip(pyo.Sig(detune_cv, mul=0.1, add=detune), 0, 1)
        self.saws = pyo.SuperSaw(freq=self.hertz, detune=self.spread, bal=mix, mul=LEVEL)
        return self.saws
