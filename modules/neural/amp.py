"""Amp: in → input gain → captured amp or pedal (neural/nam) → output level → mix with in → out

Every `.nam`, AIDA-X or GuitarML file (`.aidax`, or `.json` where no other file of its name lies beside it) that is
dropped into the library's models folder becomes one such module.
"""

from pathlib import Path

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, Switch
from synthvr_server.neural.nam.level import amplified, mixed
from synthvr_server.neural.nam.player import Player, delay_of, input_volts, output_volts, usual_oversampling
from synthvr_server.neural.nam.read import read_capture

USUAL_RATE = 48000.0  # Hz; what the catalogue's latency is for
OVERSAMPLING = "2×, 4× or 8× costs as many times as much; what a driven amp folds back goes down by 10 … 20 dB each"
LOUDEST = np.float32(12.0)  # V; beyond it a capture that was driven past what it learned is held


class Amp(Module):
    """An amp or pedal that somebody has captured, level for level: 5 V is as hot as 13.2 dBu into the real one."""

    title = "Amp"
    tags = ("amplifier", "distortion", "learned", "model")
    channels = 1  # inference is costly
    dc_gain = 1.25  # of the captures we ship, driven to the end
    made_of = (".nam", ".aidax", ".json")
    abstract = True

    audio = Input("In", "audio")
    gain = Knob("Input", -24.0, 24.0, default=0.0, unit="dB", help="How hard the captured amp is driven")
    level = Knob("Output", -60.0, 12.0, default=0.0, unit="dB", help="At the bottom it is silent")
    mix = Knob("Mix", 0.0, 1.0, default=1.0, help="0 is what came in, 1 the amp")
    oversampling = Switch("Oversampling", Player.CHOICES, help=OVERSAMPLING)
    out = Output("Out", "audio")

    @classmethod
    def of_model(cls, path: Path) -> type[Module]:
        capture = read_capture(path)
        about = f"{cls.__doc__} This one: {capture.name}."
        usual = usual_oversampling(capture)
        latency = delay_of(capture, USUAL_RATE, usual) / USUAL_RATE
        switch = Switch("Oversampling", Player.CHOICES, default=usual, help=OVERSAMPLING)
        declared = {"title": capture.name, "__doc__": about, "model": path, "abstract": False, "latency": latency}
        declared |= {"oversampling": switch}
        return type(cls.__name__, (cls,), declared)

    def prepare(self):
        capture = read_capture(self.model)
        usual = int(self.declaration.knobs["oversampling"].default)
        self.player = Player(capture, self.sample_rate, self.block, usual)
        self.into, self.outof = np.float32(1 / input_volts(capture)), np.float32(output_volts(capture))
        self.hot, self.wet, self.dry = np.zeros((3, self.block), np.float32)

    def play(self, audio, gain, level, mix, oversampling, out):
        amplified(audio[:, 0], gain, self.into, self.hot)
        self.player.play(round(float(oversampling[-1])), self.hot, audio[:, 0], self.wet, self.dry)
        mixed(self.wet, level, self.outof, LOUDEST, self.dry, mix, out[:, 0])
