"""Delay: in → + → delay line → low-pass (tone) → low-cut → wet ┬→ mix with in → out
             └─── limiter ← × feedback ←────────────────────────┘

The line is read between its frames, by polynomials through six of them (Lagrange's). A new time is reached as a tape
would, whose speed changes, or by a second head that is faded to.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined, select, sin_turns, softly, tan_turns
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, Switch, kernel

SHORTEST, LONGEST = 0.01, 2.0  # s
LOW_CUT = np.float32(20.0)  # Hz: an offset must not go round for ever
BRIGHTEST = np.float32(0.48)  # tone, of the sample rate
# V: the peaks of what goes round are bent from here on, and end there. Echoes of ±5 V get there with a feedback of
# more than 0.6. Each voice's level is bent, not its wave: a wave's new harmonics would fold, at 5 kHz to −35 dB.
KNEE, CEILING = np.float32(8.0), np.float32(12.0)
RECOVERY = 1.0  # s: in which that level forgets a peak
SLOWER, FASTER = 0.5, 1.0  # seconds that the time grows and shrinks by in one: an octave down, and an octave up
INERTIA = 0.04  # s: in which a tape takes up speed after its knob was turned
CORNER = 1000.0  # Hz: what a CV does to the time is smoothed above it, twice: no jump of it is heard as a click
FADE = np.float32(0.05)  # s
LEAST = 1e-9  # s: what is nearer to its aim is there

CHUNK = 32  # frames worked on at once: they are read before they are written, and never heard sooner than SHORTEST
TAPS = 6
ZERO, HALF, QUARTER, ONE, TWO = np.float32([0.0, 0.5, 0.25, 1.0, 2.0])
ROOT = np.float32(np.sqrt(2.0))
HIGHEST_CV = np.float32(10.0)


@inlined
def darkening(tone, sample_rate):
    """How much of the way to its input a one-pole goes in a frame that is 3 dB down at ``tone``.

    Of low-passes it is the one that bends a click the least: its first frame stays the highest, echo after echo.
    """
    sine = sin_turns(HALF * clamp(tone / sample_rate, ZERO, BRIGHTEST))
    u = TWO * sine * sine
    return np.sqrt(u * (u + TWO)) - u


@inlined
def nearer(now, aim, share):
    """A frame's way of a one-pole to its aim, where it arrives at last."""
    return select(abs(aim - now) > LEAST, now + share * (aim - now), aim)


@inlined
def share_of(seconds, sample_rate):
    """How much of its way a one-pole goes in a frame."""
    return 1.0 - np.exp(-1.0 / (seconds * sample_rate))


@inlined
def weigh(late, at, frame, size, weights, rows, voice):
    """Where in a line of ``size`` frames a sound ``late`` frames old begins, and what its six frames count."""
    place = np.float64(at + frame) - late
    whole = np.floor(place)
    d = np.float32(place - whole)
    row = np.int32(whole) - np.int32(TAPS // 2 - 1)
    rows[frame, voice] = select(row < np.int32(0), row + np.int32(size), row)
    a, b, e, f, g = d + TWO, d + ONE, d - ONE, d - TWO, d - np.float32(3.0)
    left, right = a * b * d, e * f * g
    weights[0, frame, voice] = b * d * right * np.float32(-1 / 120)
    weights[1, frame, voice] = a * d * right * np.float32(1 / 24)
    weights[2, frame, voice] = a * b * right * np.float32(-1 / 12)
    weights[3, frame, voice] = left * f * g * np.float32(1 / 12)
    weights[4, frame, voice] = left * e * g * np.float32(-1 / 24)
    weights[5, frame, voice] = left * e * f * np.float32(1 / 120)


@inlined
def read(line, row, weights, frame, voice):
    """Six frames from ``row`` on, weighed by those of ``frame``."""
    volts = ZERO
    for tap in range(TAPS):
        volts += weights[tap, frame, voice] * line[np.uint64(row + tap), voice]
    return volts


class Delay(Module):
    """Echoes, which grow darker as they repeat."""

    title = "Delay"
    tags = ("effect", "delay", "polyphonic")

    audio = Input("In", "audio")
    time_cv = Input("Time", help="every volt doubles the time")
    time = Knob("Time", SHORTEST, LONGEST, default=0.375, unit="s", scale="log")
    feedback = Knob("Feedback", 0.0, 1.0, default=0.4)
    tone = Knob("Tone", 200.0, 18000.0, default=5000.0, unit="Hz", scale="log", help="echoes lose what lies above")
    mix = Knob("Mix", 0.0, 1.0, default=0.35, help="0 is the input alone, 1 the echoes")
    change = Switch("Change", ("Tape", "Fade"), help="a new time: the pitch bends by up to an octave, or stays")
    out = Output("Out", "audio")

    line = State(shape=(LONGEST + 0.005,), voices_last=True)  # the first frames are there once more at its end
    at = State(np.int64)  # the row of the chunk's first frame: of the first voice's, for all
    aim = State(np.float64, (2,), voices_last=True)  # s: the knob's way, at no more than a tape's speed; and smoothed
    # s: the tape's way, where we read, where we fade to; smoothed once
    heads = State(np.float64, (4,), voices_last=True)
    faded = State()  # 0 … 1: how far
    poles = State(shape=(3,), voices_last=True)
    level = State()  # V: of what goes round
    weights = Scratch(shape=(TAPS, CHUNK))
    others = Scratch(shape=(TAPS, CHUNK))  # of the head that is faded to, like the next but one
    rows = Scratch(np.int32, (CHUNK,))
    other_rows = Scratch(np.int32, (CHUNK,))
    shares = Scratch(shape=(CHUNK,))  # of that head
    heard = Scratch(shape=(CHUNK,))

    @kernel
    def process(
        audio, time_cv, time, feedback, tone, mix, change, out, time_cv_plugged, sample_rate,
        line, at, aim, heads, faded, poles, level, weights, others, rows, other_rows, shares, heard,
    ):  # fmt: skip
        voices = out.shape[1]
        size = line.shape[0] - TAPS
        take_up, follow = share_of(INERTIA, sample_rate), share_of(1 / (2 * np.pi * CORNER), sample_rate)
        grow, shrink = SLOWER / sample_rate, FASTER / sample_rate
        forget = np.float32(1.0 - share_of(RECOVERY, sample_rate))
        step = ONE / (FADE * sample_rate)
        cut = tan_turns(HALF * LOW_CUT / sample_rate)
        solved = ONE / (ONE + cut * (cut + ROOT))
        for first in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - first)
            # A knob glides one way within a block, so it stands if it ends where it begins.
            moving = time_cv_plugged or time[first] != time[first + count - 1]
            fading = False
            for voice in range(voices):
                knob = np.float64(time[first])
                moving |= (heads[1, voice] != knob) | (aim[1, voice] != knob) | (faded[voice] != ZERO)
            for frame in range(count if moving else 1):
                here = np.uint64(first + frame)
                knob, by_tape = np.float64(time[here]), change[here] < HALF
                for voice in range(voices):
                    fresh = heads[1, voice] == 0.0
                    bend = np.float64(exp2(clamp(time_cv[here, voice], -HIGHEST_CV, HIGHEST_CV)))
                    wanted = clamp(knob * bend, SHORTEST, LONGEST)
                    run = select(fresh, knob, aim[0, voice])
                    run = clamp(knob, run - shrink, run + grow)
                    smooth = nearer(select(fresh, knob, aim[1, voice]), run, take_up)
                    aim[0, voice], aim[1, voice] = run, smooth
                    now, share = select(fresh, wanted, heads[1, voice]), faded[voice]
                    # By tape: to what knob and CV say together, when no fade is on its way.
                    still = share == ZERO
                    tape = select(fresh, wanted, heads[0, voice])
                    tape = clamp(clamp(smooth * bend, SHORTEST, LONGEST), tape - shrink, tape + grow)
                    moves = by_tape & still
                    heads[0, voice] = select(moves, tape, now)
                    smoothed = nearer(select(fresh, wanted, heads[3, voice]), tape, follow)
                    heads[3, voice] = select(moves, smoothed, now)
                    now = select(moves, nearer(now, smoothed, follow), now)
                    # By fade: to where the time is when it begins.
                    begins = (not by_tape) & still & (abs(wanted - now) > LEAST)
                    aside = select(begins, wanted, select(still, now, heads[2, voice]))
                    share = select(begins | (not still), share + step, share)
                    arrived = share >= ONE
                    heads[1, voice], heads[2, voice] = select(arrived, aside, now), aside
                    faded[voice] = select(arrived, ZERO, share)
                    share = select(arrived, ONE, share)
                    shares[frame, voice] = HALF - HALF * sin_turns(HALF * share + QUARTER)
                    fading |= share > ZERO
                    weigh(now * sample_rate, at[0], frame, size, weights, rows, voice)
                    weigh(aside * sample_rate, at[0], frame, size, others, other_rows, voice)
            if moving:
                for frame in range(count):
                    for voice in range(voices):
                        heard[frame, voice] = read(line, rows[frame, voice], weights, frame, voice)
            else:
                for frame in range(count):
                    row = rows[0, 0] + frame
                    row -= size if row >= size else 0
                    for voice in range(voices):
                        heard[frame, voice] = read(line, row, weights, 0, voice)
            if fading:
                for frame in range(count):
                    for voice in range(voices):
                        aside = read(line, other_rows[frame, voice], others, frame, voice)
                        heard[frame, voice] += shares[frame, voice] * (aside - heard[frame, voice])
            darken = darkening(tone[first], sample_rate)
            for frame in range(count):
                here = np.uint64(first + frame)
                row = np.uint64(at[0] + frame if at[0] + frame < size else at[0] + frame - size)
                if tone[here] != tone[np.uint64(first)]:
                    darken = darkening(tone[here], sample_rate)
                for voice in range(voices):
                    x = poles[0, voice] + darken * (heard[frame, voice] - poles[0, voice])
                    poles[0, voice] = x
                    s1, s2 = poles[1, voice], poles[2, voice]
                    band = solved * (s1 + cut * (x - s2))
                    low = s2 + cut * band
                    poles[1, voice], poles[2, voice] = TWO * band - s1, TWO * low - s2
                    wet = x - ROOT * band - low
                    dry = audio[here, voice]
                    back = feedback[here] * wet
                    peak = level[voice] * forget
                    peak = select(abs(back) > peak, abs(back), peak)
                    level[voice] = peak
                    peak = select(peak > ONE, peak, ONE)
                    line[row, voice] = dry + back * (softly(peak, KNEE, CEILING) / peak)
                    out[here, voice] = dry + mix[here] * (wet - dry)
                if row < np.uint64(TAPS):
                    for voice in range(voices):
                        line[np.uint64(size) + row, voice] = line[row, voice]
            at[0] = at[0] + count if at[0] + count < size else at[0] + count - size
