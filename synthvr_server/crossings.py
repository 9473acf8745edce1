"""When a moving phase passes a place, or a signal rises through 0 V, between two frames.

A straight line between the frames is right only for what stands still: under audio-rate modulation it errs by
hundredths of a frame, which is heard as alias at −40 dB. A phase goes along the polynomial through the eight frames
around (`path_of`); a signal is smoothed first, so that what lies near half the sample rate moves nothing (`risen`).
Both look ``AHEAD`` frames ahead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .dsp import clamp, inlined, rare, select

AHEAD = 3  # frames that must be known beyond the one that ends here
WINDOW = 2 * AHEAD + 1  # steps of a path; frames of a smoothed value

ZERO, HALF, ONE, TWO, THREE = (np.float32(x) for x in (0, 0.5, 1, 2, 3))
SOONEST = np.float32(1e-6)
CLOSE = np.float32(1e-6)  # frames: as near as float32 comes
MOST = 12  # attempts to come close; four do but where a phase turns round


@inlined
def bring(known, room):
    """Begin a chunk with what is still needed of the one before."""
    for frame in range(known.shape[0]):
        for voice in range(known.shape[1]):
            room[frame, voice] = known[frame, voice]


@inlined
def keep(room, count, known):
    """Keep what is needed after a chunk of ``count`` frames."""
    for frame in range(known.shape[0]):
        for voice in range(known.shape[1]):
            known[frame, voice] = room[frame + count, voice]


@inlined
def path_of(a, b, c, d, e, f, g):
    """The way of a phase within a frame, from its steps in seven: ``d`` is this frame's, ``a`` the oldest.

    Newton's form of the polynomial of degree 7 through the frames 0, 1, −1, 2, −2, 3, −3, 4 (0 begins this one).
    """
    bc, cd, de, ef = c - b, d - c, e - d, f - e
    bcd, cde, def_ = cd - bc, de - cd, ef - de
    abcd, bcde, cdef, defg = bcd - (bc - (b - a)), cde - bcd, def_ - cde, (g - f) - ef - def_
    fourth = cdef - bcde
    low, high = bcde - abcd, defg - cdef
    return (
        d, cd * HALF, cde * np.float32(1 / 6), bcde * np.float32(1 / 24), fourth * np.float32(1 / 120),
        (fourth - low) * np.float32(1 / 720), (high - TWO * fourth + low) * np.float32(1 / 5040),
    )  # fmt: skip


@inlined
def _onward(place, x, node, coefficient):
    """One step of Horner's scheme in Newton's form, for the value and its first three derivatives."""
    value, first, second, third = place
    way = x - node
    return coefficient + way * value, value + way * first, TWO * first + way * second, THREE * second + way * third


@rare
def along(path, x):
    """How far a path has come ``x`` frames (0–1) into the frame, with its first three derivatives by frames."""
    place = _onward((path[6], ZERO, ZERO, ZERO), x, -THREE, path[5])
    place = _onward(place, x, THREE, path[4])
    place = _onward(place, x, -TWO, path[3])
    place = _onward(place, x, TWO, path[2])
    place = _onward(place, x, -ONE, path[1])
    place = _onward(place, x, ONE, path[0])
    return _onward(place, x, ZERO, ZERO)


@inlined
def motion(path, x):
    """The first three derivatives of a path, held to what a phase can do: noise bends a polynomial without bounds."""
    _, pace, bend, twist = along(path, x)
    return clamp(pace, -HALF, HALF), clamp(bend, -HALF, HALF), clamp(twist, -HALF, HALF)


@rare
def reach(path, goal, low, high):
    """Where, between ``low`` and ``high`` (0–1), a path that goes past ``goal`` on the way reaches it."""
    start, end = along(path, low)[0] - goal, along(path, high)[0] - goal
    x = clamp(low + (high - low) * start / (start - end), low, high)
    for _ in range(MOST):
        place, pace, _, _ = along(path, x)
        off = place - goal
        if (off > ZERO) == (end > ZERO):  # not by where it starts: that may be right on the goal
            high = x
        else:
            low = x
        onward = x - off / pace  # Newton's method; halves what is left where it leads astray
        onward = onward if low <= onward <= high else HALF * (low + high)
        moved = abs(onward - x)
        x = onward
        if moved < CLOSE:
            break
    return x


@rare
def turned(path, low, high):
    """Where, between ``low`` and ``high``, a path turns round; −1 if it does not."""
    first, last = along(path, low)[1], along(path, high)[1]
    if not first * last < ZERO:
        return -ONE
    x = low + (high - low) * first / (first - last)
    for _ in range(MOST):
        _, pace, bend, _ = along(path, x)
        if (pace > ZERO) == (first > ZERO):
            low = x
        else:
            high = x
        onward = x - pace / bend
        onward = onward if low <= onward <= high else HALF * (low + high)
        moved = abs(onward - x)
        x = onward
        if moved < CLOSE:
            break
    return x


# Kaiser's window as a low-pass: what lies at half the sample rate and its images are 90 dB down, and since it is
# nowhere negative an edge stays an edge without ripple before it. That it takes the highs off moves no crossing of 0 V.
REACH = AHEAD + 1  # frames to either side
KAISER = 12.0
ROWS = 256  # places between two frames


def _smoothing() -> NDArray[np.float32]:
    """float32[ROWS + 1, 2·REACH]: weights of the frames around, by the place between the two in the middle."""
    away = np.arange(ROWS + 1)[:, None] / ROWS + np.arange(REACH - 1, -REACH - 1, -1)
    window = np.i0(KAISER * np.sqrt(np.maximum(1 - (away / REACH) ** 2, 0))) * (np.abs(away) < REACH)
    return np.asarray(window / window.sum(1, keepdims=True), np.float32)


SMOOTHING = _smoothing()
SMOOTH = tuple(SMOOTHING[0, :WINDOW])


@inlined
def smoothed(signal, frame, voice):
    """A signal without its highest frequencies: the frames from ``frame`` on, seen from the middle one."""
    total = ZERO
    for tap in range(WINDOW):
        total += SMOOTH[tap] * signal[np.uint64(frame + tap), voice]
    return total


@inlined
def rests(signal, frame, voice):
    """Whether a gate rises from 0 V, right after the third of the frames from ``frame`` on."""
    at = np.uint64(frame)
    still = (signal[at, voice] == ZERO) & (signal[at + np.uint64(1), voice] == ZERO)
    return still & (signal[at + np.uint64(2), voice] == ZERO) & (signal[at + np.uint64(3), voice] > ZERO)


@inlined
def _between(signal, frame, voice, x):
    """A smoothed signal ``x`` frames (0–1) after the fourth of the eight frames from ``frame`` on."""
    place = x * np.float32(ROWS)
    row = min(np.int32(place), np.int32(ROWS - 1))
    between = place - np.float32(row)
    low, high, total = SMOOTHING[row], SMOOTHING[row + 1], ZERO
    for tap in range(2 * REACH):
        weight = low[tap] + between * (high[tap] - low[tap])
        total += weight * signal[np.uint64(frame + tap), voice]
    return total


@rare
def risen(signal, frame, voice):
    """Frames since the smoothed signal rose through 0 V, on its way to the fifth of the eight from ``frame`` on."""
    low, high, below, above = ZERO, ONE, _between(signal, frame, voice, ZERO), _between(signal, frame, voice, ONE)
    x = HALF
    for _ in range(MOST):
        before = x
        x = clamp(low - (high - low) * below / (above - below), low, high)
        volts = _between(signal, frame, voice, x)
        # Where one end is used again and again, its weight is halved (the Illinois method).
        if volts > ZERO:
            high, above, below = x, volts, select(x < before, below * HALF, below)
        else:
            low, below, above = x, volts, select(x > before, above * HALF, above)
        if abs(x - before) < CLOSE:
            break
    return clamp(ONE - x, SOONEST, ONE)
