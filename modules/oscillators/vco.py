"""VCO: pitch + exponential FM → Hz × (1 + linear FM) → phase → four waveforms without aliasing

    phase ─┬─ sine ─────┐
           ├─ triangle ─┤                                      ring of 32 frames
           ├─ saw ──────┼─ naive value ──── 16 frames later ─────► + ──► outputs
           └─ pulse ────┘                                          ▲
    jumps, corners, sync ── residuals ── 16 frames either side ────┘

A jump or a corner aliases, so each gets a residual that makes it band-limited, at its time between two frames
(synthvr_server/residuals.py). Half of a residual lies before its event: everything sounds 16 frames (0.33 ms at
48 kHz) late. The work goes in passes over ``CHUNK`` frames: steps, phases, then naive values and events per waveform.
"""

import numpy as np

from synthvr_server.dsp import clamp, hertz, inlined, select, sin_turns
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, kernel
from synthvr_server.residuals import BEND, LATE, SLOPE, TAPS, VALUE, insert, rare, risen

CHUNK = 32  # frames worked on at once: all passes but the phase's own are free of memory, and vectorised in mono too

# A phase is an int32, a cycle 2**32 of its steps: it wraps by itself and never drifts. All waveforms rise from START.
CYCLE = 2.0**32
START, QUARTER, HALF, THREE_QUARTERS = np.int32([0, 2**30, -(2**31), -(2**30)])
FASTEST = np.float32(0.49 * CYCLE)  # no phase turns half round in one frame
TURNS, TAU = np.float32(1 / CYCLE), np.float32(2 * np.pi)
VOLTS, EDGE = np.float32(5.0), np.float32(10.0)  # peak; height of the saw's and the pulse's edges
SAW_VOLTS, TRIANGLE_VOLTS = np.float32(2 * 5 / CYCLE), np.float32(4 * 5 / CYCLE)  # per step of the phase
ZERO, ONE, HALF_TURN = np.float32(0.0), np.float32(1.0), np.float32(0.5)
NARROWEST, WIDEST = np.float32(0.01), np.float32(0.99)  # pulse width, of a cycle
SINE, TRIANGLE, SAW, PULSE = np.arange(4, dtype=np.int32)


@inlined
def sine_at(phase):
    return sin_turns(np.float32(phase) * TURNS) * VOLTS


@inlined
def triangle_at(phase):
    return abs(np.float32(np.int32(phase + QUARTER))) * TRIANGLE_VOLTS - VOLTS


@inlined
def saw_at(phase):
    return np.float32(phase) * SAW_VOLTS


@inlined
def pulse_at(phase, edge):
    return VOLTS if np.int32(phase ^ HALF) < edge else -VOLTS


@inlined
def crossed(place, start, step):
    """Negative if the phase goes past ``place`` when ``step`` is added to ``start``: seen from there, an overflow."""
    start = np.int32(start - place + HALF)
    end = np.int32(start + step)
    return np.int32((start ^ end) & (step ^ end))


@inlined
def since(place, end, step):
    """Frames ago that the phase, now ``end``, went past ``place``."""
    return np.float32(np.int32(end - place)) / np.float32(step)


@inlined
def lowest_bit(bits):
    """The place of the lowest bit that is set: the exponent of what it stands for."""
    return (np.float32(bits & -bits).view(np.int32) >> np.int32(23)) - np.int32(127)


@rare
def turn(wave, ring, frame, voice, start, end, step, later, old_edge, edge):
    """What a phase going from ``start`` to ``end`` does to a waveform, ``later`` frames before ``frame``."""
    moved = np.int32(end - start)  # differs from the step if a sync cuts it short
    forward = ONE if step > 0 else -ONE
    if wave == TRIANGLE:
        corner = np.float32(2.0) * TRIANGLE_VOLTS * abs(np.float32(step))
        if crossed(QUARTER, start, moved) < 0:
            insert(SLOPE, ring, frame, voice, later + since(QUARTER, end, step), -corner)
        if crossed(THREE_QUARTERS, start, moved) < 0:
            insert(SLOPE, ring, frame, voice, later + since(THREE_QUARTERS, end, step), corner)
    if wave == SAW and crossed(HALF, start, moved) < 0:
        insert(VALUE, ring, frame, voice, later + since(HALF, end, step), -EDGE * forward)
    if wave == PULSE:
        rise = EDGE * forward if crossed(START, start, moved) < 0 else ZERO
        fall = pulse_at(end, edge) - pulse_at(start, old_edge) - rise  # so that no jump of the width loses an edge
        if rise != ZERO:
            insert(VALUE, ring, frame, voice, later + since(START, end, step), rise)
        if fall != ZERO:
            ago = since(edge, np.int32(end ^ HALF), np.int32(step - edge + old_edge))
            insert(VALUE, ring, frame, voice, later + ago, fall)


@rare
def restart(wave, ring, frame, voice, phase, step, late, edge):
    """Hard sync: the waveform jumps from ``phase`` to its start, ``late`` frames before ``frame``."""
    if wave == SINE:
        rate = np.float32(step) * TURNS * TAU  # radians per frame
        cosine = sin_turns(np.float32(phase) * TURNS + np.float32(0.25))
        insert(VALUE, ring, frame, voice, late, -sine_at(phase))
        insert(SLOPE, ring, frame, voice, late, (ONE - cosine) * VOLTS * rate)
        insert(BEND, ring, frame, voice, late, sine_at(phase) * rate * rate)
    if wave == TRIANGLE:
        insert(VALUE, ring, frame, voice, late, -triangle_at(phase))
        if np.int32(phase + QUARTER) < 0:
            insert(SLOPE, ring, frame, voice, late, np.float32(2.0) * TRIANGLE_VOLTS * np.float32(step))
    if wave == SAW:
        insert(VALUE, ring, frame, voice, late, -saw_at(phase))
    if wave == PULSE:
        insert(VALUE, ring, frame, voice, late, VOLTS - pulse_at(phase, edge))


@inlined
def advance(first, count, pitch, fm, linear, frequency, fine, fm_amount, linear_amount, steps, per_hertz):
    """The phase's step in each of ``count`` frames."""
    for frame in range(count):
        here = np.uint64(first + frame)  # a signed index would be asked whether it counts from the end
        tune = frequency[here] * np.float32(1 / 12) + fine[here] * np.float32(1 / 1200)
        for voice in range(steps.shape[1]):
            hz = hertz(tune + pitch[here, voice] + fm[here, voice] * fm_amount[here])
            hz += hz * linear[here, voice] * linear_amount[here]
            steps[frame, voice] = np.int32(clamp(hz * per_hertz, -FASTEST, FASTEST))


@inlined
def stands(first, count, pitch, frequency, fine):
    """Whether the pitch does not move: then one frame's step is that of all."""
    start, end = np.uint64(first), np.uint64(first + count - 1)
    moved = (frequency[start] != frequency[end]) | (fine[start] != fine[end])  # knobs glide one way within a block
    for frame in range(count):
        for voice in range(pitch.shape[1]):
            moved |= pitch[np.uint64(first + frame), voice] != pitch[start, voice]
    return not moved


@inlined
def synchronise(first, count, sync, heard, steps, phases, lates):
    """The phase in each of ``count`` frames, started anew where ``sync`` rises; ``lates`` says how long before it."""
    for frame in range(count):
        here = np.uint64(first + frame)
        for voice in range(steps.shape[1]):
            now, step = sync[here, voice], steps[frame, voice]
            late = risen(now, heard[0, voice], heard[1, voice], heard[2, voice])
            heard[2, voice], heard[1, voice], heard[0, voice] = heard[1, voice], heard[0, voice], now
            anew, on = np.int32(late * np.float32(step)), np.int32(phases[frame, voice] + step)
            phases[frame + 1, voice] = select(late > ZERO, anew, on)
            lates[frame, voice] = late


@inlined
def run_on(count, steps, phases, lates):
    """The same without a sync cable."""
    for frame in range(count):
        for voice in range(steps.shape[1]):
            phases[frame + 1, voice] = np.int32(phases[frame, voice] + steps[frame, voice])
            lates[frame, voice] = ZERO


@inlined
def happen(wave, ring, frame, concerned, phases, steps, edges, lates):
    """Everything that happens to a waveform within one frame, to the voices whose bits are set in ``concerned``."""
    while concerned:
        voice = lowest_bit(concerned)
        concerned &= np.int32(concerned - 1)
        start, step, old = phases[frame, voice], steps[frame, voice], edges[frame, voice]
        end, late, edge = phases[frame + 1, voice], lates[frame, voice], edges[frame + 1, voice]
        if late > ZERO:
            cut = np.int32(start + step - end)
            turn(wave, ring, frame, voice, start, cut, step, late, old, edge)
            restart(wave, ring, frame, voice, cut, step, late, edge)
            turn(wave, ring, frame, voice, START, end, step, ZERO, edge, edge)
        else:
            turn(wave, ring, frame, voice, start, end, step, ZERO, old, edge)


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
def resolve(wave, ring, tail, out, first, count, phases, steps, edges, lates, flags):
    """Add the residuals of ``count`` frames to the ring, hand out what is done and keep the rest."""
    voices = out.shape[1]
    for frame in range(count):
        concerned = np.int32(0)
        for voice in range(voices):
            happens = (flags[frame, voice] < 0) | (lates[frame, voice] > ZERO)
            concerned |= np.int32(happens) << np.int32(voice)
        if concerned:
            happen(wave, ring, frame, concerned, phases, steps, edges, lates)
    for frame in range(count):
        for voice in range(voices):
            out[np.uint64(first + frame), voice] = ring[frame, voice]
    for frame in range(TAPS):
        for voice in range(voices):
            tail[frame, voice] = ring[frame + count, voice]


class VCO(Module):
    """Voltage-controlled oscillator: sine, triangle, saw and pulse at once, with sync, two kinds of FM and PWM."""

    title = "VCO"
    tags = ("oscillator", "polyphonic")

    pitch = Input("V/Oct", "pitch")
    fm = Input("FM", "audio", help="bends the pitch, at full amount by one octave per volt")
    linear = Input(
        "Lin FM", "audio", help="shifts the frequency, through zero: at full amount 1 V doubles it, −1 V stops it"
    )
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

    carried = State(np.int32, (2,), voices_last=True)  # phase, and edge of the pulse, at the end of a chunk
    steps = Scratch(np.int32, (CHUNK,))
    phases = Scratch(np.int32, (CHUNK + 1,))
    edges = Scratch(np.int32, (CHUNK + 1,))
    lates = Scratch(np.float32, (CHUNK,))
    flags = Scratch(np.int32, (CHUNK,))
    ring = Scratch(np.float32, (CHUNK + TAPS,))
    tails = State(np.float32, (4, TAPS), voices_last=True)  # what is still to come of each waveform
    heard = State(np.float32, (3,), voices_last=True)  # V, the last three frames of sync

    @kernel
    def process(
        pitch, fm, linear, sync, pwm, frequency, fine, width, fm_amount, linear_amount, pwm_amount,
        sine, triangle, saw, pulse, sine_plugged, triangle_plugged, saw_plugged, pulse_plugged, sync_plugged,
        fm_plugged, linear_plugged,
        carried, steps, phases, edges, lates, flags, ring, tails, heard, sample_rate,
    ):  # fmt: skip
        voices = sine.shape[1]
        for first in range(0, sine.shape[0], CHUNK):
            count = min(CHUNK, sine.shape[0] - first)
            for voice in range(voices):
                phases[0, voice] = carried[0, voice]
            per_hertz = np.float32(CYCLE) / sample_rate
            # Mono is vectorised over frames: there the steps cost less than to ask whether they are all alike.
            bent = voices == 1 or fm_plugged or linear_plugged or not stands(first, count, pitch, frequency, fine)
            heads = count if bent else 1
            advance(first, heads, pitch, fm, linear, frequency, fine, fm_amount, linear_amount, steps, per_hertz)
            for frame in range(heads, count):
                for voice in range(voices):
                    steps[frame, voice] = steps[0, voice]
            if sync_plugged:
                synchronise(first, count, sync, heard, steps, phases, lates)
            else:
                run_on(count, steps, phases, lates)
            if sine_plugged:
                recall(ring, tails[SINE], count)
                for frame in range(count):
                    for voice in range(voices):
                        ring[frame + LATE, voice] += sine_at(phases[frame + 1, voice])
                        flags[frame, voice] = START
                resolve(SINE, ring, tails[SINE], sine, first, count, phases, steps, edges, lates, flags)
            if triangle_plugged:
                recall(ring, tails[TRIANGLE], count)
                for frame in range(count):
                    for voice in range(voices):
                        start, step = phases[frame, voice], steps[frame, voice]
                        ring[frame + LATE, voice] += triangle_at(phases[frame + 1, voice])
                        corners = crossed(QUARTER, start, step) | crossed(THREE_QUARTERS, start, step)
                        flags[frame, voice] = np.int32(corners)
                resolve(TRIANGLE, ring, tails[TRIANGLE], triangle, first, count, phases, steps, edges, lates, flags)
            if saw_plugged:
                recall(ring, tails[SAW], count)
                for frame in range(count):
                    for voice in range(voices):
                        ring[frame + LATE, voice] += saw_at(phases[frame + 1, voice])
                        flags[frame, voice] = crossed(HALF, phases[frame, voice], steps[frame, voice])
                resolve(SAW, ring, tails[SAW], saw, first, count, phases, steps, edges, lates, flags)
            if pulse_plugged:
                recall(ring, tails[PULSE], count)
                for voice in range(voices):
                    edges[0, voice] = carried[1, voice]
                for frame in range(count):
                    here = np.uint64(first + frame)
                    for voice in range(voices):
                        start, step = phases[frame, voice], steps[frame, voice]
                        wide = width[here] + pwm[here, voice] * pwm_amount[here] * np.float32(0.1)
                        edge = np.int32((clamp(wide, NARROWEST, WIDEST) - HALF_TURN) * np.float32(CYCLE))
                        level = pulse_at(phases[frame + 1, voice], edge)
                        moved = level != pulse_at(start, edges[frame, voice])
                        edges[frame + 1, voice] = edge
                        ring[frame + LATE, voice] += level
                        flags[frame, voice] = select(moved, HALF, crossed(START, start, step))
                resolve(PULSE, ring, tails[PULSE], pulse, first, count, phases, steps, edges, lates, flags)
                for voice in range(voices):
                    carried[1, voice] = edges[count, voice]
            for voice in range(voices):
                carried[0, voice] = phases[count, voice]
