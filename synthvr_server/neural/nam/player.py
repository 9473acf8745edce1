"""A capture that is being played: at any rate, settled, level for level as it was captured."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from .compile import compile_network
from .network import Capture, Floats, Recurrent
from .recurrent import RecurrentPlayer
from .resample import Plays, Resampled, ratio_of, resampling_delay

DBU_VOLTS = math.sqrt(0.6)  # RMS of 0 dBu
NOMINAL_VOLTS = 5.0  # full scale of a capture that does not say how loud it was fed
MODELS = Path(__file__).parents[1] / "models" / "amp"  # the captures we ship
TARGET_LOUDNESS = -18.0  # dB RMS: captures that say how loud they are come out alike


def plain_player(capture: Capture) -> Plays:
    """What plays the network itself, at its own rate and in its own numbers (full scale is ±1)."""
    if isinstance(capture.network, Recurrent):
        return RecurrentPlayer(capture.network)
    return compile_network(capture.network)


def input_volts(capture: Capture) -> float:
    """The peak in volts that is full scale to the capture.

    With ``input_level`` it is what the captured device's input saw: a sine of that many dBu.
    """
    if capture.input_level is None:
        return NOMINAL_VOLTS / capture.input_gain
    return math.sqrt(2.0) * DBU_VOLTS * 10 ** (capture.input_level / 20) / capture.input_gain


def output_volts(capture: Capture) -> float:
    """The peak in volts that the capture's full scale becomes."""
    if capture.loudness is None:
        return NOMINAL_VOLTS
    return float(NOMINAL_VOLTS * 10 ** ((TARGET_LOUDNESS - capture.loudness) / 20))


def delay_of(capture: Capture, engine_rate: float) -> int:
    """Frames by which a capture comes late: none at its own rate. Raises ModuleDeclarationError."""
    if capture.sample_rate == engine_rate:
        return 0
    return resampling_delay(*ratio_of(capture.sample_rate, engine_rate))


class Player:
    """A capture in an engine of ``engine_rate`` Hz that plays at most ``block`` frames at once.

    ``delay`` is the frames by which the output comes late: 0 unless the rates differ. Raises ModuleDeclarationError.
    """

    def __init__(self, capture: Capture, engine_rate: float, block: int) -> None:
        self._plays = plain_player(capture)
        self.delay = delay_of(capture, engine_rate)
        if self.delay:
            self._plays = Resampled(self._plays, capture.sample_rate, engine_rate, block)
        frames = math.ceil(capture.network.receptive_field * engine_rate / capture.sample_rate) + self.delay
        self._settling = -(-frames // block), np.zeros(block, np.float32)
        self.settle()

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames], full scale ±1; may be the same array."""
        self._plays.play(audio, out)

    def settle(self) -> None:
        """Start again, as after a long silence: what a network says while its history fills is never heard."""
        self._plays.reset()
        blocks, silence = self._settling
        out: Any = np.empty_like(silence)
        for _ in range(blocks):
            self._plays.play(silence, out)
