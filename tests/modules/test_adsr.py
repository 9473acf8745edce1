"""The envelope's stages last what the knobs say, and nothing clicks."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

ADSR = load_module_file(shipped_folder() / "envelopes" / "adsr.py")
RATE = 48000
MS = RATE // 1000


def held(start, stop, frames):
    """A gate that is high from frame ``start`` to ``stop``."""
    gate = np.zeros(frames, np.float32)
    gate[start:stop] = 10.0
    return gate


def test_the_attack_reaches_10_volts_after_its_time():
    for seconds in (0.0005, 0.01, 1.0):
        env = KernelBench(ADSR, attack=seconds).run(int(1.2 * seconds * RATE), gate=10.0)["env"][:, 0]
        peak = np.argmax(env >= 10.0)
        assert peak == pytest.approx(seconds * RATE, abs=1 + 0.001 * seconds * RATE)


def test_the_decay_reaches_the_sustain_level_after_its_time():
    env = KernelBench(ADSR, attack=0.0005, decay=0.1, sustain=0.5).run(10000, gate=10.0)["env"][:, 0]
    peak = np.argmax(env >= 10.0)
    arrival = peak + np.argmax(env[peak:] <= 5.0)
    assert (arrival - peak) / MS == pytest.approx(100, abs=0.1)
    assert np.all(env[arrival:] == 5.0)


def test_the_release_falls_from_10_volts_to_exactly_0_in_its_time():
    bench = KernelBench(ADSR, attack=0.001, sustain=1.0, release=0.25)
    env = bench.run(30000, gate=held(0, 9600, 30000))["env"][:, 0]
    silence = np.argmax(env[9600:] == 0.0)
    assert silence / MS == pytest.approx(250, abs=0.25)
    assert np.all(env[9600 + silence :] == 0.0)


def test_the_release_falls_exponentially():
    env = KernelBench(ADSR, sustain=1.0, release=1.0).run(60000, gate=held(0, 4800, 60000))["env"][4800:, 0]
    # A tenth of the time is 0.46 time constants: −4 dB, and as much again in every further tenth.
    decibels = 20 * np.log10(env[[0, 4800, 9600, 14400]] / 10)
    assert np.diff(decibels) == pytest.approx([-4.05, -4.1, -4.15], abs=0.1)


@pytest.mark.parametrize(("stage", "cv"), [("attack", "attack_cv"), ("decay", "decay_cv"), ("release", "release_cv")])
def test_one_volt_doubles_the_time_of_a_stage(stage, cv):
    knobs = {"attack": 0.0005, "decay": 0.0005, "release": 0.0005, "sustain": 0.0 if stage == "decay" else 1.0} | {
        stage: 0.05
    }

    def time(volts):
        env = KernelBench(ADSR, **knobs).run(48000, gate=held(0, 24000, 48000), **{cv: volts})["env"][:, 0]
        if stage == "attack":
            return np.argmax(env >= 10.0)
        start = np.argmax(env >= 10.0) if stage == "decay" else 24000
        return np.argmax(env[start:] <= 0.0)

    assert time(1.0) / time(0.0) == pytest.approx(2, rel=0.01)
    assert time(-2.0) / time(0.0) == pytest.approx(0.25, rel=0.01)


def test_sustain_cv_adds_a_tenth_per_volt_and_stays_in_range():
    for volts, level in ((2.0, 7.0), (-3.0, 2.0), (10.0, 10.0), (-10.0, 0.0)):
        env = KernelBench(ADSR, attack=0.001, decay=0.01, sustain=0.5).run(9600, gate=10.0, sustain_cv=volts)["env"][
            :, 0
        ]
        assert env[-1] == pytest.approx(level, abs=0.001)


def test_a_raised_sustain_is_followed_upwards_without_a_jump():
    sustain = np.full(48000, 0.2, np.float32)
    sustain[24000:] = 0.8
    env = KernelBench(ADSR, attack=0.001, decay=0.1).run(48000, gate=10.0, sustain=sustain)["env"][:, 0]
    assert env[23999] == pytest.approx(2.0)
    assert env[-1] == pytest.approx(8.0, abs=0.01)
    assert np.abs(np.diff(env[23000:])).max() < 0.01


def test_a_retrigger_attacks_again_from_the_present_level():
    bench = KernelBench(ADSR, attack=0.02, decay=0.05, sustain=0.3)
    env = bench.run(19200, gate=10.0, retrigger=held(9600, 9648, 19200))["env"][:, 0]
    assert env[9599] == pytest.approx(3.0)
    assert env[9600:].max() == 10.0
    steepest_attack = 12.5 * 1.61 / (0.02 * RATE)  # V per frame of a capacitor charged towards 12.5 V
    assert np.abs(np.diff(env)).max() <= steepest_attack * 1.01


def test_a_new_gate_during_the_release_goes_on_from_there():
    gate = held(0, 9600, 19200) + held(12000, 19200, 19200)
    env = KernelBench(ADSR, attack=0.05, sustain=1.0, release=0.2).run(19200, gate=gate)["env"][:, 0]
    assert 1.0 < env[12000] < 9.0
    assert np.abs(np.diff(env)).max() < 0.02


def test_a_gate_that_falls_during_the_attack_releases_at_once():
    env = KernelBench(ADSR, attack=1.0, release=0.1).run(9600, gate=held(0, 4800, 9600))["env"][:, 0]
    assert np.argmax(env) == 4799


def test_the_inverted_output_mirrors_the_envelope():
    out = KernelBench(ADSR).run(9600, gate=held(0, 4800, 9600))
    assert np.array_equal(out["inverted"], -out["env"])


def test_the_end_trigger_lasts_1_ms_from_the_end_of_the_release():
    out = KernelBench(ADSR, attack=0.001, release=0.05).run(9600, gate=held(0, 960, 9600))
    high = np.flatnonzero(out["end"][:, 0] == 10.0)
    assert len(high) == MS
    assert np.all(np.diff(high) == 1)
    assert high[0] == 960 + np.argmax(out["env"][960:, 0] == 0.0)


def test_an_envelope_that_has_decayed_to_0_ends_when_its_gate_falls():
    out = KernelBench(ADSR, attack=0.001, decay=0.01, sustain=0.0).run(9600, gate=held(0, 4800, 9600))
    assert np.array_equal(np.flatnonzero(out["end"]), np.arange(4800, 4800 + MS))


def test_a_gate_below_1_volt_does_not_trigger():
    assert not KernelBench(ADSR).run(4800, gate=0.9)["env"].any()


def test_the_longest_attack_under_full_cv_still_moves():
    bench = KernelBench(ADSR, block=4800, attack=10.0)
    env = bench.run(10 * RATE, gate=10.0, attack_cv=10.0)["env"][:, 0]  # 10,240 s
    expected = 12.5 * (1 - np.exp(-1.609 * 10 / 10240))
    assert env[-1] == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("rate", [44100, 96000])
def test_times_hold_at_other_sample_rates(rate):
    env = KernelBench(ADSR, rate=rate, attack=0.1).run(rate // 5, gate=10.0)["env"][:, 0]
    assert np.argmax(env >= 10.0) / rate == pytest.approx(0.1, rel=0.002)


def test_sixteen_lanes_play_what_sixteen_mono_runs_play():
    random = np.random.default_rng(1)
    gate = np.repeat(random.choice([0.0, 10.0], (40, 16)), 240, axis=0).astype(np.float32)
    cv = random.uniform(-5, 5, (len(gate), 16)).astype(np.float32)
    jacks = {"gate": gate, "attack_cv": cv, "decay_cv": cv, "sustain_cv": cv, "release_cv": cv, "retrigger": gate[::-1]}
    poly = KernelBench(ADSR, lanes=16, attack=0.02, release=0.01).run(len(gate), **jacks)
    for voice in range(16):
        mono = KernelBench(ADSR, attack=0.02, release=0.01).run(
            len(gate), **{name: np.ascontiguousarray(jack[:, voice]) for name, jack in jacks.items()}
        )
        for name in poly:
            assert poly[name][:, voice] == pytest.approx(mono[name][:, 0], abs=2e-4)
