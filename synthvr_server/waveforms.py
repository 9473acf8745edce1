"""The four waveforms over the phase, and the residuals of what makes them alias: jumps and corners, each at its time.

A phase is an int32, a cycle 2**32 of its steps: it wraps by itself and never drifts. All waveforms rise from ``START``.
The saw is the phase less a jump a cycle, the pulse nothing but jumps: whatever moves the phase, these are right as soon
as their times are. The triangle's corners also bend with it.
"""

from __future__ import annotations

import numpy as np

from .crossings import AHEAD, WINDOW, along, motion, path_of, reach, turned
from .dsp import clamp, inlined, rare, sin_turns
from .residuals import BEND, FIFTH, FOURTH, SLOPE, TAPS, THIRD, VALUE, insert

CYCLE = 2.0**32
START, QUARTER, HALF, THREE_QUARTERS = np.array([0, 2**30, -(2**31), -(2**30)], np.int32)
UNITS, TURNS, TAU = np.float32(CYCLE), np.float32(1 / CYCLE), np.float32(2 * np.pi)
VOLTS, EDGE = np.float32(5.0), np.float32(10.0)  # peak; height of the saw's and the pulse's edges
SAW_VOLTS, TRIANGLE_VOLTS = np.float32(2 * 5 / CYCLE), np.float32(4 * 5 / CYCLE)  # per step of the phase
CORNER = np.float32(2 * 4 * 5)  # V per turn, between the triangle's slopes
ZERO, ONE, TWO, THREE = (np.float32(x) for x in (0, 1, 2, 3))
FAST = TWO  # radians per frame: beyond, the residuals of high orders take more away than they mend
SINE, TRIANGLE, SAW, PULSE = np.arange(4, dtype=np.int32)
# Where they alias: the sine nowhere, the triangle at two corners (V per turn), the others at jumps (V), on the way up.
CORNERS = np.array([0, 2, 1, 1], np.int32)
PLACES = np.array([[START, START], [QUARTER, THREE_QUARTERS], [HALF, HALF], [START, START]], np.int32)
HEIGHTS = np.array([[0, 0], [-CORNER, CORNER], [-EDGE, -EDGE], [EDGE, EDGE]], np.float32)


@inlined
def sine_at(phase):
    """In volts, as all of them."""
    return sin_turns(np.float32(phase) * TURNS) * VOLTS


@inlined
def triangle_at(phase):
    """Rises until QUARTER, then falls until THREE_QUARTERS."""
    return abs(np.float32(np.int32(phase + QUARTER))) * TRIANGLE_VOLTS - VOLTS


@inlined
def saw_at(phase):
    """Rises until HALF, where it jumps down."""
    return np.float32(phase) * SAW_VOLTS


@inlined
def pulse_at(phase, edge):
    """Jumps up at START, and down where the phase is half a turn past ``edge``."""
    return VOLTS if np.int32(phase ^ HALF) < edge else -VOLTS


@inlined
def crossed(place, start, step):
    """Negative if the phase goes past ``place`` when ``step`` is added to ``start``: seen from there, an overflow."""
    start = np.int32(start - place + HALF)
    end = np.int32(start + step)
    return np.int32((start ^ end) & (step ^ end))


@inlined
def turns_to(place, phase):
    """From ``phase`` to ``place``, the shorter way."""
    return np.float32(np.int32(place - phase)) * TURNS


@inlined
def lowest_bit(bits):
    """The place of the lowest bit that is set: the exponent of what it stands for."""
    return (np.float32(bits & -bits).view(np.int32) >> np.int32(23)) - np.int32(127)


@inlined
def _seen(steps, edges, row, voice):
    """A step as seen from the pulse's edge, which moves too."""
    at, lane = np.uint64(row), np.uint64(voice)
    return np.float32(np.int32(steps[at, lane] - edges[at + np.uint64(1), lane] + edges[at, lane])) * TURNS


@inlined
def _step(steps, row, voice):
    return np.float32(steps[np.uint64(row), np.uint64(voice)]) * TURNS


@rare
def way(steps, row, voice):
    """The path through the frame whose step is the middle one of the seven from ``row`` on."""
    return path_of(
        _step(steps, row, voice), _step(steps, row + 1, voice), _step(steps, row + 2, voice),
        _step(steps, row + 3, voice), _step(steps, row + 4, voice), _step(steps, row + 5, voice),
        _step(steps, row + 6, voice),
    )  # fmt: skip


@rare
def way_apart(path, steps, edges, row, voice):
    """The same path as seen from the edge; that moves in a straight line where it rests nearby.

    A width that is held at its limit has a corner there, and a polynomial through a corner would swing.
    """
    at, lane, rests = np.uint64(row), np.uint64(voice), False
    for frame in range(WINDOW):
        rests |= edges[at + np.uint64(frame), lane] == edges[at + np.uint64(frame + 1), lane]
    if rests:
        apart = _seen(steps, edges, row + AHEAD, voice)
        return apart, path[1], path[2], path[3], path[4], path[5], path[6]
    return path_of(
        _seen(steps, edges, row, voice), _seen(steps, edges, row + 1, voice), _seen(steps, edges, row + 2, voice),
        _seen(steps, edges, row + 3, voice), _seen(steps, edges, row + 4, voice), _seen(steps, edges, row + 5, voice),
        _seen(steps, edges, row + 6, voice),
    )  # fmt: skip


@inlined
def even(values, row, voice):
    """Whether the seven values from ``row`` on are all alike."""
    lane, different = np.uint64(voice), np.int32(0)
    for frame in range(WINDOW - 1):
        different |= values[np.uint64(row + frame), lane] ^ values[np.uint64(row + frame + 1), lane]
    return different == 0


@inlined
def since(place, end, step):
    """Frames ago that the phase, now ``end``, went past ``place`` at an even pace."""
    return np.float32(np.int32(end - place)) / np.float32(step)


@rare
def turn_evenly(wave, ring, frame, voice, start, step, edge):
    """What a phase does to a waveform within a frame while nothing is modulated."""
    end = np.int32(start + step)
    forward = ONE if step > 0 else -ONE
    if wave == TRIANGLE:
        corner = CORNER * TURNS * abs(np.float32(step))
        if crossed(QUARTER, start, step) < 0:
            insert(SLOPE, ring, frame, voice, since(QUARTER, end, step), -corner)
        if crossed(THREE_QUARTERS, start, step) < 0:
            insert(SLOPE, ring, frame, voice, since(THREE_QUARTERS, end, step), corner)
    if wave == SAW and crossed(HALF, start, step) < 0:
        insert(VALUE, ring, frame, voice, since(HALF, end, step), -EDGE * forward)
    if wave == PULSE:
        if crossed(START, start, step) < 0:
            insert(VALUE, ring, frame, voice, since(START, end, step), EDGE * forward)
        if crossed(np.int32(edge ^ HALF), start, step) < 0:
            insert(VALUE, ring, frame, voice, since(edge, np.int32(end ^ HALF), step), -EDGE * forward)


@rare
def pass_by(order, height, ring, frame, voice, path, low, high, goal, past):
    """The residuals of a path that goes past ``goal`` between ``low`` and ``high``, or goes there and comes back.

    ``past``: whether it ends beyond. ``order`` VALUE is a jump by ``height`` V on the way up, SLOPE a corner by
    ``height`` V per turn.
    """
    peak, times = high, 1
    if not past:
        peak, times = turned(path, low, high), 2
        if peak < ZERO or not (along(path, peak)[0] - goal) * (along(path, low)[0] - goal) < ZERO:
            return
    for _ in range(times):
        x = reach(path, goal, low, peak)
        pace, bend, twist = motion(path, x)
        up, late = height if pace > ZERO else -height, ONE - x
        if order == VALUE:
            insert(VALUE, ring, frame, voice, late, up)
        else:
            insert(SLOPE, ring, frame, voice, late, up * pace)
            insert(BEND, ring, frame, voice, late, up * bend)
            insert(THIRD, ring, frame, voice, late, up * twist)
        low, peak = peak, high


@rare
def restart(wave, ring, frame, voice, path, x, phase, edge):
    """Hard sync: the waveform jumps from ``phase`` to its start, ``x`` frames into the frame."""
    late = ONE - x
    pace, bend, twist = motion(path, x)
    if wave == SINE:
        rate, swing = pace * TAU, bend * TAU  # radians per frame, and by frame
        sine, cosine = sine_at(phase), sin_turns(np.float32(phase) * TURNS + np.float32(0.25)) * VOLTS
        insert(VALUE, ring, frame, voice, late, -sine)
        insert(SLOPE, ring, frame, voice, late, (VOLTS - cosine) * rate)
        insert(BEND, ring, frame, voice, late, sine * rate * rate + (VOLTS - cosine) * swing)
        turning = THREE * sine * rate * swing + (VOLTS - cosine) * twist * TAU
        insert(THIRD, ring, frame, voice, late, (cosine - VOLTS) * rate * rate * rate + turning)
        rate = clamp(rate, -FAST, FAST)
        insert(FOURTH, ring, frame, voice, late, -sine * rate * rate * rate * rate)
        insert(FIFTH, ring, frame, voice, late, (VOLTS - cosine) * rate * rate * rate * rate * rate)
    if wave == TRIANGLE:
        insert(VALUE, ring, frame, voice, late, -triangle_at(phase))
        if np.int32(phase + QUARTER) < 0:
            insert(SLOPE, ring, frame, voice, late, CORNER * pace)
            insert(BEND, ring, frame, voice, late, CORNER * bend)
            insert(THIRD, ring, frame, voice, late, CORNER * twist)
    if wave == SAW:
        insert(VALUE, ring, frame, voice, late, -saw_at(phase))
    if wave == PULSE:
        insert(VALUE, ring, frame, voice, late, VOLTS - pulse_at(phase, edge))


@inlined
def started_anew(step, path, late):
    """The phase at the end of a frame in which it started anew, ``late`` frames before."""
    return np.int32(step - np.int32(along(path, ONE - late)[0] * UNITS))


@inlined
def recall(ring, tail, count):
    """Begin a chunk with what the one before left to come."""
    for frame in range(TAPS):
        for voice in range(ring.shape[1]):
            ring[frame, voice] = tail[frame, voice]
    for frame in range(TAPS, TAPS + count):
        for voice in range(ring.shape[1]):
            ring[frame, voice] = ZERO


@inlined
def befall(wave, ring, count, phases, steps, lates, flags, edges):
    """All that happens to a waveform in ``count`` frames: look where ``flags`` are negative, or ``lates`` above 0.

    ``steps``, and ``edges`` for the pulse, begin ``AHEAD`` frames before the others.
    """
    for frame in range(count):
        concerned = np.int32(0)
        for voice in range(ring.shape[1]):
            happens = (flags[frame, voice] < 0) | (lates[frame, voice] > ZERO)
            concerned |= np.int32(happens) << np.int32(voice)
        if concerned:
            happen(wave, ring, frame, np.int32(concerned), phases, steps, lates, edges)


@inlined
def happen(wave, ring, frame, concerned, phases, steps, lates, edges):
    """The same within one frame, to the voices whose bits are set in ``concerned``."""
    while concerned:
        voice = lowest_bit(concerned)
        concerned &= np.int32(concerned - 1)
        start, late, edge = phases[frame, voice], lates[frame, voice], edges[frame + AHEAD, voice]
        stands = (late == ZERO) & even(steps, frame, voice)
        if wave == PULSE:
            stands &= even(edges, frame + 1, voice) & (edge == edges[frame, voice])
        if stands:
            turn_evenly(wave, ring, frame, voice, start, steps[frame + AHEAD, voice], edge)
        else:
            turn(wave, ring, frame, voice, start, phases[frame + 1, voice], late, steps, edges)


@rare
def turn(wave, ring, frame, voice, start, end, late, steps, edges):
    """What a phase that is modulated, or starts anew ``late`` frames before the end, does to a waveform in a frame."""
    old, new = edges[frame + AHEAD, voice], edges[frame + AHEAD + 1, voice]
    path = way(steps, frame, voice)
    to_edge = way_apart(path, steps, edges, frame, voice)
    low, high, cut, edge, parts = ZERO, ONE, end, new, 1
    if late > ZERO:
        high, parts = ONE - late, 2
        come = along(path, high)[0]
        cut = np.int32(start + np.int32(come * UNITS))
        edge = np.int32(old + np.int32((come - along(to_edge, high)[0]) * UNITS))
        restart(wave, ring, frame, voice, path, high, cut, edge)
    for _ in range(parts):
        moved = np.int32(cut - start)
        begun = along(path, low)[0]
        for corner in range(CORNERS[wave]):
            place = PLACES[wave, corner]
            goal, past = begun + turns_to(place, start), crossed(place, start, moved) < 0
            order = SLOPE if wave == TRIANGLE else VALUE
            pass_by(order, HEIGHTS[wave, corner], ring, frame, voice, path, low, high, goal, past)
        if wave == PULSE:
            # By what the phase has moved, so that no jump of the width loses an edge.
            rise = (EDGE if moved > 0 else -EDGE) if crossed(START, start, moved) < 0 else ZERO
            jump = pulse_at(cut, edge) - pulse_at(start, old) - rise
            goal = along(to_edge, low)[0] + turns_to(old, np.int32(start ^ HALF))
            height = -abs(jump) if jump != ZERO else -EDGE
            pass_by(VALUE, height, ring, frame, voice, to_edge, low, high, goal, jump != ZERO)
        low, high, start, cut, old, edge = high, ONE, START, end, edge, new
