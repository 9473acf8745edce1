"""What is refused by looking at the graph, and what is not."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.inspection import inspect_model
from tests.neural import onnx_files as files
from tests.neural.onnx_files import helper, tensor, weight


@pytest.mark.parametrize("data", [files.gain(), files.one_pole(), files.slow(8), files.fir([1, 2, 3])])
def test_honest_arithmetic_passes(data: bytes) -> None:
    inspect_model(data)


def test_sizes_that_follow_from_shapes_pass() -> None:
    nodes = [
        helper.make_node("Shape", ["audio"], ["size"]),
        helper.make_node("ConstantOfShape", ["size"], ["zeros"]),
        helper.make_node("Add", ["audio", "zeros"], ["out"]),
    ]
    inspect_model(files.model(nodes, [tensor("audio", 1, 1, "n")], [tensor("out", 1, 1, "n")]))


def test_a_signal_may_choose_what_is_read_but_not_how_much() -> None:
    nodes = [
        helper.make_node("Cast", ["audio"], ["index"], to=7),
        helper.make_node("Gather", ["table", "index"], ["out"]),
    ]
    inspect_model(
        files.model(nodes, [tensor("audio", 1, 1, "n")], [tensor("out", 1, 1, "n")], [weight("table", np.zeros(9))])
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (files.endless(), "Loop"),
        (files.secret_size(), "ConstantOfShape"),
        (files.elsewhere(), "another file"),
        (files.elsewhere("../../secret"), "another file"),
        (files.foreign(), "com.example"),
        (b"", "broken|operations|no ONNX"),
        (b"\x00" * 1000, "no ONNX file"),
        (files.gain()[:60], "no ONNX file"),
    ],
)
def test_what_could_behave_otherwise_while_playing_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ModuleDeclarationError, match=words):
        inspect_model(data)


def test_a_branch_that_a_signal_decides_is_refused_also_inside_another_graph() -> None:
    yes = helper.make_graph([helper.make_node("Identity", ["x"], ["a"])], "yes", [], [tensor("a", 1)])
    no = helper.make_graph([helper.make_node("Neg", ["x"], ["b"])], "no", [], [tensor("b", 1)])
    body = helper.make_graph(
        [
            helper.make_node("Greater", ["x", "zero"], ["sign"]),
            helper.make_node("Squeeze", ["sign"], ["flag"]),
            helper.make_node("If", ["flag"], ["y"], then_branch=yes, else_branch=no),
        ],
        "body",
        [tensor("x", 1)],
        [tensor("y", 1)],
        [weight("zero", [0.0])],
    )
    nodes = [helper.make_node("Scan", ["audio"], ["out"], body=body, num_scan_inputs=1)]
    with pytest.raises(ModuleDeclarationError, match="If"):
        inspect_model(files.model(nodes, [tensor("audio", "n", 1)], [tensor("out", "n", 1)]))


HONEST = files.fir([1, 2, 3], title="Honest")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.integers(0, len(HONEST) - 1), st.integers(0, 255), min_size=1, max_size=20))
def test_a_damaged_file_passes_or_is_refused_and_nothing_else(damage: dict[int, int]) -> None:
    data = bytearray(HONEST)
    for place, value in damage.items():
        data[place] = value
    with contextlib.suppress(ModuleDeclarationError):
        inspect_model(bytes(data))
