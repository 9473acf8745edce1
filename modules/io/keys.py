"""Keys: notes → voice allocation → pitch (glide), gate, velocity on 1–16 channels

A new note takes the voice that has been free longest; if none is free it steals the one that has been
held longest. A gate always falls for 1 ms before it rises again, and a note always lasts 1 ms, so that
no envelope can miss either; but after all notes were let go at once, none begins.
"""

import numpy as np

from synthvr_server.dsp import select
from synthvr_server.module import Input, Knob, Module, Notes, Output, State, kernel

ZERO, HALF, ONE, TEN = np.float32(0.0), np.float32(0.5), np.float32(1.0), np.float32(10.0)
SHORTEST = np.float32(0.001)  # s, of a gate and of the gap between two
ROUND_UP = np.float32(0.99)
FREE, SAME = np.int64(-(2**40)), np.int64(-(2**50))  # ranks below those of all held voices
EVERY_NOTE = np.float32(-1.0)


class Keys(Module):
    """Plays the notes of keyboards and hands."""

    title = "Keys"
    tags = ("keyboard", "polyphonic")
    channels = "voices"

    notes = Notes()
    bend = Input("Bend", "pitch", help="added to the pitch of every voice")
    voices = Knob("Voices", 1.0, 16.0, default=8.0, glide=0.0, help="how many notes sound at once")
    glide = Knob("Glide", 0.0, 5.0, default=0.0, unit="s", help="time from a voice's last pitch to its new one")
    pitch = Output("V/Oct", "pitch")
    gate = Output("Gate", "gate")
    velocity = Output("Velocity", help="0–10 V, kept after the key is let go")

    number = State(initial=-1.0)  # note number a voice plays or played last; −1 before the first
    held = State()  # is its key down?
    owed = State()  # is there a note whose gate has not risen yet?
    sounding = State()  # is the gate high?
    locked = State()  # frames for which the gate must stay as it is
    since = State(np.int64)  # count of events when its key last went down or up
    events = State(np.int64)  # count of events so far, in the first voice
    volts = State()  # pitch now
    target = State()  # pitch it glides to
    slope = State()  # V per frame
    gliding = State()  # frames left
    force = State()  # velocity, V

    @kernel
    def process(
        notes, bend, voices, glide, pitch, gate, velocity,
        number, held, owed, sounding, locked, since, events, volts, target, slope, gliding, force, sample_rate,
    ):  # fmt: skip
        lanes = pitch.shape[1]
        usable = min(max(int(voices[0] + HALF), 1), lanes)
        for voice in range(usable, lanes):
            held[voice], owed[voice] = ZERO, ZERO
        shortest = np.floor(SHORTEST * sample_rate + ROUND_UP)
        event = 0
        for frame in range(pitch.shape[0]):
            while event < notes.shape[0] and notes[event, 0] <= frame:
                key, strike = notes[event, 1], notes[event, 3]
                events[0] += 1
                if strike > ZERO:
                    chosen, lowest = 0, np.int64(2**60)
                    for voice in range(usable):
                        rank = since[voice] + (np.int64(0) if held[voice] > ZERO else FREE)
                        rank = SAME if held[voice] > ZERO and number[voice] == key else rank
                        if rank < lowest:
                            chosen, lowest = voice, rank
                    frames = np.floor(glide[frame] * sample_rate)
                    moves = number[chosen] >= ZERO and frames >= ONE
                    target[chosen] = notes[event, 2]
                    gliding[chosen] = frames if moves else ZERO
                    slope[chosen] = (target[chosen] - volts[chosen]) / frames if moves else ZERO
                    number[chosen], force[chosen], since[chosen] = key, strike, events[0]
                    held[chosen], owed[chosen] = ONE, ONE
                    if sounding[chosen] > ZERO:
                        sounding[chosen], locked[chosen] = ZERO, shortest
                else:
                    for voice in range(usable):
                        owed[voice] = owed[voice] if key != EVERY_NOTE else ZERO
                        if held[voice] > ZERO and (number[voice] == key or key == EVERY_NOTE):
                            held[voice], since[voice] = ZERO, events[0]
                event += 1
            for voice in range(lanes):
                is_high, is_free_to_move = sounding[voice] > ZERO, locked[voice] <= ZERO
                rises = (not is_high) & (owed[voice] > ZERO) & is_free_to_move
                falls = is_high & (held[voice] <= ZERO) & (owed[voice] <= ZERO) & is_free_to_move
                left = select(rises | falls, shortest, locked[voice])
                locked[voice] = select(left > ZERO, left - ONE, ZERO)
                owed[voice] = select(rises, ZERO, owed[voice])
                now_high = select(rises, ONE, select(falls, ZERO, sounding[voice]))
                sounding[voice] = now_high

                glides = gliding[voice] > ONE
                volts[voice] = select(glides, volts[voice] + slope[voice], target[voice])
                gliding[voice] = select(glides, gliding[voice] - ONE, ZERO)
                pitch[frame, voice] = volts[voice] + bend[frame, voice]
                gate[frame, voice] = TEN * now_high
                velocity[frame, voice] = force[voice]
