"""Delay: in → + → delay line → low-pass (tone) → low-cut → wet ┬→ mix with in → out
             └──────────── × feedback ← (one block) ←───────────┘

Sound goes round through a table, one block late; the line is shortened by that block, and what is heard
is delayed by it again: every echo comes on its frame.
"""

import pyo

from synthvr_server.module import Input, Knob, Module, Output

SHORTEST, LONGEST = 0.01, 2.0  # s
LOW_CUT = 20.0  # Hz: an offset must not go round for ever
CEILING = 12.0  # V: what the loop cannot pass


class Delay(Module):
    """Echoes, which grow darker as they repeat."""

    title = "Delay"
    tags = ("effect", "delay", "polyphonic")

    audio = Input("In", "audio")
    time_cv = Input("Time", help="every volt doubles the time")
    time = Knob("Time", SHORTEST, LONGEST, default=0.375, unit="s", scale="log", glide=0.2)
    feedback = Knob("Feedback", 0.0, 1.0, default=0.4)
    tone = Knob("Tone", 200.0, 18000.0, default=5000.0, unit="Hz", scale="log", help="echoes lose what lies above")
    mix = Knob("Mix", 0.0, 1.0, default=0.35, help="0 is the input alone, 1 the echoes")
    out = Output("Out", "audio")

    def build(self, audio, time_cv, time, feedback, tone, mix):
        block = audio.getBufferSize()
        lag = block / self.sample_rate  # s
        # Made first, let go of last: pyo crashes if a table's readers outlive it.
        self.round_trip = [pyo.DataTable(block) for _ in range(self.voices)]
        self.returned = pyo.TableScan(self.round_trip)
        self.into = pyo.Clip(pyo.Sig(self.returned, mul=feedback, add=audio), -CEILING, CEILING)
        self.seconds = pyo.Clip(pyo.Pow(2, pyo.Clip(time_cv, -10, 10), mul=time), SHORTEST, LONGEST)
        self.shortened = pyo.Clip(pyo.Sig(self.seconds, add=-lag), 1 / self.sample_rate, LONGEST)
        self.line = pyo.Delay(self.into, delay=self.shortened, maxdelay=LONGEST)
        self.darker = pyo.Tone(self.line, freq=tone)
        self.wet = pyo.ButHP(self.darker, freq=LOW_CUT)
        self.back = pyo.TableFill(self.wet, self.round_trip)
        self.on_time = pyo.Delay(self.wet, delay=lag, maxdelay=2 * lag)
        self.mixed = pyo.Interp(audio, self.on_time, interp=mix)
        return self.mixed
