"""Spectral: A ─ STFT ─┐
                    ├ morph → blur → freeze → magnitudes ─┬ inverse STFT → mix → out
           B ─ STFT ─┘                          phases ─┘

Magnitudes are what the knobs shape; a sound needs phases too. They are kept from the inputs, thrown like dice, or
found by Griffin-Lim's iteration, whose steps are spread evenly over the blocks between two hops.
"""

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, Switch
from synthvr_server.neural import magnitude
from synthvr_server.neural.phase import ITERATIONS, LATE, Resynthesis
from synthvr_server.neural.stft import BINS, HOP, SIZE, analyse

KEPT, RANDOM, GRIFFIN_LIM, FAST = range(4)
LONGEST_BLUR = 5.0  # s: the time constant at the end of the knob, which goes with the cube of the turn
PER_VOLT = 0.1  # 10 V of CV turn a knob from end to end
OPEN, CLOSE = 1.0, 0.1  # V: Schmitt thresholds


class Spectral(Module):
    """Freezes, blurs and morphs the spectra of two sounds, with four ways to make up for lost phases."""

    title = "Spectral"
    tags = ("effect", "spectral")
    channels = 1
    by_chance = True  # phases
    latency = LATE / 48000  # of the dry sound too

    a = Input("A", "audio")
    b = Input("B", "audio", help="what A morphs into; with nothing plugged in there is no morph")
    freeze_gate = Input("Freeze", "gate", help="holds the spectrum while it is high")
    blur_cv = Input("Blur", help="10 V sweep the whole range")
    morph_cv = Input("Morph", help="10 V sweep from A to B")

    freeze = Switch("Freeze", ("Live", "Frozen"))
    blur = Knob("Blur", 0.0, 1.0, default=0.0, help="smears the spectrum over up to 5 s")
    morph = Knob("Morph", 0.0, 1.0, default=0.0, help="0 is A, 1 is B")
    phase = Switch("Phase", ("Kept", "Random", "Griffin-Lim", "Fast Griffin-Lim"))
    mix = Knob("Mix", 0.0, 1.0, default=1.0, help="0 is the sound of A, as late as the spectral one")

    out = Output("Out", "audio")

    def prepare(self):
        self.heard = np.zeros((2, SIZE), np.float32)  # the last of A and B
        self.dry = np.zeros(LATE, np.float32)  # a ring
        self.at = 0  # in it
        self.wet = np.zeros(HOP, np.float32)
        self.passed = 0  # frames of the hop that is running
        self.done = 0  # iterations in it
        self.found = GRIFFIN_LIM  # how the newest frame gets its phases
        self.held_open = False
        self.room = np.zeros((2, 2, SIZE), np.float32)
        self.spectra = np.zeros((2, 2, BINS), np.float32)
        self.live = np.zeros((2, BINS), np.float32)
        self.wanted, self.held = np.zeros((2, BINS), np.float32)
        self.frames = Resynthesis(self.seed)

    def play(self, a, b, freeze_gate, blur_cv, morph_cv, freeze, blur, morph, phase, mix, out, b_plugged):
        start, frames = 0, len(out)
        while start < frames:
            count = min(frames - start, HOP - self.passed, LATE - self.at)
            here, end = slice(start, start + count), start + count - 1
            self.heard[:, self.passed - HOP : self.passed - HOP + count or None] = a[here, 0], b[here, 0]
            late = self.dry[self.at : self.at + count]
            wet = self.wet[self.passed : self.passed + count]
            out[here, 0] = late + mix[here] * (wet - late)
            late[:] = a[here, 0]
            self.at = (self.at + count) % LATE
            self.passed += count
            start += count
            self._iterate_until_now()
            if self.passed == HOP:
                self.held_open = freeze_gate[end, 0] >= (CLOSE if self.held_open else OPEN)
                share = morph[end] + PER_VOLT * morph_cv[end, 0] if b_plugged else 0.0
                turned = min(max(blur[end] + PER_VOLT * blur_cv[end, 0], 0.0), 1.0)
                frozen = bool(self.held_open or freeze[end] > 0.5)
                self._hop(min(max(share, 0.0), 1.0), LONGEST_BLUR * turned**3, frozen, int(phase[end]))

    def _iterate_until_now(self):
        """Work off what is due of the hop's iterations: an equal share of them in every block."""
        due = ITERATIONS * self.passed // HOP if self.found in (GRIFFIN_LIM, FAST) else 0
        for _ in range(due - self.done):
            self.frames.iterate(self.found == FAST)
        self.done = due

    def _hop(self, share, blur, frozen, phase):
        """Play the oldest frame, and open a new one."""
        self.frames.pop(self.wet)
        if not frozen:
            analyse(self.heard[0], self.heard[1], self.spectra, self.room[0], self.room[1])
            magnitude.between(self.spectra[0], self.spectra[1], share, self.live, self.wanted)
            keep = np.exp(-HOP / self.sample_rate / blur) if blur > 0 else 0.0
            magnitude.smear(self.wanted, self.held, keep)
        self.heard[:, :-HOP] = self.heard[:, HOP:]
        if phase == KEPT:
            self.frames.keep(self.held, self.live, frozen)
        else:
            self.frames.follow(self.held, self.live, frozen)
            if phase == RANDOM:
                self.frames.scatter(self.held)
            else:
                self.frames.predict(self.held)
        self.found = phase
        self.passed = self.done = 0
