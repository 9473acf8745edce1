"""Reads the `.nam` architecture WaveNet."""

from __future__ import annotations

from typing import Any

from ...errors import ModuleDeclarationError
from .network import Layer, LayerArray, WaveNet
from .weights import WIDEST, Weights, activation, table, whole, wholes

_FILM = (
    "conv_pre_film", "conv_post_film", "input_mixin_pre_film", "input_mixin_post_film", "activation_pre_film",
    "activation_post_film", "layer1x1_post_film", "head1x1_post_film",
)  # fmt: skip
_GATES = {"none", "gated", "blended"}


def read_wavenet(config: dict[str, Any], weights: Weights) -> WaveNet:
    """The layer arrays, their weights, and the head's scale, which comes last."""
    if config.get("head") is not None:
        raise ModuleDeclarationError("its post-stack head is not supported")
    if config.get("condition_dsp") is not None:
        raise ModuleDeclarationError("its condition_dsp is not supported")
    if config.get("in_channels", 1) != 1:
        raise ModuleDeclarationError("it has more than one input channel, which is not supported")
    arrays: list[LayerArray] = []
    width = head = 0
    layers = config.get("layers")
    if not isinstance(layers, list) or not 1 <= len(layers) <= 16:
        raise ModuleDeclarationError("its layers are no list of 1 to 16 layer arrays")
    for number, each in enumerate(layers):
        array = _array(table(each, "layer array"), weights)
        first, into = array.rechannel.weight.shape[:2], array.head.weight.shape[1]
        if (number == 0 and first[1] != 1) or (number > 0 and first[1] != width):
            raise ModuleDeclarationError(f"layer array {number + 1} does not take what the one before it gives")
        if number > 0 and into != head:
            raise ModuleDeclarationError(f"layer array {number + 1} cannot go on with the head before it")
        width, head = first[0], array.head.weight.shape[0]
        arrays.append(array)
    if head != 1:
        raise ModuleDeclarationError("it has more than one output channel, which is not supported")
    scale = float(weights.take(1)[0])
    weights.finish()
    return WaveNet(tuple(arrays), scale)


def _array(config: dict[str, Any], weights: Weights) -> LayerArray:
    for name in _FILM:
        film = config.get(name)
        if film not in (None, False) and (not isinstance(film, dict) or film.get("active", True)):
            raise ModuleDeclarationError(f"its FiLM ({name}) is not supported")
    if config.get("slimmable") is not None:
        raise ModuleDeclarationError("its slimmable layers are not supported")
    if config.get("condition_size", 1) != 1:
        raise ModuleDeclarationError("a condition of more than one channel is not supported")
    channels = whole(config, "channels")
    rechannel = weights.convolution(whole(config, "input_size"), channels, bias=False)
    dilations = wholes(config, "dilations")
    layers = tuple(_layer(config, index, dilation, weights) for index, dilation in enumerate(dilations))
    head1x1 = layers[0].head1x1
    into = whole(config, "bottleneck", default=channels) if head1x1 is None else head1x1.weight.shape[0]
    return LayerArray(rechannel, layers, _head(config, into, weights))


def _layer(config: dict[str, Any], index: int, dilation: int, weights: Weights) -> Layer:
    channels = whole(config, "channels")
    bottleneck = whole(config, "bottleneck", default=channels)
    taps = _of_layer(config, "kernel_sizes" if "kernel_sizes" in config else "kernel_size", index)
    gating = _of_layer(config, "gating_mode", index, "gated" if config.get("gated") else "none")
    gating = str(gating).lower()
    if gating not in _GATES:
        raise ModuleDeclarationError(f"its gating mode {gating!r:.40} is not supported")
    rows = bottleneck if gating == "none" else 2 * bottleneck
    taps = whole({"kernel_size": taps}, "kernel_size", 4 * WIDEST)
    groups = whole(config, "groups_input", default=1)
    conv = weights.convolution(channels, rows, taps, dilation, groups)
    mixin = weights.convolution(1, rows, bias=False, groups=whole(config, "groups_input_mixin", default=1))
    layer1x1 = table(config.get("layer1x1") or {}, "layer1x1")
    if not layer1x1.get("active", True):
        raise ModuleDeclarationError("layers without their 1×1 (layer1x1 inactive) are not supported")
    residual = weights.convolution(bottleneck, channels, groups=whole(layer1x1, "groups", default=1))
    head1x1 = table(config.get("head1x1") or {}, "head1x1")
    to_head = None
    if head1x1.get("active", False):
        groups = whole(head1x1, "groups", default=1)
        to_head = weights.convolution(bottleneck, whole(head1x1, "out_channels"), groups=groups)
    bend = activation(_of_layer(config, "activation", index), bottleneck)
    if gating == "none":
        return Layer(conv, mixin, bend, residual, to_head)
    second = _of_layer(config, "secondary_activation", index, None) or "Sigmoid"
    return Layer(conv, mixin, bend, residual, to_head, activation(second, bottleneck), gating == "blended")


def _head(config: dict[str, Any], into: int, weights: Weights) -> Any:
    head = config.get("head")
    if head is None:
        return weights.convolution(into, whole(config, "head_size"), bias=bool(config.get("head_bias", False)))
    head = table(head, "head")
    taps, dilation = whole(head, "kernel_size", 4 * WIDEST, 1), whole(head, "head_dilation", 1 << 16, 1)
    return weights.convolution(into, whole(head, "out_channels"), taps, dilation, bias=bool(head.get("bias", False)))


def _of_layer(config: dict[str, Any], key: str, index: int, default: Any = None) -> Any:
    """A setting that is one for all layers, or a list with one for each."""
    value = config.get(key, default)
    if not isinstance(value, list):
        return value
    if index >= len(value):
        raise ModuleDeclarationError(f"its {key} has fewer entries than it has layers")
    return value[index]
