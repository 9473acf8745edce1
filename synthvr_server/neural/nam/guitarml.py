"""Reads the files of GuitarML's Proteus and NeuralPi: torch's LSTM or GRU and a linear layer, by their torch names."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ModuleDeclarationError
from .network import Cell, Floats, Recurrent
from .weights import floats, table, whole

RATE = 44100.0  # Hz; what its trainer records at, where a file says nothing
_GATES = {"LSTM": 4, "GRU": 3}


def is_guitarml(file: dict[str, Any]) -> bool:
    """Whether a file's JSON is of this kind."""
    return "model_data" in file and "state_dict" in file


def read_guitarml(file: dict[str, Any]) -> Recurrent:
    """The network of a file that takes nothing but the sound. Raises ModuleDeclarationError."""
    about, weights = table(file["model_data"], "model_data"), table(file["state_dict"], "state_dict")
    kind = str(about.get("unit_type", "LSTM")).upper()
    if str(about.get("model", "SimpleRNN")) != "SimpleRNN" or kind not in _GATES:
        what = f"{about.get('model')!r:.40} of {kind!r:.40}"
        raise ModuleDeclarationError(f"it is a GuitarML model {what}; those of one kind, SimpleRNN, are played")
    inputs = whole(about, "input_size", default=1)
    if inputs > 1:
        knobs = "a gain knob" if inputs == 2 else f"{inputs - 1} knobs"
        raise ModuleDeclarationError(f"it is a GuitarML model with {knobs} as inputs, which is not supported yet")
    if whole(about, "output_size", default=1) != 1:
        raise ModuleDeclarationError("it has more than one output channel, which is not supported")
    hidden, layers = whole(about, "hidden_size"), whole(about, "num_layers", 16, default=1)
    cells = tuple(_cell(kind, weights, layer, 1 if layer == 0 else hidden, hidden) for layer in range(layers))
    head = _array(weights, "lin.weight", (1, hidden))
    bias = _array(weights, "lin.bias", (1,), optional=True)
    skip = about.get("skip") not in (None, 0, False)  # the sound is added to what the network makes of it
    return Recurrent(kind.lower(), cells, head[0].copy(), float(bias[0]), skip)


def _cell(kind: str, weights: dict[str, Any], layer: int, inputs: int, hidden: int) -> Cell:
    rows = _GATES[kind] * hidden
    into = _array(weights, f"rec.weight_ih_l{layer}", (rows, inputs))
    back = _array(weights, f"rec.weight_hh_l{layer}", (rows, hidden))
    bias, back_bias = (_array(weights, f"rec.bias_{way}_l{layer}", (rows,), optional=True) for way in ("ih", "hh"))
    start = np.zeros(hidden, np.float32)
    if kind == "LSTM":
        return Cell(_columns(into), _columns(back), bias + back_bias, np.zeros(0, np.float32), start, start)
    into, back, bias, back_bias = (_update_first(each, hidden) for each in (into, back, bias, back_bias))
    return Cell(_columns(into), _columns(back), bias, back_bias, start, start)


def _columns(matrix: Floats) -> Floats:
    return np.ascontiguousarray(matrix.T)


def _update_first(rows: Floats, hidden: int) -> Floats:
    """torch stacks r, z, n; a ``Cell`` z, r, n."""
    return np.concatenate([rows[hidden : 2 * hidden], rows[:hidden], rows[2 * hidden :]])


def _array(weights: dict[str, Any], name: str, shape: tuple[int, ...], optional: bool = False) -> Floats:
    if name not in weights:
        if optional:
            return np.zeros(shape, np.float32)
        raise ModuleDeclarationError(f"its {name} is missing")
    array = floats(weights[name], name)
    if array.shape != shape:
        raise ModuleDeclarationError(f"its {name} has the shape {list(array.shape)}, not {list(shape)}")
    return array
