"""Pitch follower: audio → YIN, 250 times a second → where there is a pitch: V/oct (gliding), gate, confidence"""

import numpy as np

from synthvr_server.module import Input, Knob, Module, Output, State, kernel
from synthvr_server.neural.pitch import CONFIDENCE, DECIBELS, HEARD, KEPT, RING, VOICED, VOLTS, look, push, reduction

LOOKS_HZ = 250.0
GATE_VOLTS = np.float32(10.0)
ZERO, ONE = np.float32(0.0), np.float32(1.0)


class PitchFollower(Module):
    """Hears which note one voice plays, from 55 Hz to 4.2 kHz, and says so as V/oct and gate."""

    title = "Pitch follower"
    tags = ("learned", "pitch", "utility")
    channels = 1
    latency = 0.024  # half of the window and of a low note's period, and one look for the median

    audio = Input("In", "audio", help="one voice at a time")
    threshold = Knob("Floor", -70.0, 0.0, default=-50.0, unit="dB", help="what is softer has no pitch")
    certainty = Knob("Certain", 0.3, 0.99, default=0.75, help="how periodic a sound must be to open the gate")
    glide = Knob("Glide", 0.0, 0.5, default=0.0, unit="s", help="how long the pitch takes to reach a new note")
    pitch = Output("V/Oct", "pitch", help="stays at the last note while there is none")
    gate = Output("Gate", "gate")
    confidence = Output("Sure", "cv", help="0 … 10 V")

    ring = State(shape=(2 * RING,))
    place = State(np.int64, shape=(3,))
    kept = State(shape=(KEPT,))
    heard = State(shape=(HEARD,))
    now = State(shape=(2,))  # the gliding pitch, and whether the gate is up
    difference = State(shape=(RING,))

    @kernel
    def process(
        audio,
        threshold,
        certainty,
        glide,
        pitch,
        gate,
        confidence,
        ring,
        place,
        kept,
        heard,
        now,
        difference,
        sample_rate,
    ):
        factor = reduction(sample_rate)
        hop = int(sample_rate / LOOKS_HZ)
        for voice in range(pitch.shape[1]):
            for frame in range(pitch.shape[0]):
                push(audio[frame, voice], factor, kept[voice], ring[voice], place[voice])
                place[voice, 2] += 1
                if place[voice, 2] >= hop:
                    place[voice, 2] = 0
                    look(sample_rate, ring[voice], place[voice], difference[voice], kept[voice], heard[voice])
                    loud = heard[voice, DECIBELS] > threshold[frame]
                    sure = heard[voice, CONFIDENCE] >= certainty[frame]
                    was = now[voice, 1] > ZERO
                    up = loud and heard[voice, VOICED] > ZERO and (sure or was)
                    if up and not was:
                        now[voice, 0] = heard[voice, VOLTS]  # a new note does not glide up from the last
                    now[voice, 1] = ONE if up else ZERO
                if now[voice, 1] > ZERO:
                    way = ONE / (ONE + glide[frame] * np.float32(0.3) * np.float32(sample_rate))
                    now[voice, 0] += way * (heard[voice, VOLTS] - now[voice, 0])
                pitch[frame, voice] = now[voice, 0]
                gate[frame, voice] = now[voice, 1] * GATE_VOLTS
                confidence[frame, voice] = heard[voice, CONFIDENCE] * GATE_VOLTS
