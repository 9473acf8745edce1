"""A module sounds the same in blocks of every size: a CV arrives on its frame, and no loop is a block long."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from synthvr_server.module import Input
from tests.rig import rig
from tests.spectra import decibels

from .every import EACH, FOUND, positions

RATE = 48_000
FRAMES = 24 * 1024
TIME = np.arange(FRAMES) / RATE
NULL = -100.0  # dB relative to the sound


def signal(jack: Input, number: int, channels: int) -> np.ndarray:
    """Something that moves all the time, another for every jack and channel: float32[frames, channels]."""
    rng = np.random.default_rng(number)
    columns: list[Any] = []
    for channel in range(channels):
        own = number + 0.3 * channel
        if jack.kind == "audio":
            columns.append(4 * np.sin(2 * np.pi * (220 + 37 * own) * TIME) + rng.uniform(-1, 1, FRAMES))
        elif jack.kind == "gate":
            columns.append(np.where((TIME * (5 + own)) % 1 < 0.5, 10.0, 0.0))
        elif jack.kind == "trigger":
            columns.append(np.where((TIME * (16 + own)) % 1 < 0.1, 10.0, 0.0))
        elif jack.kind == "pitch":
            columns.append(np.linspace(-1, 1, FRAMES) + 0.2 * np.sin(2 * np.pi * (90 + own) * TIME))
        else:
            slow, fast = np.sin(2 * np.pi * (3 + own) * TIME), np.sin(2 * np.pi * (130 + own) * TIME)
            columns.append(2.5 + 2 * slow + 0.3 * fast)
    return np.stack(columns, axis=1).astype(np.float32)


@EACH
@pytest.mark.parametrize(("where", "channels"), [("right", 1), ("alternating", 1), ("default", 3)])
def test_blocks_of_64_and_of_1024_give_the_same_sound(module: str, where: str, channels: int) -> None:
    cls = FOUND.modules[module]
    if cls.takes_turns:
        pytest.skip("what computes once in several blocks reads its CVs once a block")
    inputs = cls.declaration.inputs
    signals = {jack: signal(what, number, channels) for number, (jack, what) in enumerate(inputs.items())}
    heard = []
    for block in (64, 1024):
        feeds = dict.fromkeys(inputs, channels)
        with rig(cls, feeds=feeds, block=block, set_to=positions(cls)[where]) as under_test:
            heard.append(under_test.run(FRAMES / RATE, **signals))
    for jack, short in heard[0].items():
        difference = np.sqrt(np.mean((short - heard[1][jack]).astype(float) ** 2))
        loudness = np.sqrt(np.mean(short.astype(float) ** 2))
        assert not difference or decibels(difference / loudness) <= NULL, f"{jack} differs"
