"""Output: left, right (normalled to left) → balance → level → mute → loudspeakers

Muting, and going from one side for both to two sides, are fades of 10 ms without corners. The engine adds up all
Outputs and puts a DC blocker and a soft limiter behind them.
"""

import numpy as np

from synthvr_server.dsp import SILENCE_DB, clamp, gain, inlined
from synthvr_server.module import Input, Knob, Module, Output, State, Switch, kernel

ZERO, ONE, TWO, THREE = np.float32([0.0, 1.0, 2.0, 3.0])
FADE = np.float32(0.01)  # s
UNKNOWN = -1.0


@inlined
def rounded(x):
    return x * x * (THREE - TWO * x)


class AudioOutput(Module):
    """Plays into the loudspeakers."""

    title = "Output"
    tags = ("output",)
    channels = 1
    master = ("left_out", "right_out")

    left = Input("Left", "audio")
    right = Input("Right", "audio", help="unplugged: the same as left")
    level = Knob("Level", SILENCE_DB, 6.0, default=0.0, unit="dB", glide=0.1, help="−60 dB is off")
    balance = Knob("Balance", -1.0, 1.0, default=0.0, glide=0.04, help="−1 is left only, 1 is right only")
    mute = Switch("Mute", ("on air", "muted"))
    left_out = Output("Left", "audio", help="what is heard on the left, before the limiter")
    right_out = Output("Right", "audio", help="what is heard on the right, before the limiter")

    muted = State()  # 0–1
    apart = State(initial=UNKNOWN)  # 0–1: is the right side its own?

    @kernel
    def process(left, right, level, balance, mute, left_out, right_out, muted, apart, right_plugged, sample_rate):
        fade_step = ONE / (FADE * sample_rate)
        own = ONE if right_plugged else ZERO
        for frame in range(left_out.shape[0]):
            loudness = gain(level[frame])
            left_gain = loudness * clamp(ONE - balance[frame], ZERO, ONE)
            right_gain = loudness * clamp(ONE + balance[frame], ZERO, ONE)
            for voice in range(left_out.shape[1]):
                fade = clamp(mute[frame], muted[voice] - fade_step, muted[voice] + fade_step)
                muted[voice] = fade
                was = own if apart[voice] < ZERO else apart[voice]
                apart[voice] = clamp(own, was - fade_step, was + fade_step)
                share, loud = rounded(apart[voice]), ONE - rounded(fade)
                both = left[frame, voice]
                left_out[frame, voice] = both * left_gain * loud
                right_out[frame, voice] = (both + share * (right[frame, voice] - both)) * right_gain * loud
