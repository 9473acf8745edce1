"""ONNX model: any file that keeps the contract, as a module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Module
from synthvr_server.neural.card import Card, Cost, card_path, digest, keep
from tests.neural import onnx_files as files
from tests.neural.test_contract import contract_of
from tests.rig import rig

OnnxModel = load_module_file(shipped_folder() / "neural" / "onnx_model.py")


def module(folder: Path, data: bytes, seconds: float = 1e-6) -> type[Module]:
    """The module that a file becomes, as if it had been measured to take so long a run."""
    contract = contract_of(data)
    cost = Cost(frames=contract.frames or 64, fastest=seconds, typical=seconds, worst=seconds)
    card = Card(
        file="model.onnx",
        sha256=digest(data),
        bytes=len(data),
        contract=contract,
        costs=(cost,),
        memory=0,
        block_error=0,
    )
    return OnnxModel.of_model(keep(data, card, folder))


def test_it_plays_in_the_engine_with_no_latency_and_full_level(tmp_path: Path) -> None:
    cls = module(tmp_path, files.fir([0.5, 1.0]))
    sine = 5 * np.sin(2 * np.pi * 440 * np.arange(4800) / 48_000)
    with rig(cls, feeds={"audio": 1}) as under_test:
        heard = under_test.run(0.1, audio=sine)["out"][:, 0]
    ideal = np.convolve(sine, [1.0, 0.5])[:4800]
    np.testing.assert_allclose(heard[1000:], ideal[1000:], atol=1e-3)


def test_its_knobs_turn(tmp_path: Path) -> None:
    cls = module(tmp_path, files.gain(knobs={"level": {"max": 4, "default": 1}}))
    with rig(cls, feeds={"audio": 1}) as under_test:
        assert under_test.run(0.05, audio=1.0)["out"][-1, 0] == pytest.approx(1.0)
        under_test.turn(level=3.0)
        assert under_test.run(0.05, audio=1.0)["out"][-1, 0] == pytest.approx(3.0)


def test_a_cable_of_many_voices_is_summed_because_inference_is_mono(tmp_path: Path) -> None:
    cls = module(tmp_path, files.gain(knobs={"level": {"default": 1}}))
    with rig(cls, feeds={"audio": 4}) as under_test:
        assert under_test.run(0.05, audio=0.5)["out"][-1] == pytest.approx([2.0])


def test_a_model_of_fixed_frames_comes_as_late_as_it_declares(tmp_path: Path) -> None:
    cls = module(tmp_path, files.fir([0.0, 1.0], 480))
    assert cls.latency == pytest.approx(0.01)
    volts = np.zeros(9600)
    volts[2000] = 5.0
    with rig(cls, feeds={"audio": 1}) as under_test:
        heard = under_test.run(0.2, audio=volts)["out"][:, 0]
    assert int(np.argmax(heard)) == 2000 + 480


def test_a_slow_model_declares_that_a_worker_makes_it_late(tmp_path: Path) -> None:
    assert module(tmp_path, files.gain(), seconds=1.0).latency == pytest.approx(64 / 48_000)


def blocks_of(cls: type[Module], block: int, volts: float, knobs: dict[str, float]) -> dict[str, Any]:
    declared = cls.declaration
    jacks = {name: np.full((block, 1), volts, np.float32) for name in declared.inputs}
    outs = {name: np.full((block, 1), np.nan, np.float32) for name in declared.outputs}
    return jacks | outs | {name: np.full(block, value, np.float32) for name, value in knobs.items()}


@pytest.mark.parametrize("volts", [0.0, 5.0, -24.0, 24.0])
@pytest.mark.parametrize("end", ["minimum", "maximum"])
@pytest.mark.parametrize("seconds", [1e-6, 1.0])
def test_outputs_are_finite_and_within_24_volts(tmp_path: Path, volts: float, end: str, seconds: float) -> None:
    data = files.gain(knobs={"level": {"min": -1e9, "max": 1e9, "default": 0}})
    made = module(tmp_path, data, seconds)(voices=1, sample_rate=48_000, block=64)
    made.prepare()
    knobs = {name: getattr(knob, end) for name, knob in made.declaration.knobs.items()}
    blocks = blocks_of(type(made), 64, volts, knobs)
    for _ in range(20):
        made.play(**blocks)
        assert np.abs(blocks["out"]).max() <= 24.0


def test_another_sample_rate_than_the_models_own_is_refused_in_a_sentence(tmp_path: Path) -> None:
    made = module(tmp_path, files.gain(sample_rate="44100"))(voices=1, sample_rate=48_000, block=64)
    with pytest.raises(ModuleDeclarationError, match="44100 Hz"):
        made.prepare()


def test_a_file_without_a_card_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModuleDeclarationError, match="synthvr models add"):
        OnnxModel.of_model(files.write(tmp_path, files.gain()))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "costs": []}', "\x00\xff"])
def test_a_broken_card_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = files.write(tmp_path, files.gain())
    card_path(path).write_text(text, encoding="utf-8")
    with pytest.raises(ModuleDeclarationError, match="broken"):
        OnnxModel.of_model(path)


def test_a_file_that_was_changed_after_its_trial_is_refused(tmp_path: Path) -> None:
    module(tmp_path, files.gain())
    with pytest.raises(ModuleDeclarationError, match="changed"):
        OnnxModel.of_model(files.write(tmp_path, files.gain(title="Evil twin")))


def test_a_file_that_is_changed_between_catalogue_and_first_block_is_refused(tmp_path: Path) -> None:
    made = module(tmp_path, files.gain())(voices=1, sample_rate=48_000, block=64)
    files.write(tmp_path, files.gain(title="Evil twin"))
    with pytest.raises(ModuleDeclarationError, match="changed"):
        made.prepare()


def test_a_rendered_file_waits_for_a_slow_model_and_misses_nothing(tmp_path: Path) -> None:
    cls = module(tmp_path, files.slow(500), seconds=1.0)
    volts = np.random.default_rng(1).uniform(-5, 5, 4800).astype(np.float32)
    with rig(cls, feeds={"audio": 1}) as under_test:
        heard = under_test.run(0.1, audio=volts)["out"][:, 0]
    np.testing.assert_allclose(heard[1064:4800], volts[1000:4736], atol=1e-4)
