"""VCO: pitch + exponential FM → Hz × (1 + linear FM) → phase → four waveforms without aliasing

    phase ─┬─ sine ─────┐
           ├─ triangle ─┤                                      ring of 32 frames
           ├─ saw ──────┼─ naive value ──── 16 frames later ─────► + ──► outputs
           └─ pulse ────┘                                          ▲
    jumps, corners, sync ── residuals ── 16 frames either side ────┘

A jump or a corner has no highest frequency, so sampled as it is it aliases. The residual is what turns it into its
band-limited likeness; it is read from a table at the event's time between two frames (Brandt, "Hard Sync Without
Aliasing", ICMC 2001). Half of it lies before the event: all outputs sound 16 frames (0.33 ms at 48 kHz) late.
"""

import numba as nb
import numpy as np

from synthvr_server.dsp import KERNEL_OPTIONS, clamp, hertz, inlined, select, sin_turns
from synthvr_server.module import Input, Knob, Module, Output, State, kernel

TAPS = 32  # frames of a residual: flat up to 0.36 of the sample rate (17.4 kHz), down by 90 dB from 0.546
LATE = TAPS // 2
CHUNK = 32  # frames worked on at once: every pass but the phase's own is a loop over frames and voices
BAND = 0.454  # the −6 dB point, of the sample rate
KAISER = 0.1102 * (90.0 - 8.7)  # 90 dB (Kaiser and Schafer, 1980)
ROWS = 256  # places between two frames; interpolated, they err by −113 dB
VALUE, SLOPE, BEND = range(3)  # what jumps at an event: the signal, its first or its second derivative


def _residuals():
    """float32[3, ROWS + 1, TAPS]: unit step, ramp and parabola, band-limited − naive, by event time and frame."""
    fine = 4 * ROWS  # points per frame: the trapezoids err by less than 1e-6
    time = np.arange(-LATE * fine, LATE * fine + 1) / fine
    band = np.sinc(2 * BAND * time) * np.i0(KAISER * np.sqrt(1 - (time / LATE) ** 2))
    since = np.arange(ROWS + 1)[:, None] / ROWS + np.arange(-LATE, LATE)  # frames since the event
    happened = np.arange(TAPS) >= LATE
    tables = []
    for naive in (since**0, since, since**2 / 2):
        band = np.concatenate(([0.0], np.cumsum(band[1:] + band[:-1]) / (2 * fine)))
        if not tables:
            step = band = band / band[-1]
        band = band - step * (band[-1] - naive[-1, -1])  # ends where the naive one does
        tables.append(band[np.int64((since + LATE) * fine)] - naive * happened)
    return np.float32(tables)


RESIDUALS = _residuals()

# A phase is an int32 and a cycle 2**32 of its steps: it wraps by itself and never drifts. All waveforms rise from 0.
CYCLE = 2.0**32
START, QUARTER, HALF = np.int32(0), np.int32(2**30), np.int32(-(2**31))
FASTEST = np.float32(0.49 * CYCLE)  # no phase turns half round in one frame
TURNS, TAU = np.float32(1 / CYCLE), np.float32(2 * np.pi)
VOLTS, EDGE = np.float32(5.0), np.float32(10.0)  # peak; height of the saw's and the pulse's edges
ZERO, ONE, TWO, HALF_TURN = np.float32(0.0), np.float32(1.0), np.float32(2.0), np.float32(0.5)
NARROWEST, WIDEST = np.float32(0.01), np.float32(0.99)  # pulse width, of a cycle
NOTHING, SOMETHING = np.int32(0), np.int32(-1)


@nb.njit(**KERNEL_OPTIONS | {"forceinline": False})
def insert(kind, ring, frame, voice, since, height):
    """Add the residual of a jump by ``height`` that happened ``since`` frames (0–1) before ``frame``."""
    place = clamp(since, ZERO, ONE) * np.float32(ROWS)
    row = min(np.int32(place), np.int32(ROWS - 1))
    between = place - np.float32(row)
    for tap in range(TAPS):
        low, high = RESIDUALS[kind, row, tap], RESIDUALS[kind, row + 1, tap]
        ring[frame + tap, voice] += height * (low + between * (high - low))


@inlined
def crossed(place, start, end, step):
    """Negative if the phase went past ``place`` from ``start`` to ``end``: seen from there, an overflow."""
    start, end = np.int32(start - place + HALF), np.int32(end - place + HALF)
    return np.int32((start ^ end) & (step ^ end))


@inlined
def since(place, end, step):
    """Frames ago that the phase, now ``end``, went past ``place``."""
    return np.float32(np.int32(end - place)) / np.float32(step)


# Each waveform: its value (V), slope and curvature (V per cycle, and its square) at a phase; whether something
# happened to it from ``start`` to ``end``; and if so, what. ``old`` and ``width`` are the pulse width then and now.


@inlined
def flat(phase):
    return ZERO


@inlined
def sine_at(phase, width):
    return sin_turns(np.float32(phase) * TURNS) * VOLTS


@inlined
def sine_slope(phase):
    return sin_turns(np.float32(phase) * TURNS + np.float32(0.25)) * (VOLTS * TAU)


@inlined
def sine_bend(phase):
    return sine_at(phase, START) * (-TAU * TAU)


@inlined
def sine_happened(start, end, step, old, width):
    return NOTHING


@inlined
def sine_events(ring, frame, voice, start, end, step, later, old, width):
    pass


@inlined
def triangle_at(phase, width):
    return abs(np.float32(np.int32(phase + QUARTER))) * (np.float32(4.0) * VOLTS * TURNS) - VOLTS


@inlined
def triangle_slope(phase):
    rate = np.float32(4.0) * VOLTS
    return rate if np.int32(phase + QUARTER) >= 0 else -rate


@inlined
def triangle_happened(start, end, step, old, width):
    return np.int32(crossed(QUARTER, start, end, step) | crossed(-QUARTER, start, end, step))


@inlined
def triangle_events(ring, frame, voice, start, end, step, later, old, width):
    corner = np.float32(8.0) * VOLTS * TURNS * abs(np.float32(step))
    if crossed(QUARTER, start, end, step) < 0:
        insert(SLOPE, ring, frame, voice, later + since(QUARTER, end, step), -corner)
    if crossed(-QUARTER, start, end, step) < 0:
        insert(SLOPE, ring, frame, voice, later + since(-QUARTER, end, step), corner)


@inlined
def saw_at(phase, width):
    return np.float32(phase) * (TWO * VOLTS * TURNS)


@inlined
def saw_happened(start, end, step, old, width):
    return crossed(HALF, start, end, step)


@inlined
def saw_events(ring, frame, voice, start, end, step, later, old, width):
    if crossed(HALF, start, end, step) < 0:
        insert(VALUE, ring, frame, voice, later + since(HALF, end, step), -EDGE if step > 0 else EDGE)


@inlined
def pulse_at(phase, width):
    return VOLTS if np.int32(phase ^ HALF) < width else -VOLTS


@inlined
def pulse_happened(start, end, step, old, width):
    moved = SOMETHING if pulse_at(start, old) != pulse_at(end, width) else NOTHING
    return np.int32(crossed(START, start, end, step) | moved)


@inlined
def pulse_events(ring, frame, voice, start, end, step, later, old, width):
    rise = ZERO
    if crossed(START, start, end, step) < 0:
        rise = EDGE if step > 0 else -EDGE
        insert(VALUE, ring, frame, voice, later + since(START, end, step), rise)
    fall = pulse_at(end, width) - pulse_at(start, old) - rise  # from the levels: no jump of the width loses one
    if fall != ZERO:
        insert(VALUE, ring, frame, voice, later + since(width, end ^ HALF, step - width + old), fall)


@inlined
def play(at, slope, bend, happened, events, ring, out, first, count, steps, phases, edges, lates, flags):
    """``count`` frames of a waveform: the naive values, and the residuals of what happened."""
    voices = out.shape[1]
    for frame in range(count):
        for voice in range(voices):
            ring[frame + LATE, voice] += at(phases[frame + 1, voice], edges[frame + 1, voice])
            start, step = phases[frame, voice], steps[frame, voice]
            synced = SOMETHING if lates[frame, voice] > ZERO else NOTHING
            flag = happened(start, np.int32(start + step), step, edges[frame, voice], edges[frame + 1, voice])
            flags[frame, voice] = np.int32(flag | synced)
    for frame in range(count):
        anything = NOTHING
        for voice in range(voices):
            anything = np.int32(anything | flags[frame, voice])
        if anything < 0:
            for voice in range(voices):
                if flags[frame, voice] < 0:
                    start, end, step, late = phases[frame, voice], phases[frame + 1, voice], steps[frame, voice], lates[frame, voice]
                    old, edge = edges[frame, voice], edges[frame + 1, voice]
                    if late > ZERO:
                        cut = np.int32(start + step - end)  # the phase that the sync cut short
                        events(ring, frame, voice, start, cut, step, late, old, edge)
                        rate = np.float32(step) * TURNS
                        insert(VALUE, ring, frame, voice, late, at(START, edge) - at(cut, edge))
                        if slope(START) != slope(cut):
                            insert(SLOPE, ring, frame, voice, late, (slope(START) - slope(cut)) * rate)
                        if bend(START) != bend(cut):
                            insert(BEND, ring, frame, voice, late, (bend(START) - bend(cut)) * rate * rate)
                        start, old = START, edge
                    events(ring, frame, voice, start, end, step, ZERO, old, edge)
    for frame in range(count):
        for voice in range(voices):
            out[first + frame, voice] = ring[frame, voice]
    for frame in range(TAPS):
        for voice in range(voices):
            ring[frame, voice] = ring[frame + count, voice]
    for frame in range(count):
        for voice in range(voices):
            ring[TAPS + frame, voice] = ZERO


class VCO(Module):
    """Voltage-controlled oscillator: sine, triangle, saw and pulse at once, with sync, two kinds of FM and PWM."""

    title = "VCO"
    tags = ("oscillator", "polyphonic")

    pitch = Input("V/Oct", "pitch")
    fm = Input("FM", "audio", help="bends the pitch, at full amount by one octave per volt")
    linear = Input("Lin FM", "audio", help="shifts the frequency, through zero: at full amount 1 V doubles it, −1 V stops it")
    sync = Input("Sync", "audio", help="each rise through 0 V starts all waveforms anew")
    pwm = Input("PWM", help="at full amount 10 V sweep the whole range of pulse width")

    frequency = Knob("Frequency", -60.0, 60.0, default=0.0, unit="semitones", help="from C4")
    fine = Knob("Fine", -100.0, 100.0, default=0.0, unit="cents")
    width = Knob("Pulse width", 0.01, 0.99, default=0.5)
    fm_amount = Knob("FM amount", -1.0, 1.0)
    linear_amount = Knob("Lin FM amount", 0.0, 1.0)
    pwm_amount = Knob("PWM amount", -1.0, 1.0)

    sine = Output("Sine", "audio")
    triangle = Output("Triangle", "audio")
    saw = Output("Saw", "audio")
    pulse = Output("Pulse", "audio")

    steps = State(np.int32, (CHUNK,), voices_last=True)
    phases = State(np.int32, (CHUNK + 1,), voices_last=True)
    edges = State(np.int32, (CHUNK + 1,), voices_last=True)  # of the pulse
    lates = State(np.float32, (CHUNK,), voices_last=True)
    flags = State(np.int32, (CHUNK,), voices_last=True)
    rings = State(np.float32, (4, CHUNK + TAPS), voices_last=True)
    last_sync = State()

    @kernel
    def process(
        pitch, fm, linear, sync, pwm, frequency, fine, width, fm_amount, linear_amount, pwm_amount,
        sine, triangle, saw, pulse, sine_plugged, triangle_plugged, saw_plugged, pulse_plugged, sync_plugged,
        steps, phases, edges, lates, flags, rings, last_sync, sample_rate,
    ):  # fmt: skip
        voices = last_sync.shape[0]
        per_hertz = np.float32(CYCLE) / sample_rate
        for first in range(0, sine.shape[0], CHUNK):
            count = min(CHUNK, sine.shape[0] - first)
            for frame in range(count):
                here = first + frame
                for voice in range(voices):
                    volts = pitch[here, voice] + fm[here, voice] * fm_amount[here]
                    hz = hertz(volts + frequency[here] * np.float32(1 / 12) + fine[here] * np.float32(1 / 1200))
                    hz += hz * linear[here, voice] * linear_amount[here]
                    steps[frame, voice] = np.int32(clamp(hz * per_hertz, -FASTEST, FASTEST))
            if sync_plugged:
                for frame in range(count):
                    for voice in range(voices):
                        last, now = last_sync[voice], sync[first + frame, voice]
                        last_sync[voice] = now
                        late = select((last <= ZERO) & (now > ZERO), now / (now - last), ZERO)
                        lates[frame, voice] = late
                        restarted = np.int32(late * np.float32(steps[frame, voice]))
                        phases[frame + 1, voice] = select(late > ZERO, restarted, np.int32(phases[frame, voice] + steps[frame, voice]))
            else:
                for frame in range(count):
                    for voice in range(voices):
                        lates[frame, voice] = ZERO
                        phases[frame + 1, voice] = np.int32(phases[frame, voice] + steps[frame, voice])
            if pulse_plugged:
                for frame in range(count):
                    here = first + frame
                    for voice in range(voices):
                        wide = width[here] + pwm[here, voice] * pwm_amount[here] * np.float32(0.1)
                        edges[frame + 1, voice] = np.int32((clamp(wide, NARROWEST, WIDEST) - HALF_TURN) * np.float32(CYCLE))
            if sine_plugged:
                play(sine_at, sine_slope, sine_bend, sine_happened, sine_events, rings[0], sine, first, count, steps, phases, edges, lates, flags)
            if triangle_plugged:
                play(triangle_at, triangle_slope, flat, triangle_happened, triangle_events, rings[1], triangle, first, count, steps, phases, edges, lates, flags)
            if saw_plugged:
                play(saw_at, flat, flat, saw_happened, saw_events, rings[2], saw, first, count, steps, phases, edges, lates, flags)
            if pulse_plugged:
                play(pulse_at, flat, flat, pulse_happened, pulse_events, rings[3], pulse, first, count, steps, phases, edges, lates, flags)
            for voice in range(voices):
                phases[0, voice] = phases[count, voice]
                edges[0, voice] = edges[count, voice]
