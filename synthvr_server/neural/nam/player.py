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

    It is played as it is, or oversampled (``CHOICES``), at first by ``choice``. When another is asked for, its runs are
    made, one a block, then both ways play until the new one has heard enough to have settled, then one fades into the
    other. ``delay`` is the frames by which it comes late as it is: 0 unless the rates differ. Raises
    ModuleDeclarationError.
    """

    CHOICES = ("Off", "2×", "4×", "8×")

    def __init__(self, capture: Capture, engine_rate: float, block: int, choice: int = 0) -> None:
        self._capture, self._rate, self._block = capture, engine_rate, block
        self._settled = _settled(capture)
        self._now = self._whole(choice)
        self._next: _Way | None = None
        self._begun = False
        self.delay = delay_of(capture, engine_rate)
        known = math.ceil(capture.network.receptive_field * engine_rate / capture.sample_rate)
        self._warm = known + delay_of(capture, engine_rate, len(self.CHOICES) - 1) + WARM
        self._fade = round(FADE_SECONDS * engine_rate)
        self._since = 0  # frames since the next way began
        self._room = np.zeros((2, block), np.float32)

    @property
    def runs(self) -> int:
        """How many runs of the network are kept: those of the way that plays, and of one that is to."""
        return sum(1 << way.choice for way in (self._now, self._next) if way is not None)

    def _way(self, choice: int) -> _Way:
        return _Way(self._settled, self._capture, self._rate, self._block, choice)

    def _whole(self, choice: int) -> _Way:
        way = self._way(choice)
        while way.grows():
            pass
        way.settle(self._block)
        return way

    def play(self, choice: int, audio: Floats, sound: Floats, wet: Floats, dry: Floats) -> None:
        """``audio`` float32[frames], full scale ±1, → ``wet``; ``sound`` → ``dry`` as late. All of one length."""
        if not self._begun and choice != self._now.choice:
            self._now = self._whole(choice)
        self._begun = True
        self._now.play(audio, sound, wet, dry)
        if self._next is None:
            if choice != self._now.choice:
                self._next, self._since = self._way(choice), 0
        elif not self._next.grows():
            self._cross(self._next, audio, sound, wet, dry)

    def _cross(self, following: _Way, audio: Floats, sound: Floats, wet: Floats, dry: Floats) -> None:
        frames = len(wet)
        other_wet, other_dry = self._room[:, :frames]
        following.play(audio, sound, other_wet, other_dry)
        share = np.clip((np.arange(frames, dtype=np.float32) + (self._since - self._warm)) / self._fade, 0.0, 1.0)
        wet += share * (other_wet - wet)
        dry += share * (other_dry - dry)
        self._since += frames
        if self._since >= self._warm + self._fade:
            self._now, self._next = following, None


class _Way:
    """A capture, oversampled by ``choice``, and the line in which the dry sound waits for it."""

    def __init__(self, settled: Plays, capture: Capture, engine_rate: float, block: int, choice: int) -> None:
        self.choice = choice
        up, down = ratio_of(capture.sample_rate, engine_rate)
        self._oversampled = Oversampled(settled, 1 << choice, frames_inside(up, down, block)) if choice else None
        self._plays: Plays = self._oversampled or copy.deepcopy(settled)
        if up != down:
            self._plays = Resampled(self._plays, capture.sample_rate, engine_rate, block)
        self._line = np.zeros(delay_of(capture, engine_rate, choice), np.float32)

    def grows(self) -> bool:
        """Make one more of the runs; false if there were all."""
        return self._oversampled is not None and self._oversampled.grows()

    def settle(self, block: int) -> None:
        """Let what lies between the runs and behind them forget that it was empty."""
        quiet = np.zeros(block, np.float32)
        for _ in range(-(-(WARM + len(self._line)) // block)):
            self._plays.play(quiet, np.empty_like(quiet))

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
