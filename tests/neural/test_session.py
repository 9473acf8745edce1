from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.session import LARGEST_MODEL, Session


def running_sum(frames: int | str = "frames") -> bytes:
    """y = x + s, next s = s + 1: a model whose state counts its runs."""
    block = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, frames])
    state = helper.make_tensor_value_info("s", TensorProto.FLOAT, [1, 1])
    outputs = [
        helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, frames]),
        helper.make_tensor_value_info("s_next", TensorProto.FLOAT, [1, 1]),
    ]
    one = helper.make_tensor("one", TensorProto.FLOAT, [1, 1], [1.0])
    nodes = [helper.make_node("Add", ["x", "s"], ["y"]), helper.make_node("Add", ["s", "one"], ["s_next"])]
    graph = helper.make_graph(nodes, "running_sum", [block, state], outputs, [one])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString()


def bound(model: bytes | Path, **changes: object) -> tuple[Session, np.ndarray, np.ndarray]:
    x, y = np.zeros((1, 4), np.float32), np.zeros((1, 4), np.float32)
    arguments = {"inputs": {"x": x}, "outputs": {"y": y}, "states": {"s": "s_next"}} | changes
    return Session(model, **arguments), x, y


def test_arrays_are_read_and_written_in_place():
    session, x, y = bound(running_sum())
    x[:] = 5
    session.run()
    assert y.tolist() == [[5, 5, 5, 5]]


def test_states_start_at_zero_are_carried_on_and_forgotten_on_reset():
    session, _, y = bound(running_sum())
    heard = []
    for _ in range(5):
        session.run()
        heard.append(y[0, 0])
    session.reset()
    session.run()
    assert [*heard, y[0, 0]] == [0, 1, 2, 3, 4, 0]


def test_a_model_may_come_from_a_file(tmp_path):
    file = tmp_path / "sum.onnx"
    file.write_bytes(running_sum())
    session, x, y = bound(file)
    x[:] = 2
    session.run()
    assert y[0, 3] == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"states": {}}, "input s is not bound"),
        ({"states": {"memory": "s_next"}}, "no input called memory"),
        ({"outputs": {}}, "output y is not bound"),
        ({"inputs": {"x": np.zeros((1, 4))}}, "not float64"),
        ({"inputs": {"x": np.zeros(4, np.float32)}}, "has the shape"),
    ],
)
def test_what_does_not_fit_the_model_is_said_in_one_sentence(changes, sentence):
    with pytest.raises(ModuleDeclarationError, match=sentence):
        bound(running_sum(), **changes)


def test_files_that_are_no_models_are_refused(tmp_path):
    file = tmp_path / "noise.onnx"
    file.write_bytes(b"\x00\x01noise" * 100)
    with pytest.raises(ModuleDeclarationError, match=r"noise\.onnx is no ONNX model"):
        bound(file)
    with pytest.raises(ModuleDeclarationError, match="cannot be read"):
        bound(tmp_path / "missing.onnx")
    with file.open("wb") as huge:
        huge.truncate(LARGEST_MODEL + 1)
    with pytest.raises(ModuleDeclarationError, match="too large"):
        bound(file)
