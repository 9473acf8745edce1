"""The order, pitches and gates of the sequencer."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Sequencer = load_module_file(shipped_folder() / "sequencers" / "sequencer.py")
RATE = 48_000
MS = 48  # frames
STEP = 4800  # frames between two clocks
MODES = [f"mode_{number}" for number in range(1, 9)]
OFF, ON, TIE = 0, 1, 2
SCALES = Sequencer.declaration.knobs["scale"].choices


def pulses(frames, *starts):
    """1 ms triggers at ``starts``."""
    signal = np.zeros(frames, np.float32)
    for start in starts:
        signal[start : start + MS] = 10.0
    return signal


def halves(period, count, start=0):
    """Clocks that are high for half of their time, from ``start`` on."""
    return np.concatenate([np.zeros(start), np.tile(np.repeat([10.0, 0.0], period // 2), count)]).astype(np.float32)


def play(clocks, resets=(), jacks=None, **knobs):
    """Outputs, one value per frame, over ``clocks`` clocks (a number: one every STEP frames)."""
    starts = range(0, clocks * STEP, STEP) if isinstance(clocks, int) else clocks
    frames = starts[-1] + STEP
    out = KernelBench(Sequencer, block=100, **knobs).run(
        frames, clock=pulses(frames, *starts), reset=pulses(frames, *resets), **(jacks or {})
    )
    return {name: signal[:, 0] for name, signal in out.items()}


def steps_played(out):
    """The step numbers 1–8, one per clock period."""
    return [int(step) + 1 for step in out["current"][STEP // 2 :: STEP]]


def gates(signal):
    """(rise, fall) frames of a gate."""
    edges = np.diff(np.concatenate([[0], signal >= 1.0, [0]]).astype(int))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def in_semitones(volts):
    return np.asarray(volts) * 12


def test_the_first_clock_plays_the_first_step():
    assert steps_played(play(3)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("direction", "order"),
    [
        (0, [1, 2, 3, 4, 1, 2, 3, 4, 1]),
        (1, [4, 3, 2, 1, 4, 3, 2, 1, 4]),
        (2, [1, 2, 3, 4, 3, 2, 1, 2, 3]),
    ],
)
def test_the_directions_forward_backward_and_pendulum(direction, order):
    assert steps_played(play(9, steps=3, direction=direction)) == order


def test_random_plays_every_step_and_no_other():
    assert set(steps_played(play(200, steps=4, direction=3))) == {1, 2, 3, 4, 5}


def test_a_sequence_of_one_step_stays_there():
    for direction in range(4):
        assert steps_played(play(4, steps=0, direction=direction)) == [1, 1, 1, 1]


def test_the_step_changes_on_the_frame_of_its_clock():
    out = play(2)
    assert out["current"][STEP - 1] == 0.0
    assert out["current"][STEP] == 1.0
    assert out["gate"][STEP - 1] == 0.0
    assert out["gate"][STEP] == 10.0


def test_end_fires_for_1_ms_when_the_sequence_starts_again():
    end = gates(play(9, steps=3)["end"])
    assert end == [(4 * STEP, 4 * STEP + MS), (8 * STEP, 8 * STEP + MS)]


def test_a_reset_goes_to_the_first_step_at_once_and_the_next_clock_plays_it():
    out = play(6, resets=[2 * STEP + 2000])
    assert out["current"][2 * STEP + 1999] == 2.0
    assert out["current"][2 * STEP + 2000] == 0.0
    assert steps_played(out) == [1, 2, 1, 1, 2, 3]
    assert out["gate"][2 * STEP + 2000] == 0.0


@pytest.mark.parametrize("late", [-20, 0, 20])
def test_a_clock_within_1_ms_of_a_reset_plays_the_first_step_and_does_not_move_past_it(late):
    out = play(5, resets=[3 * STEP - late])
    assert steps_played(out) == [1, 2, 3, 1, 2]
    assert out["gate"][3 * STEP + 100] == 10.0


def test_a_gate_lasts_its_part_of_the_clock_period():
    for length in (0.1, 0.5, 0.8):
        played = gates(play(4, length=length)["gate"])[2:]  # two clocks make the period known
        assert played == [(start, pytest.approx(start + length * STEP, abs=1)) for start in (2 * STEP, 3 * STEP)]


@pytest.mark.parametrize("tempo", [30, 60, 120, 240])
@pytest.mark.parametrize("start", [0, 700])
def test_the_first_gate_lasts_as_long_as_the_others_of_a_clock_that_is_high_for_half_its_time(tempo, start):
    period = RATE * 60 // tempo // 4
    played = gates(
        KernelBench(Sequencer, block=100).run(start + 4 * period, clock=halves(period, 4, start))["gate"][:, 0]
    )
    assert [fall - rise for rise, fall in played] == [pytest.approx(period / 2, abs=1)] * 4


def test_the_first_gate_of_a_clock_of_triggers_is_no_longer_than_they_are():
    assert gates(play(2)["gate"])[0] == (0, MS)


def test_the_first_gate_after_a_pause_does_not_last_as_long_as_half_of_the_pause():
    clock = np.concatenate([halves(STEP, 4), np.zeros(20 * STEP, np.float32), halves(STEP, 4)])
    played = gates(KernelBench(Sequencer, block=100).run(len(clock), clock=clock)["gate"][:, 0])
    assert [fall - rise for rise, fall in played] == [pytest.approx(STEP / 2, abs=1)] * 8


def test_a_clock_that_becomes_much_slower_is_followed_from_its_third_clock_on():
    played = gates(play([0, STEP, 2 * STEP, 12 * STEP, 22 * STEP, 32 * STEP])["gate"])
    assert [fall - rise for rise, fall in played][4] == pytest.approx(5 * STEP, abs=1)


def test_a_reset_ends_a_gate_that_lasts_as_long_as_its_clock():
    clock = halves(STEP, 1)
    out = KernelBench(Sequencer, block=100).run(STEP, clock=clock, reset=pulses(STEP, 1000))["gate"][:, 0]
    assert gates(out) == [(0, 1000)]


def test_a_step_that_is_off_has_no_gate():
    played = gates(play(4, mode_2=OFF)["gate"])
    assert [start for start, _ in played] == [0, 2 * STEP, 3 * STEP]


def test_a_tied_step_holds_its_gate_into_the_next():
    played = gates(play(5, mode_2=TIE, mode_3=TIE)["gate"])
    assert played[1][0] == STEP
    assert played[1][1] == pytest.approx(3.5 * STEP, abs=1)


def test_a_tie_before_a_step_that_is_off_ends_there():
    assert gates(play(4, mode_2=TIE, mode_3=OFF)["gate"])[1] == (STEP, 2 * STEP)


def test_a_gate_of_full_length_still_falls_for_1_ms_before_the_next():
    played = gates(play(5, length=1.0)["gate"])[1:]  # the first clock knows no period yet
    assert played[1:] == [(n * STEP, (n + 1) * STEP - MS) for n in (2, 3, 4)]


def test_a_clock_that_comes_early_starts_a_new_gate_after_1_ms():
    starts = [0, STEP, 2 * STEP, 2 * STEP + 1000]
    played = gates(play(starts, length=0.5)["gate"])
    assert played[2] == (2 * STEP, 2 * STEP + 1000)
    assert played[3][0] == 2 * STEP + 1000 + MS


def test_a_step_knob_covers_the_range():
    for span, octaves in ((0, 1), (1, 2), (2, 5)):
        out = play(2, scale=0, span=span, step_1=1.0, step_2=0.25)
        assert out["pitch"][[100, STEP + 100]] == pytest.approx([octaves, octaves / 4])


@pytest.mark.parametrize("scale", range(1, len(SCALES)))
@pytest.mark.parametrize("root", [0, 2, 11])
def test_a_scale_moves_a_step_to_its_nearest_note(scale, root):
    knob = np.linspace(0, 1, 9600, dtype=np.float32)
    bench = KernelBench(Sequencer, block=100, scale=scale, root=root, span=1)
    semitones = in_semitones(bench.run(9600, step_1=knob)["pitch"][:, 0])
    notes = np.unique(np.round(semitones, 3))
    assert notes == pytest.approx(np.round(notes), abs=0.001)
    table = Sequencer.process.function.__globals__["SCALES"][SCALES[scale]]
    assert {int(note - root) % 12 for note in np.round(notes)} == set(table)
    around = np.array([note + root + octave for octave in range(-24, 49, 12) for note in table])
    nearest = np.abs(around[None, :] - 24 * knob[:, None]).min(axis=1)
    assert np.abs(semitones - 24 * knob) == pytest.approx(nearest, abs=0.01)


def test_transposition_is_exact():
    plain, moved = play(8), play(8, jacks={"transpose": 0.583})
    assert moved["pitch"] - plain["pitch"] == pytest.approx(0.583, abs=1e-5)


def test_the_default_melody_is_a_minor_arpeggio():
    pitches = in_semitones(play(8)["pitch"][STEP // 2 :: STEP])
    assert pitches == pytest.approx([0, 3, 7, 10, 12, 10, 7, 3], abs=0.001)


def test_clock_inputs_below_1_volt_are_ignored():
    out = KernelBench(Sequencer).run(960, clock=np.tile([0.0, 0.9], 480))
    assert not out["gate"].any()


def test_fewer_steps_while_playing_stay_in_range():
    count = np.where(np.arange(16 * STEP) < 7 * STEP, 7.0, 2.0)
    assert set(steps_played(play(16, jacks={"steps": count}))[8:]) <= {1, 2, 3}


def test_a_second_lane_plays_its_own_clock():
    clock = np.zeros((10 * STEP, 16), np.float32)
    for voice in range(16):
        clock[:, voice] = pulses(10 * STEP, *range(0, 10 * STEP, STEP // (1 + voice % 4)))
    poly = KernelBench(Sequencer, lanes=16, block=100).run(10 * STEP, clock=clock)
    for voice in (0, 1, 7, 15):
        mono = KernelBench(Sequencer, block=100).run(10 * STEP, clock=clock[:, voice])
        for name in poly:
            assert poly[name][:, voice] == pytest.approx(mono[name][:, 0], abs=1e-6)
