"""VCA: in × level × (CV / 10 V, bent towards exponential by the curve knob) → out"""

import numpy as np

from synthvr_server.dsp import clamp
from synthvr_server.module import Input, Knob, Module, Output, kernel

PER_VOLT = np.float32(0.1)  # 10 V of CV is unity gain
ZERO, ONE = np.float32(0.0), np.float32(1.0)


class VCA(Module):
    """Multiplies a signal by a control voltage: 10 V, or nothing plugged in, lets it pass unchanged."""

    title = "VCA"
    tags = ("amplifier", "polyphonic")

    audio = Input("In", "audio")
    cv = Input("CV", normal=10.0, help="0 V silences, 10 V is unity gain")
    level = Knob("Level", 0.0, 1.0, default=1.0)
    curve = Knob("Curve", 0.0, 1.0, default=0.0, help="0 is linear, 1 is the fourth power: close to exponential")
    out = Output("Out", "audio")

    @kernel
    def process(audio, cv, level, curve, out):
        voices = out.shape[1]
        for frame in range(out.shape[0]):
            for voice in range(voices):
                gain = clamp(cv[frame, voice] * PER_VOLT, ZERO, ONE)
                bent = gain * gain * gain * gain
                gain += curve[frame] * (bent - gain)
                out[frame, voice] = audio[frame, voice] * gain * level[frame]
