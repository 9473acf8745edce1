"""Draws spectrograms as PNG files, with numpy and zlib alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# From silence to the loudest: each column a channel, the rows are equally far apart.
COLOURS = np.array([(8, 10, 26), (50, 24, 110), (140, 40, 130), (225, 85, 90), (250, 160, 80), (255, 245, 200)])
GAP = 6  # pixels between two pictures, white


def spectrogram(
    sound: NDArray[np.float32],
    rate: float,
    highest: float = 8000.0,
    depth: float = 70.0,
    size: int = 1024,
    hop: int = 128,
) -> NDArray[np.uint8]:
    """uint8[height, width, 3]: a column per ``hop``, up to ``highest`` Hz, ``depth`` dB down from the loudest."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
    bins = np.abs(np.fft.rfft(frames * np.hanning(size)))[:, : int(highest / rate * size)].T[::-1]
    levels = 20 * np.log10(np.maximum(bins / max(float(bins.max()), 1e-12), 1e-12)) / depth + 1
    steps = np.linspace(0, 1, len(COLOURS))
    channels = [np.interp(np.clip(levels, 0, 1), steps, COLOURS[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.uint8)


def stacked(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """One below the other; all are as wide as the narrowest."""
    width = min(picture.shape[1] for picture in pictures)
    gap = np.full((GAP, width, 3), 255, np.uint8)
    rows = [row for picture in pictures for row in (picture[:, :width], gap)]
    return np.concatenate(rows[:-1])


def write_png(path: Path, picture: NDArray[np.uint8]) -> None:
    """uint8[height, width, 3] as an 8-bit RGB file (PNG specification, second edition)."""
    height, width, _ = picture.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), picture.reshape(height, -1)], axis=1)  # no line filter

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
