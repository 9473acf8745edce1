"""Clock: tempo × 2^CV → beats → pulses ×4 (with swing), ×2, ×1, ÷4, ÷16

Beats are counted in double precision: over an hour the last pulse is off by less than a hundredth of a frame.
"""

import numpy as np

from synthvr_server.dsp import exp2, inlined, schmitt
from synthvr_server.module import Input, Knob, Module, Output, State, Switch, kernel

ZERO, ONE, TEN, HALF = np.float32(0.0), np.float32(1.0), np.float32(10.0), np.float32(0.5)
CYCLE = 16.0  # beats: the slowest output's period
# Beats; a hundredth of a frame: rounding must not hold a pulse back that is due on this very frame.
EARLY = 1e-7
TRIGGER = np.float32(0.001)  # s
ALL = np.int64(31)  # one bit for each of the five pulses


@inlined
def pulse(beats, period):
    """1 in the first half of every ``period`` (beats), else 0."""
    turns = beats / period
    return np.int64(1) if turns - np.floor(turns) < 0.5 else np.int64(0)


@inlined
def swung(beats, swing):
    """1 at the start of every quarter of a beat, every second one moved to ``swing`` (0.5–0.75) of the pair."""
    pair = 2.0 * beats - np.floor(2.0 * beats)
    length = 0.5 * (1.0 - swing)
    late = pair - swing
    return np.int64(1) if pair < length or (late >= 0.0 and late < length) else np.int64(0)


class Clock(Module):
    """Keeps time for sequencers and envelopes."""

    title = "Clock"
    tags = ("clock", "sequencer")

    tempo_cv = Input("V/Oct", "pitch", help="every volt doubles the tempo")
    run_gate = Input("Run", "gate", normal=10.0, help="stops the clock while low, if the switch lets it run")
    reset = Input("Reset", "trigger", help="back to the first beat, at once")
    tempo = Knob("Tempo", 30.0, 300.0, default=120.0, unit="BPM")
    swing = Knob(
        "Swing", 50.0, 75.0, default=50.0, unit="%", help="where every second ×4 falls: 50 straight, 67 triplets"
    )
    run = Switch("Run", ("stop", "run"), default=1, help="a stopped clock keeps its place")
    sixteenth = Output("×4", "gate", help="four a beat, with swing")
    eighth = Output("×2", "gate", help="two a beat")
    beat = Output("×1", "gate", help="one a beat")
    bar = Output("÷4", "gate", help="one every four beats")
    phrase = Output("÷16", "gate", help="one every sixteen beats")
    reset_out = Output("Reset", "trigger", help="10 V for 1 ms with every reset")

    place = State(np.float64)  # beats, 0–16
    # The pulses that may sound, as bits. Stopping amid a pulse bars it, or starting again would tick twice.
    unbarred = State(np.int64, initial=31)
    was_running = State()
    was_gate = State()
    was_reset = State()
    reset_left = State()  # frames

    @kernel
    def process(
        tempo_cv, run_gate, reset, tempo, swing, run, sixteenth, eighth, beat, bar, phrase, reset_out,
        place, unbarred, was_running, was_gate, was_reset, reset_left, sample_rate,
    ):  # fmt: skip
        beats_per_frame = 1.0 / (60.0 * np.float64(sample_rate))
        for frame in range(beat.shape[0]):
            for voice in range(beat.shape[1]):
                was_gate[voice] = schmitt(run_gate[frame, voice], was_gate[voice])
                running = was_gate[voice] > ZERO and run[frame] > HALF
                if was_running[voice] > ZERO and not running:
                    unbarred[voice] = 0
                was_running[voice] = ONE if running else ZERO

                high = schmitt(reset[frame, voice], was_reset[voice])
                if high > was_reset[voice]:
                    place[voice], unbarred[voice] = 0.0, ALL
                    reset_left[voice] = np.floor(TRIGGER * sample_rate + HALF)
                was_reset[voice] = high
                reset_out[frame, voice] = TEN if reset_left[voice] > ZERO else ZERO
                reset_left[voice] -= ONE if reset_left[voice] > ZERO else ZERO

                beats = place[voice] + EARLY
                pulses = swung(beats, np.float64(swing[frame]) * 0.01)
                pulses |= pulse(beats, 0.5) << 1 | pulse(beats, 1.0) << 2
                pulses |= pulse(beats, 4.0) << 3 | pulse(beats, CYCLE) << 4
                if running:
                    unbarred[voice] |= ALL & ~pulses
                    per_minute = np.float64(tempo[frame]) * np.float64(exp2(tempo_cv[frame, voice]))
                    ahead = place[voice] + per_minute * beats_per_frame
                    place[voice] = ahead - CYCLE if ahead + EARLY >= CYCLE else ahead
                sounding = pulses & unbarred[voice] if running else np.int64(0)
                sixteenth[frame, voice] = TEN * np.float32(sounding & 1)
                eighth[frame, voice] = TEN * np.float32(sounding >> 1 & 1)
                beat[frame, voice] = TEN * np.float32(sounding >> 2 & 1)
                bar[frame, voice] = TEN * np.float32(sounding >> 3 & 1)
                phrase[frame, voice] = TEN * np.float32(sounding >> 4 & 1)
