"""What is random in a module: never alike in two of them, always the same in the same patch."""

from __future__ import annotations

import numpy as np
import pyo
import pytest

from synthvr_server.dsp import after, evenly
from synthvr_server.engine.memory import seed_of
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Knob, Module, Output, State, kernel
from synthvr_server.patch.model import PlacedModule
from synthvr_server.patch.seeds import SEED
from tests.rig import rig


class Dice(Module):
    """White noise."""

    title = "Dice"
    channels = "voices"

    voices = Knob("Voices", 1, 16, 16)
    state = State(np.uint64, random=True)
    out = Output("Out")

    @kernel
    def process(state, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                state[voice] = after(state[voice])
                out[frame, voice] = evenly(state[voice])


class Line(Module):
    """A delay of all that its memory holds."""

    title = "Line"
    audio = Input("In", "audio")
    line = State(shape=(0.0101,), voices_last=True)
    at = State(np.int64)
    out = Output("Out", "audio")

    @kernel
    def process(audio, line, at, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = line[at[voice], voice]
                line[at[voice], voice] = audio[frame, voice]
                at[voice] = (at[voice] + 1) % line.shape[0]


class Told(Module):
    """Says its seed."""

    title = "Told"
    out = Output("Out")

    def play(self, out):
        out[:] = self.seed % 1000 / 1000


class Built(Module):
    """Says its seed, through pyo."""

    title = "Built"
    channels = 1
    out = Output("Out")

    def build(self):
        self.signal = pyo.Sig(self.seed % 1000 / 1000)
        return self.signal


def rolled(**settings):
    with rig(Dice, block=1024, **settings) as under_test:
        return under_test.run(2.0)["out"]


def test_its_numbers_are_evenly_spread_between_minus_1_and_1():
    out = rolled()
    assert np.abs(out).max() <= 1.0
    assert np.std(out) == pytest.approx(1 / np.sqrt(3), abs=0.005)
    assert np.abs(np.histogram(out, 20, (-1, 1))[0] / out.size - 0.05).max() < 0.001


def test_no_two_voices_and_no_two_seeds_are_alike():
    heard = np.concatenate([rolled(), rolled(seed="another"), rolled(seed="1"), rolled(seed="2")], axis=1)
    assert np.abs(np.corrcoef(heard.T) - np.eye(heard.shape[1])).max() < 0.02


def test_the_same_seed_gives_the_same_samples():
    assert np.array_equal(rolled(seed="again"), rolled(seed="again"))


def test_two_modules_of_a_patch_are_not_alike_though_it_names_no_seed():
    with rig(Dice) as under_test:
        another = under_test.patch.modules | {"another": PlacedModule(type="test")}
        under_test.engine.graph.become(under_test.patch.model_copy(update={"modules": another}))
        states = [under_test.engine.graph.nodes[name].states["state"] for name in ("test", "another")]
    assert np.intersect1d(*states).size == 0


@pytest.mark.parametrize("module", [Told, Built])
def test_a_module_in_python_or_of_pyo_objects_is_told_its_seed(module):
    with rig(module, seed="7") as under_test:
        out = under_test.run(0.01)["out"]
    assert out[-1, 0] == pytest.approx(seed_of("test", {"seed": "7"}) % 1000 / 1000, abs=1e-6)


def test_a_seed_that_changes_while_it_plays_makes_the_module_anew():
    def white(under_test):
        return under_test.run(0.5)["out"][12000:, 0]

    with rig(Dice, seed="one") as under_test:
        white(under_test)
        test = under_test.patch.modules["test"]
        for seed in ("one", "other"):
            placed = test.model_copy(update={"data": {SEED: seed}, "position": (1.0, 0.0, 0.0)})
            node = under_test.node
            modules = {**under_test.patch.modules, "test": placed}
            under_test.engine.graph.become(under_test.patch.model_copy(update={"modules": modules}))
            assert (under_test.node is node) == (seed == "one")
        changed = white(under_test)
    with rig(Dice, seed="other") as under_test:
        assert np.array_equal(changed, white(under_test))


def test_random_numbers_are_whole():
    with pytest.raises(ModuleDeclarationError, match="whole numbers, not float32"):
        State(np.float32, random=True)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("rate", "frames"), [(44_100, 446), (48_000, 485), (96_000, 970)])
def test_a_shape_in_seconds_is_as_many_frames_at_every_sample_rate(rate, frames, channels):
    click = np.zeros((2048, channels), np.float32)
    click[7] = np.arange(1, channels + 1)
    with rig(Line, feeds={"audio": channels}, rate=rate) as under_test:
        heard = under_test.run(2048 / rate, audio=click)["out"]
    assert heard[7 + frames].tolist() == click[7].tolist()
    assert np.count_nonzero(heard) == channels
