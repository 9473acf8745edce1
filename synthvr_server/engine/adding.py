"""What adds up the cables of an input, once a block: rows of the plan as those of rows.py, with their fades.

Addresses are of:

    block   float32[frames, lanes], lanes 1 or 16
    gain    float64[6]: gain at the start, at the end, slope at the start (of the whole way), frames passed since
            (negative: it waits), frames it takes, frames it has to wait
"""

from __future__ import annotations

import numpy as np

from .. import dsp
from ..module import MAX_CHANNELS
from .intrinsics import float32_at, float64_at, int64_at
from .meeting import FIRST, SAME, SPREAD, SUM
from .rows import Row, by_lanes, compiled

_F = np.float32


@dsp.inlined
def _gain_at(fade, frame):
    """A fade has no corners, which would click: Hermite's cubic, whose slope comes to rest while it may still wait.

    It is linear in where it starts and ends: gains that add up to one go on doing so.
    """
    start, change, slope, begun, waited, per_frame = fade
    way = begun + _F(frame) * per_frame
    x, y = dsp.clamp(way, _F(0.0), _F(1.0)), dsp.clamp(way + waited, _F(0.0), _F(1.0))
    return start + change * (x * x * (_F(3.0) - (x + x))) + slope * (y * (_F(1.0) - y) * (_F(1.0) - y))


@dsp.inlined
def _fade(gain):
    """Of a gain: start, change, slope, how much of the way is gone in the first frame, is waited, and goes a frame."""
    per_frame = _F(1.0) / max(_F(gain[4]), _F(1.0))
    begun = (_F(gain[3]) + _F(1.0)) * per_frame if gain[3] < gain[4] else _F(1.0)
    return _F(gain[0]), _F(gain[1]) - _F(gain[0]), _F(gain[2]), begun, _F(gain[5]) * per_frame, per_frame


def _make_fill(lanes: int) -> Row:
    def fill(address):
        """Begin the sum of the cables of one input, with its normal voltage, which fades out as the cables fade in.

        table: frames, links, block out, float64[1] normal, then per link: gain.
        """
        table = int64_at(address)
        frames, links = table[0], table[1]
        out = float32_at(table[2])
        normal = _F(float64_at(table[3])[0])
        for frame in range(frames):
            volts = _F(0.0)
            if normal != _F(0.0):
                left = _F(1.0)
                for link in range(links):
                    left -= _gain_at(_fade(float64_at(table[4 + link])), frame)
                volts = normal * max(left, _F(0.0))
            for lane in range(lanes):
                out[frame * lanes + lane] = volts

    return fill


def _make_add(lanes: int) -> Row:
    def add(address):
        """Add a cable to the sum of its input.

        table: frames, block out, block in, lanes of it, channels of it, how, gain.
        """
        table = int64_at(address)
        frames, width, channels, how = table[0], table[3], table[4], table[5]
        out, source, gain = float32_at(table[1]), float32_at(table[2]), float64_at(table[6])
        fade = _fade(gain)
        for frame in range(frames):
            now = _gain_at(fade, frame)
            if how == SAME and channels >= lanes and width == lanes:
                for lane in range(lanes):
                    out[frame * lanes + lane] += now * source[frame * lanes + lane]
            elif how == SPREAD:
                volts = now * source[frame * width]
                for lane in range(lanes):
                    out[frame * lanes + lane] += volts
            elif how == SUM and channels == MAX_CHANNELS:  # a loop of known length is vectorised
                volts = _F(0.0)
                for channel in range(MAX_CHANNELS):
                    volts += source[frame * MAX_CHANNELS + channel]
                out[frame * lanes] += now * volts
            else:
                # FIRST takes one channel; SUM folds all of them into lane 0; SAME leaves missing channels at 0 V.
                for channel in range(channels if how != FIRST else 1):
                    lane = channel if how == SAME else 0
                    out[frame * lanes + lane] += now * source[frame * width + channel]
        gain[3] = min(gain[3] + np.float64(frames), gain[4])

    return add


def _add_all(address):
    """Add all that a cable brings, channel for channel. table: samples of a block, block out, block in."""
    table = int64_at(address)
    out, source = float32_at(table[1]), float32_at(table[2])
    for i in range(table[0]):
        out[i] += source[i]


FILL = by_lanes(_make_fill)
ADD = by_lanes(_make_add)
ADD_ALL = compiled(_add_all)
