"""Output: left, right (normalled to left) → balance → level → mute (10 ms fade) → loudspeakers

The engine adds up all Outputs and puts a DC blocker and a soft limiter behind them.
"""

import numpy as np

from synthvr_server.dsp import SILENCE_DB, clamp, gain
from synthvr_server.module import Input, Knob, Module, Output, State, Switch, kernel

ZERO, ONE = np.float32(0.0), np.float32(1.0)
FADE = np.float32(0.01)  # s


class AudioOutput(Module):
    """Plays into the loudspeakers."""

    title = "Output"
    tags = ("output",)
    channels = 1
    master = ("left_out", "right_out")

    left = Input("Left", "audio")
    right = Input("Right", "audio", help="unplugged: the same as left")
    level = Knob("Level", SILENCE_DB, 6.0, default=0.0, unit="dB", help="−60 dB is off")
    balance = Knob("Balance", -1.0, 1.0, default=0.0, help="−1 is left only, 1 is right only")
    mute = Switch("Mute", ("on air", "muted"))
    left_out = Output("Left", "audio", help="what is heard on the left, before the limiter")
    right_out = Output("Right", "audio", help="what is heard on the right, before the limiter")

    muted = State()  # 0–1

    @kernel
    def process(left, right, level, balance, mute, left_out, right_out, muted, right_plugged, sample_rate):
        fade_step = ONE / (FADE * sample_rate)
        for frame in range(left_out.shape[0]):
            loudness = gain(level[frame])
            left_gain = loudness * clamp(ONE - balance[frame], ZERO, ONE)
            right_gain = loudness * clamp(ONE + balance[frame], ZERO, ONE)
            for voice in range(left_out.shape[1]):
                fade = clamp(mute[frame], muted[voice] - fade_step, muted[voice] + fade_step)
                muted[voice] = fade
                heard_right = right[frame, voice] if right_plugged else left[frame, voice]
                left_out[frame, voice] = left[frame, voice] * left_gain * (ONE - fade)
                right_out[frame, voice] = heard_right * right_gain * (ONE - fade)
