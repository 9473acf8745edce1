"""Sequencer: clock → place in the sequence → step → × range → scale → pitch; gate mode × length → gate

A clock within 1 ms of a reset belongs to it: it plays the first step and does not move past it. Where nothing tells the
time to the next clock, because none came before or there was a pause, a gate lasts as long as its clock is high.
"""

import numpy as np

from synthvr_server.dsp import after, inlined, schmitt
from synthvr_server.module import Input, Knob, Module, Output, State, Switch, kernel

ZERO, HALF, ONE, TEN = np.float32(0.0), np.float32(0.5), np.float32(1.0), np.float32(10.0)
MILLISECOND = np.float32(0.001)  # of a trigger, of a gap between gates, and of deafness after a reset
PAUSE = 4  # clocks: if none came for longer, what comes then says nothing of the tempo
ROUND_UP = np.float32(0.99)
FOREVER = np.int64(2**60)  # frames
FOREVER_AGO = np.int64(2**40)
OFF, ON, TIE = 0, 1, 2
FORWARD, BACKWARD, PENDULUM, RANDOM = 0, 1, 2, 3
RANGES = np.array([1.0, 2.0, 5.0], np.float32)  # V
SCALES = {
    "chromatic": range(12),
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "whole tone": (0, 2, 4, 6, 8, 10),
}
NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
# [scale, half semitone above the root] → nearest note of the scale in semitones; borders between
# neighbours always fall on half semitones.
NEAREST = np.array(
    [
        [
            min((n + o for n in scale for o in (-12, 0, 12)), key=lambda note: abs(note - (i + 0.5) / 2))
            for i in range(24)
        ]
        for scale in SCALES.values()
    ],
    np.int64,
)


@inlined
def quantised(volts, scale, root):
    """``volts`` moved to the nearest note of ``NEAREST[scale]`` on ``root`` (semitones above C)."""
    above = volts * np.float32(12.0) - np.float32(root)
    octave = np.floor(above / np.float32(12.0))
    half_semitone = min(max(int((above - octave * np.float32(12.0)) * np.float32(2.0)), 0), 23)
    return octave + np.float32(NEAREST[scale, half_semitone] + root) / np.float32(12.0)


@inlined
def cycle_length(steps, direction):
    """How many clocks it takes until the sequence starts again."""
    return max(2 * (steps - 1), 1) if direction == PENDULUM else steps


@inlined
def step_at(place, steps, direction):
    """The step (0–7) at a place in the cycle, for every direction but random."""
    if direction == BACKWARD:
        return steps - 1 - place
    return place if place < steps else 2 * (steps - 1) - place


def step(number: int, semitones: int) -> Knob:
    """The pitch knob of one step; the default melody is written for a range of two octaves."""
    return Knob(f"Step {number}", 0.0, 1.0, default=semitones / 24, help="0 is the bottom of the range, 1 its top")


def mode(number: int) -> Knob:
    """The gate switch of one step."""
    return Switch(f"Gate {number}", ("off", "on", "tie"), ON, help="tie holds the gate into the next step")


class Sequencer(Module):
    """Plays up to eight notes in turn."""

    title = "Sequencer"
    tags = ("sequencer", "polyphonic")
    columns = 8

    clock = Input("Clock", "trigger", help="goes to the next step")
    reset = Input("Reset", "trigger", help="goes to the first step; the next clock plays it")
    transpose = Input("Transpose", "pitch", help="added to the pitch, after the scale")
    step_1, step_2, step_3, step_4 = step(1, 0), step(2, 3), step(3, 7), step(4, 10)
    step_5, step_6, step_7, step_8 = step(5, 12), step(6, 10), step(7, 7), step(8, 3)
    mode_1, mode_2, mode_3, mode_4 = mode(1), mode(2), mode(3), mode(4)
    mode_5, mode_6, mode_7, mode_8 = mode(5), mode(6), mode(7), mode(8)
    steps = Switch("Steps", ("1", "2", "3", "4", "5", "6", "7", "8"), default=7)
    direction = Switch("Direction", ("forward", "backward", "pendulum", "random"))
    span = Switch("Range", ("1 octave", "2 octaves", "5 octaves"), default=1)
    scale = Switch("Scale", ("off", *SCALES), default=3, help="moves the steps to the nearest note of a scale")
    root = Switch("Root", NOTES)
    length = Knob("Length", 0.05, 1.0, default=0.5, help="of a gate that is on, as part of the time between two clocks")
    pitch = Output("V/Oct", "pitch")
    gate = Output("Gate", "gate")
    end = Output("End", "trigger", help="10 V for 1 ms as the sequence starts again")
    current = Output("Step", help="0 V on the first step, 7 V on the eighth")

    place = State(np.int64)  # in the cycle
    index = State(np.int64)  # of the step, 0–7
    is_armed = State(np.int64, initial=1)  # does the next clock play the first step?
    since_reset = State(np.int64, initial=2**40)  # frames
    since_clock = State(np.int64, initial=2**40)  # frames
    period = State(np.int64)  # frames between the last two clocks; 0 until there were two, and after a pause
    is_as_clock = State(np.int64)  # does the gate fall with its clock?
    gate_left = State(np.int64)  # frames
    gap_left = State(np.int64)  # frames for which the gate must stay low
    low_for = State(np.int64, initial=2**40)  # frames since the gate fell
    is_tied = State(np.int64)
    end_left = State(np.int64)  # frames
    dice = State(np.uint64, random=True)
    was_clock = State()
    was_reset = State()

    @kernel
    def process(
        clock, reset, transpose, step_1, step_2, step_3, step_4, step_5, step_6, step_7, step_8,
        mode_1, mode_2, mode_3, mode_4, mode_5, mode_6, mode_7, mode_8, steps, direction, span, scale, root, length,
        pitch, gate, end, current, place, index, is_armed, since_reset, since_clock, period, is_as_clock, gate_left,
        gap_left, low_for, is_tied, end_left, dice, was_clock, was_reset, sample_rate,
    ):  # fmt: skip
        all_steps = (step_1, step_2, step_3, step_4, step_5, step_6, step_7, step_8)
        all_modes = (mode_1, mode_2, mode_3, mode_4, mode_5, mode_6, mode_7, mode_8)
        millisecond = np.int64(MILLISECOND * sample_rate + ROUND_UP)
        for frame in range(pitch.shape[0]):
            count, way, in_scale = int(steps[frame]) + 1, int(direction[frame]), int(scale[frame])
            cycle = cycle_length(count, way)
            for voice in range(pitch.shape[1]):
                reset_high = schmitt(reset[frame, voice], was_reset[voice])
                clock_high = schmitt(clock[frame, voice], was_clock[voice])
                is_reset, ticks = reset_high > was_reset[voice], clock_high > was_clock[voice]
                was_reset[voice], was_clock[voice] = reset_high, clock_high
                since_reset[voice] += 1
                since_clock[voice] += 1

                plays = False
                if is_reset:
                    # The clock that came just before belongs to this reset, too.
                    plays = since_clock[voice] < millisecond
                    place[voice], since_reset[voice], is_armed[voice] = 0, 0, 0 if plays else 1
                    gate_left[voice], is_as_clock[voice], is_tied[voice], end_left[voice] = 0, 0, 0, 0
                if ticks and (is_armed[voice] or since_reset[voice] >= millisecond):
                    if not is_armed[voice]:
                        place[voice] += 1
                        end_left[voice] = millisecond if place[voice] >= cycle else end_left[voice]
                    is_pause = period[voice] > 0 and since_clock[voice] > PAUSE * period[voice]
                    period[voice] = 0 if is_pause or since_clock[voice] >= FOREVER_AGO else since_clock[voice]
                    plays, is_armed[voice], since_clock[voice] = True, 0, 0
                place[voice] %= cycle

                if plays and way == RANDOM:
                    dice[voice] = after(dice[voice])
                    index[voice] = np.int64(dice[voice] >> np.uint64(33)) % count
                elif way != RANDOM or is_reset:
                    index[voice] = step_at(place[voice], count, way)
                at = min(index[voice], count - 1)

                if plays:
                    gate_mode = int(all_modes[at][frame])
                    goes_on = is_tied[voice] and gate_left[voice] > 0
                    gap_left[voice] = 0 if goes_on else max(millisecond - low_for[voice], 0)
                    sounds = min(np.int64(length[frame] * np.float32(period[voice])), period[voice] - millisecond)
                    sounds = max(sounds, gap_left[voice] + millisecond)
                    gate_left[voice] = 0 if gate_mode == OFF else (FOREVER if gate_mode == TIE else sounds)
                    is_as_clock[voice], is_tied[voice] = gate_mode == ON and period[voice] == 0, gate_mode == TIE
                is_as_clock[voice] = is_as_clock[voice] and clock_high > ZERO
                is_high = (gate_left[voice] > 0 or is_as_clock[voice]) and gap_left[voice] == 0
                low_for[voice] = 0 if is_high else low_for[voice] + 1
                gate[frame, voice] = TEN if is_high else ZERO
                gate_left[voice] -= gate_left[voice] > 0
                gap_left[voice] -= gap_left[voice] > 0

                volts = all_steps[at][frame] * RANGES[int(span[frame])]
                note = quantised(volts, in_scale - 1, int(root[frame])) if in_scale > 0 else volts
                pitch[frame, voice] = note + transpose[frame, voice]
                end[frame, voice] = TEN if end_left[voice] > 0 else ZERO
                end_left[voice] -= end_left[voice] > 0
                current[frame, voice] = np.float32(at)
