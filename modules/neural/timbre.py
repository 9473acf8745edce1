"""Timbre: audio → pitch, loudness ─┐
V/oct, gate, loudness ───────────┴→ octave → range → decoder → brightness, noise → sines and noise → mix with dry → out
"""

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, Switch
from synthvr_server.neural import instrument
from synthvr_server.neural.card import Tried, read_card, read_model
from synthvr_server.neural.timbre import Player, mix_in

NAMES = ("trumpet", "strings", "violin", "flute", "clarinet", "sax", "voice", "piano")
FOLDER = instrument.MODELS
ATTACK = "another note begins, within 4 ms as all that is played"
GATE_VOLTS = 1.0  # a gate is up above it (VCV voltage standards)


class Timbre(Module):
    """Plays an instrument by any sound that has a pitch; cables for pitch and gate play it too.

    With a cable in V/oct that is the pitch, with one in Gate that and Loudness are the level; what is left is heard
    from In. Pitches outside the instrument's range are folded into it by octaves.
    """

    title = "Timbre"
    tags = ("learned", "voice", "effect")
    columns = 3
    channels = 1  # inference is costly
    takes_turns = True
    by_chance = True  # noise
    latency = 0.02  # what is heard is judged over 32 ms, and reached within 4
    made_of = (".timbre",)

    audio = Input("In", "audio", help="one voice at a time, such as an oscillator")
    pitch = Input("V/Oct", "pitch")
    gate = Input("Gate", "gate")
    loudness = Input("Loud", normal=8.0, help="how loud the gate is, 0 … 10 V over 40 dB: soft is another colour")

    instrument = Switch("Instrument", tuple(name.capitalize() for name in NAMES), clicks=ATTACK)
    octave = Switch("Octave", ("-2", "-1", "0", "+1", "+2"), default=2, clicks=ATTACK)
    brightness = Knob("Bright", -1.0, 1.0, default=0.0, help="tilts the spectrum about 1 kHz, up to 6 dB an octave")
    noise = Knob("Noise", 0.0, 4.0, default=1.0, help="breath, bow and hammer; 1 is as much as the instrument has")
    vibrato = Knob("Vibrato", 0.0, 2.0, default=1.0, help="how much of the player's vibrato passes")
    mix = Knob("Mix", 0.0, 1.0, default=1.0, help="0 is what comes in, 1 the instrument")

    out = Output("Out", "audio")

    @classmethod
    def of_model(cls, path):
        """A musician's own instrument is a module that plays only that; a stranger's file must have been tried."""
        if path.parent != FOLDER:
            read_model(path, read_card(path, Tried))
        card = instrument.read_card(path)

        def play(self, audio, pitch, gate, loudness, octave, brightness, noise, vibrato, mix, out,
                 audio_plugged, pitch_plugged, gate_plugged):  # fmt: skip
            self.sound(audio, pitch, gate, loudness, octave, brightness, noise, vibrato, mix, out,
                       audio_plugged, pitch_plugged, gate_plugged)  # fmt: skip

        text = f"{cls.__doc__} This one: {card.title}, {card.lowest_hz:.0f} to {card.highest_hz:.0f} Hz."
        about = {"title": card.title, "__doc__": text, "model": path, "instrument": None, "play": play}
        return type(cls.__name__, (cls,), about)

    def prepare(self) -> None:
        paths = [self.model] if self.model else [FOLDER / f"{name}.instrument" for name in NAMES]
        self.player = Player(self.sample_rate, [instrument.Decoder(path) for path in paths], self.seed)
        self.heard = np.zeros(self.block, np.float32)
        self.made = np.zeros(self.block, np.float32)

    def start(self, frame):
        self.player.start(frame + self.turn * self.block)

    def play(self, audio, pitch, gate, loudness, instrument, octave, brightness, noise, vibrato, mix, out,
             audio_plugged, pitch_plugged, gate_plugged):  # fmt: skip
        self.player.choose(int(instrument[-1]))
        self.sound(audio, pitch, gate, loudness, octave, brightness, noise, vibrato, mix, out,
                   audio_plugged, pitch_plugged, gate_plugged)  # fmt: skip

    def sound(self, audio, pitch, gate, loudness, octave, brightness, noise, vibrato, mix, out,
              audio_plugged, pitch_plugged, gate_plugged):  # fmt: skip
        touch = self.player.touch
        touch.octave = int(octave[-1]) - 2
        touch.brightness, touch.noise, touch.vibrato = float(brightness[-1]), float(noise[-1]), float(vibrato[-1])
        level = None
        if gate_plugged or (pitch_plugged and not audio_plugged):  # a pitch alone sounds on
            level = float(loudness[-1, 0]) if gate[-1, 0] > GATE_VOLTS or not gate_plugged else 0.0
        np.copyto(self.heard, audio[:, 0])
        self.player.play(self.heard, self.made, float(pitch[-1, 0]) if pitch_plugged else None, level)
        mix_in(self.heard, self.made, mix, out)
