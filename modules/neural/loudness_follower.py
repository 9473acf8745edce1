"""Loudness follower: audio → mean square (10 ms) → dB → 0 … 10 V, 6 dB a volt → attack and release → CV, gate"""

import numpy as np

from synthvr_server.dsp import clamp, select
from synthvr_server.module import Input, Knob, Module, Output, State, kernel
from synthvr_server.neural.loudness import envelope_volts, smoothed

FULL_SCALE = np.float32(0.2)  # 0 dB is 5 V
PER_DB = np.float32(1 / 6)
FLOOR_DB = np.float32(60.0)
HYSTERESIS_VOLTS = np.float32(0.5)  # 3 dB: the gate of a trembling note does not chatter
GATE_VOLTS, ZERO, ONE = np.float32(10.0), np.float32(0.0), np.float32(1.0)
MEAN_SECONDS = np.float32(0.01)  # shorter, and the waves of a bass note would be heard as loudness


class LoudnessFollower(Module):
    """Turns how loud a sound is into a control voltage as the ear hears it: 1 V for every 6 dB, 10 V at 0 dB."""

    title = "Loudness follower"
    tags = ("envelope", "utility", "polyphonic")

    audio = Input("In", "audio")
    attack = Knob("Attack", 0.001, 1.0, default=0.01, unit="s", scale="log")
    release = Knob("Release", 0.005, 5.0, default=0.1, unit="s", scale="log")
    threshold = Knob("Gate at", -60.0, 0.0, default=-40.0, unit="dB")
    envelope = Output("Env", "cv", help="0 V is −60 dB and below, 10 V is 0 dB (a mean of 5 V)")
    gate = Output("Gate", "gate")

    power = State()
    level = State()
    up = State()

    @kernel
    def process(audio, attack, release, threshold, envelope, gate, power, level, up, sample_rate):
        voices = envelope.shape[1]
        rate = np.float32(sample_rate)
        part = ONE / (MEAN_SECONDS * rate)
        for frame in range(envelope.shape[0]):
            rise = clamp(ONE / (attack[frame] * rate), ZERO, ONE)
            fall = clamp(ONE / (release[frame] * rate), ZERO, ONE)
            opens = (threshold[frame] + FLOOR_DB) * PER_DB
            for voice in range(voices):
                scaled = audio[frame, voice] * FULL_SCALE
                power[voice] += part * (scaled * scaled - power[voice])
                volts = smoothed(level[voice], envelope_volts(power[voice]), rise, fall)
                level[voice] = volts
                closes = opens - HYSTERESIS_VOLTS * up[voice]
                up[voice] = select(volts > closes, ONE, ZERO)
                envelope[frame, voice] = volts
                gate[frame, voice] = up[voice] * GATE_VOLTS
