"""Supersaw: pitch + tuning → Hz → seven saws, detuned around the middle one → middle and choir, mixed → out

The saws are the VCO's, band-limited by the same residuals (synthvr_server/waveforms.py) and as late. Each starts at a
phase of its own, and so does each voice.
"""

import numpy as np

from synthvr_server.crossings import AHEAD, WINDOW, bring, keep
from synthvr_server.dsp import clamp, hertz
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, kernel
from synthvr_server.residuals import LATE, TAPS
from synthvr_server.waveforms import CYCLE, HALF, SAW, befall, crossed, recall, saw_at

CHUNK = 32  # frames worked on at once
KNOWN = WINDOW - 1  # steps kept from the chunk before

# Where the saws lie between the middle one and the outermost: no two pairs beat at the same rate.
PLACES = np.float32([0.0, -1.0, -0.57, -0.18, 0.19, 0.56, 0.98])
SAWS = len(PLACES)
MIDDLE, CHOIR = 0, 1
WIDEST = np.float32(0.11)  # of the pitch: 180 cents
# Of each saw in a whole choir. With the middle one faded so that energies cross, seven edges that meet never add up to
# more than 10 V, and the level stays within 3 dB of a single saw.
CHOIR_GAIN = np.float32(0.275)
FASTEST = np.float32(0.49 * CYCLE)  # no phase turns half round in one frame
ZERO, ONE = np.float32(0.0), np.float32(1.0)


class Supersaw(Module):
    """Seven saws at once, from one pure tone to a wide and restless choir."""

    title = "Supersaw"
    tags = ("oscillator", "polyphonic")

    pitch = Input("V/Oct", "pitch")
    detune_cv = Input("Detune", help="10 V sweep the whole range")
    frequency = Knob("Frequency", -60.0, 60.0, default=0.0, unit="semitones", help="from C4")
    fine = Knob("Fine", -100.0, 100.0, default=0.0, unit="cents")
    detune = Knob("Detune", 0.0, 1.0, default=0.4, help="how far apart the outer saws are")
    mix = Knob("Mix", 0.0, 1.0, default=0.7, help="0 is the middle saw alone, 1 the choir")
    out = Output("Out", "audio")

    phase_now = State(np.int32, (SAWS,), voices_last=True, random=True)
    paces_known = State(np.float32, (KNOWN,), voices_last=True)
    spreads_known = State(np.float32, (KNOWN,), voices_last=True)
    tails = State(np.float32, (2, TAPS), voices_last=True)  # what is still to come
    paces = Scratch(np.float32, (CHUNK + KNOWN,))  # steps of the phase per frame, of the middle saw
    spreads = Scratch(np.float32, (CHUNK + KNOWN,))  # how far the outermost lies away, of the pitch
    steps = Scratch(np.int32, (CHUNK + KNOWN,))
    phases = Scratch(np.int32, (CHUNK + 1,))
    flags = Scratch(np.int32, (CHUNK,))
    lates = Scratch(np.float32, (CHUNK,))
    rings = Scratch(np.float32, (2, CHUNK + TAPS))

    @kernel
    def process(
        pitch, detune_cv, frequency, fine, detune, mix, out, phase_now, paces_known, spreads_known, tails,
        paces, spreads, steps, phases, flags, lates, rings, sample_rate,
    ):  # fmt: skip
        voices = out.shape[1]
        per_hertz = np.float32(CYCLE) / sample_rate
        for first in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - first)
            bring(paces_known, paces)
            bring(spreads_known, spreads)
            for frame in range(count):
                here = np.uint64(first + frame)
                tune = frequency[here] * np.float32(1 / 12) + fine[here] * np.float32(1 / 1200)
                for voice in range(voices):
                    wide = clamp(detune[here] + detune_cv[here, voice] * np.float32(0.1), ZERO, ONE)
                    paces[frame + KNOWN, voice] = clamp(hertz(tune + pitch[here, voice]) * per_hertz, ZERO, FASTEST)
                    spreads[frame + KNOWN, voice] = WIDEST * wide * wide * wide
                    lates[frame, voice] = ZERO  # nothing starts it anew
            keep(paces, count, paces_known)
            keep(spreads, count, spreads_known)
            for part in range(2):
                recall(rings[part], tails[part], count)
            for saw in range(SAWS):
                ring, place = rings[MIDDLE if saw == 0 else CHOIR], PLACES[saw]
                for voice in range(voices):
                    phases[0, voice] = phase_now[saw, voice]
                for frame in range(count + KNOWN):
                    for voice in range(voices):
                        pace = paces[frame, voice] * (ONE + place * spreads[frame, voice])
                        steps[frame, voice] = np.int32(clamp(pace, ZERO, FASTEST))
                for frame in range(count):
                    for voice in range(voices):
                        phases[frame + 1, voice] = np.int32(phases[frame, voice] + steps[frame + AHEAD, voice])
                for frame in range(count):
                    for voice in range(voices):
                        ring[frame + LATE, voice] += saw_at(phases[frame + 1, voice])
                        flags[frame, voice] = crossed(HALF, phases[frame, voice], steps[frame + AHEAD, voice])
                befall(SAW, ring, count, phases, steps, lates, flags, steps)
                for voice in range(voices):
                    phase_now[saw, voice] = phases[count, voice]
            for frame in range(count):
                here = np.uint64(first + frame)
                full = mix[here]
                middle = np.sqrt(ONE - full * full * (ONE - CHOIR_GAIN * CHOIR_GAIN))
                for voice in range(voices):
                    choir = CHOIR_GAIN * full * rings[CHOIR, frame, voice]
                    out[here, voice] = middle * rings[MIDDLE, frame, voice] + choir
            for part in range(2):
                keep(rings[part], count, tails[part])
