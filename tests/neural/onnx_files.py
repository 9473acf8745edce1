"""Small ONNX files for tests: honest ones, broken ones, hostile ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Shape = Sequence[int | str]


def tensor(name: str, *shape: int | str, kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def weight(name: str, values: Any, dtype: Any = np.float32) -> onnx.TensorProto:
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    weights: Sequence[onnx.TensorProto] = (),
    domains: Sequence[str] = (),
    /,
    **metadata: Any,
) -> bytes:
    graph = helper.make_graph(nodes, "graph", inputs, outputs, weights)
    opsets = [helper.make_opsetid("", 17), *(helper.make_opsetid(domain, 1) for domain in domains)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    texts = {f"synthvr.{key}": v if isinstance(v, str) else json.dumps(v) for key, v in metadata.items()}
    helper.set_model_props(made, texts)
    return made.SerializeToString()


def gain(frames: int | str = "frames", **metadata: Any) -> bytes:
    """audio × level."""
    return model(
        [helper.make_node("Mul", ["audio", "level"], ["out"])],
        [tensor("audio", 1, 1, frames), tensor("level", 1)],
        [tensor("out", 1, 1, frames)],
        **metadata,
    )


def one_pole(frames: int | str = "frames", coefficient: float = 0.9, **metadata: Any) -> bytes:
    """y = (1 − c)·x + c·y before: a Scan over frames whose state goes on from run to run."""
    body = helper.make_graph(
        [
            helper.make_node("Mul", ["before", "c"], ["kept"]),
            helper.make_node("Mul", ["x", "one_less_c"], ["new"]),
            helper.make_node("Add", ["kept", "new"], ["after"]),
            helper.make_node("Identity", ["after"], ["y"]),
        ],
        "body",
        [tensor("before", 1), tensor("x", 1)],
        [tensor("after", 1), tensor("y", 1)],
        [weight("c", [coefficient]), weight("one_less_c", [1 - coefficient])],
    )
    return model(
        [
            helper.make_node("Reshape", ["audio", "flat"], ["x_column"]),
            helper.make_node(
                "Scan", ["state_y", "x_column"], ["state_y_out", "y_column"], body=body, num_scan_inputs=1
            ),
            helper.make_node("Reshape", ["y_column", "signal"], ["out"]),
        ],
        [tensor("audio", 1, 1, frames), tensor("state_y", 1)],
        [tensor("out", 1, 1, frames), tensor("state_y_out", 1)],
        [weight("flat", [-1, 1], np.int64), weight("signal", [1, 1, -1], np.int64)],
        **metadata,
    )


def fir(taps: Sequence[float], frames: int | str = "frames", keeps: bool = True, **metadata: Any) -> bytes:
    """A convolution, oldest tap first; ``keeps`` its past in a state, or begins every run with silence."""
    past = len(taps) - 1
    weights = [weight("taps", [[taps]])]
    if not keeps:
        nodes = [helper.make_node("Conv", ["audio", "taps"], ["out"], pads=[past, 0])]
        return model(nodes, [tensor("audio", 1, 1, frames)], [tensor("out", 1, 1, frames)], weights, **metadata)
    nodes = [
        helper.make_node("Concat", ["state_past", "audio"], ["line"], axis=2),
        helper.make_node("Conv", ["line", "taps"], ["out"]),
        helper.make_node("Slice", ["line", "first", "last", "axis"], ["state_past_out"]),
    ]
    weights += [weight("first", [-past], np.int64), weight("last", [1 << 40], np.int64), weight("axis", [2], np.int64)]
    inputs = [tensor("audio", 1, 1, frames), tensor("state_past", 1, 1, past)]
    outputs = [tensor("out", 1, 1, frames), tensor("state_past_out", 1, 1, past)]
    return model(nodes, inputs, outputs, weights, **metadata)


def slow(width: int = 1500, layers: int = 4, frames: int | str = "frames") -> bytes:
    """audio + 0 × a chain of wide products: costs about layers × width² × 2 operations a run, whatever its length."""
    random = np.random.default_rng(0)
    nodes = [
        helper.make_node("ReduceMean", ["audio"], ["mean"], axes=[2], keepdims=1),
        helper.make_node("Expand", ["mean", "wide"], ["h0"]),
    ]
    weights = [weight("wide", [1, 1, width], np.int64), weight("nothing", [0.0])]
    for n in range(layers):
        weights.append(weight(f"w{n}", random.normal(0, 1 / width, (width, width))))
        nodes.append(helper.make_node("MatMul", [f"h{n}", f"w{n}"], [f"h{n + 1}"]))
    nodes += [
        helper.make_node("ReduceMean", [f"h{layers}"], ["end"], axes=[2], keepdims=1),
        helper.make_node("Mul", ["end", "nothing"], ["zero"]),
        helper.make_node("Add", ["audio", "zero"], ["out"]),
    ]
    return model(nodes, [tensor("audio", 1, 1, frames)], [tensor("out", 1, 1, frames)], weights)


def huge_memory() -> bytes:
    """A few hundred bytes that ask for 40 GB."""
    return model(
        [
            helper.make_node("Expand", ["audio", "shape"], ["huge"]),
            helper.make_node("ReduceMean", ["huge"], ["mean"], keepdims=1),
            helper.make_node("Add", ["audio", "mean"], ["out"]),
        ],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
        [weight("shape", [100_000, 100_000, 1], np.int64)],
    )


def endless() -> bytes:
    """A loop as long as the signal says."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Identity", ["v"], ["v_out"])],
        "body",
        [tensor("i", kind=TensorProto.INT64), tensor("go", kind=TensorProto.BOOL), tensor("v", 1, 1, "frames")],
        [tensor("go_on", kind=TensorProto.BOOL), tensor("v_out", 1, 1, "frames")],
    )
    return model(
        [helper.make_node("Loop", ["", "yes", "audio"], ["out"], body=body)],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
        [weight("yes", True, np.bool_)],
    )


def secret_size() -> bytes:
    """Asks for memory by the size of what it hears."""
    return model(
        [
            helper.make_node("ReduceMax", ["audio"], ["top"], keepdims=0),
            helper.make_node("Cast", ["top"], ["count"], to=TensorProto.INT64),
            helper.make_node("Reshape", ["count", "vector"], ["shape"]),
            helper.make_node("ConstantOfShape", ["shape"], ["much"]),
            helper.make_node("ReduceSum", ["much"], ["sum"], keepdims=0),
            helper.make_node("Add", ["audio", "sum"], ["out"]),
        ],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
        [weight("vector", [1], np.int64)],
    )


def elsewhere(location: str = "/etc/passwd") -> bytes:
    """Keeps its weights in another file."""
    outside = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in (("location", location), ("length", "16")):
        entry = outside.external_data.add()
        entry.key, entry.value = key, value
    return model(
        [helper.make_node("ReduceMean", ["w"], ["m"], keepdims=0), helper.make_node("Add", ["audio", "m"], ["out"])],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
        [outside],
    )


def not_a_number() -> bytes:
    """log(audio): NaN for half of what it hears."""
    return model(
        [helper.make_node("Log", ["audio"], ["out"])],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
    )


def bad_decoder(fault: str) -> bytes:
    """A decoder for Timbre by its shapes: "nan" in its spectrum, or "later"; from "beyond" a table; 40 GB "memory"."""
    node = helper.make_node
    first = {
        "nan": [node("Sub", ["zeros", "one"], ["less"]), node("Log", ["less"], ["value"])],
        "later": [node("Sub", ["hundred", "memory"], ["left"]), node("Log", ["left"], ["value"])],
        "beyond": [node("Gather", ["zeros", "far"], ["value"], axis=2)],
        "memory": [node("ConstantOfShape", ["large"], ["much"]), node("ReduceMax", ["much"], ["value"], keepdims=0)],
    }[fault]
    return model(
        [
            *first,
            node("ReduceSum", ["condition", "axes"], ["sum"]),
            node("Mul", ["sum", "zeros"], ["nothing"]),
            node("Add", ["nothing", "value"], ["spectrum"]),
            node("Add", ["memory", "one"], ["memory_next"]),
        ],
        [tensor("condition", 1, 1, 2), tensor("memory", 1, 1, 1)],
        [tensor("spectrum", 1, 1, 129), tensor("memory_next", 1, 1, 1)],
        [
            weight("axes", [2], np.int64),
            weight("zeros", np.zeros((1, 1, 129))),
            weight("one", [1.0]),
            weight("hundred", [100.5]),
            weight("far", [1 << 20], np.int64),
            weight("large", [10_000_000_000], np.int64),
        ],
    )


def foreign() -> bytes:
    """An operator of somebody's own."""
    return model(
        [helper.make_node("Wonder", ["audio"], ["out"], domain="com.example")],
        [tensor("audio", 1, 1, "frames")],
        [tensor("out", 1, 1, "frames")],
        (),
        ["com.example"],
    )


def write(folder: Path, data: bytes, name: str = "model.onnx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
