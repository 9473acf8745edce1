"""Multimode: in → state-variable filter → low, band; in − band → notch; notch − low → high

pyo's SVF2 is the one that stays finite under audio-rate cutoff, but after a step it keeps part of the old
cutoff (500 → 3,000 Hz lands at 1,762 Hz): a portamento lets it arrive.
"""

import pyo

from synthvr_server.module import Input, Knob, Module, Output

LOWEST, HIGHEST = 16.0, 0.42  # Hz, and of the sample rate
PORTAMENTO = 0.0005  # s
LOW, UNITY_BAND = 0, 9  # types of SVF2
MOST_BROAD, NARROWING = 0.5, 50.0  # Q from ½ to 25: +28 dB at the cutoff


class Multimode(Module):
    """A 12 dB filter that gives low-pass, band-pass, high-pass and notch at once."""

    title = "Multimode"
    tags = ("filter", "polyphonic")

    audio = Input("In", "audio")
    pitch = Input("V/Oct", "pitch", help="moves the cutoff by one octave per volt")
    cutoff_cv = Input("Cutoff", help="at full amount one octave per volt")
    cutoff = Knob("Cutoff", 20.0, 20000.0, default=1000.0, unit="Hz", scale="log")
    resonance = Knob("Resonance", 0.0, 1.0, default=0.2, help="Q from 0.5 to 25")
    cutoff_amount = Knob("Cutoff amount", -1.0, 1.0, default=0.0)
    low = Output("Low", "audio")
    band = Output("Band", "audio", help="0 dB at the cutoff")
    high = Output("High", "audio")
    notch = Output("Notch", "audio")

    def build(self, audio, pitch, cutoff_cv, cutoff, resonance, cutoff_amount):
        self.octaves = pyo.Clip(pyo.Sig(cutoff_cv, mul=cutoff_amount, add=pitch), -12, 12)
        self.hertz = pyo.Clip(pyo.Pow(2, self.octaves, mul=cutoff), LOWEST, HIGHEST * self.sample_rate)
        self.glided = pyo.Port(self.hertz, PORTAMENTO, PORTAMENTO, init=1000.0)
        self.q = pyo.Port(pyo.Pow(NARROWING, resonance, mul=MOST_BROAD), PORTAMENTO, PORTAMENTO, init=1.0)
        self.low_pass = pyo.SVF2(audio, freq=self.glided, q=self.q, type=LOW)
        self.band_pass = pyo.SVF2(audio, freq=self.glided, q=self.q, type=UNITY_BAND)
        self.without_band = pyo.Sig(self.band_pass, mul=-1, add=audio)
        self.high_pass = pyo.Sig(self.low_pass, mul=-1, add=self.without_band)
        return {"low": self.low_pass, "band": self.band_pass, "high": self.high_pass, "notch": self.without_band}
