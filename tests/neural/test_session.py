import numpy as np
import pytest
from onnx import TensorProto, helper

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.session import MOST_STATE_VALUES, Session


def running_sum(frames: int | str = "frames", values: int = 1) -> bytes:
    """y = x + mean of s, next s = s + 1: a model whose state counts its runs."""
    block = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, frames])
    state = helper.make_tensor_value_info("s", TensorProto.FLOAT, [1, values])
    outputs = [
        helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, frames]),
        helper.make_tensor_value_info("s_next", TensorProto.FLOAT, [1, values]),
    ]
    one = helper.make_tensor("one", TensorProto.FLOAT, [1, 1], [1.0])
    nodes = [
        helper.make_node("ReduceMean", ["s"], ["mean"], axes=[1]),
        helper.make_node("Add", ["x", "mean"], ["y"]),
        helper.make_node("Add", ["s", "one"], ["s_next"]),
    ]
    graph = helper.make_graph(nodes, "running_sum", [block, state], outputs, [one])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString()


def bound(model: bytes, **changes: object) -> tuple[Session, np.ndarray, np.ndarray]:
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


def test_what_is_no_model_is_refused():
    with pytest.raises(ModuleDeclarationError, match="it is no ONNX model"):
        bound(b"\x00\x01noise" * 100)


def test_a_state_that_would_fill_the_memory_is_refused():
    with pytest.raises(ModuleDeclarationError, match="the state s holds more"):
        bound(running_sum(values=MOST_STATE_VALUES + 1))
