"""A capture that is being played: at any rate, settled, level for level as it was captured."""

from __future__ import annotations

import copy
import math
from pathlib import Path

import numpy as np

from .compile import compile_network
from .level import delayed
from .network import Capture, Floats, Recurrent
from .oversampled import DELAYS, WARM, Oversampled
from .program import Program
from .recurrent import RecurrentPlayer
from .resample import Plays, Resampled, frames_inside, ratio_of, resampling_delay

DBU_VOLTS = math.sqrt(0.6)  # RMS of 0 dBu
NOMINAL_VOLTS = 5.0  # full scale of a capture that does not say how loud it was fed
MODELS = Path(__file__).parents[1] / "models" / "amp"  # the captures we ship
FADE_SECONDS = 0.010  # from one oversampling to another
LIGHT = 4000  # weights: a capture of no more is played at eight times its rate unless told otherwise
TARGET_LOUDNESS = -18.0  # dB RMS: captures that say how loud they are come out alike


def plain_player(capture: Capture) -> Program | RecurrentPlayer:
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


def usual_oversampling(capture: Capture) -> int:
    """Which of ``Player.CHOICES`` a capture is played with unless told otherwise: 8× where that costs little.

    The shipped captures cost 1 % of a core as they are, 7 % at 8×; a large one may take half of a core as it is.
    """
    return 3 if plain_player(capture).size <= LIGHT else 0


def delay_of(capture: Capture, engine_rate: float, choice: int = 0) -> int:
    """Frames by which a capture comes late, oversampled by ``choice``: none as it is and at its own rate.

    Raises ModuleDeclarationError.
    """
    oversampling = round(DELAYS[1 << choice] * engine_rate / capture.sample_rate)
    if capture.sample_rate == engine_rate:
        return oversampling
    return oversampling + resampling_delay(*ratio_of(capture.sample_rate, engine_rate))


class Player:
    """A capture in an engine of ``engine_rate`` Hz that plays at most ``block`` frames at once.

    It is played as it is, or oversampled (``CHOICES``); when that changes, both ways play until the new one has heard
    enough to have settled, then one fades into the other. ``delay`` is the frames by which it comes late as it is: 0
    unless the rates differ. Raises ModuleDeclarationError.
    """

    CHOICES = ("Off", "2×", "4×", "8×")

    def __init__(self, capture: Capture, engine_rate: float, block: int) -> None:
        settled = _settled(capture)
        self._ways = [_Way(settled, capture, engine_rate, block, choice) for choice in range(len(self.CHOICES))]
        self.delay = self._ways[0].delay
        self._now = self._next = self._ways[0]
        self._begun = False
        known = math.ceil(capture.network.receptive_field * engine_rate / capture.sample_rate)
        self._warm = known + self._ways[-1].delay + WARM
        self._fade = round(FADE_SECONDS * engine_rate)
        self._since = 0  # frames since the next way began

    def play(self, choice: int, audio: Floats, sound: Floats, wet: Floats, dry: Floats) -> None:
        """``audio`` float32[frames], full scale ±1, → ``wet``; ``sound`` → ``dry`` as late. All of one length."""
        if not self._begun:
            self._now = self._next = self._ways[choice]
            self._begun = True
        if self._now is self._next is not self._ways[choice]:
            self._next, self._since = self._ways[choice], 0
        self._now.play(audio, sound, wet, dry)
        if self._next is self._now:
            return
        other_wet, other_dry = self._next.room
        self._next.play(audio, sound, other_wet[: len(wet)], other_dry[: len(wet)])
        share = np.clip((np.arange(len(wet), dtype=np.float32) + (self._since - self._warm)) / self._fade, 0.0, 1.0)
        wet += share * (other_wet[: len(wet)] - wet)
        dry += share * (other_dry[: len(wet)] - dry)
        self._since += len(wet)
        if self._since >= self._warm + self._fade:
            self._now = self._next


class _Way:
    """A capture, oversampled by ``choice``, and the line in which the dry sound waits for it."""

    def __init__(self, settled: Plays, capture: Capture, engine_rate: float, block: int, choice: int) -> None:
        self._plays = copy.deepcopy(settled)
        up, down = ratio_of(capture.sample_rate, engine_rate)
        if choice:
            self._plays = Oversampled(self._plays, 1 << choice, frames_inside(up, down, block))
        if up != down:
            self._plays = Resampled(self._plays, capture.sample_rate, engine_rate, block)
        self.delay = delay_of(capture, engine_rate, choice)
        quiet = np.zeros(block, np.float32)
        for _ in range(-(-(WARM + self.delay) // block)):  # what settles between the runs and behind them
            self._plays.play(quiet, np.empty_like(quiet))
        self._line = np.zeros(self.delay, np.float32)
        self.room = np.zeros((2, block), np.float32)

    def play(self, audio: Floats, sound: Floats, wet: Floats, dry: Floats) -> None:
        """A block, see Player."""
        self._plays.play(audio, wet)
        delayed(self._line, sound, dry)


def _settled(capture: Capture) -> Plays:
    """The capture after a long silence: what a network says while its history fills is never heard."""
    plays = plain_player(capture)
    plays.reset()
    silence = np.zeros(capture.network.receptive_field, np.float32)
    plays.play(silence, silence)
    return plays
