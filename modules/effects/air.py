"""Air: in ─┬──────────────────────────────────────── dry ─── mix → out
        └ split ─┬ lows ──────────────────────── (+) ────┘
                 └ highs → saturation → compressor ┘

Quiet highs are lifted by more than 20 dB, loud ones hardly: density instead of harshness. In Breath mode the highs are
left alone and noise is breathed in above the crossover, as loud as the input is.
"""

import numpy as np

from synthvr_server.dsp import after, clamp, evenly, exp2, inlined, select, tan_turns
from synthvr_server.module import Input, Knob, Module, Output, Scratch, State, Switch, kernel

FULL = np.float32(20.0)  # V: 0 dBFS of the levels below. A signal of ±5 V is a mix with 12 dB of headroom
DAMPING = np.float32(np.sqrt(3.0))  # of a second-order Bessel filter, which keeps the shape of a transient
CORNER = np.float32(1.2720196)  # its own frequency over that of −3 dB
HIGHEST = np.float32(0.46)  # crossover, of the sample rate
THRESHOLD, CREST, LOUD = -18.0, 20.0, 20.0  # dBFS; on top of what the detector reads; where make-up is measured
RATIO = np.float32(3.0)  # 1:4 at full air
DETECTOR, RELEASE = np.float32(0.005), np.float32(0.075)  # s
BREATH = np.float32(0.5)  # of the input's effective level, at full air
LEAST = np.float32(1e-12)  # power, of full scale

# At the sample rate, a 5 kHz tone of 20 V aliases at −31 dB, one of 5 V at −44. Oversampled, the loudest that was
# measured, 10 V, aliases at −74 dB. Only what saturation adds passes the filters.
FOUR = 4
LATE = 20  # frames
TAPS = FOUR * LATE + 1  # at 48 kHz: flat within 0.02 dB up to 20 kHz, images from 28 kHz on down by 55 dB
_AWAY = np.arange(TAPS) - TAPS // 2
FILTER = (np.sinc(_AWAY / FOUR) * np.kaiser(TAPS, 0.1102 * (56.0 - 8.7)) / FOUR).astype(np.float32)

CHUNK = 32  # frames worked on at once
ZERO, HALF, ONE, TWO = np.float32([0.0, 0.5, 1.0, 2.0])
TENTH = np.float32(0.1)
OVER = np.float32(10 ** ((CREST - THRESHOLD) / 10))  # mean square → power over the threshold
MAKE_UP = np.float32(HALF * (LOUD - THRESHOLD) * np.log2(10.0) / 20)  # octaves, at a slope of 1


# The polynomial of log2(1.5 + x), |x| ≤ ½, by least squares.
LOG = np.float32(
    np.polynomial.Polynomial.fit(np.linspace(-0.5, 0.5, 999), np.log2(np.linspace(1, 2, 999)), 5).convert().coef
)


@inlined
def log2(x):
    """log2 of a positive float32, within 4e-5."""
    bits = np.float32(x).view(np.int32)
    octave = np.float32((bits >> np.int32(23)) - np.int32(127))
    m = np.int32((bits & np.int32(0x7FFFFF)) | np.int32(0x3F800000)).view(np.float32) - np.float32(1.5)
    y = np.float32(LOG[5])
    for power in range(5):
        y = y * m + LOG[4 - power]
    return octave + y


@inlined
def corner(crossover, sample_rate):
    """tan(π·f / sample rate) of the low-pass, and what solves its loop."""
    g = tan_turns(HALF * clamp(crossover * CORNER / sample_rate, ZERO, HIGHEST))
    return g, ONE / (ONE + g * (g + DAMPING))


@inlined
def highs(x, g, solved, poles, first, voice):
    """What a second-order Bessel low-pass (trapezoidal) leaves of ``x``: both add up to ``x`` exactly."""
    s1, s2 = poles[first, voice], poles[first + 1, voice]
    band = solved * (s1 + g * (x - s2))
    low = s2 + g * band
    poles[first, voice], poles[first + 1, voice] = TWO * band - s1, TWO * low - s2
    return x - low


class Air(Module):
    """Lifts the quiet highs and holds the loud ones: brilliance without harshness. Or breath."""

    title = "Air"
    tags = ("effect", "dynamics", "polyphonic")
    latency = LATE / 48000

    audio = Input("In", "audio")
    air_cv = Input("Air", help="10 V sweep the whole range")

    air = Knob("Air", 0.0, 1.0, default=0.5)
    crossover = Knob("Crossover", 1000.0, 8000.0, default=4000.0, unit="Hz", scale="log")
    mix = Knob("Mix", 0.0, 1.0, default=0.6)
    mode = Switch("Mode", ("Air", "Breath"), glide=0.02)

    out = Output("Out", "audio")

    poles = State(np.float32, (4,), voices_last=True)  # of the split, and of the breath's
    levels = State(np.float32, (2,), voices_last=True)  # mean square, and the same with release
    dice = State(np.uint64, random=True)
    dry = State(np.float32, (LATE + CHUNK,), voices_last=True)  # these end with the chunk
    high = State(np.float32, (LATE + CHUNK,), voices_last=True)
    added = State(np.float32, (FOUR, LATE + CHUNK), voices_last=True)  # by saturation, by phase
    bends = Scratch(np.float32, (CHUNK,))  # k of the saturation
    saturated = Scratch(np.float32, (CHUNK,))  # what it adds, at the sample rate

    @kernel
    def process(
        audio, air_cv, air, crossover, mix, mode, out, sample_rate,
        poles, levels, dice, dry, high, added, bends, saturated,
    ):  # fmt: skip
        voices = out.shape[1]
        follow = ONE - exp2(-ONE / (DETECTOR * sample_rate * np.float32(np.log(2))))
        release = exp2(-TWO / (RELEASE * sample_rate * np.float32(np.log(2))))  # of a power
        for first in range(0, out.shape[0], CHUNK):
            count = min(CHUNK, out.shape[0] - first)
            g, solved = corner(crossover[first], sample_rate)
            for frame in range(count):
                here, now = np.uint64(first + frame), np.uint64(LATE + frame)
                if crossover[here] != crossover[np.uint64(first)]:
                    g, solved = corner(crossover[here], sample_rate)
                for voice in range(voices):
                    x = audio[here, voice]
                    dry[now, voice] = x
                    high[now, voice] = highs(x, g, solved, poles, 0, voice)
                    amount = clamp(air[here] + air_cv[here, voice] * TENTH, ZERO, ONE)
                    bends[frame, voice] = amount / (ONE - HALF * amount)  # 2a / (1 − a), a = air / 2
            for phase in range(FOUR):
                ring = added[phase]
                for frame in range(count):
                    for voice in range(voices):
                        ring[np.uint64(LATE + frame), voice] = ZERO
                for tap in range(phase, TAPS, FOUR):
                    weight, back = FOUR * FILTER[tap], LATE - tap // FOUR
                    for frame in range(count):
                        for voice in range(voices):
                            ring[np.uint64(LATE + frame), voice] += weight * high[np.uint64(back + frame), voice]
                for frame in range(count):
                    for voice in range(voices):
                        x, k = ring[np.uint64(LATE + frame), voice], bends[frame, voice]
                        ring[np.uint64(LATE + frame), voice] = x * ((ONE + k) / (ONE + k * abs(x / FULL)) - ONE)
            for frame in range(count):
                for voice in range(voices):
                    saturated[frame, voice] = ZERO
            for tap in range(TAPS):
                phase = -tap % FOUR
                weight, back, ring = FILTER[tap], LATE - (tap + phase) // FOUR, added[phase]
                for frame in range(count):
                    for voice in range(voices):
                        saturated[frame, voice] += weight * ring[np.uint64(back + frame), voice]
            for frame in range(count):
                here, late = np.uint64(first + frame), np.uint64(frame)
                breathing = mode[here]  # 0–1: on its way between the two, both are mixed
                for voice in range(voices):
                    amount = clamp(air[here] + air_cv[here, voice] * TENTH, ZERO, ONE)
                    untouched = high[late, voice]
                    lifted = untouched + saturated[frame, voice]
                    x = (lifted + breathing * (dry[late, voice] - lifted)) / FULL
                    mean = levels[0, voice] + follow * (x * x - levels[0, voice])
                    held = levels[1, voice] * release
                    held = select(mean > held, mean, held)
                    levels[0, voice], levels[1, voice] = mean, held
                    slope = ONE - ONE / (ONE + RATIO * amount)
                    over = log2(clamp(held * OVER, ONE, np.float32(1e9)))  # octaves of power: twice those of level
                    gain = exp2(slope * (MAKE_UP - HALF * over))
                    dice[voice] = after(dice[voice])
                    hiss = highs(evenly(dice[voice]), g, solved, poles, 2, voice)
                    breath = amount * BREATH * FULL * np.sqrt(held) * hiss
                    aired = gain * lifted - untouched
                    change = aired + breathing * (breath - aired)
                    out[here, voice] = dry[late, voice] + mix[here] * change
            for frame in range(LATE):
                for voice in range(voices):
                    dry[frame, voice], high[frame, voice] = dry[count + frame, voice], high[count + frame, voice]
                    for phase in range(FOUR):
                        added[phase, frame, voice] = added[phase, count + frame, voice]
