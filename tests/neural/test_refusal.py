"""What a maker of models is told of a file that onnxruntime cannot run: our sentences, and none of its insides."""

from __future__ import annotations

import re
import time

import numpy as np
import onnx
import pytest

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural import measuring
from synthvr_server.neural.contracted import Contracted
from synthvr_server.neural.measuring import measure
from synthvr_server.neural.refusal import refused
from tests.neural import onnx_files as files
from tests.neural.onnx_files import helper, tensor, weight

INSIDES = re.compile(r"/|\.cc|::|onnxruntime_src|ONNXRuntimeError|RuntimeError|Status|\n")


def graph(*nodes, weights=(), frames="n", out=None):
    return files.model(nodes, [tensor("audio", 1, 1, frames)], [tensor("out", 1, 1, out or frames)], weights)


def newer(what: str) -> bytes:
    made = onnx.load_model_from_string(files.gain())
    if what == "ir":
        made.ir_version = 99
    else:
        made.opset_import[0].version = 99
    return made.SerializeToString()


def node(kind, inputs, outputs=("out",), **more):
    return helper.make_node(kind, inputs, outputs, **more)


LONG = weight("taps", np.zeros((1, 1, 100)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (graph(node("Conv", ["audio", "taps"]), weights=[LONG], out="m"), "fewer frames come out of 'out' than go in"),
        (graph(node("Concat", ["audio", "audio"], axis=2), out="m"), "more frames come out of 'out' than go in"),
        (graph(node("Wonder", ["audio"])), "its operator Wonder is not known here"),
        (newer("ir"), "a newer ONNX: export it with an older opset"),
        (newer("opset"), "a newer ONNX: export it with an older opset"),
        (graph(node("Add", ["audio", "nowhere"])), "it uses the value nowhere, which nothing gives"),
        (
            graph(node("Cast", ["audio"], ["whole"], to=7), node("Add", ["audio", "whole"])),
            "its operator Add gets numbers of different types",
        ),
        (
            graph(node("MatMul", ["audio", "w"]), weights=[weight("w", np.zeros((5, 5)))], frames=64),
            "its operator MatMul gets shapes that do not fit",
        ),
        (
            graph(node("Add", ["audio", "b"], ["a"]), node("Add", ["a", "a"], ["b"]), node("Identity", ["b"])),
            "its operations run in a circle",
        ),
        (
            graph(node("Cast", ["audio"], ["i"], to=7), node("Gather", ["t", "i"]), weights=[weight("t", np.zeros(1))]),
            "its operator Gather fails on what it is given",
        ),
    ],
)
def test_a_model_that_cannot_run_is_told_why_without_the_insides(data: bytes, sentence: str) -> None:
    with pytest.raises(ModuleDeclarationError, match=sentence) as raised:
        measure(data, "Model")
    assert not INSIDES.search(str(raised.value))


def test_what_nobody_has_seen_yet_shows_no_insides_either() -> None:
    error = refused(RuntimeError("/onnxruntime_src/core/new.cc:12 onnxruntime::New::Fail\nstack"))
    assert str(error) == "onnxruntime cannot run it"


def test_a_run_costs_processor_time_and_not_the_time_that_others_take(monkeypatch: pytest.MonkeyPatch) -> None:
    compute = Contracted.compute

    def interrupted(self, given, result):
        time.sleep(0.02)  # as long as another program may have the core
        compute(self, given, result)

    monkeypatch.setattr(Contracted, "compute", interrupted)
    monkeypatch.setattr(measuring, "ENOUGH_RUNS", 20)
    assert all(cost["typical"] < 0.01 for cost in measure(files.gain(), "Model")["costs"])
