"""What an ONNX file says of itself, and what it must not say."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Knob, Module, Output
from synthvr_server.neural.contract import Contract
from synthvr_server.neural.contract_reading import read_contract
from synthvr_server.neural.session import open_model
from tests.neural import onnx_files as files
from tests.neural.onnx_files import helper, tensor


def contract_of(data: bytes) -> Contract:
    session = open_model(data)
    metadata = session.get_modelmeta().custom_metadata_map
    return read_contract(session.get_inputs(), session.get_outputs(), metadata, "From the file")


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(ModuleDeclarationError) as refusal:
        contract_of(data)
    for word in words:
        assert word in str(refusal.value)


def through(inputs: list[Any], outputs: list[Any], **metadata: Any) -> bytes:
    """Outputs that are copies of the inputs."""
    nodes = [helper.make_node("Identity", [a.name], [b.name]) for a, b in zip(inputs, outputs, strict=False)]
    return files.model(nodes, inputs, outputs, **metadata)


def test_without_metadata_tensors_become_jacks_and_knobs_of_their_own_names() -> None:
    contract = contract_of(files.gain())
    assert contract.title == "From the file"
    assert (contract.frames, contract.sample_rate, contract.latency, contract.states) == (None, None, 0, {})
    attributes = contract.attributes()
    assert isinstance(attributes["audio"], Input) and attributes["audio"].kind == "audio"
    assert isinstance(attributes["level"], Knob) and (attributes["level"].minimum, attributes["level"].maximum) == (
        0,
        1,
    )
    assert isinstance(attributes["out"], Output)
    assert contract.inputs[0].volts == 5.0


def test_metadata_give_titles_ranges_units_kinds_and_latency() -> None:
    contract = contract_of(
        files.gain(
            title="Warm",
            description="Makes it warm.",
            sample_rate="44100",
            latency="12",
            inputs={"audio": {"label": "Dry", "kind": "cv", "normal": 2.5, "help": "What to warm"}},
            knobs={"level": {"min": 0.1, "max": 20, "default": 1, "unit": "Hz", "scale": "log", "label": "Heat"}},
        )
    )
    assert (contract.title, contract.sample_rate, contract.latency) == ("Warm", 44_100, 12)
    dry, heat = contract.attributes()["audio"], contract.attributes()["level"]
    assert dry == Input("Dry", "cv", 2.5, "What to warm")
    assert heat == Knob("Heat", 0.1, 20, 1, "Hz", "log")
    assert contract.inputs[0].volts == 1.0  # a CV is in volts, audio is ±1 for ±5 V


def test_a_knob_with_choices_is_a_switch() -> None:
    knob = contract_of(files.gain(knobs={"level": {"choices": ["off", "on"], "default": 1}})).attributes()["level"]
    assert isinstance(knob, Knob)
    assert (knob.choices, knob.default) == (("off", "on"), 1)


def test_channels_become_jacks_of_their_own() -> None:
    contract = contract_of(through([tensor("pair", 1, 2, "n")], [tensor("wide", 1, 2, "n")]))
    assert list(contract.attributes()) == ["pair_1", "pair_2", "wide_1", "wide_2"]
    assert contract.outputs[0].labels() == ("Wide L", "Wide R")


def test_a_signal_that_the_metadata_call_a_knob_is_one_that_glides() -> None:
    contract = contract_of(through([tensor("bend", 1, 1, "n")], [tensor("out", 1, 1, "n")], knobs={"bend": {}}))
    assert contract.inputs == ()
    assert contract.knobs[0].form == "signal"


def test_states_are_paired_by_name_and_are_no_jacks() -> None:
    contract = contract_of(files.one_pole())
    assert contract.states == {"state_y": "state_y_out"}
    assert list(contract.attributes()) == ["audio", "out"]


def test_a_fixed_number_of_frames_is_kept() -> None:
    assert contract_of(files.gain(frames=480)).frames == 480


@pytest.mark.parametrize("name", ["title", "play", "onnx::Add_0", "Ünder", "in", "voices", "latency"])
def test_no_name_of_a_tensor_gets_in_the_way_of_a_module(name: str) -> None:
    contract = contract_of(through([tensor(name, 1, 1, "n")], [tensor("out", 1, 1, "n")]))
    made = type(
        "Made", (Module,), contract.attributes() | {"title": "Made", "__doc__": "x", "play": lambda self, **b: 0}
    )
    assert len(made.declaration.inputs) == len(made.declaration.outputs) == 1


def test_tensors_whose_names_differ_in_case_only_get_ids_of_their_own() -> None:
    contract = contract_of(through([tensor("A", 1, 1, "n")], [tensor("a", 1, 1, "n")]))
    assert list(contract.attributes()) == ["a", "a_2"]


def test_a_contract_survives_its_card() -> None:
    contract = contract_of(files.gain(knobs={"level": {"min": -1, "max": 1, "default": 0}}))
    assert Contract.model_validate_json(contract.model_dump_json(by_alias=True)) == contract


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"knobs": "{"}, ("synthvr.knobs", "JSON")),
        ({"knobs": "[" * 50_000}, ("synthvr.knobs",)),
        ({"knobs": {"level": {"min": 1, "max": 0}}}, ("minimum",)),
        ({"knobs": {"level": {"max": float("inf")}}}, ("synthvr.knobs", "max")),
        ({"knobs": {"level": {"colour": "red"}}}, ("colour",)),
        ({"knobs": {"levle": {}}}, ("levle",)),
        ({"inputs": {"audio": {"kind": "video"}}}, ("kind",)),
        ({"inputs": {"audio": {"volts": 0}}}, ("volts",)),
        ({"title": "x" * 5000}, ("title",)),
        ({"sample_rate": "many"}, ("sample_rate",)),
        ({"sample_rate": "1"}, ("sample_rate",)),
        ({"latency": "-1"}, ("latency",)),
        ({"licence": "mine"}, ("synthvr.licence",)),
        ({"description": "x" * 100_000}, ("metadata",)),
    ],
)
def test_metadata_that_make_no_sense_are_one_sentence(metadata: dict[str, Any], words: tuple[str, ...]) -> None:
    refused(files.gain(**metadata), *words)


@pytest.mark.parametrize(
    ("inputs", "outputs", "words"),
    [
        ([tensor("x", 2, 1, "n")], [tensor("y", 2, 1, "n")], ("'x'", "float32[1, channels, frames]")),
        ([tensor("x", 1, "c", "n")], [tensor("y", 1, "c", "n")], ("float32[1, channels, frames]",)),
        ([tensor("x", 1, 17, "n")], [tensor("y", 1, 17, "n")], ("17 channels",)),
        ([tensor("x", 1, 1, 64)], [tensor("y", 1, 1, 64), tensor("x2", 1, 1, 32)], ("frames",)),
        ([tensor("x", 1, 1, 1_000_000)], [tensor("y", 1, 1, 1_000_000)], ("frames",)),
        ([tensor("x", 4)], [tensor("y", 1, 1, "n")], ("neither a signal",)),
        ([tensor("x", 1, 1, "n", kind=11)], [tensor("y", 1, 1, "n", kind=11)], ("double",)),
        ([tensor("state_x", 1)], [tensor("y", 1, 1, "n")], ("state_x_out",)),
        ([tensor("x", 1)], [tensor("state_x_out", 1)], ("state_x_out",)),
        ([tensor("state_x", "n")], [tensor("state_x_out", "n")], ("fixed shape",)),
        ([tensor("state_x", 1 << 21)], [tensor("state_x_out", 1 << 21)], ("states together hold more",)),
        ([tensor(f"x{n}", 1, 1, "n") for n in range(17)], [tensor("y", 1, 1, "n")], ("17 input jacks",)),
        ([tensor(f"k{n}", 1) for n in range(33)], [tensor("y", 1, 1, "n")], ("33 knobs",)),
    ],
)
def test_tensors_that_fit_no_jack_are_one_sentence(
    inputs: list[Any], outputs: list[Any], words: tuple[str, ...]
) -> None:
    class Described:
        def __init__(self, info: Any) -> None:
            kind = {1: "tensor(float)", 11: "tensor(double)"}[info.type.tensor_type.elem_type]
            dims = info.type.tensor_type.shape.dim
            self.name, self.type = info.name, kind
            self.shape = [d.dim_param or d.dim_value for d in dims]

    with pytest.raises(ModuleDeclarationError) as refusal:
        read_contract(map(Described, inputs), map(Described, outputs), {}, "x")
    for word in words:
        assert word in str(refusal.value)


def test_a_model_without_an_output_is_no_module() -> None:
    with pytest.raises(ModuleDeclarationError, match="outputs"):
        read_contract([], [], {}, "x")


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["level", "min", "max", "default", "choices", "label", "x"]), inner, max_size=4
        )
    ),
)
KEYS = st.sampled_from(["title", "sample_rate", "latency", "knobs", "inputs", "outputs", "description"])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, VALUES.map(json.dumps) | st.text(), max_size=4))
def test_whatever_the_metadata_say_it_is_a_contract_or_a_refusal(words: dict[str, str]) -> None:
    class Described:
        def __init__(self, name: str, *shape: int | str) -> None:
            self.name, self.type, self.shape = name, "tensor(float)", list(shape)

    metadata = {f"synthvr.{key}": text for key, text in words.items()}
    inputs, outputs = [Described("audio", 1, 1, "n"), Described("level", 1)], [Described("out", 1, 1, "n")]
    with contextlib.suppress(ModuleDeclarationError):
        read_contract(inputs, outputs, metadata, "x").attributes()
