"""Reads AIDA-X files, which are RTNeural's JSON: LSTM or GRU layers and a dense one, as Keras stores them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ModuleDeclarationError
from .network import Cell, Floats, Recurrent
from .weights import LARGEST_NETWORK, WIDEST, floats, number, table

_GATES = {"lstm": 4, "gru": 3}


def read_aidax(file: dict[str, Any]) -> Recurrent:
    """The network; its output gain is folded in. Raises ModuleDeclarationError."""
    layers = file.get("layers")
    if not isinstance(layers, list) or not 2 <= len(layers) <= 17:
        raise ModuleDeclarationError("its layers are no list of recurrent layers and a dense one")
    shape = file.get("in_shape")
    if isinstance(shape, list) and shape and shape[-1] != 1:
        raise ModuleDeclarationError("it takes more than the sound (knobs as inputs), which is not supported")
    *recurrent, dense = (table(layer, "layer") for layer in layers)
    kinds = {str(layer.get("type")) for layer in recurrent}
    for kind in [*kinds - _GATES.keys(), *{str(dense.get("type"))} - {"dense"}]:
        raise ModuleDeclarationError(f"its layer of type {kind!r:.40} is not supported there")
    if len(kinds) != 1:
        raise ModuleDeclarationError("a mixture of recurrent layers is not supported")
    if dense.get("activation") not in ("", None, "linear"):
        raise ModuleDeclarationError("a bent output (dense layer with an activation) is not supported")
    kind, inputs, cells = kinds.pop(), 1, []
    for layer in recurrent:
        cell = _cell(kind, layer, inputs)
        cells.append(cell)
        inputs = cell.back.shape[0]
    head, bias = _arrays(dense, 2)
    if head.shape != (inputs, 1) or bias.shape != (1,):
        raise ModuleDeclarationError("its dense layer does not fit the layer before it")
    skip = number(file.get("in_skip"), 0.0)
    if skip not in (0, 1):
        raise ModuleDeclarationError(f"its in_skip of {file['in_skip']!r:.40} is not supported")
    return Recurrent(kind, tuple(cells), head[:, 0].copy(), float(bias[0]), bool(skip), decibels(file, "out_gain"))


def decibels(file: dict[str, Any], key: str) -> float:
    """The factor that a gain in dB stands for; 1 where there is none."""
    value = number(file.get(key), 0.0)
    if value is None or not -80 <= value <= 80:
        raise ModuleDeclarationError(f"its {key} is {file[key]!r:.40}, not a gain from −80 to 80 dB")
    return float(10 ** (value / 20))


def _cell(kind: str, layer: dict[str, Any], inputs: int) -> Cell:
    into, back, bias = _arrays(layer, 3)
    hidden = back.shape[0] if back.ndim == 2 else 0
    gates = _GATES[kind] * hidden
    biases = (gates,) if kind == "lstm" else (2, gates)
    if not 1 <= hidden <= WIDEST or (into.shape, back.shape, bias.shape) != ((inputs, gates), (hidden, gates), biases):
        raise ModuleDeclarationError(f"the weights of a layer of type {kind} do not fit each other")
    start = np.zeros(hidden, np.float32)
    if kind == "lstm":
        return Cell(into, back, bias, np.zeros(0, np.float32), start, start)
    return Cell(into, back, bias[0].copy(), bias[1].copy(), start, start)


def _arrays(layer: dict[str, Any], count: int) -> list[Floats]:
    weights = layer.get("weights")
    if not isinstance(weights, list) or len(weights) != count:
        raise ModuleDeclarationError(f"a layer of type {layer.get('type')!r:.40} needs {count} lists of weights")
    arrays = [floats(each, "weights") for each in weights]
    if sum(array.size for array in arrays) > LARGEST_NETWORK:
        raise ModuleDeclarationError(f"a layer has more than {LARGEST_NETWORK} weights")
    return arrays
