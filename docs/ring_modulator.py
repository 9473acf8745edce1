"""Ring modulator: carrier × modulator / 5 V → out"""

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, kernel

PER_VOLT = np.float32(0.2)  # two signals of ±5 V make one of ±5 V


class RingModulator(Module):
    """Multiplies two signals: sums and differences of their frequencies remain."""

    title = "Ring"
    tags = ("effect",)

    carrier = Input("Carrier", "audio")
    modulator = Input("Mod", "audio")
    mix = Knob("Mix", 0.0, 1.0, default=1.0)
    out = Output("Out", "audio")

    @kernel
    def process(carrier, modulator, mix, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                dry = carrier[frame, voice]
                wet = dry * modulator[frame, voice] * PER_VOLT
                out[frame, voice] = dry + mix[frame] * (wet - dry)
