"""Ladder: in → drive → (+) → pole → pole → pole → pole ─┬→ out (12 dB: after the second pole)
                        ↑ −                           │
                        └── resonance ← saturation ←──┘

Four one-pole low-passes, trapezoidal, with the feedback solved inside the frame (Zavalishin, "The Art of VA Filter
Design", 2018). The saturation has no memory, so it limits the oscillation without pulling its pitch.

Driven, resonant in the upper octaves or with its cutoff moved at audio rate, it runs at four times the sample rate
(synthvr_server/oversampling.py), otherwise plainly, at a quarter of the cost. The plain way waits as long as the other
takes, so that one fades into the other without a click.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, inlined, ordered, select
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, Switch, kernel
from synthvr_server.oversampling import (
    CROSSED,
    DELAY_OF_FOUR,
    GENTLE,
    STEEP,
    WARM,
    crossed,
    fourfold,
    moved_on,
    quartered,
)

PI = np.float32(np.pi)
LOWEST, HIGHEST = np.float32(1e-4), np.float32(0.46)  # cutoff, of the sample rate, the highest of the rate it runs at
FEEDBACK = np.float32(4.5)  # at full resonance; four poles oscillate from 4, at 0.89
MADE_UP = np.float32(0.5)  # of what feedback takes from the passband: full resonance leaves −4.6 dB of it, not −14.8
KNEE = np.float32(5.5)  # V: the feedback saturates here, which sets the oscillation to ±5 V; at 12 dB at half of it
CEILING = np.float32(32.0)  # V: the same for the input, at no drive
FULL = np.float32(15 / 8)  # slope of the saturation at 0
NOISE = np.float32(1e-5 / 2**31)  # V per step of the noise that wakes the oscillation up
ZERO, HALF, ONE = np.float32([0.0, 0.5, 1.0])
CHUNK = 32  # frames worked on at once, in passes small enough for the registers; only the poles' own has a memory
TENTH = np.float32(0.1)
HALF_DECIBELS = np.float32(np.log2(10) / 40)

LATE = round(DELAY_OF_FOUR)  # frames
PLAIN, FOURFOLD = 0, 1  # the two ways
SOUND, OCTAVES, RESONANCE, BACK = range(4)  # what is brought to the other rate
# A pole's gain at a tenth of the sample rate, by way: from here on the fifth harmonic, the feedback's last, would fold.
BRIGHT_GAINS = tuple(np.float32(1 / (1 + 1 / np.tan(np.pi * cutoff))) for cutoff in (0.1, 0.025))
RESONANT = np.float32(0.05)  # V of feedback for one of the fourth pole: less bends nothing
LOOKS = (0, 5, 14, 25)  # frames of a chunk
SHARE_OF_A_LOOK = np.float32(1 / len(LOOKS))
FAST, FASTEST = np.float32(0.05), np.float32(0.5)  # octaves a frame, in the mean: audio rate; no frame counts for more
REMEMBERED = np.float32(960.0)  # frames: how long that mean is
HELD = 4800  # frames for which it stays at four times the rate, lest it go back and forth


@ordered
def bend(s):
    """saturated(t) / t for t² = ``s`` ≤ 1."""
    return FULL - s * (np.float32(10 / 8) - s * np.float32(3 / 8))


@inlined
def saturated(x):
    """Odd, ±1 from ±1 on, where slope and bend have vanished; in between its slope is ``FULL`` (1 − x²)².

    A quintic bends like a tanh, needs no division and gives a sine no harmonic above the fifth until it clips.
    """
    t = clamp(x, -ONE, ONE)
    return t * bend(t * t)


@inlined
def pole_gain(cutoff):
    """tan(π·cutoff) / (1 + tan(π·cutoff)) for a cutoff of up to 0.46 of the sample rate."""
    x = PI * cutoff
    s = x * x
    sine = x * (np.float32(945.0) - s * (np.float32(105.0) - s))
    cosine = np.float32(945.0) - s * (np.float32(420.0) - np.float32(15.0) * s)
    return sine / (sine + cosine)


@ordered
def advance(x, a, k, scale, s1, s2, s3, s4):
    """The four states after a frame of input ``x``.

    A frame takes as long as the way from these states through ``u`` to the next: all else is made ready beside it.
    """
    keep, a2, twice = ONE - a, a * a, a + a
    rest, back = scale * keep, ONE - twice
    # What the fourth pole would give if the feedback were linear. Saturating that, not the true output, is as if the
    # saturation were a little softer at high cutoffs; it saves an iteration.
    t = clamp((scale * (a2 * a2) * x + rest * (s4 + a * s3)) + rest * a2 * (s2 + a * s1), -ONE, ONE)
    u = x - k * t * bend(t * t)
    r1 = keep * s1
    r2 = keep * s2 + a * r1
    r3 = keep * s3 + a * r2
    n1, n2 = back * s1 + twice * u, (back * s2 + twice * r1) + twice * a * u
    n3, n4 = (back * s3 + twice * r2) + twice * a2 * u, (back * s4 + twice * r3) + twice * a * a2 * u
    return n1, n2, n3, n4


@inlined
def knee_at(slope):
    """V: two poles' oscillation is twice as high as four poles'."""
    return KNEE * (HALF + HALF * slope)


@inlined
def told(way, first, count, given, spread, audio, waiting, pitch, cutoff_cv, cutoff_amount, resonance_cv, rows):
    """Write what comes in to ``rows``: ``count`` frames of sound, and of the CVs as many as are ``given``."""
    shift = 2 * way
    for frame in range(given):
        # A signed index would be asked whether it counts from the end.
        row, here = np.uint64(frame << spread), np.uint64(first + (frame << spread >> shift))
        for voice in range(rows.shape[2]):
            rows[OCTAVES, row, voice] = pitch[here, voice] + cutoff_cv[here, voice] * cutoff_amount[here]
            rows[RESONANCE, row, voice] = resonance_cv[here, voice] * TENTH
    for frame in range(count):
        row, here = np.uint64(frame << shift), first + frame - (0 if way == FOURFOLD else LATE)
        if here >= 0:
            for voice in range(rows.shape[2]):
                rows[SOUND, row, voice] = audio[np.uint64(here), voice]
        else:
            for voice in range(rows.shape[2]):
                rows[SOUND, row, voice] = waiting[here + LATE, voice]


@inlined
def tuned(
    way, first, count, rows, cutoff, resonance, slope, sample_rate, gains, feedbacks, scales
):  # fmt: skip
    """Set all that the poles need to know in ``count`` rows; whether it is bright."""
    shift = 2 * way
    slower = np.float32(1.0 - 0.75 * way)
    for row in range(count):
        here = np.uint64(first + (row >> shift))
        for voice in range(gains.shape[1]):
            hz = cutoff[here] * exp2(rows[OCTAVES, row, voice])
            gains[row, voice] = clamp(hz * slower / sample_rate, LOWEST * slower, HIGHEST)
    for row in range(count):
        for voice in range(gains.shape[1]):
            gains[row, voice] = pole_gain(gains[row, voice])
    for row in range(count):
        here = np.uint64(first + (row >> shift))
        knee = knee_at(slope[here])
        for voice in range(gains.shape[1]):
            square = gains[row, voice] * gains[row, voice]
            k = FEEDBACK * clamp(resonance[here] + rows[RESONANCE, row, voice], ZERO, ONE)
            feedbacks[row, voice] = k * knee
            scales[row, voice] = (ONE / FULL) / (knee * (ONE + k * square * square))
    most = ZERO
    for voice in range(gains.shape[1]):
        most = max(most, select(feedbacks[0, voice] > RESONANT, gains[0, voice], ZERO))
    return most > BRIGHT_GAINS[way]


@inlined
def driven(way, first, count, stride, turned, rows, drive, slope, feedbacks):
    """Saturate the sound of ``count`` rows."""
    # Half of the drive lifts the signal, half lowers the ceiling: distorted, but not much louder.
    last = first + (count >> 2 * way) - 1
    half = exp2(drive[np.uint64(first)] * HALF_DECIBELS)
    growth = (exp2(drive[np.uint64(last)] * HALF_DECIBELS) - half) / np.float32(count)
    ceiling, lift, made_up = ZERO, ZERO, ZERO
    for frame in range(count):
        row = np.uint64(frame * stride)
        if turned or frame == 0:
            now = half + growth * np.float32(frame)
            ceiling, lift = CEILING / now, now * now / (CEILING * FULL)
            made_up = ceiling * MADE_UP / knee_at(slope[np.uint64(first + (frame >> 2 * way))])
        for voice in range(feedbacks.shape[1]):
            bent = saturated(rows[SOUND, frame, voice] * lift)
            rows[SOUND, frame, voice] = (ceiling + made_up * feedbacks[row, voice]) * bent


@inlined
def filtered(way, first, count, stride, rows, gains, feedbacks, scales, slope, poles, seed):
    """The poles' passes over ``count`` frames of ``rows``, in place."""
    p1, p2, p3, p4 = 4 * way, 4 * way + 1, 4 * way + 2, 4 * way + 3
    for frame in range(count):
        row = np.uint64(frame * stride)
        seed[0] = np.int32(seed[0] * np.int32(1664525) + np.int32(1013904223))
        hiss = np.float32(seed[0]) * NOISE
        fourth = HALF * slope[np.uint64(first + (frame >> 2 * way))]
        second = HALF - fourth
        for voice in range(rows.shape[2]):
            a, k, scale = gains[row, voice], feedbacks[row, voice], scales[row, voice]
            s1, s2, s3, s4 = poles[p1, voice], poles[p2, voice], poles[p3, voice], poles[p4, voice]
            n1, n2, n3, n4 = advance(rows[SOUND, frame, voice] + hiss, a, k, scale, s1, s2, s3, s4)
            poles[p1, voice], poles[p2, voice], poles[p3, voice], poles[p4, voice] = n1, n2, n3, n4
            rows[SOUND, frame, voice] = second * (n2 + s2) + fourth * (n4 + s4)


@inlined
def raised(signals, frames, rows, steep, gentle):
    """Every fourth row of the first so many ``rows`` becomes that row and the next three."""
    for what in range(signals):
        for frame in range(frames):
            at = np.uint64(4 * frame)
            for voice in range(rows.shape[2]):
                first, second, third, fourth = fourfold(rows[what, at, voice], steep[what], gentle[what], voice)
                rows[what, at, voice], rows[what, at + np.uint64(1), voice] = first, second
                rows[what, at + np.uint64(2), voice], rows[what, at + np.uint64(3), voice] = third, fourth


@inlined
def heard(way, start, count, share, step, only, rows, steep, gentle, out):
    """Write ``count`` frames to ``out``; the fourfold way's with a ``share`` that grows by ``step`` each frame."""
    for frame in range(count):
        here = np.uint64(start + frame)
        now = share + step * np.float32(frame + 1)
        if way == PLAIN:
            for voice in range(out.shape[1]):
                out[here, voice] = rows[SOUND, frame, voice]
        else:
            at = np.uint64(4 * frame)
            for voice in range(out.shape[1]):
                first, second = rows[SOUND, at, voice], rows[SOUND, at + np.uint64(1), voice]
                third, fourth = rows[SOUND, at + np.uint64(2), voice], rows[SOUND, at + np.uint64(3), voice]
                back = quartered(first, second, third, fourth, steep[BACK], gentle[BACK], voice)
                plain = select(only, ZERO, out[here, voice])
                out[here, voice] = plain + now * (back - plain)


@inlined
def restless(first, count, pitch, cutoff_cv, cutoff_amount, resonance_cv, motion):
    """Whether the CVs move at audio rate, in any voice. Looks at a few frames, at distances that no tone has."""
    share = np.float32(count) / REMEMBERED
    for voice in range(pitch.shape[1]):
        motion[voice] *= ONE - share
    for look in LOOKS:
        here = np.uint64(first + min(look, count - 1))
        after = np.uint64(first + min(look + 1, count - 1))
        for voice in range(pitch.shape[1]):
            octaves = pitch[after, voice] - pitch[here, voice]
            octaves += (cutoff_cv[after, voice] - cutoff_cv[here, voice]) * cutoff_amount[here]
            depth = (resonance_cv[after, voice] - resonance_cv[here, voice]) * TENTH
            motion[voice] += share * SHARE_OF_A_LOOK * clamp(abs(octaves) + abs(depth), ZERO, FASTEST)
    most = ZERO
    for voice in range(pitch.shape[1]):
        most = max(most, motion[voice])
    return most > FAST


class Ladder(Module):
    """Transistor-ladder low-pass, 12 or 24 dB per octave, that oscillates in tune at high resonance."""

    title = "Ladder"
    tags = ("filter", "polyphonic")
    dc_gain = 1.7  # of its drive
    latency = LATE / 48000

    audio = Input("In", "audio")
    pitch = Input("V/Oct", "pitch", help="moves the cutoff by one octave per volt")
    cutoff_cv = Input("Cutoff", help="at full amount one octave per volt")
    resonance_cv = Input("Resonance", help="10 V sweep the whole range")

    cutoff = Knob("Cutoff", 20.0, 20000.0, default=1000.0, unit="Hz", scale="log")
    resonance = Knob("Resonance", 0.0, 1.0, default=0.0, help="oscillates from about 0.9")
    drive = Knob("Drive", 0.0, 24.0, default=0.0, unit="dB")
    cutoff_amount = Knob("Cutoff amount", -1.0, 1.0, default=0.0)
    slope = Switch("Slope", ("12 dB", "24 dB"), default=1, glide=0.02)

    out = Output("Out", "audio")

    poles = State(np.float32, (8,), voices_last=True)  # four for each way
    seed = State(np.int32, random=True)
    waiting = State(np.float32, (LATE,), voices_last=True)  # the last frames of the input, for the plain way
    steep = State(np.float32, (4, STEEP), voices_last=True)
    gentle = State(np.float32, (4, GENTLE), voices_last=True)
    motion = State(np.float32)  # of the CVs, octaves a frame
    crossing = State(np.int32)  # see moved_on
    held = State(np.int32)  # frames for which the fourfold way is still wanted
    gains = Scratch(np.float32, (CHUNK,))  # of a pole; this and the next two by row: one a frame while something moves
    feedbacks = Scratch(np.float32, (CHUNK,))
    scales = Scratch(np.float32, (CHUNK,))  # of what the saturation sees
    rows = Scratch(np.float32, (3, CHUNK))  # sound, octaves and resonance

    @kernel
    def process(
        audio, pitch, cutoff_cv, resonance_cv, cutoff, resonance, drive, cutoff_amount, slope, out,
        pitch_plugged, cutoff_cv_plugged, resonance_cv_plugged, poles, seed, waiting, steep, gentle, motion,
        crossing, held, gains, feedbacks, scales, rows, sample_rate,
    ):  # fmt: skip
        voices = out.shape[1]
        patched = pitch_plugged or cutoff_cv_plugged or resonance_cv_plugged
        for chunk in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - chunk)
            # A knob glides one way within a block, so it stands if it ends where it begins.
            start, end = np.uint64(chunk), np.uint64(chunk + count - 1)
            turned = (cutoff[start] != cutoff[end]) | (resonance[start] != resonance[end])
            turned |= (drive[start] != drive[end]) | (slope[start] != slope[end])
            stride = 1 if patched or turned else 0
            if patched and restless(chunk, count, pitch, cutoff_cv, cutoff_amount, resonance_cv, motion):
                held[0] = HELD
            before, after = crossing[0], moved_on(crossing[0], (held[0] > 0) | (drive[start] > ZERO), count)
            crossing[0], held[0] = after, max(held[0] - count, 0)
            share = crossed(before)
            step = (crossed(after) - share) / np.float32(count)
            if before == CROSSED and after < CROSSED:
                for pole in range(4):
                    for voice in range(voices):
                        poles[pole, voice] = poles[4 + pole, voice]
            only = before == CROSSED and after == CROSSED
            for way in range(FOURFOLD if only else PLAIN, FOURFOLD + 1 if before + after > 0 else FOURFOLD):
                shift, spread = 2 * way, 2 * way if patched else 0
                for first in range(chunk, chunk + count, CHUNK >> shift):
                    frames = min(CHUNK >> shift, chunk + count - first)
                    length = frames << shift
                    given = length >> spread if stride else 1
                    told(
                        way, first, frames, given, spread,
                        audio, waiting, pitch, cutoff_cv, cutoff_amount, resonance_cv, rows,
                    )  # fmt: skip
                    if way == FOURFOLD:
                        raised(3 if patched else 1, frames, rows, steep, gentle)
                    given = length if stride else 1
                    if tuned(way, first, given, rows, cutoff, resonance, slope, sample_rate, gains, feedbacks, scales):
                        held[0] = HELD
                    driven(way, first, length, stride, turned, rows, drive, slope, feedbacks)
                    filtered(way, first, length, stride, rows, gains, feedbacks, scales, slope, poles, seed)
                    heard(
                        way,
                        first,
                        frames,
                        share + step * np.float32(first - chunk),
                        step,
                        only,
                        rows,
                        steep,
                        gentle,
                        out,
                    )
            if before < WARM and after >= WARM:
                for pole in range(4):
                    for voice in range(voices):
                        poles[4 + pole, voice] = poles[pole, voice]
        for frame in range(LATE):
            for voice in range(voices):
                waiting[frame, voice] = audio[np.uint64(out.shape[0] - LATE + frame), voice]
