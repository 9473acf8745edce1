"""The Wave module's net in torch, for training only; it plays from arrays that ``weights`` hands over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from ..neural.wavenet_oscillator_net import (
    CHANNELS,
    CONDITIONS,
    DILATIONS,
    FADE_FROM,
    FADE_OVER,
    GATED,
    HARMONICS,
    HEARD,
    INNER,
    LOUDEST_LOG,
    LOUDEST_MEAN,
    MIDDLE_HZ,
    PHASES,
    QUIETEST_LOG,
    RATE,
    TUNED,
)

Layers = Iterable[nn.Linear]


class WaveNet(nn.Module):
    """See synthvr_server/neural/wavenet_oscillator_net.py for the net itself."""

    def __init__(self) -> None:
        super().__init__()
        self.start = nn.Linear(1 + PHASES, CHANNELS)
        self.taps = nn.ModuleList(nn.Linear(HEARD, GATED, bias=False) for _ in DILATIONS)
        self.mix = nn.ModuleList(nn.Linear(CHANNELS, CHANNELS) for _ in DILATIONS)
        self.head = nn.Linear(CHANNELS, CHANNELS)
        self.last = nn.Linear(CHANNELS, 2)
        self.first_condition = nn.Linear(CONDITIONS, INNER)
        self.second_condition = nn.Linear(INNER, INNER)
        self.tune = nn.Linear(INNER, len(DILATIONS) * TUNED)
        with torch.no_grad():
            self.last.bias[1] = -3.0
            self.tune.bias.view(len(DILATIONS), TUNED)[:, GATED:] += 1.0

    def forward(self, heard: Tensor, phases: Tensor, conditions: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log deviation [clips, frames] of each sample, of the one before it, its phase and the conditions.

        heard [clips, frames], phases [clips, frames, PHASES], conditions [clips, CONDITIONS].
        """
        inner = torch.tanh(self.second_condition(torch.tanh(self.first_condition(conditions))))
        tuned = self.tune(inner).view(-1, 1, len(DILATIONS), TUNED)
        now = self.start(torch.cat((heard[:, :, None], phases), dim=2))
        head = torch.zeros_like(now)
        for layer, dilation in enumerate(DILATIONS):
            back = nn.functional.pad(now, (0, 0, dilation, 0))[:, : now.shape[1]]
            gated = self.taps[layer](torch.cat((now, back, phases), dim=2)) + tuned[:, :, layer, :GATED]
            told = torch.tanh(gated[..., :CHANNELS]) * torch.sigmoid(gated[..., CHANNELS:])
            told = told * tuned[:, :, layer, GATED:]
            head = head + told
            now = now + self.mix[layer](told)
        last = self.last(torch.tanh(self.head(head)))
        mean = LOUDEST_MEAN * torch.tanh(last[..., 0] / LOUDEST_MEAN)
        return mean, last[..., 1].clamp(QUIETEST_LOG, LOUDEST_LOG)

    def weights(self) -> dict[str, np.ndarray]:
        """Everything learnt, named and shaped as SHAPES of the playing net says."""
        named = {
            "start": self.start.weight.T,
            "start_bias": self.start.bias,
            "taps": torch.stack([layer.weight.T for layer in cast(Layers, self.taps)]),
            "mix": torch.stack([layer.weight.T for layer in cast(Layers, self.mix)]),
            "mix_bias": torch.stack([layer.bias for layer in cast(Layers, self.mix)]),
            "head": self.head.weight.T,
            "head_bias": self.head.bias,
            "last": self.last.weight.T,
            "last_bias": self.last.bias,
            "first_condition": self.first_condition.weight.T,
            "first_bias": self.first_condition.bias,
            "second_condition": self.second_condition.weight.T,
            "second_bias": self.second_condition.bias,
            "tune": self.tune.weight.view(len(DILATIONS), TUNED, INNER).transpose(1, 2),
            "tune_bias": self.tune.bias.view(len(DILATIONS), TUNED),
        }
        return {name: np.ascontiguousarray(value.detach().numpy(), np.float32) for name, value in named.items()}


def phase_features(turns: np.ndarray, hertz: np.ndarray, grip: np.ndarray) -> np.ndarray:
    """Sine and cosine of the phase's harmonics, float32[clips, frames, PHASES]; turns likewise, others [clips]."""
    orders = np.array(HARMONICS)
    loud = np.clip(1.0 - (hertz[:, None] * orders - FADE_FROM) / FADE_OVER, 0.0, 1.0) * grip[:, None]
    angles = 2 * np.pi * turns[..., None] * orders
    pairs = np.stack((np.sin(angles), np.cos(angles)), axis=-1) * loud[:, None, :, None]
    features: np.ndarray = pairs.reshape(*turns.shape, PHASES).astype(np.float32)
    return features


def turns_of(phase: np.ndarray, hertz: np.ndarray, frames: int) -> np.ndarray:
    """The phase in each of ``frames``, in turns within one; phase and hertz are [clips]."""
    turns: np.ndarray = (phase[:, None] + np.arange(frames) * hertz[:, None] / RATE) % 1.0
    return turns


def describe(material: np.ndarray, character: np.ndarray, hertz: np.ndarray) -> np.ndarray:
    """The conditions as the playing net makes them, float32[clips, CONDITIONS]."""
    kinds = np.maximum(0.0, 1.0 - np.abs(material[:, None] - np.arange(CONDITIONS - 2)))
    octaves = np.log2(hertz / MIDDLE_HZ) * 0.25
    return np.concatenate((kinds, character[:, None] - 0.5, octaves[:, None]), axis=1).astype(np.float32)
