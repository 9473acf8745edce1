"""Wave: last sample + injection, phase, material, character → neural net → mean ± temperature · noise → next sample

    pitch ─► phase ──────────┐
    material, character ───► net ─► next sample ─┬─► DC blocker ─► envelope of the gate ─► × level ─► out
    inject × injection ─► + ─┘                   │
                          ▲── one sample later ──┘

The net has learnt six materials and what lies between them. It says one sample after the other and hears only what
it has said itself: it can be talked into (inject), made nervous (temperature) and let off the lead (grip).
"""

from synthvr_server.module import Input, Knob, Module, Output
from synthvr_server.neural.wavenet_oscillator import LATENCY, WaveOscillator


class Wave(Module):
    """An oscillator that is a neural net: breath, voice, reed, bow, edge and glass, and all that lies between them."""

    title = "Wave"
    tags = ("oscillator", "learned")
    channels = 1  # every voice would be a net of its own
    by_chance = True  # how it strays
    latency = LATENCY

    pitch = Input("V/Oct", "pitch")
    gate = Input("Gate", "gate", normal=10.0, help="each rise starts it anew, from silence; it sleeps while low")
    inject = Input("Inject", "audio", help="is added to what the net hears of itself")
    material_cv = Input("Material", help="10 V sweep all materials")
    character_cv = Input("Character", help="10 V sweep the whole range")

    frequency = Knob("Frequency", -36.0, 48.0, default=0.0, unit="semitones", help="from C4")
    material = Knob("Material", 0.0, 5.0, default=1.0, help="0 breath, 1 voice, 2 reed, 3 bow, 4 edge, 5 glass")
    character = Knob("Character", 0.0, 1.0, default=0.5, help="air, vowel, brightness, pressure, sync or depth")
    temperature = Knob("Temperature", 0.0, 2.0, default=0.3, help="how far it strays: 0 is certain, 1 as learnt")
    injection = Knob("Injection", 0.0, 1.0, default=0.5)
    grip = Knob("Grip", 0.0, 1.0, default=1.0, help="1 is in tune; at 0 it hears no phase and goes its own way")
    level = Knob("Level", 0.0, 1.0, default=1.0)

    out = Output("Out", "audio")

    def prepare(self) -> None:
        self.oscillator = WaveOscillator(self.sample_rate, seed=self.seed)

    def play(
        self, pitch, gate, inject, material_cv, character_cv, frequency, material, character, temperature, injection,
        grip, level, out, inject_plugged,
    ):  # fmt: skip
        self.oscillator.play(
            pitch, gate, inject, material_cv, character_cv, frequency, material, character, temperature, injection,
            grip, level, out, inject_plugged,
        )  # fmt: skip
