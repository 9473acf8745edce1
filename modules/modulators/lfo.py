"""LFO: rate × 2^(V/oct), or clock × ratio, towards the clock's phase → phase (reset → 0) → sine, triangle, saw, square

The phase is a whole number, 2³² to the turn, and wraps by itself: no LFO is too slow to keep its pitch. A clock never
moves it at once: what it lies off is spread over a turn, or over a clock where that is longer. Ahead of the clock, it
waits; it hurries only where it lies a little behind.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined, schmitt, select, sin_turns
from synthvr_server.module import LFO_HZ, Input, Knob, Module, Output, Scratch, State, Switch, kernel

ZERO, HALF, ONE, TWO, FOUR = (np.float32(x) for x in (0, 0.5, 1, 2, 4))
FIVE = np.float32(5.0)  # V: ±5 V bipolar, 0–10 V unipolar
QUARTER, TENTH = np.float32(0.25), np.float32(0.1)
FASTEST = np.float32(1000.0)  # Hz: the edges are not band-limited
UNITS, PER_UNIT = np.float32(2.0**32), np.float32(2.0**-32)  # of phase in a turn
HALF_A_TURN = np.float32(2.0**31)  # units
NARROWEST = np.float32(0.01)  # of a turn
PER_LFO_HZ = np.float32(1.0 / LFO_HZ)
LONGEST_CLOCK = 60.0  # s between two clocks
PAUSE = np.float32(4.0)  # clocks: if none came for longer, what comes then says nothing of the tempo
MILLISECOND = np.float32(0.001)
# How far behind (turns) it hurries: a new clock finds it anywhere; one that it follows may have become faster.
BEHIND_A_NEW, BEHIND = np.float32(1 / 64), np.float32(0.25)


@inlined
def off(phase, clocks, ratio, reach):
    """How far the phase lies behind (above 0) or ahead of where ``clocks`` clocks have led, in turns."""
    per_clock = select(
        ratio < ONE, np.int32(HALF_A_TURN * select(ratio < ONE, ratio, ZERO)) << np.int32(1), np.int32(0)
    )
    turns = np.float32(np.int32(clocks * per_clock - phase)) * PER_UNIT
    return select(turns > reach, turns - ONE, turns)


class LFO(Module):
    """A slow oscillator that moves things: vibrato, tremolo, sweeps."""

    title = "LFO"
    tags = ("modulator", "polyphonic")

    rate_cv = Input("V/Oct", "pitch", help="0 V leaves the rate as the knob says; every volt doubles it")
    clock = Input("Clock", "trigger", help="a turn per clock, times knob and V/Oct in powers of 2 (2 Hz is ×1)")
    reset = Input("Reset", "trigger", help="starts the turn again, at once")
    width_cv = Input("PW CV", help="10 V adds 100 % to the pulse width")
    rate = Knob("Rate", 0.01, 100.0, default=2.0, unit="Hz", scale="log", help="its own until two clocks have come")
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
    since_clock = State(initial=2.0**24)  # frames
    period = State()  # frames between the last two clocks; 0 until there were two
    doubtful = State()  # did the last clock come after a pause?
    clocks = State(np.int32, initial=-1)  # since the turn that began with a reset or the first clock
    pull = State()  # turns per frame, towards the clock's phase
    pull_left = State()  # frames
    pace = Scratch()  # turns per frame

    @kernel
    def process(
        rate_cv, clock, reset, width_cv, rate, width, polarity, sine, triangle, saw, square, phase, fraction, was_reset,
        was_clock, since_clock, period, doubtful, clocks, pull, pull_left, pace, clock_plugged, sample_rate,
    ):  # fmt: skip
        voices = sine.shape[1]
        fastest, longest = FASTEST / sample_rate, np.float32(LONGEST_CLOCK) * sample_rate
        millisecond = MILLISECOND * sample_rate
        if not clock_plugged:
            for voice in range(voices):
                since_clock[voice], period[voice], clocks[voice] = longest, ZERO, np.int32(-1)
                pull_left[voice], was_clock[voice] = ZERO, ZERO
        for frame in range(sine.shape[0]):
            own = rate[frame] / sample_rate
            for voice in range(voices):
                high = schmitt(reset[frame, voice], was_reset[voice])
                starts = high > was_reset[voice]
                was_reset[voice] = high
                phase[voice] = select(starts, np.int32(0), phase[voice])
                pull_left[voice] = select(starts, ZERO, pull_left[voice])
                # The clock that came just before belongs to this reset, too.
                first = select(since_clock[voice] < millisecond, np.int32(0), np.int32(-1))
                clocks[voice] = select(starts, first, clocks[voice])
                pace[voice] = clamp(own * exp2(rate_cv[frame, voice]), ZERO, fastest)
            if clock_plugged:
                octaves = np.float32(np.log2(rate[frame] * PER_LFO_HZ)) + HALF
                for voice in range(voices):
                    high = schmitt(clock[frame, voice], was_clock[voice])
                    ticks = high > was_clock[voice]
                    was_clock[voice] = high
                    passed = clamp(since_clock[voice] + ONE, ONE, longest)  # as long as can be, if there was none
                    since_clock[voice] = select(ticks, ZERO, passed)
                    clocks[voice] += select(ticks, np.int32(1), np.int32(0))

                    known = period[voice]
                    is_pause = (passed > PAUSE * known) & (known > ZERO) & (doubtful[voice] == ZERO)
                    measured = select(is_pause, known, select(passed < longest, passed, ZERO))
                    period[voice] = select(ticks, measured, known)
                    doubtful[voice] = select(ticks, select(is_pause, ONE, ZERO), doubtful[voice])

                    follows = period[voice] > ZERO
                    # Whole numbers of turns per clock, or of clocks per turn.
                    ratio = exp2(np.floor(octaves + rate_cv[frame, voice]))
                    clocked = ratio / select(follows, period[voice], ONE)
                    pace[voice] = select(follows, clocked, pace[voice])
                    reach = select(known > ZERO, BEHIND, BEHIND_A_NEW)
                    lies_off = off(phase[voice], clocks[voice], ratio, reach)
                    span = select(pace[voice] > ZERO, ONE / pace[voice], ONE)
                    span = select(span > period[voice], span, period[voice])
                    # A turn of many clocks is corrected once, not anew with every clock.
                    goes_on = (pull_left[voice] > HALF * period[voice]) & (known > ZERO)
                    left = select(goes_on, pull_left[voice], span)
                    pull_left[voice] = select(ticks, left, pull_left[voice])
                    pull[voice] = select(ticks, lies_off / left, pull[voice])

                    pace[voice] += select(pull_left[voice] > ZERO, pull[voice], ZERO)
                    pace[voice] = clamp(pace[voice], ZERO, fastest)
                    pull_left[voice] = select(pull_left[voice] > ONE, pull_left[voice] - ONE, ZERO)
            offset = FIVE * polarity[frame]
            for voice in range(voices):
                now = np.float32(phase[voice]) * PER_UNIT
                now = select(now < ZERO, now + ONE, now)
                units = fraction[voice] + pace[voice] * UNITS
                whole = np.floor(units)
                fraction[voice] = units - whole
                phase[voice] = np.int32(phase[voice] + np.int32(whole))

                quarter_on = now + QUARTER
                quarter_on -= np.floor(quarter_on)
                pulse = clamp(width[frame] + TENTH * width_cv[frame, voice], NARROWEST, ONE - NARROWEST)
                sine[frame, voice] = FIVE * sin_turns(now) + offset
                triangle[frame, voice] = FIVE * (ONE - abs(FOUR * quarter_on - TWO)) + offset
                saw[frame, voice] = FIVE * (TWO * now - ONE) + offset
                square[frame, voice] = select(now < pulse, FIVE, -FIVE) + offset
