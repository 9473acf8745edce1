"""VCO: pitch + exponential FM → Hz × (1 + linear FM) → phase → four waveforms without aliasing

    phase ─┬─ sine ─────┐
           ├─ triangle ─┤                                      ring of 32 frames
           ├─ saw ──────┼─ naive value ──── 16 frames later ─────► + ──► outputs
           └─ pulse ────┘                                          ▲
    jumps, corners, sync ── residuals ── 16 frames either side ────┘

A jump or a corner aliases, so each gets a residual that makes it band-limited, at its time between two frames
(synthvr_server/waveforms.py). Half of a residual lies before its event, and when exactly that was takes three frames
more to know: everything sounds 19 frames (0.4 ms at 48 kHz) late. The work goes in passes over ``CHUNK`` frames: steps,
phases, then naive values and events per waveform.
"""

import numpy as np

from synthvr_server.crossings import AHEAD, WINDOW, bring, keep, rests, risen, smoothed
from synthvr_server.dsp import clamp, hertz, inlined, select
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, kernel
from synthvr_server.residuals import LATE, TAPS
from synthvr_server.waveforms import (
    CYCLE,
    HALF,
    PULSE,
    QUARTER,
    SAW,
    SINE,
    START,
    THREE_QUARTERS,
    TRIANGLE,
    befall,
    crossed,
    lowest_bit,
    pulse_at,
    recall,
    saw_at,
    sine_at,
    started_anew,
    triangle_at,
    way,
)

CHUNK = 32  # frames worked on at once: all passes but the phase's own are free of memory, and vectorised in mono too
KNOWN = WINDOW - 1  # steps kept from the chunk before; of what is measured at frames, not between, one more

FASTEST = np.float32(0.49 * CYCLE)  # no phase turns half round in one frame
ZERO, ONE, HALF_TURN = np.float32(0.0), np.float32(1.0), np.float32(0.5)
NARROWEST, WIDEST = np.float32(0.01), np.float32(0.99)  # pulse width, of a cycle


@inlined
def advance(first, count, pitch, fm, linear, frequency, fine, fm_amount, linear_amount, steps, per_hertz):
    """The phase's step in each of ``count`` frames, behind those that are known."""
    for frame in range(count):
        here = np.uint64(first + frame)  # a signed index would be asked whether it counts from the end
        tune = frequency[here] * np.float32(1 / 12) + fine[here] * np.float32(1 / 1200)
        for voice in range(steps.shape[1]):
            hz = hertz(tune + pitch[here, voice] + fm[here, voice] * fm_amount[here])
            hz += hz * linear[here, voice] * linear_amount[here]
            steps[frame + KNOWN, voice] = np.int32(clamp(hz * per_hertz, -FASTEST, FASTEST))


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
def listen(first, count, sync, heard, smooth, lates):
    """How long before the end of each of ``count`` frames ``sync`` rose; 0 if it did not. It is heard 3 frames late."""
    voices = sync.shape[1]
    for frame in range(count):
        for voice in range(voices):
            heard[frame + WINDOW, voice] = sync[np.uint64(first + frame), voice]
    for frame in range(count + 1):
        for voice in range(voices):
            smooth[frame, voice] = smoothed(heard, frame, voice)
    for frame in range(count):
        concerned = np.int32(0)
        for voice in range(voices):
            rises = (smooth[frame, voice] < ZERO) & (smooth[frame + 1, voice] > ZERO)
            lates[frame, voice] = select(rests(heard, frame + 1, voice), ONE, ZERO)
            concerned |= np.int32(rises) << np.int32(voice)
        while concerned:
            voice = lowest_bit(concerned)
            concerned &= np.int32(concerned - 1)
            lates[frame, voice] = risen(heard, frame, voice)


@inlined
def synchronise(count, steps, phases, lates):
    """The phase in each of ``count`` frames, started anew where ``lates`` says so."""
    for frame in range(count):
        concerned = np.int32(0)
        for voice in range(steps.shape[1]):
            phases[frame + 1, voice] = np.int32(phases[frame, voice] + steps[frame + AHEAD, voice])
            concerned |= np.int32(lates[frame, voice] > ZERO) << np.int32(voice)
        while concerned:
            voice = lowest_bit(concerned)
            concerned &= np.int32(concerned - 1)
            step, path = steps[frame + AHEAD, voice], way(steps, frame, voice)
            phases[frame + 1, voice] = started_anew(step, path, lates[frame, voice])


@inlined
def run_on(count, steps, phases, lates):
    """The same without a sync cable."""
    for frame in range(count):
        for voice in range(steps.shape[1]):
            phases[frame + 1, voice] = np.int32(phases[frame, voice] + steps[frame + AHEAD, voice])
            lates[frame, voice] = ZERO


@inlined
def mark_turns(count, steps, flags):
    """Flag the frames in which a phase may turn round, and touch a place though it ends on the side it came from."""
    for frame in range(count):
        for voice in range(steps.shape[1]):
            flags[frame, voice] |= np.int32(steps[frame + AHEAD - 1, voice] ^ steps[frame + AHEAD + 1, voice])


@inlined
def mark_turns_apart(count, steps, edges, flags):
    """The same for the pulse's edge that moves."""
    for frame in range(count):
        at = frame + AHEAD - 1
        for voice in range(steps.shape[1]):
            before = np.int32(steps[at, voice] - edges[at + 1, voice] + edges[at, voice])
            after = np.int32(steps[at + 2, voice] - edges[at + 3, voice] + edges[at + 2, voice])
            flags[frame, voice] |= np.int32(before ^ after)


@inlined
def resolve(wave, ring, tail, out, first, count, phases, steps, lates, flags, edges):
    """Add the residuals of ``count`` frames to the ring, hand out what is done and keep the rest."""
    befall(wave, ring, count, phases, steps, lates, flags, edges)
    for frame in range(count):
        for voice in range(out.shape[1]):
            out[np.uint64(first + frame), voice] = ring[frame, voice]
    keep(ring, count, tail)


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

    phase_now = State(np.int32)
    steps_known = State(np.int32, (KNOWN,), voices_last=True)
    edges_known = State(np.int32, (WINDOW,), voices_last=True)
    sync_known = State(np.float32, (WINDOW,), voices_last=True)  # V
    tails = State(np.float32, (4, TAPS), voices_last=True)  # what is still to come of each waveform
    steps = Scratch(np.int32, (CHUNK + KNOWN,))
    phases = Scratch(np.int32, (CHUNK + 1,))
    edges = Scratch(np.int32, (CHUNK + WINDOW,))  # of the pulse, where it falls
    heard = Scratch(np.float32, (CHUNK + WINDOW,))  # V, sync
    smooth = Scratch(np.float32, (CHUNK + 1,))
    lates = Scratch(np.float32, (CHUNK,))
    flags = Scratch(np.int32, (CHUNK,))
    ring = Scratch(np.float32, (CHUNK + TAPS,))

    @kernel
    def process(
        pitch, fm, linear, sync, pwm, frequency, fine, width, fm_amount, linear_amount, pwm_amount,
        sine, triangle, saw, pulse, sine_plugged, triangle_plugged, saw_plugged, pulse_plugged, sync_plugged,
        fm_plugged, linear_plugged, pwm_plugged, phase_now, steps_known, edges_known, sync_known, tails,
        steps, phases, edges, heard, smooth, lates, flags, ring, sample_rate,
    ):  # fmt: skip
        voices = sine.shape[1]
        for first in range(0, sine.shape[0], CHUNK):
            count = min(CHUNK, sine.shape[0] - first)
            for voice in range(voices):
                phases[0, voice] = phase_now[voice]
            per_hertz = np.float32(CYCLE) / sample_rate
            bring(steps_known, steps)
            # Mono is vectorised over frames: there the steps cost less than to ask whether they are all alike.
            bent = voices == 1 or fm_plugged or linear_plugged or not stands(first, count, pitch, frequency, fine)
            heads = count if bent else 1
            advance(first, heads, pitch, fm, linear, frequency, fine, fm_amount, linear_amount, steps, per_hertz)
            for frame in range(heads, count):
                for voice in range(voices):
                    steps[frame + KNOWN, voice] = steps[KNOWN, voice]
            if sync_plugged:
                bring(sync_known, heard)
                listen(first, count, sync, heard, smooth, lates)
                keep(heard, count, sync_known)
                synchronise(count, steps, phases, lates)
            else:
                run_on(count, steps, phases, lates)
            if sine_plugged:
                recall(ring, tails[SINE], count)
                for frame in range(count):
                    for voice in range(voices):
                        ring[frame + LATE, voice] += sine_at(phases[frame + 1, voice])
                        flags[frame, voice] = START
                resolve(SINE, ring, tails[SINE], sine, first, count, phases, steps, lates, flags, edges)
            if triangle_plugged:
                recall(ring, tails[TRIANGLE], count)
                for frame in range(count):
                    for voice in range(voices):
                        start, step = phases[frame, voice], steps[frame + AHEAD, voice]
                        ring[frame + LATE, voice] += triangle_at(phases[frame + 1, voice])
                        corners = crossed(QUARTER, start, step) | crossed(THREE_QUARTERS, start, step)
                        flags[frame, voice] = np.int32(corners)
                if linear_plugged:
                    mark_turns(count, steps, flags)
                resolve(TRIANGLE, ring, tails[TRIANGLE], triangle, first, count, phases, steps, lates, flags, edges)
            if saw_plugged:
                recall(ring, tails[SAW], count)
                for frame in range(count):
                    for voice in range(voices):
                        ring[frame + LATE, voice] += saw_at(phases[frame + 1, voice])
                        flags[frame, voice] = crossed(HALF, phases[frame, voice], steps[frame + AHEAD, voice])
                if linear_plugged:
                    mark_turns(count, steps, flags)
                resolve(SAW, ring, tails[SAW], saw, first, count, phases, steps, lates, flags, edges)
            if pulse_plugged:
                recall(ring, tails[PULSE], count)
                bring(edges_known, edges)
                for frame in range(count):
                    here = np.uint64(first + frame)
                    for voice in range(voices):
                        wide = width[here] + pwm[here, voice] * pwm_amount[here] * np.float32(0.1)
                        edge = np.int32((clamp(wide, NARROWEST, WIDEST) - HALF_TURN) * np.float32(CYCLE))
                        edges[frame + WINDOW, voice] = edge
                for frame in range(count):
                    for voice in range(voices):
                        start, step = phases[frame, voice], steps[frame + AHEAD, voice]
                        level = pulse_at(phases[frame + 1, voice], edges[frame + AHEAD + 1, voice])
                        moved = level != pulse_at(start, edges[frame + AHEAD, voice])
                        ring[frame + LATE, voice] += level
                        flags[frame, voice] = select(moved, HALF, crossed(START, start, step))
                if linear_plugged or pwm_plugged:
                    mark_turns(count, steps, flags)
                    mark_turns_apart(count, steps, edges, flags)
                resolve(PULSE, ring, tails[PULSE], pulse, first, count, phases, steps, lates, flags, edges)
                keep(edges, count, edges_known)
            for voice in range(voices):
                phase_now[voice] = phases[count, voice]
            keep(steps, count, steps_known)
