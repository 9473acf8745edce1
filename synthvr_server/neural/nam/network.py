"""What a capture file says, as values: layers with their weights as arrays, and nothing of how they are computed.

A convolution's weight is float32[out, in, taps], tap 0 the oldest; a bias is float32[out].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Activation:
    """A name of ``bend.ACTIVATIONS`` and the constants of the leaky ones.

    ``slopes`` is one, or one per channel, ``rising`` that above ``high`` where it is another than that below ``low``.
    """

    name: str
    slopes: tuple[float, ...] = (0.0,)
    low: float = -1.0
    high: float = 1.0
    rising: float | None = None


@dataclass(frozen=True)
class Convolution:
    """A causal convolution; grouped ones are given with zeros in between."""

    weight: Floats
    bias: Floats | None = None
    dilation: int = 1

    @property
    def reach(self) -> int:
        """How many frames it looks back."""
        return int(self.weight.shape[2] - 1) * self.dilation


@dataclass(frozen=True)
class Film:
    """Feature-wise linear modulation (Perez and others, AAAI 2018): y = scale · x (+ shift), channel by channel.

    ``modulation`` is a convolution of one tap of the condition; its first half is the scale, its second, with
    ``shifts``, the shift.
    """

    modulation: Convolution
    shifts: bool


@dataclass(frozen=True)
class Films:
    """Where a layer modulates: before and after its convolution, mixin and activation, after its two 1×1."""

    conv_pre: Film | None = None
    conv_post: Film | None = None
    mixin_pre: Film | None = None
    mixin_post: Film | None = None
    activation_pre: Film | None = None
    activation_post: Film | None = None
    layer1x1_post: Film | None = None
    head1x1_post: Film | None = None

    def present(self) -> list[Film]:
        """Those that are there."""
        return [film for film in vars(self).values() if film is not None]


@dataclass(frozen=True)
class Layer:
    """z = act(conv(x) + mixin(condition)); head += head1x1(z); x += layer1x1(z), or x stays where there is none.

    With ``gate``, conv gives twice the channels: z = act(first half) · gate(second half), or, ``blended``, the way from
    the first half to act of it as far as gate(second half) says.
    """

    conv: Convolution
    mixin: Convolution
    activation: Activation
    layer1x1: Convolution | None
    head1x1: Convolution | None = None
    gate: Activation | None = None
    blended: bool = False
    films: Films = Films()


@dataclass(frozen=True)
class LayerArray:
    """Layers of one width, with the change of width before them and before their head."""

    rechannel: Convolution
    layers: tuple[Layer, ...]
    head: Convolution


@dataclass(frozen=True)
class WaveNet:
    """Layer arrays; each hands x and its head's output to the next. The last head times ``scale`` is the sound.

    ``condition``, where there is one, makes of the input what the mixins and films hear; ``head`` are activations, each
    with the convolution after it, that the sound goes through at the end.
    """

    arrays: tuple[LayerArray, ...]
    scale: float
    condition: WaveNet | ConvNet | None = None
    head: tuple[tuple[Activation, Convolution], ...] = ()

    @property
    def channels(self) -> int:
        """Of its output: one, or what its layers ask for where it is a condition."""
        return int((self.head[-1][1] if self.head else self.arrays[-1].head).weight.shape[0])

    @property
    def receptive_field(self) -> int:
        """Frames of input that one frame of output depends on."""
        layers = sum(layer.conv.reach for array in self.arrays for layer in array.layers)
        ends = sum(array.head.reach for array in self.arrays) + sum(conv.reach for _, conv in self.head)
        return layers + ends + (self.condition.receptive_field if self.condition else 1)


@dataclass(frozen=True)
class ConvNet:
    """Convolutions in a row, each with its activation. A linear model is one without."""

    blocks: tuple[tuple[Convolution, Activation], ...]

    @property
    def channels(self) -> int:
        """Of its output."""
        return int(self.blocks[-1][0].weight.shape[0])

    @property
    def receptive_field(self) -> int:
        """Frames of input that one frame of output depends on."""
        return 1 + sum(conv.reach for conv, _ in self.blocks)


@dataclass(frozen=True)
class Cell:
    """One recurrent layer, gates stacked: LSTM i, f, g, o; GRU z, r, n.

    ``into`` is float32[in, gates·hidden], ``back`` float32[hidden, gates·hidden], ``bias`` float32[gates·hidden]; a GRU
    has the bias of the recurrent half apart (``back_bias``). ``hidden`` and ``memory`` are what it starts from.
    """

    into: Floats
    back: Floats
    bias: Floats
    back_bias: Floats
    hidden: Floats
    memory: Floats


@dataclass(frozen=True)
class Recurrent:
    """LSTM or GRU layers and a dense head; with ``skip`` the input is added to the output."""

    kind: str
    cells: tuple[Cell, ...]
    head: Floats
    head_bias: float
    skip: bool = False
    gain: float = 1.0

    @property
    def receptive_field(self) -> int:
        """A recurrent model hears everything; after so many frames of silence (0.5 s) it has settled."""
        return 24000


Network = WaveNet | ConvNet | Recurrent


@dataclass(frozen=True)
class Capture:
    """A capture: its network, rate and levels.

    ``input_level`` is the level in dBu of a sine that reaches full scale, ``loudness`` that of the output in dB RMS.
    """

    name: str
    network: Network
    sample_rate: float = 48000.0
    input_level: float | None = None
    loudness: float | None = None
    input_gain: float = 1.0
