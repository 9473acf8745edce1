"""Rings of samples in shared memory: the engine writes every block, the server reads when it likes.

Beside them stands whose code the engine is running, so that the server can tell who made it hang or die.

Slot 0 holds the master output (stereo), slots 1–8 one scope each (mono). The only synchronisation is
the frame count a slot has been written up to: the writer stores the samples first and the count
afterwards, and a reader that fell behind by more than the ring goes on with what is left.

The memory is a mapped file (in RAM where the system has a folder for that), made by the server and named
to the engine, so that it survives an engine that dies, and nothing is left behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np

SCOPES = 8
SLOTS = 1 + SCOPES
FRAMES = 1 << 15  # 0.68 s at 48 kHz; a power of two, positions are masked
STEREO = 2
SAMPLES_PER_FRAME = STEREO + SCOPES
_HEAD = 8 * (2 * SLOTS + 2)  # bytes
_RAM = Path("/dev/shm")
_PREFIX = "synthvr-rings-"


class Rings:
    """The rings behind a file made by ``create_file``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        memory = np.memmap(path, np.uint8, "r+")
        self.end = memory[: 8 * SLOTS].view(np.int64)  # frames written, in engine time, by slot
        self.start = memory[8 * SLOTS : 16 * SLOTS].view(np.int64)  # first frame that is this tap's own
        self.playing = memory[_HEAD - 16 : _HEAD - 8].view(np.int64)  # mark of the module whose code plays, or 0
        self.making = memory[_HEAD - 8 : _HEAD].view(np.int64)  # mark of the module that is being made, or 0
        samples = memory[_HEAD:].view(np.float32)
        self.master = samples[: FRAMES * STEREO].reshape(FRAMES, STEREO)
        self.scopes = samples[FRAMES * STEREO :].reshape(SCOPES, FRAMES)

    @staticmethod
    def create_file() -> Path:
        """An empty file of the right size; whoever makes it removes it."""
        folder = _RAM if os.access(_RAM, os.W_OK) else Path(tempfile.gettempdir())
        _sweep(folder)
        handle, name = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=folder)
        os.truncate(handle, _HEAD + 4 * FRAMES * SAMPLES_PER_FRAME)
        os.close(handle)
        return Path(name)

    def read(self, slot: int, position: int) -> tuple[int, np.ndarray]:
        """The frames of a slot from ``position`` on, as (time of the first frame, float32[frames(, 2)]).

        The time is later than ``position`` where frames have been lost, and where the tap is younger.
        """
        end = int(self.end[slot])
        # A quarter of the ring is left to the writer, which goes on while we copy.
        begin = max(position, int(self.start[slot]), end - FRAMES * 3 // 4)
        ring = self.master if slot == 0 else self.scopes[slot - 1]
        return begin, ring[np.arange(begin, max(begin, end)) & (FRAMES - 1)]


def mark_of(module: str) -> int:
    """A number that stands for a module's id where a name has no room; never 0."""
    return (
        int.from_bytes(hashlib.blake2b(module.encode(errors="surrogatepass"), digest_size=8).digest(), "little") >> 2
        | 1 << 62
    )


def _sweep(folder: Path) -> None:
    """Remove what servers left behind that were killed before they could."""
    for path in folder.glob(f"{_PREFIX}*-*"):
        owner = path.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            with contextlib.suppress(OSError):
                path.unlink()


def _is_running(process: int) -> bool:
    """Whether there is such a process; where the system cannot tell, yes."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
