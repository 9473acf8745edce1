"""Turns a convolutional network into the program that run.py plays.

Folded here: the condition's mixin into the convolution beside it (more rows of one sum), biases into the sums' first
values, the residual into the 1×1 that follows, the head's scale into its weights; the last layer's way on, which
nobody hears, is left out. Where something modulates in between, the sums are made one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .network import ConvNet, Convolution, Layer, LayerArray, WaveNet
from .program import NONE, Builder, Program


def compile_network(network: WaveNet | ConvNet) -> Program:
    """The program of a network; its sizes have been checked by who read it."""
    make = Builder()
    _network(make, network, make.buffer(1, _reach(network)))
    return make.program()


def _reach(network: WaveNet | ConvNet) -> int:
    """How far back the network's first steps look into its input."""
    if isinstance(network, ConvNet):
        return network.blocks[0][0].reach
    return _reach(network.condition) if network.condition else 0


def _network(make: Builder, network: WaveNet | ConvNet, sound: int) -> int:
    return _wavenet(make, network, sound) if isinstance(network, WaveNet) else _convnet(make, network, sound)


def _wavenet(make: Builder, net: WaveNet, sound: int) -> int:
    condition = _network(make, net.condition, sound) if net.condition else sound
    x, head = sound, NONE
    for number, array in enumerate(net.arrays):
        is_last = number == len(net.arrays) - 1
        x, total = _array(make, array, x, head, condition, is_last)
        head = make.buffer(array.head.weight.shape[0], net.head[0][1].reach if is_last and net.head else 0)
        make.mix(total, _scaled(array.head, net.scale) if is_last else array.head, head)
    for index, (activation, conv) in enumerate(net.head):
        make.bend(head, 0, conv.weight.shape[1], activation)
        following = make.buffer(conv.weight.shape[0], net.head[index + 1][1].reach if index + 1 < len(net.head) else 0)
        make.mix(head, conv, following)
        head = following
    return head


def _scaled(conv: Convolution, scale: float) -> Convolution:
    factor = np.float32(scale)
    return Convolution(conv.weight * factor, None if conv.bias is None else conv.bias * factor, conv.dilation)


@dataclass(frozen=True)
class _Room:
    """Buffers that the layers of an array share: a layer's sums, what is added to them, the condition as a mixin hears
    it, scales and shifts."""

    z: int
    beside: int
    heard: int
    modulation: int


def _room(make: Builder, layers: tuple[Layer, ...]) -> _Room:
    rows = max(layer.conv.weight.shape[0] for layer in layers)
    z = make.buffer(rows + max(_outputs(layer) for layer in layers))  # room for a blend's bent row
    films = [film for layer in layers for film in layer.films.present()]
    if not films:
        return _Room(z, NONE, NONE, NONE)
    ends = [conv.weight.shape[0] for layer in layers for conv in (layer.layer1x1, layer.head1x1) if conv is not None]
    widest = max(film.modulation.weight.shape[0] for film in films)
    heard = make.buffer(layers[0].mixin.weight.shape[1])
    return _Room(z, make.buffer(max([rows, *ends])), heard, make.buffer(widest))


def _array(make: Builder, array: LayerArray, source: int, head: int, condition: int, is_last: bool) -> tuple[int, int]:
    """Returns the buffers of x and of the sum that is the array's head's input."""
    layers = array.layers
    width = array.rechannel.weight.shape[0]
    x = make.buffer(width, _history(layers[0]))
    make.mix(source, array.rechannel, x)
    room = _room(make, layers)
    total = make.buffer(array.head.weight.shape[1], array.head.reach)
    for index, layer in enumerate(layers):
        _layer(make, layer, x, condition, room)
        _to_head(make, layer, total, head if index == 0 else total, condition, room)
        if index + 1 < len(layers) or not is_last:
            following = make.buffer(width, _history(layers[index + 1]) if index + 1 < len(layers) else 0)
            _onwards(make, layer, x, following, condition, room)
            x = following
    return x, total


def _history(layer: Layer) -> int:
    """Of what comes into a layer: none where its convolution hears it modulated."""
    return 0 if layer.films.conv_pre else layer.conv.reach


def _outputs(layer: Layer) -> int:
    """Channels of a layer after its gate."""
    return int(layer.conv.weight.shape[0]) // (1 if layer.gate is None else 2)


def _layer(make: Builder, layer: Layer, x: int, condition: int, room: _Room) -> None:
    """x → z."""
    films, z, heard = layer.films, room.z, condition
    if films.conv_pre:
        modulated = make.buffer(layer.conv.weight.shape[1], layer.conv.reach)
        make.film(films.conv_pre, x, modulated, condition, room.modulation)
        x = modulated
    if films.mixin_pre:
        heard = room.heard
        make.film(films.mixin_pre, condition, heard, condition, room.modulation)
    if films.conv_post or films.mixin_post:
        make.mix(x, layer.conv, z)
        make.film(films.conv_post, z, z, condition, room.modulation)
        make.mix(heard, layer.mixin, room.beside)
        make.film(films.mixin_post, room.beside, room.beside, condition, room.modulation)
        make.add(z, layer.conv.weight.shape[0], z, room.beside)
    else:
        make.mix(x, layer.conv, z, layer.mixin, heard)
    make.film(films.activation_pre, z, z, condition, room.modulation)
    if layer.gate is None:
        make.bend(z, 0, _outputs(layer), layer.activation)
    else:
        make.gate(z, _outputs(layer), layer.activation, layer.gate, layer.blended)
    make.film(films.activation_post, z, z, condition, room.modulation)


def _to_head(make: Builder, layer: Layer, total: int, carry: int, condition: int, room: _Room) -> None:
    """z → what the array's head hears, added to ``carry``."""
    if layer.head1x1 is not None and layer.films.head1x1_post is None:
        make.mix(room.z, layer.head1x1, total, carry=carry)
        return
    result, channels = room.z, _outputs(layer)
    if layer.head1x1 is not None:
        result, channels = room.beside, layer.head1x1.weight.shape[0]
        make.mix(room.z, layer.head1x1, result)
        make.film(layer.films.head1x1_post, result, result, condition, room.modulation)
    make.add(total, channels, *((result,) if carry == NONE else (carry, result)))


def _onwards(make: Builder, layer: Layer, x: int, following: int, condition: int, room: _Room) -> None:
    """x and z → the next layer's x."""
    if layer.layer1x1 is None:
        make.add(following, layer.conv.weight.shape[1], x)
    elif layer.films.layer1x1_post is None:
        make.mix(room.z, layer.layer1x1, following, carry=x)
    else:
        make.mix(room.z, layer.layer1x1, room.beside)
        make.film(layer.films.layer1x1_post, room.beside, room.beside, condition, room.modulation)
        make.add(following, layer.conv.weight.shape[1], x, room.beside)


def _convnet(make: Builder, net: ConvNet, sound: int) -> int:
    x = sound
    for index, (conv, activation) in enumerate(net.blocks):
        reach = net.blocks[index + 1][0].reach if index + 1 < len(net.blocks) else 0
        following = make.buffer(conv.weight.shape[0], reach)
        make.mix(x, conv, following)
        make.bend(following, 0, conv.weight.shape[0], activation)
        x = following
    return x
