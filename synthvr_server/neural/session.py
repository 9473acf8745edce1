"""An ONNX model as a piece of real-time DSP: numpy blocks in, numpy blocks out, state carried from run to run.

::

    inputs  (yours, bound in place) ─┐            ┌─ outputs (yours, bound in place)
    states  A ───────────────────────┴─→ model ─→ ┴─ states B       and the next run B → A

Two bindings are made once; ``run`` alternates between them and copies nothing. One thread, no spinning,
denormals as zero: a block costs the model's own arithmetic and about 2 µs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnxruntime

from ..errors import ModuleDeclarationError
from .refusal import refused

MOST_STATE_VALUES = 1 << 20  # 22 s of one channel at 48 kHz: in a state, and by the contract in all states together

Array = np.ndarray[Any, np.dtype[Any]]


def open_model(model: bytes) -> onnxruntime.InferenceSession:
    """An inference session with the options of real-time audio. Raises ModuleDeclarationError for what is no model."""
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4  # what goes wrong is raised, and said once
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a dozen kinds of its own, without a common base
        raise refused(error, "it is no ONNX model that can be run") from error


class Session:
    """A model whose tensors are bound once.

    ``inputs`` and ``outputs`` map tensor names to C-contiguous arrays that the caller owns, writes before
    ``run`` and reads after it; their shapes choose the model's free dimensions. ``states`` maps an input
    name to the output name that carries it on: such tensors start at zero and must have fixed shapes.
    Every input and output of the model must be named in one of the three. Raises ModuleDeclarationError.
    """

    def __init__(
        self,
        model: bytes,
        inputs: Mapping[str, Array],
        outputs: Mapping[str, Array],
        states: Mapping[str, str] | None = None,
    ) -> None:
        states = states or {}
        session = open_model(model)
        takes = {tensor.name: tensor for tensor in session.get_inputs()}
        gives = {tensor.name: tensor for tensor in session.get_outputs()}
        _check_names("input", takes, {*inputs, *states})
        _check_names("output", gives, {*outputs, *states.values()})
        for name, array in inputs.items():
            _check_tensor(takes[name], array)
        for name, array in outputs.items():
            _check_tensor(gives[name], array)
        self._states = [(_state(takes[name]), _state(takes[name])) for name in states]
        for (array, _), result in zip(self._states, states.values(), strict=True):
            _check_tensor(gives[result], array)
        self._arrays = [*inputs.values(), *outputs.values()]  # the bindings hold bare addresses
        bindings = []
        for now, then in ((0, 1), (1, 0)):
            binding = session.io_binding()
            for name, array in inputs.items():
                _bind(binding.bind_input, name, array)
            for name, array in outputs.items():
                _bind(binding.bind_output, name, array)
            for pair, (name, result) in zip(self._states, states.items(), strict=True):
                _bind(binding.bind_input, name, pair[now])
                _bind(binding.bind_output, result, pair[then])
            bindings.append(binding)
        self._now, self._then = bindings
        self._session = session

    def run(self) -> None:
        """One block: reads the inputs, writes the outputs, moves the states on. Raises ModuleDeclarationError."""
        try:
            self._session.run_with_iobinding(self._now)
        except Exception as error:
            raise refused(error) from error
        self._now, self._then = self._then, self._now

    def reset(self) -> None:
        """Forget: all states are zero again."""
        for pair in self._states:
            pair[0].fill(0)
            pair[1].fill(0)


def _bind(bind: Any, name: str, array: Array) -> None:
    bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)


_TYPES = {"tensor(float)": np.float32, "tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(bool)": np.bool_}


def _check_names(kind: str, model: Mapping[str, Any], ours: set[str]) -> None:
    if missing := ours - model.keys():
        raise ModuleDeclarationError(f"it has no {kind} called {', '.join(sorted(missing))}")
    if left := model.keys() - ours:
        raise ModuleDeclarationError(f"its {kind} {', '.join(sorted(left))} is not bound to anything")


def _check_tensor(tensor: Any, array: Array) -> None:
    if _TYPES.get(tensor.type) != array.dtype or not array.flags.c_contiguous:
        raise ModuleDeclarationError(f"{tensor.name} is {tensor.type}, not {array.dtype} in one piece")
    shape = tensor.shape
    if len(shape) != array.ndim or any(isinstance(d, int) and d != n for d, n in zip(shape, array.shape, strict=True)):
        raise ModuleDeclarationError(f"{tensor.name} has the shape {shape}, not {list(array.shape)}")


def _state(tensor: Any) -> Array:
    if tensor.type not in _TYPES or not all(isinstance(size, int) and size > 0 for size in tensor.shape):
        raise ModuleDeclarationError(f"the state {tensor.name} needs a fixed shape, not {tensor.shape}")
    if math.prod(tensor.shape) > MOST_STATE_VALUES:
        raise ModuleDeclarationError(f"the state {tensor.name} holds more than {MOST_STATE_VALUES} values")
    return np.zeros(tensor.shape, _TYPES[tensor.type])
