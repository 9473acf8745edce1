"""The pyo server: booted silently on the driver asked for, with the three streams every plan needs."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pyo

from ..errors import NoDriver

STEREO = 2
SEED = 1  # pyo's random objects begin alike every time: a patch renders to the same file twice
MANUAL = ("clock", "offline")  # the drivers that we pace ourselves


class Table:
    """A pyo table of one block whose memory numpy sees: the door between pyo's streams and our rows.

    ``samples`` is a view by address: pyo frees a table's memory whoever still holds its buffer object, and
    a view that owns one would let go of it a second time. Do not touch it once the table is gone.
    """

    def __init__(self, block: int) -> None:
        self.table = pyo.DataTable(block)
        self.address = int(np.asarray(self.table.getBuffer()).ctypes.data)
        self.samples = np.ctypeslib.as_array((ctypes.c_float * block).from_address(self.address))


class Host:
    """One booted pyo server. pyo allows one at a time in a process.

    ``begin`` is called before the streams of every block, ``end`` after them; neither may raise.
    """

    def __init__(self, driver: str, rate: int, block: int, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self.driver, self.rate, self.block = driver, rate, block
        self.server = _boot(driver, rate, block)
        pulse = Table(block)
        pulse.samples[0] = 1.0
        self._pulse_table = pulse
        self.pulse = pyo.TableScan(pulse.table)  # one sample of 1 per block: what calls Python in stream order
        self.left, self.right = Table(block), Table(block)
        self._out = [pyo.TableScan(side.table).out(channel) for channel, side in enumerate((self.left, self.right))]
        self._end = pyo.TrigFunc(self.pulse, end)
        streams = list(self.streams)
        self._first, self._last = streams[:1], streams[1:]
        self.server.setCallback(begin)

    @property
    def streams(self) -> list[Any]:
        """pyo's live list, in running order."""
        streams: list[Any] = self.server.getStreams()
        return streams

    def arrange(self, streams: list[Any]) -> None:
        """Run ``streams`` in this order, between the pulse and the sound card. Call it between blocks.

        Streams that are alive but not named run last, where nobody hears them.
        """
        named = self._first + streams + self._last
        known = set(map(id, named))
        live = self.streams
        alive = set(map(id, live))
        live[:] = [stream for stream in named if id(stream) in alive] + [s for s in live if id(s) not in known]

    def start(self) -> None:
        """Start the audio callback, or, for the drivers we pace ourselves, make ``process`` work."""
        self.server.start()

    def process(self) -> None:
        """Compute one block (``clock`` and ``offline`` only)."""
        self.server.process()

    def close(self) -> None:
        """Stop the sound and free the card. The streams go before the tables they read (see PyoNode)."""
        if self.server.getIsStarted():
            self.server.stop()
        self.server.shutdown()
        self._first, self._last = [], []
        self._out.clear()
        del self._end, self.pulse


@cache
def _server() -> Any:
    """The process's pyo server, used again and again: pyo has room for 256 in a process's life."""
    return pyo.Server(audio="manual", nchnls=STEREO, duplex=0)


def _boot(driver: str, rate: int, block: int) -> Any:
    audio = "manual" if driver in MANUAL else driver
    server = _server()
    server.reinit(sr=rate, nchnls=STEREO, buffersize=block, duplex=0, audio=audio, jackname="synthvr")
    server.setVerbosity(0)
    server.deactivateMidi()
    server.setGlobalSeed(SEED)
    server.boot()
    if not server.getIsBooted():
        raise NoDriver(
            f"The audio driver {driver!r} could not be opened at {rate} Hz, {block} frames a block; leave out --audio "
            "to play through what this machine has."
        )
    return server
