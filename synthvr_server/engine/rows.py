"""What runs between the modules, once a block: gliding knobs, guards, meters, rings (cables: see adding).

Each is a compiled ``void f(int64 table)``, like a module's kernel; a row of the plan is such a function
and its table. The layout of each table stands at the head of its function. Addresses are of:

    block   float32[frames, lanes], lanes 1 or 16
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba as nb
import numpy as np

from .. import dsp
from ..module import MAX_CHANNELS
from .intrinsics import call, cycles, float32_at, float64_at, flush_denormals, int64_at, keep_denormals
from .ring import FRAMES as RING_FRAMES

Row = Callable[[int], None]

GUARD_VOLTS = 24.0

# Knob fields, float64 each: value now, change or ratio per frame, target, frames left, 1 = ratio, 1 = settle
GLIDE_FIELDS = 6

_SIGNATURE = nb.types.void(nb.types.int64)
_F = np.float32
_LARGEST = _F(3.0e38)  # nothing finite that we meet lies above it, nothing infinite below
_MASK = RING_FRAMES - 1


def compiled(function: Row) -> Any:
    """A row's function as machine code; ``address`` is where it lies."""
    return nb.cfunc(_SIGNATURE, cache=True, **(dsp.KERNEL_OPTIONS | {"forceinline": False}))(function)


def by_lanes(make: Callable[[int], Row]) -> dict[int, Any]:
    """The same for both numbers of lanes."""
    return {lanes: compiled(make(lanes)) for lanes in (1, MAX_CHANNELS)}


@dsp.inlined
def _lower(a, b):
    return dsp.select(a < b, a, b)


@dsp.inlined
def _higher(a, b):
    return dsp.select(a > b, a, b)


@dsp.inlined
def _meter(meter, lane, low, high):
    meter[lane] = _lower(meter[lane], low)
    meter[lane + MAX_CHANNELS] = _higher(meter[lane + MAX_CHANNELS], high)


@dsp.inlined
def _four(block, i):
    """Lowest and highest of four rows in one column; and zero, or NaN if one of them is not finite."""
    a, b, c, d = block[i], block[i + np.uint64(16)], block[i + np.uint64(32)], block[i + np.uint64(48)]
    low, high = _lower(_lower(a, b), _lower(c, d)), _higher(_higher(a, b), _higher(c, d))
    return low, high, ((a + b) + (c + d)) * _F(0.0)


def _guard(address):
    """Make the outputs of one module safe for whatever they feed, and meter them.

    table: samples of a block, outputs, int64[1] count of samples that were not finite, then per output: block,
    float32[2, 16] lowest and highest volts. NaN and infinity become 0 V, the rest is held to ±24 V. Sample n is
    metered in column n mod 16: its lane in a poly block, while the columns of a mono block are all one channel.
    """
    table = int64_at(address)
    samples, outputs = table[0], table[1]
    for output in range(outputs):
        block, meter = float32_at(table[3 + 2 * output]), float32_at(table[4 + 2 * output])
        taint = _F(0.0)
        fours, eights = samples // 64 * 64, samples // 128 * 128
        for at in range(0, eights, 128):  # many rows at a time: each load of a meter waits for its last store
            for lane in range(MAX_CHANNELS):
                low, high, stain = _four(block, np.uint64(at + lane))
                lower, higher, more = _four(block, np.uint64(at + 64 + lane))
                taint += stain + more
                _meter(meter, lane, _lower(low, lower), _higher(high, higher))
        for at in range(eights, fours, 64):
            for lane in range(MAX_CHANNELS):
                low, high, stain = _four(block, np.uint64(at + lane))
                taint += stain
                _meter(meter, lane, low, high)
        for i in range(fours, samples):
            taint += block[i] * _F(0.0)
            _meter(meter, i % MAX_CHANNELS, block[i], block[i])
        wrong = np.int32(taint != _F(0.0))
        for lane in range(MAX_CHANNELS):
            beyond = (meter[lane] < _F(-GUARD_VOLTS)) | (meter[lane + MAX_CHANNELS] > _F(GUARD_VOLTS))
            wrong |= np.int32(beyond)
        if wrong:
            _mend(block, samples, int64_at(table[2]), meter)


@nb.njit(**(dsp.KERNEL_OPTIONS | {"forceinline": False}))
def _mend(block, samples, counter, meter):
    """The rare case: repair the block, and the meter with it."""
    for i in range(samples):
        if not abs(block[i]) <= _LARGEST:
            counter[0] += 1
            block[i] = _F(0.0)
        block[i] = dsp.clamp(block[i], _F(-GUARD_VOLTS), _F(GUARD_VOLTS))
    for lane in range(2 * MAX_CHANNELS):
        level = meter[lane]
        meter[lane] = dsp.clamp(level, _F(-GUARD_VOLTS), _F(GUARD_VOLTS)) if level == level else _F(0.0)


def _glide(address):
    """Move the knobs of one module towards their targets.

    table: frames, knobs, int64[1] knobs in motion, float64[knobs, GLIDE_FIELDS], then per knob: float32[frames].
    """
    table = int64_at(address)
    moving = int64_at(table[2])
    if moving[0] == 0:
        return
    frames, knobs = table[0], table[1]
    fields = float64_at(table[3])
    for knob in range(knobs):
        at = knob * GLIDE_FIELDS
        left = np.int64(fields[at + 3])
        if left == 0 and fields[at + 5] == 0.0:
            continue
        values = float32_at(table[4 + knob])
        value, step, target = fields[at], fields[at + 1], fields[at + 2]
        ramp = min(left, frames)
        for frame in range(ramp):
            value = value * step if fields[at + 4] != 0.0 else value + step
            values[frame] = _F(value)
        if ramp == left:
            for frame in range(max(ramp - 1, 0), frames):
                values[frame] = _F(target)
            value = target
        fields[at], fields[at + 3] = value, np.float64(left - ramp)
        # The block after the last one of the ramp is filled once more; from then on it stands.
        settled = left == 0
        fields[at + 5] = 0.0 if settled else 1.0
        if settled:
            moving[0] -= 1


def _scatter(address):
    """Hand a block to pyo. table: frames, lanes, channels, block, then per channel: float32[frames] of a table."""
    table = int64_at(address)
    block = float32_at(table[3])
    for channel in range(table[2]):
        samples = float32_at(table[4 + channel])
        for frame in range(table[0]):
            samples[frame] = block[frame * table[1] + channel]


def _gather(address):
    """Take a block from pyo. table: as of scatter."""
    table = int64_at(address)
    block = float32_at(table[3])
    for channel in range(table[2]):
        samples = float32_at(table[4 + channel])
        for frame in range(table[0]):
            block[frame * table[1] + channel] = samples[frame]


def _tap(address):
    """Copy channel 1 of a block into a scope's ring. table: frames, lanes, block, ring, int64[1] end, int64[1] now."""
    table = int64_at(address)
    block, ring = float32_at(table[2]), float32_at(table[3])
    end, now = int64_at(table[4]), int64_at(table[5])[0]
    for frame in range(table[0]):
        ring[(now + frame) & _MASK] = block[frame * table[1]]
    end[0] = now + table[0]


def _deliver(address):
    """Copy the master to the sound card's tables and its ring.

    table: frames, block left, block right, table left, table right, ring, int64[1] end, int64[1] now.
    """
    table = int64_at(address)
    left, right = float32_at(table[1]), float32_at(table[2])
    table_left, table_right, ring = float32_at(table[3]), float32_at(table[4]), float32_at(table[5])
    end, now = int64_at(table[6]), int64_at(table[7])[0]
    for frame in range(table[0]):
        table_left[frame] = left[frame]
        table_right[frame] = right[frame]
        at = ((now + frame) & _MASK) * 2
        ring[at] = left[frame]
        ring[at + 1] = right[frame]
    end[0] = now + table[0]


GUARD = compiled(_guard)
GLIDE = compiled(_glide)
SCATTER = compiled(_scatter)
GATHER = compiled(_gather)
TAP = compiled(_tap)
DELIVER = compiled(_deliver)


@nb.njit(nb.types.void(nb.types.int64), cache=True)
def run(address):
    """Run one segment of the plan: the rows between two pyo modules.

    table: rows, int64[rows, 2] function and table, int64[rows + 1] cycles, int64[2] measure? and the cycle
    count at which the segment before ended, int64[rows + 1] marks, int64[1] the mark of whose code runs. Cost 0 is what
    pyo took since then; the last mark is of what follows the segment.
    """
    flush_denormals()
    table = int64_at(address)
    rows, costs, clock = int64_at(table[1]), int64_at(table[2]), int64_at(table[3])
    marks, running = int64_at(table[4]), int64_at(table[5])
    if clock[0] == 0:
        for row in range(table[0]):
            running[0] = marks[row]
            call(rows[2 * row], rows[2 * row + 1])
        running[0] = marks[table[0]]
        return
    start = cycles()
    costs[0] += start - clock[1]
    for row in range(table[0]):
        running[0] = marks[row]
        call(rows[2 * row], rows[2 * row + 1])
        end = cycles()
        costs[row + 1] += end - start
        start = end
    running[0] = marks[table[0]]
    clock[1] = start


@nb.njit(nb.types.int64(), cache=True)
def read_cycles():
    """The CPU's cycle counter, for Python."""
    return cycles()


@nb.njit(nb.types.void(nb.types.int64[:, ::1], nb.types.float32[:, ::1]), cache=True)
def read_meters(ports, levels):
    """Read and reset the meters of many outputs, for Python: thirty times a second, so at once.

    ports: address of an output's meter (0: it has none now) and the columns of it that count (see the guard).
    levels: lowest and highest volts since the last reading; 0, 0 where nothing was metered.
    """
    for port in range(ports.shape[0]):
        low, high = _F(0.0), _F(0.0)
        if ports[port, 0] != 0:
            meter = float32_at(ports[port, 0])
            low, high = _F(GUARD_VOLTS), _F(-GUARD_VOLTS)
            for lane in range(MAX_CHANNELS):
                if lane < ports[port, 1]:
                    low, high = min(low, meter[lane]), max(high, meter[lane + MAX_CHANNELS])
                meter[lane], meter[lane + MAX_CHANNELS] = _F(GUARD_VOLTS), _F(-GUARD_VOLTS)
            if low > high:
                low, high = _F(0.0), _F(0.0)
        levels[port, 0], levels[port, 1] = low, high


@nb.njit(nb.types.void(), cache=True)
def restore_denormals():
    """Undo what ``run`` did to the calling thread, where that is not the audio thread's own."""
    keep_denormals()
