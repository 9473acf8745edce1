"""Which frame the engine plays at a time of the server's clock."""

from __future__ import annotations

from collections import deque

REMEMBERED = 64  # observations: two seconds of meters, over which two clocks drift apart by less than 0.2 ms


class SampleClock:
    """Learns from observations, each of which is late by an unknown delay: the least late one is right."""

    def __init__(self) -> None:
        self._rate = 0
        self._offsets: deque[float] = deque(maxlen=REMEMBERED)

    def restart(self, rate: int) -> None:
        """The engine has started anew, at ``rate`` Hz."""
        self._rate = rate
        self._offsets.clear()

    def observe(self, frame: int, time: float) -> None:
        """The engine said it is at ``frame``, and it was heard at ``time`` (s)."""
        self._offsets.append(frame - time * self._rate)

    def frame_at(self, time: float) -> int:
        """The frame that plays at ``time`` (s); 0 before anything is known."""
        if not self._offsets:
            return 0
        return max(0, round(max(self._offsets) + time * self._rate))
