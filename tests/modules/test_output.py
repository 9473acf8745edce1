"""What the Output module hands to the master."""

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Output = load_module_file(shipped_folder() / "io" / "output.py")
RATE = 48000


def test_it_names_its_two_outputs_as_the_master():
    assert Output.channels == 1
    assert Output.master == ("left_out", "right_out")
    assert set(Output.master) == set(Output.declaration.outputs)


def test_by_default_it_changes_nothing():
    out = KernelBench(Output).run(64, left=1.0, right=-2.0)
    assert np.all(out["left_out"] == pytest.approx(1.0))
    assert np.all(out["right_out"] == pytest.approx(-2.0))


def test_right_follows_left_while_unplugged():
    out = KernelBench(Output).run(64, left=3.0)
    assert np.all(out["right_out"] == pytest.approx(3.0))


@pytest.mark.parametrize("decibels", [6.0, -12.0, -40.0])
def test_the_level_knob_says_its_gain_in_dB(decibels):
    out = KernelBench(Output, level=decibels).run(64, left=5.0)["left_out"][0, 0]
    assert 20 * np.log10(out / 5.0) == pytest.approx(decibels, abs=0.001)


def test_the_bottom_of_the_level_knob_is_off():
    assert not KernelBench(Output, level=-60.0).run(64, left=5.0)["left_out"].any()


def test_balance_turns_down_the_other_side_only():
    for balance, left, right in ((-1.0, 1.0, 0.0), (-0.5, 1.0, 0.5), (0.5, 0.5, 1.0), (1.0, 0.0, 1.0)):
        out = KernelBench(Output, balance=balance).run(64, left=1.0)
        assert (out["left_out"][0, 0], out["right_out"][0, 0]) == pytest.approx((left, right))


def test_mute_fades_out_and_in_over_10_ms():
    mute = np.zeros(RATE // 10, np.float32)
    mute[960:2400] = 1.0
    left = KernelBench(Output).run(len(mute), left=5.0, mute=mute)["left_out"][:, 0]
    assert np.argmax(left == 0.0) - 960 == pytest.approx(480, abs=2)
    assert not left[1500:2400].any()
    assert left[-1] == pytest.approx(5.0)
    assert np.abs(np.diff(left)).max() < 1.5 * 5.0 / 470
    assert np.abs(np.diff(left, 2)).max() < 1.05 * 6 * 5.0 / 480**2, "a corner would click"


def test_going_from_one_side_for_both_to_two_sides_and_back_fades():
    bench = KernelBench(Output)
    sides = [("left",), ("left", "right"), ("left",)]
    right = [bench.run(640, left=3.0, right=-2.0, plugged=plugged)["right_out"][:, 0] for plugged in sides]
    assert [piece[-1] for piece in right] == pytest.approx([3.0, -2.0, 3.0])
    assert np.abs(np.diff(np.concatenate(right), 2)).max() < 1.05 * 6 * 5.0 / 480**2
