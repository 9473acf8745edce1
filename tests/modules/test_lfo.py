"""The LFO's rate, waveforms, reset and clock."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

LFO = load_module_file(shipped_folder() / "modulators" / "lfo.py")
RATE = 48000


def rises(wave):
    """Frames on which a wave crosses 0 V upwards."""
    return np.flatnonzero((wave[1:] > 0) & (wave[:-1] <= 0)) + 1


def clock(period, frames, start=0):
    """1 ms triggers every ``period`` frames (which need not be whole)."""
    signal = np.zeros(frames, np.float32)
    for at in np.ceil(np.arange(start, frames, period)).astype(int):
        signal[at : at + 48] = 10.0
    return signal


@pytest.mark.parametrize("hertz", [0.5, 2.0, 37.0, 100.0])
def test_the_rate_is_what_the_knob_says(hertz):
    edges = rises(KernelBench(LFO, block=4800).run(10 * RATE, rate=hertz)["square"][:, 0])
    assert RATE * (len(edges) - 1) / (edges[-1] - edges[0]) == pytest.approx(hertz, rel=1e-4)


def test_the_slowest_rate_is_kept_within_a_thousandth():
    saw = KernelBench(LFO, block=4800).run(10 * RATE, rate=0.01)["saw"][:, 0]
    assert saw[-1] - saw[0] == pytest.approx(1.0, rel=1e-3)  # a tenth of a turn in 10 s: 1 V of 10


def test_every_volt_doubles_the_rate():
    for volts in (-2.0, 1.0, 3.0):
        edges = rises(KernelBench(LFO, block=4800).run(8 * RATE, rate_cv=volts)["square"][:, 0])
        assert RATE / np.diff(edges).mean() == pytest.approx(2.0 * 2**volts, rel=1e-4)


def test_the_waves_are_plus_minus_5_volts_or_0_to_10():
    for polarity, low, high in ((0, -5.0, 5.0), (1, 0.0, 10.0)):
        out = KernelBench(LFO, polarity=polarity).run(RATE)
        for wave in out.values():
            assert wave.min() == pytest.approx(low, abs=0.001)
            assert wave.max() == pytest.approx(high, abs=0.001)


def test_the_waves_have_their_shapes():
    out = {name: wave[:24000, 0] for name, wave in KernelBench(LFO).run(24000).items()}
    turns = np.arange(24000) / 24000
    assert out["sine"] == pytest.approx(5 * np.sin(2 * np.pi * turns), abs=1e-4)
    assert out["triangle"] == pytest.approx(10 / np.pi * np.arcsin(np.sin(2 * np.pi * turns)), abs=1e-3)
    assert out["saw"] == pytest.approx(10 * turns - 5, abs=1e-3)
    assert out["square"] == pytest.approx(np.where(turns < 0.5, 5, -5))


def test_the_width_sets_how_long_the_square_is_high():
    for knob, cv, part in ((0.25, 0.0, 0.25), (0.5, 2.0, 0.7), (0.9, 10.0, 0.99), (0.1, -10.0, 0.01)):
        square = KernelBench(LFO, width=knob).run(RATE, width_cv=cv)["square"][:, 0]
        assert np.mean(square > 0) == pytest.approx(part, abs=0.001)


def test_a_reset_starts_the_turn_again_on_its_frame():
    reset = np.zeros(9600, np.float32)
    reset[5000:5048] = 10.0
    saw = KernelBench(LFO).run(9600, reset=reset)["saw"][:, 0]
    assert saw[4999] > -3.0
    assert saw[5000] == -5.0
    assert saw[5001] > -5.0


@pytest.mark.parametrize(("knob", "ratio"), [(2.0, 1.0), (4.3, 2.0), (1.0, 0.5), (0.5, 0.25)])
def test_a_clock_sets_the_rate_in_powers_of_two(knob, ratio):
    square = KernelBench(LFO, block=4800).run(10 * RATE, clock=clock(12000, 10 * RATE), rate=knob)["square"][:, 0]
    edges = rises(square[2 * RATE :])
    assert 12000 / np.diff(edges).mean() == pytest.approx(ratio, rel=1e-4)


def test_against_a_clock_of_uneven_frames_the_phase_does_not_drift():
    frames = 120 * RATE
    period = 11076.923  # 260 BPM
    saw = KernelBench(LFO, block=4800).run(frames, clock=clock(period, frames))["saw"][:, 0]
    beats = np.ceil(np.arange(10, 500) * period).astype(int)
    assert np.ptp(np.unwrap(saw[beats] / 10, period=1.0)) < 3 / period


def turns_of(saw):
    """Turns from the beginning on, of a saw of ±5 V."""
    return np.unwrap(saw[:, 0].astype(float) / 10 + 0.5, period=1.0)


def away(turns):
    """How far from a whole number of turns."""
    return np.abs((turns + 0.5) % 1.0 - 0.5)


@pytest.mark.parametrize("clocks", [(), (9000,)])
def test_it_runs_at_its_own_rate_until_two_clocks_have_come(clocks):
    saw = KernelBench(LFO).run(2 * RATE, rate=3.0, clock=sum((clock(2 * RATE, 2 * RATE, at) for at in clocks), 0.0))[
        "saw"
    ]
    turns = turns_of(saw)
    assert np.diff(turns).max() == pytest.approx(3.0 / RATE, rel=5e-3)
    assert turns[-1] - turns[-RATE // 2] == pytest.approx(1.5, abs=1e-3)


def test_a_first_clock_begins_the_turn_within_a_turn_and_without_a_jump():
    turns = turns_of(KernelBench(LFO).run(2 * RATE, rate=3.0, clock=clock(2 * RATE, 2 * RATE, 9000))["saw"])
    since = np.arange(9000 + 16000, 2 * RATE) - 9000
    assert away(turns[9000 + 16000 : 2 * RATE] - since * 3.0 / RATE).max() < 1e-3
    assert np.diff(turns).min() >= 0.0


@pytest.mark.parametrize("period", [3000, 12345, 48000])
@pytest.mark.parametrize("start", [1, 1000, 9000, 23000])
@pytest.mark.parametrize(("knob", "ratio"), [(2.0, 1.0), (8.0, 4.0), (0.5, 0.25)])
def test_a_clock_is_locked_to_within_a_turn_and_never_overtaken(period, start, knob, ratio):
    frames = start + 12 * period
    turns = turns_of(KernelBench(LFO).run(frames, rate=knob, clock=clock(period, frames, start))["saw"][:frames])
    told = start + period  # two clocks have come
    locked = int(told + period * max(1.0, 1.0 / ratio)) + 1
    ideal = (np.arange(locked, frames) - start) * ratio / period
    assert away(turns[locked:] - ideal).max() < 1e-3
    speeds = np.diff(turns)
    assert speeds.min() >= 0.0
    assert speeds[told:].max() < 1.02 * ratio / period


def test_the_sine_bends_towards_the_clock_and_never_jumps():
    frames = 6 * 12345
    sine = KernelBench(LFO).run(frames, clock=clock(12345, frames, 7777))["sine"][:, 0]
    assert np.abs(np.diff(sine)).max() < 1.02 * 5 * 2 * np.pi / 12345


def test_a_clock_that_becomes_faster_or_slower_is_caught_up_with():
    starts = np.concatenate(
        [np.arange(0, 10) * 12000, 120000 + np.arange(0, 10) * 9000, 210000 + np.arange(10) * 15000]
    )
    pulses = np.zeros(360000, np.float32)
    for at in starts:
        pulses[at : at + 48] = 10.0
    turns = turns_of(KernelBench(LFO).run(360000, clock=pulses)["saw"])
    assert away(turns[starts[[2, 9, 13, 19, 23, 29]]]).max() < 1e-3
    assert np.diff(turns).max() < 1.3 / 9000


def test_after_a_pause_of_the_clock_the_tempo_is_still_known():
    starts = [*range(0, 120000, 12000), *range(400000, 520000, 12000)]
    pulses = np.zeros(520000, np.float32)
    for at in starts:
        pulses[at : at + 48] = 10.0
    turns = turns_of(KernelBench(LFO).run(520000, clock=pulses)["saw"])
    assert np.diff(turns[36000:400000]).min() > 0.9 / 12000
    assert away(turns[starts[11:]]).max() < 1e-3


def test_a_reset_makes_the_next_clock_the_first_of_a_turn_of_many():
    frames = 20 * 6000
    reset = np.zeros(frames, np.float32)
    reset[6 * 6000 + 20 : 6 * 6000 + 68] = 10.0  # just after its clock, as through a cable that is a block late
    saw = KernelBench(LFO).run(frames, rate=0.5, clock=clock(6000, frames), reset=reset)["saw"]
    assert rises(saw[7 * 6000 :, 0])[0] + 7 * 6000 == pytest.approx(8 * 6000, abs=30)
    assert away(turns_of(saw)[[10 * 6000, 14 * 6000, 18 * 6000]]).max() < 1e-3


def test_v_oct_multiplies_a_clock_in_powers_of_two():
    frames = 20 * 12000
    turns = turns_of(KernelBench(LFO).run(frames, clock=clock(12000, frames), rate_cv=1.2)["saw"])
    assert turns[-1] - turns[-12001] == pytest.approx(2.0, abs=1e-3)


def test_the_fastest_rate_is_bounded():
    out = KernelBench(LFO).run(4800, rate_cv=24.0)
    assert all(np.isfinite(wave).all() and np.abs(wave).max() <= 5.001 for wave in out.values())


def test_sixteen_lanes_play_what_sixteen_mono_runs_play():
    cv = np.tile(np.linspace(-2, 6, 16, dtype=np.float32), (9600, 1))
    poly = KernelBench(LFO, lanes=16).run(9600, rate_cv=cv)
    for voice in range(16):
        mono = KernelBench(LFO).run(9600, rate_cv=cv[0, voice])
        for name in ("sine", "triangle"):
            assert poly[name][:, voice] == pytest.approx(mono[name][:, 0], abs=1e-3)


def test_sixteen_lanes_follow_sixteen_clocks_as_sixteen_mono_runs_do():
    frames = 48000
    clocks = np.stack([clock(3000 + 500 * voice, frames, 100 * voice) for voice in range(16)], axis=1)
    poly = KernelBench(LFO, lanes=16).run(frames, clock=clocks)["saw"]
    for voice in (0, 1, 7, 15):
        mono = KernelBench(LFO).run(frames, clock=clocks[:, voice])["saw"][:, 0]
        assert away((poly[:, voice] - mono) / 10).max() < 1e-4


def test_the_range_is_switched_in_a_glide():
    ramp = np.clip((np.arange(RATE) - RATE // 2) / (0.02 * RATE), 0.0, 1.0)
    assert LFO.declaration.knobs["polarity"].glide == 0.02
    out = KernelBench(LFO).run(RATE, rate=0.1, polarity=ramp)["triangle"][:, 0]
    assert np.abs(np.diff(out)).max() < 0.01
