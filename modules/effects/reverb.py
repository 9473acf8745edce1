"""Reverb: in → stereo feedback delay network (eight lines a side, low-passed) → wet, mixed with in → left, right

Of pyo's reverbs, Freeverb (22 ns a sample) gives two sides that are the same to the last bit; STRev's
(218 ns) are apart, and its time is one in seconds.
"""

import pyo

from synthvr_server.module import Input, Knob, Module, Output

BRIGHTEST, DARKENING = 18_000.0, 1 / 18  # Hz, and what full damping makes of it: 1 kHz
LEVEL = 2.0  # lifts the room to the loudness of what excites it


class Reverb(Module):
    """Puts a sound into a room."""

    title = "Reverb"
    tags = ("effect", "reverb", "stereo")
    channels = 1

    audio = Input("In", "audio")
    size = Knob("Size", 0.1, 10.0, default=1.5, unit="s", scale="log", help="time in which the room falls by 40 dB")
    damping = Knob("Damping", 0.0, 1.0, default=0.4, help="how fast high notes die away")
    mix = Knob("Mix", 0.0, 1.0, default=0.3, help="0 is the input alone, 1 the room")
    left = Output("Left", "audio")
    right = Output("Right", "audio")

    def build(self, audio, size, damping, mix):
        self.brightness = pyo.Pow(DARKENING, damping, mul=BRIGHTEST)
        self.room = pyo.STRev(audio, inpos=0.5, revtime=size, cutoff=self.brightness, bal=1.0, mul=LEVEL)
        self.walls = [pyo.Sig(side) for side in self.room.getBaseObjects()]
        self.left_mix, self.right_mix = (pyo.Interp(audio, wall, interp=mix) for wall in self.walls)
        return {"left": self.left_mix, "right": self.right_mix}
