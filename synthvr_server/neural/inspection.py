"""Whether an ONNX file computes the same amount, in the same memory, whatever it hears: looked at, not run.

A model is tried once, in a child process; it must not behave differently on the audio thread. So its shapes,
branches and loops may follow from constants only, never from what arrives at its inputs, and nothing outside
the file may be read. Every value that depends on an input is followed through the graph; where one reaches a
place that decides a size or a branch, the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

import onnx

from ..errors import ModuleDeclarationError

DOMAINS = {"", "ai.onnx", "ai.onnx.ml"}
MOST_NODES = 20_000

# Operators whose work or output size depends on values, or which are no arithmetic on tensors.
REFUSED = {"Loop", "NonZero", "Unique", "Compress", "NonMaxSuppression", "ImageDecoder", "SplitToSequence"}
REFUSED_BEGINNINGS = ("Sequence", "Optional", "String", "Regex", "ConcatFromSequence")

# operator → the inputs that decide sizes, axes or branches. Gather and its kin are not here: an index that
# depends on a signal reads another place, and no more of it.
DECIDING: dict[str, tuple[int, ...]] = {
    "If": (0,),
    "Expand": (1,),
    "Tile": (1,),
    "Reshape": (1,),
    "ConstantOfShape": (0,),
    "Range": (0, 1, 2),
    "Pad": (1, 3),
    "Resize": (1, 2, 3),
    "Upsample": (1,),
    "OneHot": (1,),
    "Slice": (1, 2, 3, 4),
    "Squeeze": (1,),
    "Unsqueeze": (1,),
    "TopK": (1,),
    "Split": (1,),
    "DFT": (1, 2),
    "STFT": (1, 3),
    "Col2Im": (1, 2),
    "CenterCropPad": (1,),
    "AffineGrid": (1,),
    "MaxUnpool": (2,),
    "HannWindow": (0,),
    "HammingWindow": (0,),
    "BlackmanWindow": (0,),
    "MelWeightMatrix": (0, 1, 2, 3, 4),
    "ReduceSum": (1,),
    "ReduceMean": (1,),
    "ReduceMax": (1,),
    "ReduceMin": (1,),
    "ReduceProd": (1,),
    "ReduceL1": (1,),
    "ReduceL2": (1,),
    "ReduceLogSum": (1,),
    "ReduceLogSumExp": (1,),
    "ReduceSumSquare": (1,),
}
SHAPES = {"Shape", "Size"}  # what these give is known before anything is heard


def inspect_model(data: bytes) -> None:
    """Raise ModuleDeclarationError, one sentence, unless the file is plain arithmetic of fixed size."""
    try:
        model = onnx.load_model_from_string(data)
    except Exception as error:  # protobuf's own, and what onnx makes of it
        raise ModuleDeclarationError("it is no ONNX file, or a broken one") from error
    if not model.graph.node:
        raise ModuleDeclarationError("it is no ONNX file: it has no operations")
    domains = {opset.domain for opset in model.opset_import}
    if not all(isinstance(domain, str) for domain in domains):  # protobuf gives bytes where a text is not UTF-8
        raise ModuleDeclarationError("it is a broken ONNX file: a name in it is no text")
    if foreign := sorted(domains - DOMAINS):
        raise ModuleDeclarationError(f"it uses operators of {foreign[0][:60]!r}; only those of ONNX itself are allowed")
    if model.functions:
        raise ModuleDeclarationError("it has functions of its own: inline them before exporting")
    graph = model.graph
    weights = {weight.name for weight in graph.initializer}
    _Walk().graph(graph, {tensor.name for tensor in graph.input} - weights)


class _Walk:
    """One way through a graph and the graphs inside its nodes, knowing which values depend on what is heard."""

    def __init__(self) -> None:
        self._nodes = 0

    def graph(self, graph: Any, heard: Set[str]) -> None:
        dependent = set(heard)
        _check_weights(graph.initializer)
        _check_weights(weight for sparse in graph.sparse_initializer for weight in (sparse.values, sparse.indices))
        for node in graph.node:
            self._nodes += 1
            if self._nodes > MOST_NODES:
                raise ModuleDeclarationError(f"it has more than {MOST_NODES} operations")
            self._node(node, dependent)

    def _node(self, node: Any, dependent: set[str]) -> None:
        kind = node.op_type[:60]
        if not isinstance(kind, str):
            raise ModuleDeclarationError("it is a broken ONNX file: a name in it is no text")
        if kind in REFUSED or kind.startswith(REFUSED_BEGINNINGS):
            raise ModuleDeclarationError(f"it uses {kind}, whose work may change with what it hears")
        for place in DECIDING.get(kind, ()):
            if place < len(node.input) and node.input[place] in dependent:
                raise ModuleDeclarationError(f"what it hears decides the size or the way of {kind}: it must be fixed")
        inner = list(_inner_graphs(node))
        for attribute in node.attribute:
            _check_weights([attribute.t] if attribute.HasField("t") else ())
            _check_weights(attribute.tensors)
        for graph in inner:
            # A body's own inputs are slices of the node's: taken as heard, which refuses no honest Scan.
            self.graph(graph, dependent | {tensor.name for tensor in graph.input})
        if kind not in SHAPES and (inner or any(name in dependent for name in node.input)):
            dependent.update(node.output)


def _inner_graphs(node: Any) -> Iterator[Any]:
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def _check_weights(weights: Iterable[Any]) -> None:
    for weight in weights:
        if weight.data_location == onnx.TensorProto.EXTERNAL or weight.external_data:
            raise ModuleDeclarationError("it keeps weights in another file: export it as one file")
