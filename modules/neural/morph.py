"""Morph: audio → pitch, loudness ─┐
V/oct, gate, loudness ──────────┴→ range → decoder → sines and noise → mix with dry → out
A → blend → B, + eight axes (knob + CV), + jitter → place ──↑ freeze holds what comes out of it
"""

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, Switch
from synthvr_server.neural.morph import CV_VOLTS, INSTRUMENTS, LATENTS, Morph
from synthvr_server.neural.morph_player import MorphPlayer
from synthvr_server.neural.timbre import mix_in

NAMES = tuple(name.capitalize() for name in INSTRUMENTS)
GATE_VOLTS = 1.0  # a gate is up above it (VCV voltage standards)
BLEND_PER_VOLT = 0.1  # 10 V goes all the way


def axis_knob(number: int) -> Knob:
    return Knob(f"Z{number}", -CV_VOLTS, CV_VOLTS, default=0.0, unit="V", help="moves the timbre in even steps")


def axis_input(number: int) -> Input:
    return Input(f"Z{number}", help="±5 V, added to the knob")


class MorphVoice(Module):
    """Plays what lies between instruments: a blend of two, moved along eight axes of timbre, the widest first.

    Any sound that has a pitch plays it, and so do V/oct, gate and loudness cables. While Freeze is up the colour
    stands still; pitch and loudness play on.
    """

    title = "Morph"
    tags = ("learned", "voice", "effect")
    columns = 4
    channels = 1  # inference is costly
    takes_turns = True
    by_chance = True  # noise and jitter
    latency = 0.02  # what is heard is judged over 32 ms, and reached within 4

    audio = Input("In", "audio", help="one voice at a time, such as an oscillator")
    pitch = Input("V/Oct", "pitch")
    gate = Input("Gate", "gate")
    loudness = Input("Loud", normal=8.0, help="how loud the gate is, 0 … 10 V over 40 dB: soft is another colour")
    blend_cv = Input("Blend", help="added to the knob: 10 V goes all the way from A to B")
    freeze = Input("Freeze", "gate")
    z1, z2, z3, z4 = axis_input(1), axis_input(2), axis_input(3), axis_input(4)
    z5, z6, z7, z8 = axis_input(5), axis_input(6), axis_input(7), axis_input(8)

    a = Switch("A", NAMES, default=0)
    blend = Knob("Blend", 0.0, 1.0, default=0.0, help="from A to B in even steps")
    b = Switch("B", NAMES, default=3)
    jitter = Knob("Jitter", 0.0, 1.0, default=0.0, help="lets the timbre wander")
    axis1, axis2, axis3, axis4 = axis_knob(1), axis_knob(2), axis_knob(3), axis_knob(4)
    axis5, axis6, axis7, axis8 = axis_knob(5), axis_knob(6), axis_knob(7), axis_knob(8)
    octave = Switch("Octave", ("-2", "-1", "0", "+1", "+2"), default=2)
    mix = Knob("Mix", 0.0, 1.0, default=1.0, help="0 is what comes in, 1 the instrument")

    out = Output("Out", "audio")

    def prepare(self) -> None:
        self.player = MorphPlayer(self.sample_rate, Morph(), self.seed)
        self.heard = np.zeros(self.block, np.float32)
        self.made = np.zeros(self.block, np.float32)

    def start(self, frame):
        self.player.start(frame + self.turn * self.block)

    def play(self, audio, pitch, gate, loudness, a, blend, b, jitter, octave, mix, out, **blocks):
        player, where = self.player, self.player.where
        where.a, where.b, where.jitter = int(a[-1]), int(b[-1]), float(jitter[-1])
        where.blend = min(max(float(blend[-1]) + BLEND_PER_VOLT * float(blocks["blend_cv"][-1, 0]), 0.0), 1.0)
        for n in range(LATENTS):
            where.volts[n] = blocks[AXES[n]][-1] + blocks[JACKS[n]][-1, 0]
        player.morph.frozen = bool(blocks["freeze"][-1, 0] > GATE_VOLTS)
        player.touch.octave = int(octave[-1]) - 2
        level = None
        if blocks["gate_plugged"] or (blocks["pitch_plugged"] and not blocks["audio_plugged"]):
            up = gate[-1, 0] > GATE_VOLTS or not blocks["gate_plugged"]  # a pitch alone sounds on
            level = float(loudness[-1, 0]) if up else 0.0
        np.copyto(self.heard, audio[:, 0])
        player.play(self.heard, self.made, float(pitch[-1, 0]) if blocks["pitch_plugged"] else None, level)
        mix_in(self.heard, self.made, mix, out)


AXES = tuple(f"axis{n + 1}" for n in range(LATENTS))
JACKS = tuple(f"z{n + 1}" for n in range(LATENTS))
