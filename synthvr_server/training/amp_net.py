"""The network that learns an amp: a small WaveNet in torch, and how it becomes a `.nam` file."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

CHANNELS, TAPS = 8, 3
DILATIONS = (1, 3, 9, 27, 81, 243) * 2  # 30 ms at 48 kHz


class AmpNet(nn.Module):
    """float[batch, 1, frames] → float[batch, 1, frames − reach]: z = tanh(conv(x) + mixin(dry)), summed to the head."""

    def __init__(self) -> None:
        super().__init__()
        self.reach = (TAPS - 1) * sum(DILATIONS)
        self.rechannel = nn.Conv1d(1, CHANNELS, 1, bias=False)
        self.convs = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, TAPS, dilation=d) for d in DILATIONS)
        self.mixins = nn.ModuleList(nn.Conv1d(1, CHANNELS, 1, bias=False) for _ in DILATIONS)
        self.mixes = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, 1) for _ in DILATIONS)
        self.head = nn.Conv1d(CHANNELS, 1, 1)
        self.register_buffer("scale", torch.tensor(1.0))

    def forward(self, dry: Tensor) -> Tensor:
        """The wet sound of all frames that have their whole past."""
        x = self.rechannel(dry)
        frames = dry.shape[-1] - self.reach
        total: Tensor | None = None
        for conv, mixin, mix in zip(self.convs, self.mixins, self.mixes, strict=True):
            bent = conv(x)
            length = bent.shape[-1]
            z = torch.tanh(bent + mixin(dry[..., -length:]))
            total = z[..., -frames:] if total is None else total + z[..., -frames:]
            x = x[..., -length:] + mix(z)
        assert total is not None
        return self.scale * self.head(total)  # type: ignore[no-any-return]

    def file(self, metadata: dict[str, Any], rate: int) -> dict[str, Any]:
        """The JSON of a `.nam` file, weights in the order of the format."""
        named: list[Any] = [self.rechannel.weight]
        for conv, mixin, mix in zip(self.convs, self.mixins, self.mixes, strict=True):
            named += [conv.weight, conv.bias, mixin.weight, mix.weight, mix.bias]
        named += [self.head.weight, self.head.bias, self.scale]
        weights = torch.cat([part.detach().reshape(-1) for part in named]).tolist()
        array = {
            "input_size": 1, "condition_size": 1, "channels": CHANNELS, "head_size": 1, "kernel_size": TAPS,
            "dilations": list(DILATIONS), "activation": "Tanh", "gated": False, "head_bias": True,
        }  # fmt: skip
        config = {"layers": [array], "head": None, "head_scale": float(self.scale)}  # type: ignore[arg-type]
        return {
            "version": "0.5.4",
            "metadata": metadata,
            "architecture": "WaveNet",
            "config": config,
            "weights": [float(f"{weight:.8g}") for weight in weights],
            "sample_rate": rate,
        }
