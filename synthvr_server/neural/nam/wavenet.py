"""Reads the `.nam` architecture WaveNet, with what its second generation (A2) has beside.

A slimmable network is played at its full size, as whoever made the format does unless asked for less.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...errors import ModuleDeclarationError
from .network import Activation, ConvNet, Convolution, Film, Films, Layer, LayerArray, WaveNet
from .weights import WIDEST, Weights, activation, table, whole, wholes

_GATES = {"none", "gated", "blended"}
_SLIMMABLE = "slice_channels_uniform"


def read_wavenet(config: dict[str, Any], weights: Weights, condition: WaveNet | ConvNet | None = None) -> WaveNet:
    """The layer arrays, their weights, the head behind them, and the scale, which comes last.

    ``condition`` is the network of its condition_dsp, already read.
    """
    if config.get("in_channels", 1) != 1:
        raise ModuleDeclarationError("it has more than one input channel, which is not supported")
    arrays: list[LayerArray] = []
    width = head = 0
    layers = config.get("layers")
    if not isinstance(layers, list) or not 1 <= len(layers) <= 16:
        raise ModuleDeclarationError("its layers are no list of 1 to 16 layer arrays")
    heard = condition.channels if condition else 1
    for number, each in enumerate(layers):
        array = _array(table(each, "layer array"), heard, weights)
        first, into = array.rechannel.weight.shape[:2], array.head.weight.shape[1]
        if (number == 0 and first[1] != 1) or (number > 0 and first[1] != width):
            raise ModuleDeclarationError(f"layer array {number + 1} does not take what the one before it gives")
        if number > 0 and into != head:
            raise ModuleDeclarationError(f"layer array {number + 1} cannot go on with the head before it")
        width, head = first[0], array.head.weight.shape[0]
        arrays.append(array)
    behind = _behind(config.get("head"), head, weights)
    scale = float(weights.take(1)[0])
    weights.finish()
    return WaveNet(tuple(arrays), scale, condition, behind)


def _behind(config: Any, channels: int, weights: Weights) -> tuple[tuple[Activation, Convolution], ...]:
    """The head behind all layer arrays: an activation before each of its convolutions."""
    if config is None:
        return ()
    config = table(config, "post-stack head")
    sizes = wholes(config, "kernel_sizes", 4 * WIDEST)
    if config.get("in_channels") not in (None, channels):
        raise ModuleDeclarationError("its post-stack head does not take what its layers give")
    blocks = []
    for index, taps in enumerate(sizes):
        outputs = whole(config, "channels" if index + 1 < len(sizes) else "out_channels")
        bend = activation(config.get("activation"), channels)
        blocks.append((bend, weights.convolution(channels, outputs, taps)))
        channels = outputs
    return tuple(blocks)


def _array(config: dict[str, Any], condition: int, weights: Weights) -> LayerArray:
    slimmable = config.get("slimmable")
    if slimmable and (not isinstance(slimmable, dict) or slimmable.get("method") not in (None, "", _SLIMMABLE)):
        raise ModuleDeclarationError(f"its way of slimming layers {slimmable!r:.60} is not supported")
    if whole(config, "condition_size", default=1) != condition:
        raise ModuleDeclarationError("its layers have a condition of other channels than there are")
    channels = whole(config, "channels")
    rechannel = weights.convolution(whole(config, "input_size"), channels, bias=False)
    dilations = wholes(config, "dilations")
    layers = tuple(_layer(config, index, dilation, condition, weights) for index, dilation in enumerate(dilations))
    head1x1 = layers[0].head1x1
    into = whole(config, "bottleneck", default=channels) if head1x1 is None else head1x1.weight.shape[0]
    return LayerArray(rechannel, layers, _head(config, into, weights))


def _layer(config: dict[str, Any], index: int, dilation: int, condition: int, weights: Weights) -> Layer:
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
    mixin = weights.convolution(condition, rows, bias=False, groups=whole(config, "groups_input_mixin", default=1))
    residual = to_head = None
    layer1x1 = table(config.get("layer1x1") or {}, "layer1x1")
    if layer1x1.get("active", True):
        residual = weights.convolution(bottleneck, channels, groups=whole(layer1x1, "groups", default=1))
    head1x1 = table(config.get("head1x1") or {}, "head1x1")
    if head1x1.get("active", False):
        groups = whole(head1x1, "groups", default=1)
        to_head = weights.convolution(bottleneck, whole(head1x1, "out_channels"), groups=groups)
    films = Films(
        conv_pre=_film(config, "conv_pre_film", condition, channels, weights),
        conv_post=_film(config, "conv_post_film", condition, rows, weights),
        mixin_pre=_film(config, "input_mixin_pre_film", condition, condition, weights),
        mixin_post=_film(config, "input_mixin_post_film", condition, rows, weights),
        activation_pre=_film(config, "activation_pre_film", condition, rows, weights),
        activation_post=_film(config, "activation_post_film", condition, bottleneck, weights),
        layer1x1_post=_film(config, "layer1x1_post_film", condition, channels if residual else 0, weights),
        head1x1_post=_film(config, "head1x1_post_film", condition, to_head.weight.shape[0] if to_head else 0, weights),
    )
    if gating != "blended":  # the format's own player has these weights and applies them to blended layers only
        films = replace(films, layer1x1_post=None)
    bend = activation(_of_layer(config, "activation", index), bottleneck)
    if gating == "none":
        return Layer(conv, mixin, bend, residual, to_head, films=films)
    second = _of_layer(config, "secondary_activation", index, None) or "Sigmoid"
    gate = activation(second, bottleneck)
    return Layer(conv, mixin, bend, residual, to_head, gate, gating == "blended", films)


def _film(config: dict[str, Any], name: str, condition: int, channels: int, weights: Weights) -> Film | None:
    film = config.get(name)
    if film in (None, False) or (isinstance(film, dict) and not film.get("active", True)):
        return None
    film = table(film, name)
    if not channels:
        raise ModuleDeclarationError(f"its {name} modulates what its layers do not have")
    shifts = bool(film.get("shift", True))
    groups = whole(film, "groups", default=1)
    return Film(weights.convolution(condition, channels * (1 + shifts), groups=groups), shifts)


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
