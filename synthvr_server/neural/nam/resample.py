"""Plays a capture at a rate that is not its own: up or down on the way in, back on the way out.

::

    in ─→ windowed sinc ─→ capture at its rate ─→ windowed sinc ─→ out, a constant number of frames late

Both ways use an exact ratio of whole numbers: frame m of the capture lies at m·M/L frames of the engine. A sinc of
``_WINGS`` zero crossings on each side (Kaiser, β 9) is flat within 0.1 dB to 0.85 of the lower Nyquist frequency and
keeps images and aliases 80 dB down.
"""

from __future__ import annotations

import math
from typing import Protocol

import numba as nb
import numpy as np
from numpy.typing import NDArray

from ... import dsp
from ...errors import ModuleDeclarationError
from .network import Floats

_WINGS = 24
_CUTOFF = 0.92  # of the lower Nyquist frequency: the middle of the slope
_BETA = 9.0
MOST_PHASES = 1024  # 44.1 ↔ 48 kHz needs 160
_LONGEST = 16  # ratio of rates

_ONE_D, _TWO_D = nb.types.float32[::1], nb.types.float32[:, ::1]


class Plays(Protocol):
    """Something that turns frames into as many frames."""

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames]."""

    def reset(self) -> None:
        """Forget what was played."""


@nb.njit(
    nb.types.void(_ONE_D, _TWO_D, nb.types.int64, nb.types.int64, nb.types.int64, _ONE_D),
    **(dsp.KERNEL_OPTIONS | {"forceinline": False, "cache": True, "nogil": True}),
)
def _interpolate(history, filters, position, up, down, out):
    """Frame n of ``out`` is ``history`` at (position + n·down) / up frames, filters float32[up, taps] centred there."""
    taps = filters.shape[1]
    for n in range(out.shape[0]):
        at = position + n * down
        first = at // up - taps // 2 + 1
        phase = at % up
        total = np.float32(0.0)
        for tap in range(taps):
            total += filters[phase, tap] * history[first + tap]
        out[n] = total


class _Way:
    """One direction: keeps the frames that the filter still needs."""

    def __init__(self, up: int, down: int, room: int) -> None:
        self._up, self._down = up, down
        self._filters = _sinc(up, down)
        self.wing = _wing(up, down)  # frames of its source that lie after a point and are needed for it
        self._history = np.zeros(2 * self.wing + 4 + room, np.float32)
        self._filled = 2 * self.wing  # frames there
        self._position = 0  # of the next output frame in the history, in 1/up frames

    def start(self, ahead: int) -> None:
        """From silence; the first output lies ``ahead``/up frames before the first frame to come."""
        self._history.fill(0.0)
        self._filled = 3 * self.wing + ahead // self._up + 2
        if self._filled > len(self._history):
            self._history = np.zeros(self._filled + len(self._history), np.float32)
        self._position = self._filled * self._up - ahead

    def feed(self, audio: Floats) -> None:
        """Take more frames."""
        keep = max(self._position // self._up - self.wing, 0)
        left = self._filled - keep
        self._history[:left] = self._history[keep : self._filled].copy()
        self._position -= keep * self._up
        self._history[left : left + len(audio)] = audio
        self._filled = left + len(audio)

    def ready(self) -> int:
        """Output frames that can be computed."""
        last = (self._filled - self.wing) * self._up - 1
        return max((last - self._position) // self._down + 1, 0)

    def give(self, out: Floats) -> None:
        """The next output frames; no more than are ready."""
        _interpolate(self._history, self._filters, self._position, self._up, self._down, out)
        self._position += len(out) * self._down


def _sinc(up: int, down: int) -> NDArray[np.float32]:
    """Polyphase filters float32[up, taps] that go from a rate to up/down of it."""
    band = min(1.0, up / down) * _CUTOFF
    wing = _wing(up, down)
    tap = np.arange(2 * wing) - wing + 1
    x = tap[None, :] - np.arange(up)[:, None] / up
    inside = np.clip(1 - (x / wing) ** 2, 0, 1)
    kernel = band * np.sinc(band * x) * np.i0(_BETA * np.sqrt(inside)) / np.i0(_BETA)
    return np.ascontiguousarray(kernel / kernel.sum(1, keepdims=True), np.float32)


def ratio_of(rate: float, engine_rate: float) -> tuple[int, int]:
    """The capture's rate over the engine's in whole numbers. Raises ModuleDeclarationError where they are too large."""
    divisor = math.gcd(round(rate), round(engine_rate))
    up, down = round(rate) // divisor, round(engine_rate) // divisor
    if max(up, down) > MOST_PHASES or not 1 / _LONGEST <= up / down <= _LONGEST:
        raise ModuleDeclarationError(f"it is of {rate:.0f} Hz, which cannot be played at {engine_rate:.0f} Hz")
    return up, down


def resampling_delay(up: int, down: int) -> int:
    """Engine frames by which a resampled capture comes late.

    A frame out needs the capture's frames up to a wing after it, each of which needs ours up to a wing after it.
    """
    return _wing(up, down) + math.ceil((_wing(down, up) + 1) * down / up) + 1


def _wing(up: int, down: int) -> int:
    """Frames of the source on each side of a point that make its value."""
    return math.ceil(_WINGS / min(1.0, up / down))


def frames_inside(up: int, down: int, block: int) -> int:
    """The most frames that a resampled capture is asked for at once."""
    return block * up // down + 66


class Resampled:
    """A capture of ``rate`` Hz played at ``engine_rate`` Hz; ``delay`` is the frames by which it comes late.

    Raises ModuleDeclarationError for a pair of rates whose ratio is out of reach.
    """

    def __init__(self, capture: Plays, rate: float, engine_rate: float, block: int) -> None:
        up, down = ratio_of(rate, engine_rate)
        self._capture, self._up, self._down = capture, up, down
        most = block * up // down + 2
        self._into, self._back = _Way(up, down, block + 64), _Way(down, up, most + 64)
        self._inside = np.zeros(frames_inside(up, down, block), np.float32)
        self.delay = resampling_delay(up, down)
        self._start()

    def reset(self) -> None:
        """Forget what was played."""
        self._capture.reset()
        self._start()

    def _start(self) -> None:
        self._into.start(self._into.wing * self._up)
        # The capture's frame 0 is our frame −wing; ours 0 shall come out as frame −delay.
        self._back.start(math.ceil((self.delay - self._into.wing) * self._up))

    def play(self, audio: Floats, out: Floats) -> None:
        """``audio`` float32[frames] → ``out`` float32[frames]; at most ``block`` frames."""
        self._into.feed(audio)
        inside = self._inside[: self._into.ready()]
        self._into.give(inside)
        self._capture.play(inside, inside)
        self._back.feed(inside)
        self._back.give(out)
