"""Runs a program (see program.py) over a block: convolutions, activations, gates, sums, in the order of its steps.

All buffers lie in one arena of float32, channel by channel. A buffer with history keeps the last frames in front of
the present ones; it moves along its row and goes back to the start of it when it has arrived at the end.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from ... import dsp
from .bend import bend
from .tile import FRAMES, OUTPUTS, tile

CHUNK = 64  # frames computed at once: the rows of one layer then stay in the first-level cache

# Fields of a buffer, int64 each: first sample in the arena, samples of a row, channels, frames of history, frame now
OFFSET, STRIDE, CHANNELS, HISTORY, AT = range(5)
BUFFER_FIELDS = 5

# Fields of a step, int64 each; a buffer is −1 where there is none.
#   MIX   kind, in, channels, taps, dilation, condition, channels of it, out, channels, carry, weights, bias
#   BEND  kind, buffer, first channel, channels, activation, constants
#   GATE  kind, buffer, channels, blend: second half of the channels, itself bent, times or towards the first
#   BLEND kind, buffer, channels, activation, constants
#   ADD   kind, to, from, channels
#   COPY  kind, to, from, channels
#   FILM  kind, to, from, channels, modulation, its first channel of shifts or −1: to = from · scale (+ shift)
MIX, BEND, GATE, BLEND, ADD, COPY, FILM = range(7)
STEP_FIELDS = 12
CONSTANTS = 4  # of an activation, per channel: slope, low, high, slope above high

_OPTIONS = dsp.KERNEL_OPTIONS | {"forceinline": False}


@nb.njit(**_OPTIONS)
def _advance(arena, buffer, frames):
    """Make room for ``frames`` more at the present frame."""
    if buffer[AT] + frames <= buffer[STRIDE]:
        return
    kept = buffer[HISTORY]
    for channel in range(buffer[CHANNELS]):
        start = buffer[OFFSET] + channel * buffer[STRIDE]
        before = start + buffer[AT] - kept
        for f in range(kept):
            arena[start + f] = arena[before + f]
    buffer[AT] = kept


@nb.njit(**_OPTIONS)
def _mix(arena, buffers, step, weights, rows, frames):
    base, source = arena.ctypes.data, buffers[step[1]]
    n = 0
    for tap in range(step[3]):
        delay = step[4] * (step[3] - 1 - tap)  # tap 0 is the oldest
        first = base + 4 * (source[OFFSET] + source[AT] - delay)
        for channel in range(step[2]):
            rows[n] = first + 4 * channel * source[STRIDE]
            n += 1
    if step[5] >= 0:
        condition = buffers[step[5]]
        for channel in range(step[6]):
            rows[n] = base + 4 * (condition[OFFSET] + condition[AT] + channel * condition[STRIDE])
            n += 1
    out = buffers[step[7]]
    target = base + 4 * (out[OFFSET] + out[AT])
    carry, carry_stride = np.int64(0), np.int64(0)
    if step[9] >= 0:
        carried = buffers[step[9]]
        carry, carry_stride = base + 4 * (carried[OFFSET] + carried[AT]), 4 * carried[STRIDE]
    weight, bias = weights.ctypes.data + 4 * step[10], weights.ctypes.data + 4 * step[11]
    for group in range(0, step[8], OUTPUTS):
        here = carry + group * carry_stride if step[9] >= 0 else np.int64(0)
        tile(  # type: ignore[call-arg]
            np.int64(rows.ctypes.data), np.int64(n), weight + 4 * group * n, bias + 4 * group, here, carry_stride,
            target + 4 * group * out[STRIDE], 4 * out[STRIDE], np.int64(frames),
        )  # fmt: skip


@dsp.inlined
def _row(arena, buffer, channel):
    return arena[buffer[OFFSET] + buffer[AT] + channel * buffer[STRIDE] :]


@nb.njit(**_OPTIONS)
def _step(arena, buffers, step, weights, rows, frames):
    kind, buffer = step[0], buffers[step[1]]
    if kind == MIX:
        _mix(arena, buffers, step, weights, rows, frames)
    elif kind == BEND:
        for channel in range(step[3]):
            at = step[5] + CONSTANTS * channel
            row = _row(arena, buffer, step[2] + channel)
            bend(row, frames, step[4], weights[at], weights[at + 1], weights[at + 2], weights[at + 3])
    elif kind == GATE:
        for channel in range(step[2]):
            row, gate = _row(arena, buffer, channel), _row(arena, buffer, step[2] + channel)
            for f in range(frames):
                row[f] *= gate[f]
    elif kind == BLEND:
        for channel in range(step[2]):
            row, share = _row(arena, buffer, channel), _row(arena, buffer, step[2] + channel)
            bent, at = _row(arena, buffer, 2 * step[2]), step[4] + CONSTANTS * channel
            for f in range(frames):
                bent[f] = row[f]
            bend(bent, frames, step[3], weights[at], weights[at + 1], weights[at + 2], weights[at + 3])
            for f in range(frames):
                row[f] += share[f] * (bent[f] - row[f])
    elif kind == FILM:
        source, modulation = buffers[step[2]], buffers[step[4]]
        for channel in range(step[3]):
            to, row, scale = (
                _row(arena, buffer, channel),
                _row(arena, source, channel),
                _row(arena, modulation, channel),
            )
            if step[5] >= 0:
                shift = _row(arena, modulation, step[5] + channel)
                for f in range(frames):
                    to[f] = row[f] * scale[f] + shift[f]
            else:
                for f in range(frames):
                    to[f] = row[f] * scale[f]
    else:
        source = buffers[step[2]]
        for channel in range(step[3]):
            to, row = _row(arena, buffer, channel), _row(arena, source, channel)
            for f in range(frames):
                to[f] = row[f] + (to[f] if kind == ADD else np.float32(0.0))


_F32, _I64 = nb.types.float32[::1], nb.types.int64[::1]
_TABLE = nb.types.int64[:, ::1]


@nb.njit(nb.types.void(_F32, _TABLE, _TABLE, _F32, _I64, _F32, _F32), cache=True, error_model="numpy", nogil=True)
def run(arena, buffers, steps, weights, rows, audio, out):
    """One block: ``audio`` float32[frames] into buffer 0, the steps, the last buffer into ``out`` float32[frames]."""
    last = buffers.shape[0] - 1
    for start in range(0, audio.shape[0], CHUNK):
        frames = min(CHUNK, audio.shape[0] - start)
        padded = (frames + FRAMES - 1) // FRAMES * FRAMES
        for buffer in range(buffers.shape[0]):
            _advance(arena, buffers[buffer], padded)
        source, result = buffers[0], buffers[last]
        for f in range(frames):
            arena[source[OFFSET] + source[AT] + f] = audio[start + f]
        for step in range(steps.shape[0]):
            _step(arena, buffers, steps[step], weights, rows, padded)
        for f in range(frames):
            out[start + f] = arena[result[OFFSET] + result[AT] + f]
        for buffer in range(buffers.shape[0]):
            if buffers[buffer, HISTORY] > 0:
                buffers[buffer, AT] += frames
