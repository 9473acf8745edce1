"""LFO: rate × 2^(V/oct), or clock × ratio → phase (reset → 0) → sine, triangle, saw, square

The phase is a whole number, 2³² to the turn, and wraps by itself: no LFO is too slow to keep its pitch.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, schmitt, select, sin_turns
from synthvr_server.module import LFO_HZ, Input, Knob, Module, Output, State, Switch, kernel

ZERO, HALF, ONE, TWO, FOUR = (np.float32(x) for x in (0, 0.5, 1, 2, 4))
FIVE = np.float32(5.0)  # V: ±5 V bipolar, 0–10 V unipolar
QUARTER, TENTH = np.float32(0.25), np.float32(0.1)
FASTEST = np.float32(1000.0)  # Hz: the edges are not band-limited
UNITS, PER_UNIT = np.float32(2.0**32), np.float32(2.0**-32)  # of phase in a turn
NARROWEST = np.float32(0.01)  # of a turn
PER_LFO_HZ = np.float32(1.0 / LFO_HZ)
LONGEST_CLOCK = np.float32(60.0)  # s between two clocks


class LFO(Module):
    """A slow oscillator that moves things: vibrato, tremolo, sweeps."""

    title = "LFO"
    tags = ("modulator", "polyphonic")

    rate_cv = Input("V/Oct", "pitch", help="0 V leaves the rate as the knob says; every volt doubles it")
    clock = Input("Clock", "trigger", help="plugged: a turn per clock, times the rate knob in powers of 2 (2 Hz is ×1)")
    reset = Input("Reset", "trigger", help="starts the turn again")
    width_cv = Input("PW CV", help="10 V adds 100 % to the pulse width")
    rate = Knob("Rate", 0.01, 100.0, default=2.0, unit="Hz", scale="log")
    width = Knob("Width", 0.01, 0.99, default=0.5, help="the part of a turn for which the square is high")
    polarity = Switch("Range", ("±5 V", "0–10 V"), glide=0.02)
    sine = Output("Sine", help="rises through its middle as a turn starts")
    triangle = Output("Tri", help="rises through its middle as a turn starts")
    saw = Output("Saw", help="rises from bottom to top over a turn")
    square = Output("Square", help="high as a turn starts")

    phase = State(np.int32)  # 2³² make a turn
    fraction = State()  # of one unit of the phase
    was_reset = State()
    was_clock = State()
    since_clock = State()  # frames
    period = State()  # frames between the last two clocks; 0 until there were two

    @kernel
    def process(
        rate_cv, clock, reset, width_cv, rate, width, polarity, sine, triangle, saw, square,
        phase, fraction, was_reset, was_clock, since_clock, period, clock_plugged, sample_rate,
    ):  # fmt: skip
        voices = sine.shape[1]
        per_frame = ONE / sample_rate
        longest = LONGEST_CLOCK * sample_rate
        for frame in range(sine.shape[0]):
            offset = FIVE * polarity[frame]
            # The knob's ratio to 2 Hz, as a power of 2: whole numbers of turns per clock, or of clocks per turn.
            ratio = ONE
            if clock_plugged:
                ratio = exp2(np.floor(np.float32(np.log2(rate[frame] * PER_LFO_HZ)) + HALF))
            for voice in range(voices):
                reset_high = schmitt(reset[frame, voice], was_reset[voice])
                clock_high = schmitt(clock[frame, voice], was_clock[voice])
                ticks, counted, known = clock_high > was_clock[voice], since_clock[voice] + ONE, period[voice]
                heard = select(ticks, select((counted < longest) & (since_clock[voice] > ZERO), counted, ZERO), known)

                octaves = exp2(rate_cv[frame, voice])
                hertz = rate[frame] * octaves
                clocked = select(heard > ZERO, octaves * ratio / select(heard > ZERO, heard, ONE), ZERO)
                step = select(clock_plugged, clocked, clamp(hertz, ZERO, FASTEST) * per_frame)
                turn = select(reset_high > was_reset[voice], np.int32(0), phase[voice])
                was_reset[voice], was_clock[voice], period[voice] = reset_high, clock_high, heard
                since_clock[voice] = select(ticks, ZERO, counted)
                units = fraction[voice] + step * UNITS
                whole = np.floor(units)
                fraction[voice] = units - whole
                phase[voice] = np.int32(turn + np.int32(whole))

                now = np.float32(turn) * PER_UNIT
                now = select(now < ZERO, now + ONE, now)
                quarter_on = now + QUARTER
                quarter_on -= np.floor(quarter_on)
                pulse = clamp(width[frame] + TENTH * width_cv[frame, voice], NARROWEST, ONE - NARROWEST)
                sine[frame, voice] = FIVE * sin_turns(now) + offset
                triangle[frame, voice] = FIVE * (ONE - abs(FOUR * quarter_on - TWO)) + offset
                saw[frame, voice] = FIVE * (TWO * now - ONE) + offset
                square[frame, voice] = select(now < pulse, FIVE, -FIVE) + offset
