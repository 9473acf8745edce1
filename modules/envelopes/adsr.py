"""ADSR: gate → attack (RC towards 12.5 V, cut at 10 V) → decay (RC to sustain) → release (RC to 0) → env, inverted, end

As in an analogue envelope, one capacitor is charged and discharged towards a level: every stage starts
where the last one stopped, so nothing ever clicks.
"""

import numpy as np

from synthvr_server.dsp import clamp, exp2, schmitt, select
from synthvr_server.module import Input, Knob, Module, Output, State, kernel

ZERO, ONE, TEN = np.float32(0.0), np.float32(1.0), np.float32(10.0)
TENTH, HALF, TWELFTH = np.float32(0.1), np.float32(0.5), np.float32(1 / 12)
# The attack aims at 125 % of the peak: bent like a capacitor's curve, and at the peak in a known time.
ATTACK_TARGET = np.float32(1.25)
ATTACK_CONSTANTS = np.float32(np.log(1.25 / 0.25))  # RC time constants from 0 to the peak
# A fall aims 1 % of its height too low, so that it arrives: exactly after the knob's time.
UNDERSHOOT = np.float32(0.01)
FALL_CONSTANTS = np.float32(np.log(1.01 / 0.01))
FASTEST = np.float32(3.4)  # time constants a frame; beyond it the rational form of 1 − e⁻ˣ turns back
UNITS, PER_UNIT = np.float32(2.0**30), np.float32(2.0**-30)
TRIGGER = np.float32(0.001)  # s


class ADSR(Module):
    """Shapes a note: rises while attacked, falls to the sustain level while held, and to nothing once let go."""

    title = "ADSR"
    tags = ("envelope", "polyphonic")

    gate = Input("Gate", "gate")
    retrigger = Input("Retrig", "trigger", help="while the gate is held: attacks again from where it is")
    attack_cv = Input("A CV", help="every volt doubles the attack time: −10 V is ÷1024, 10 V is ×1024")
    decay_cv = Input("D CV", help="every volt doubles the decay time")
    sustain_cv = Input("S CV", help="every volt adds 10 % to the sustain level")
    release_cv = Input("R CV", help="every volt doubles the release time")
    attack = Knob("Attack", 0.0005, 10.0, default=0.005, unit="s", scale="log", help="time from 0 V to 10 V")
    decay = Knob("Decay", 0.0005, 10.0, default=0.3, unit="s", scale="log", help="time from 10 V to the sustain level")
    sustain = Knob("Sustain", 0.0, 1.0, default=0.6)
    release = Knob("Release", 0.0005, 10.0, default=0.3, unit="s", scale="log", help="time from 10 V to 0 V")
    env = Output("Env", help="0–10 V")
    inverted = Output("Inv", help="0 to −10 V")
    end = Output("End", "trigger", help="10 V for 1 ms when the release has reached 0 V")

    level = State(np.int32)  # 2³⁰ is the peak; float32 would lose the small steps of long stages
    fraction = State()  # of one unit of the level
    held = State()
    retriggered = State()
    attacking = State()
    end_left = State()  # frames of the end trigger still to come

    @kernel
    def process(
        gate, retrigger, attack_cv, decay_cv, sustain_cv, release_cv, attack, decay, sustain, release,
        env, inverted, end, level, fraction, held, retriggered, attacking, end_left, sample_rate,
    ):  # fmt: skip
        voices = env.shape[1]
        trigger_frames = np.floor(TRIGGER * sample_rate + HALF)
        for frame in range(env.shape[0]):
            attack_rate = ATTACK_CONSTANTS / (attack[frame] * sample_rate)
            decay_rate = FALL_CONSTANTS / (decay[frame] * sample_rate)
            release_rate = FALL_CONSTANTS / (release[frame] * sample_rate)
            for voice in range(voices):
                was_high, was_again = held[voice], retriggered[voice]
                was_rising, left = attacking[voice], end_left[voice]
                now = np.float32(level[voice]) * PER_UNIT

                high = schmitt(gate[frame, voice], was_high)
                again = schmitt(retrigger[frame, voice], was_again)
                started = (high > was_high) | (again > was_again)
                rising = high * select(started, ONE, was_rising)
                is_rising, is_held = rising > ZERO, high > ZERO

                hold = clamp(sustain[frame] + TENTH * sustain_cv[frame, voice], ZERO, ONE) * high
                is_above = now > hold
                # Once below the sustain level (it was raised), creep up to it; above, fall and arrive.
                falling_to = select(is_above, hold - UNDERSHOOT * (ONE - hold), hold)
                target = select(is_rising, ATTACK_TARGET, falling_to)
                octaves = select(is_held, decay_cv[frame, voice], release_cv[frame, voice])
                octaves = select(is_rising, attack_cv[frame, voice], octaves)
                rate = select(is_rising, attack_rate, select(is_held, decay_rate, release_rate))
                x = rate * exp2(-octaves)
                x = select(x > FASTEST, FASTEST, x)
                units = fraction[voice] + UNITS * ((target - now) * (x / (ONE + HALF * x + TWELFTH * x * x)))
                whole = np.floor(units)
                new_level = np.int32(level[voice] + np.int32(whole))
                after = np.float32(new_level) * PER_UNIT

                is_peak = is_rising & (after >= ONE)
                has_arrived = (not is_rising) & is_above & (after <= hold)
                after = select(is_peak, ONE, select(has_arrived, hold, after))
                let_go_at_zero = (high < was_high) & (now <= ZERO)
                has_ended = (has_arrived & (not is_held)) | let_go_at_zero
                left = select(has_ended, trigger_frames, left)
                held[voice], retriggered[voice] = high, again
                attacking[voice] = select(is_peak, ZERO, rising)
                level[voice] = select(is_peak | has_arrived, np.int32(after * UNITS), new_level)
                fraction[voice] = units - whole
                end_left[voice] = select(left > ZERO, left - ONE, ZERO)
                end[frame, voice] = select(left > ZERO, TEN, ZERO)
                env[frame, voice] = TEN * after
                inverted[frame, voice] = -TEN * after
