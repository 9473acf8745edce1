"""Reverb: in → low-cut → 4 allpasses ┬→ first echoes, others on each side ────────────────┬→ + ─→ wet, mixed with in
                                   └→ + → 16 delay lines → damping → low-cut ┬→ signs ─┘
                                      └──── every line into every line ←─────┘

A feedback delay network (Jot and Chaigne, "Digital delay networks for designing artificial reverberators", 1991). What
comes out of the lines goes back by ±¼ of each to each: as a matrix it is orthogonal, and no single path is louder than
another. Echoes are soon thousands a second, and lengths that sway a little leave no line to ring.
"""

import numpy as np

from synthvr_server.dsp import exp2, inlined, select, sin_turns, softly
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, kernel

LINES = 16
SHORTEST, LONGEST = 0.0191, 0.1171  # s
LENGTHS = (SHORTEST * (LONGEST / SHORTEST) ** (np.arange(LINES) / (LINES - 1))).astype(np.float32)
# Neighbours in the mix are apart in length, and each sways at a rate of its own.
ORDER = np.array([0, 7, 13, 4, 10, 1, 15, 8, 5, 12, 2, 9, 14, 3, 6, 11])
LENGTHS = LENGTHS[ORDER]
POINTS = 4  # frames between which a line is read, by a polynomial through them (Lagrange's)
SWAY = np.float32(0.0003)  # s: at most 4.2 cents
RATES = np.linspace(0.4, 1.3, LINES).astype(np.float32)[ORDER[::-1]]  # Hz
SPREAD = (np.arange(LINES) / LINES).astype(np.float32)  # turns of phase between the lines

DIFFUSERS = np.array([0.00479, 0.00361, 0.01271, 0.00931], np.float32)  # s: a click is a burst before it enters
DIFFUSION = np.float32(0.62)
FALL = np.float32(-2 * np.log2(10.0))  # octaves in the time that the size knob says: 40 dB
BRIGHTEST, DARKENING = np.float32(18_000.0), np.float32(-np.log2(18.0))  # Hz, and octaves that full damping takes
PASS = np.float32(0.072)  # s: the highs lose in so much what a low-pass at that frequency takes
MATCHED = np.float32(4000.0)  # Hz, where they lose exactly that
LOW_CUT, ROUND_CUT = np.float32(20.0), np.float32(2.0)  # Hz: before the lines, and in each: no offset goes round
# A room of any size is about as loud as what excites it.
LEVEL = np.float32(0.235)  # of each line
KNEE, CEILING = np.float32(12.0), np.float32(20.0)  # V: a note held in a room of 10 s would gather up to 50 V
FIRST = np.array([0.42, 0.33, 0.24, 0.17], np.float32)  # echoes
FIRST_LEFT = np.array([0.0064, 0.0119, 0.0187, 0.0273], np.float32)  # s
FIRST_RIGHT = np.array([0.0077, 0.0133, 0.0209, 0.0299], np.float32)
SIGNS_LEFT = np.array([1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1], np.float32)
SIGNS_RIGHT = np.array([1, -1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1, -1, 1, -1, 1], np.float32)
SIGNS_IN = np.array([1, 1, -1, 1, 1, -1, 1, -1, 1, 1, 1, -1, -1, 1, 1, 1], np.float32)
ZERO, HALF, ONE, TWO = np.float32([0.0, 0.5, 1.0, 2.0])
TAU = np.float32(2 * np.pi)


@inlined
def damp(gains, poles, size, damping, sample_rate):
    """What a round through each line leaves, and the pole of its low-pass, so that all fall alike at every pitch."""
    ratio = MATCHED / (BRIGHTEST * exp2(DARKENING * damping))
    highs = -np.float32(np.log2(ONE + ratio * ratio)) / PASS  # octaves of power a second
    cosine = sin_turns(MATCHED / sample_rate + np.float32(0.25))
    for line in range(LINES):
        gains[line, 0] = exp2(FALL * LENGTHS[line] / size)
        power = exp2(highs * LENGTHS[line])
        rest, bend = ONE - power, ONE - power * cosine
        poles[line, 0] = rest / (bend + np.sqrt(bend * bend - rest * rest))


@inlined
def back_from(at, seconds, size, sample_rate):
    """The row of a ring of ``size`` that was written so long ago."""
    row = at - np.int64(seconds * sample_rate + HALF)
    return row + size if row < 0 else row


@inlined
def diffused(x, number, ring, at, sample_rate):
    """An allpass of the given number: a click becomes a row of them, and no pitch gets louder."""
    late = ring[number, back_from(at, DIFFUSERS[number], ring.shape[1], sample_rate), 0]
    fresh = x - DIFFUSION * late
    ring[number, at, 0] = fresh
    return late + DIFFUSION * fresh


class Reverb(Module):
    """Puts a sound into a room."""

    title = "Reverb"
    tags = ("effect", "reverb", "stereo")
    channels = 1

    audio = Input("In", "audio")
    size = Knob("Size", 0.1, 10.0, default=1.5, unit="s", scale="log", help="time in which the room falls by 40 dB")
    damping = Knob("Damping", 0.0, 1.0, default=0.4, help="how fast high notes die away")
    mix = Knob("Mix", 0.0, 1.0, default=0.3, help="0 is the input alone, 1 the room")
    left = Output("Left", "audio")
    right = Output("Right", "audio")

    lines = State(shape=(LONGEST + 0.002, LINES), voices_last=True)
    ring = State(shape=(len(DIFFUSERS) + 1, 0.0305), voices_last=True)  # of the allpasses, and of the first echoes
    at = State(np.int64, (2,), voices_last=True)  # the rows that are written next, of the lines and of the ring
    cut = State(voices_last=True)  # what the low-cut takes away
    sway = State(shape=(LINES,), voices_last=True)  # turns
    gains = State(shape=(LINES,), voices_last=True)
    poles = State(shape=(LINES,), voices_last=True)
    dark = State(shape=(LINES,), voices_last=True)  # of the low-passes
    offsets = State(shape=(LINES,), voices_last=True)  # what the low-cuts take away
    heard = Scratch(shape=(LINES,))
    rows = Scratch(np.int32, (LINES,))
    weights = Scratch(shape=(POINTS, LINES))

    @kernel
    def process(
        audio, size, damping, mix, left, right, sample_rate,
        lines, ring, at, cut, sway, gains, poles, dark, offsets, heard, rows, weights,
    ):  # fmt: skip
        frames, length = left.shape[0], lines.shape[0] - POINTS  # the first rows are there once more at the end
        low_cut, round_cut = TAU * LOW_CUT / sample_rate, TAU * ROUND_CUT / sample_rate
        damp(gains, poles, size[0], damping[0], sample_rate)
        for frame in range(frames):
            if frame > 0 and (size[frame] != size[frame - 1] or damping[frame] != damping[frame - 1]):
                damp(gains, poles, size[frame], damping[frame], sample_rate)
            now, dry = np.int32(at[0, 0]), audio[frame, 0]
            x = dry - cut[0]
            cut[0] += low_cut * x
            for number in range(DIFFUSERS.shape[0]):
                x = diffused(x, number, ring, at[1, 0], sample_rate)
            for line in range(LINES):
                turns = sway[line, 0] + RATES[line] / sample_rate
                turns -= np.floor(turns)
                sway[line, 0] = turns
                late = (LENGTHS[line] + SWAY * sin_turns(turns + SPREAD[line])) * sample_rate
                whole = np.floor(late)
                d = late - whole  # backwards from the later of the two frames in the middle
                row = now - np.int32(whole) - np.int32(2)
                rows[line, 0] = select(row < np.int32(0), row + np.int32(length), row)
                a, b, c = d + ONE, d - ONE, d - TWO
                weights[0, line, 0] = a * d * b * np.float32(1 / 6)
                weights[1, line, 0] = a * d * c * -HALF
                weights[2, line, 0] = a * b * c * HALF
                weights[3, line, 0] = d * b * c * np.float32(-1 / 6)
            for line in range(LINES):
                volts = ZERO
                for point in range(POINTS):
                    volts += weights[point, line, 0] * lines[np.uint64(rows[line, 0] + point), line, 0]
                heard[line, 0] = volts
            room_left, room_right = ZERO, ZERO
            for line in range(LINES):
                pole = poles[line, 0]
                dark[line, 0] = heard[line, 0] * (ONE - pole) + dark[line, 0] * pole
                volts = gains[line, 0] * dark[line, 0] - offsets[line, 0]
                offsets[line, 0] += round_cut * volts
                heard[line, 0] = volts
                room_left += SIGNS_LEFT[line] * volts
                room_right += SIGNS_RIGHT[line] * volts
            # I − ½ in every group of four, and once more across the groups: all that is left of each in each is ±¼.
            for group in range(0, LINES, 4):
                half = HALF * (heard[group, 0] + heard[group + 1, 0] + heard[group + 2, 0] + heard[group + 3, 0])
                for line in range(4):
                    heard[group + line, 0] -= half
            for line in range(4):
                half = HALF * (heard[line, 0] + heard[line + 4, 0] + heard[line + 8, 0] + heard[line + 12, 0])
                for group in range(0, LINES, 4):
                    heard[group + line, 0] -= half
            for line in range(LINES):
                lines[np.uint64(now), line, 0] = heard[line, 0] + SIGNS_IN[line] * x
            if now < POINTS:
                for line in range(LINES):
                    lines[np.uint64(length + now), line, 0] = lines[np.uint64(now), line, 0]
            room_left, room_right = LEVEL * room_left, LEVEL * room_right
            for echo in range(FIRST.shape[0]):
                past = ring[DIFFUSERS.shape[0]]
                room_left += FIRST[echo] * past[back_from(at[1, 0], FIRST_LEFT[echo], past.shape[0], sample_rate), 0]
                room_right += FIRST[echo] * past[back_from(at[1, 0], FIRST_RIGHT[echo], past.shape[0], sample_rate), 0]
            ring[DIFFUSERS.shape[0], at[1, 0], 0] = x
            at[0, 0] = at[0, 0] + 1 if at[0, 0] + 1 < length else 0
            at[1, 0] = at[1, 0] + 1 if at[1, 0] + 1 < ring.shape[1] else 0
            left[frame, 0] = dry + mix[frame] * (softly(room_left, KNEE, CEILING) - dry)
            right[frame, 0] = dry + mix[frame] * (softly(room_right, KNEE, CEILING) - dry)
