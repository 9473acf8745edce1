"""The decoder of an instrument: pitch and loudness in, a spectrum out; made in torch, written as ONNX.

pitch (V), loudness (dB) ─► scale ─┬─────────────────────┬─► 2 layers of 72 ─┬─► GRU 72 ─┬─► layer of 72 ─► 129 powers
                                   └─► 40 pitches: which ┘                   └───────────┘                   in dB

A sampled instrument, like a real one, has registers: its colour may change within a semitone. Of the pitch as one
number a small network makes a smooth colour; told which of 40 pitches it is near, it learns the steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from ..neural import instrument
from ..neural.additive import BANDS, HARMONICS

WIDTH = 72
SPECTRUM = HARMONICS + BANDS
SLOPE = 0.1  # of the leaky rectifiers
PITCHES = 40
FARTHEST = 2.2  # standard deviations from the mean pitch; evenly spread pitches end at 1.7
NARROW = (1.2 * 2 * FARTHEST / PITCHES) ** -2.0  # a pitch's neighbourhood reaches a little farther than the next pitch
OPSET, IR_VERSION = 17, 8


class Decoder(nn.Module):
    """Maps float32[frames, batch, 2] to float32[frames, batch, 129]."""

    mean: Tensor
    spread: Tensor
    pitches: Tensor

    def __init__(
        self,
        mean: NDArray[np.float32],
        spread: NDArray[np.float32],
        target: NDArray[np.float32],
        pitches: int = PITCHES,
        width: int = WIDTH,
    ) -> None:
        """``mean`` and ``spread`` are those of pitch (V) and loudness (dB), ``target`` the mean spectrum in dB."""
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean))
        self.register_buffer("spread", torch.as_tensor(spread))
        self.register_buffer("pitches", torch.linspace(-FARTHEST, FARTHEST, pitches))
        self.first = nn.Linear(2 + pitches, width)
        self.second = nn.Linear(width, width)
        self.memory = nn.GRU(width, width)
        self.third = nn.Linear(2 * width, width)
        self.last = nn.Linear(width, SPECTRUM)
        self.scale = 20.0  # dB: makes the network's own numbers about 1
        with torch.no_grad():
            self.last.bias.copy_(torch.as_tensor(target) / self.scale)

    def forward(self, condition: Tensor) -> Tensor:
        """The spectra of whole phrases, from silence on."""
        told = scaled = (condition - self.mean) / self.spread
        if len(self.pitches):
            # Gaussians around each pitch that add up to 1: what their squares have in common cancels in a softmax.
            near = torch.softmax(NARROW * (2 * scaled[..., :1] - self.pitches) * self.pitches, -1)
            told = torch.cat([scaled, near], -1)
        seen = self._bend(self.second(self._bend(self.first(told))))
        heard, _ = self.memory(seen)
        spectrum: Tensor = self.last(self._bend(self.third(torch.cat([heard, seen], -1)))) * self.scale
        return spectrum

    @staticmethod
    def _bend(x: Tensor) -> Tensor:
        return nn.functional.leaky_relu(x, SLOPE)


def to_onnx(decoder: Decoder) -> bytes:
    """The decoder one frame at a time, its weights as 8-bit integers with a scale per row."""
    graph = _Graph()
    state = {name: value.detach().numpy() for name, value in decoder.state_dict().items()}
    spread, mean = state["spread"], state["mean"]
    first, told = state["first.weight"], instrument.CONDITION
    if len(pitches := state["pitches"]):
        slopes = np.stack([2 * NARROW * pitches / spread[0], np.zeros_like(pitches)], axis=1).astype(np.float32)
        where = graph.layer(told, slopes, -NARROW * pitches**2 - slopes @ mean, bend=False, exact=True)
        told = graph.add("Concat", [told, graph.add("Softmax", [where], axis=-1)], axis=-1)
    conditions = len(mean)
    unscaled = first[:, :conditions] / spread
    first = np.concatenate([unscaled, first[:, conditions:]], axis=1)
    seen = graph.layer(told, first, state["first.bias"] - unscaled @ mean, exact=True)
    seen = graph.layer(seen, state["second.weight"], state["second.bias"])
    memory = graph.gru(seen, state)
    joined = graph.add("Concat", [memory, seen], axis=-1)
    hidden = graph.layer(joined, state["third.weight"], state["third.bias"])
    scale = np.float32(decoder.scale)
    graph.layer(hidden, state["last.weight"] * scale, state["last.bias"] * scale, bend=False, name=instrument.SPECTRUM)
    return graph.finish(conditions, width=len(first))


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def add(self, operator: str, inputs: list[str], name: str = "", **attributes: Any) -> str:
        name = name or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def constant(self, value: NDArray[Any]) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weights(self, matrix: NDArray[np.float32]) -> str:
        """The last axis is an output's weights: they share a scale. The runtime multiplies them out as it loads."""
        scale = np.maximum(np.abs(matrix).max(axis=-1, keepdims=True), 1e-9) / 127
        whole = self.add("Cast", [self.constant(np.rint(matrix / scale).astype(np.int8))], to=TensorProto.FLOAT)
        return self.add("Mul", [whole, self.constant(scale.astype(np.float32))])

    def layer(
        self,
        inputs: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        bend: bool = True,
        exact: bool = False,
        name: str = "",
    ) -> str:
        matrix = self.constant(weight.T) if exact else self.add("Transpose", [self.weights(weight)], perm=[1, 0])
        product = self.add("MatMul", [inputs, matrix])
        total = self.add("Add", [product, self.constant(bias.astype(np.float32))], name="" if bend else name)
        return self.add("LeakyRelu", [total], name=name, alpha=SLOPE) if bend else total

    def gru(self, inputs: str, state: dict[str, NDArray[np.float32]]) -> str:
        def reordered(value: NDArray[np.float32]) -> NDArray[np.float32]:  # torch keeps r, z, n; ONNX z, r, h
            r, z, n = np.split(value, 3)
            return np.concatenate([z, r, n])

        w, u = (self.weights(reordered(state[f"memory.weight_{which}_l0"])[None]) for which in ("ih", "hh"))
        bias = np.concatenate([reordered(state[f"memory.bias_{which}_l0"]) for which in ("ih", "hh")])[None]
        self.nodes.append(
            helper.make_node(
                "GRU",
                [inputs, w, u, self.constant(bias), "", instrument.MEMORY],
                ["heard", instrument.MEMORY_NEXT],
                hidden_size=len(bias[0]) // 6,
                linear_before_reset=1,
            )
        )
        return self.add("Squeeze", ["heard", self.constant(np.array([1], np.int64))])

    def finish(self, conditions: int, width: int) -> bytes:
        def tensor(name: str, size: int) -> Any:
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, size])

        takes = [tensor(instrument.CONDITION, conditions), tensor(instrument.MEMORY, width)]
        gives = [tensor(instrument.SPECTRUM, SPECTRUM), tensor(instrument.MEMORY_NEXT, width)]
        graph = helper.make_graph(self.nodes, "decoder", takes, gives, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        data: bytes = model.SerializeToString()
        return data
