"""The engine as a child process of the server: its pipes, its chatter and its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import printable
from . import wire
from .ring import Rings
from .whereabouts import ending

STOPPING = 3.0  # s that an engine gets to free the sound card
GRACE = 0.5  # s
DUMPING = 1.0  # s that one that hangs gets to write down where
LAST_LINES = 300  # of its chatter: tracebacks of all its threads
LOGGED_LINES = 30  # of these, when it dies

_FROM_OUTSIDE = {"SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"}  # nothing that a module's code does to itself

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EngineSettings:
    """How the engine is to be started; ``program`` stands before the arguments."""

    driver: str = "auto"
    rate: int = 48_000
    block: int = 64
    library: Path | None = None
    memory: int | None = None  # bytes; half of the machine's, if that is not said
    program: tuple[str, ...] = (sys.executable, "-m", "synthvr_server.engine")

    def arguments(self, rings: Path, without: Iterable[int] = ()) -> list[str]:
        """The command line; ``without``: marks of files that made an engine hang or die as it loaded them."""
        arguments = [*self.program, "--driver", self.driver, "--rate", str(self.rate), "--block", str(self.block)]
        arguments += ["--rings", str(rings)]
        arguments += ["--without", *map(str, without)]
        arguments += ["--memory", str(self.memory)] if self.memory else []
        return arguments + (["--library", str(self.library)] if self.library else [])


@dataclass(frozen=True)
class Ending:
    """How an engine ended: in two words; whether by what it did itself; and the last it wrote."""

    words: str
    by_itself: bool
    dump: str


class Child:
    """One running engine process."""

    def __init__(self, process: asyncio.subprocess.Process, rings: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self.rings = Rings(rings)  # which it writes, and nobody else
        self._process = process
        self._in, self._out, self._chatter = process.stdin, process.stdout, process.stderr
        self._lines: deque[str] = deque(maxlen=LAST_LINES)
        self._listening = asyncio.create_task(self._keep_lines())
        self._asked_to_stop = False
        self._fell = False
        self.hangs = False  # it was ended for that

    @classmethod
    async def start(cls, settings: EngineSettings, without: Iterable[int] = ()) -> Child:
        """Start it. Raises OSError."""
        pipe = asyncio.subprocess.PIPE
        rings = Rings.create_file()
        try:
            process = await asyncio.create_subprocess_exec(
                *settings.arguments(rings, without),
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                start_new_session=True,  # Ctrl-C is for the server, which ends the engine in good order
            )
        except BaseException:
            rings.unlink()
            raise
        return cls(process, rings)

    @property
    def waiting(self) -> int:
        """Bytes that it has not read yet."""
        return self._in.transport.get_write_buffer_size()

    def write(self, message: wire.Message) -> None:
        """Send a message; never waits."""
        if not self._in.is_closing():
            self._in.write(wire.pack(message))

    async def read(self, patience: float) -> wire.Message | None:
        """The next message; None at the end. Raises TimeoutError after ``patience`` seconds."""
        reading = asyncio.ensure_future(self._read())
        try:
            await asyncio.wait([reading], timeout=patience)
            # Where it was this process that stood still, the message lies in the pipe: the loop needs turns to see it.
            return await asyncio.wait_for(reading, GRACE)
        finally:
            reading.cancel()

    async def stop(self) -> None:
        """Ask it to stop, and make sure that it does."""
        self._asked_to_stop = True
        self.write({"do": "stop"})
        self._in.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), STOPPING)
        self.kill()

    def abort(self) -> None:
        """End it, for it hangs: it writes down where (see faulthandler), if it is still able to do that much."""
        self.hangs = True
        self._asked_to_stop = True  # what it writes is for whoever looks for the culprit, not for the terminal
        asyncio.get_running_loop().call_later(DUMPING, self.kill)
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGABRT)

    def kill(self) -> None:
        """End it at once."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def is_gone(self) -> bool:
        """Whether it has ended; what it has forked may still hold its pipes open."""
        return self._process.returncode is not None

    def end_what_it_left(self) -> None:
        """End what it has forked: it has a session of its own."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def end(self) -> Ending:
        """Make sure that it is gone; for whoever reads. Returns how it went."""
        # Not kill() at once: that would ask the system how a process ended that has just died, and the
        # event loop, which asks too, would find nothing any more. It also waits for the pipes to be empty.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOPPING):
                await self._read_out()
        hung_up = self._process.returncode is None and not (self._asked_to_stop or self.hangs)
        self.kill()
        self.end_what_it_left()
        code = await self._read_out()
        with contextlib.suppress(OSError):  # the next server removes what cannot be removed now
            self.rings.path.unlink()
        await self._listening
        self._fell = code != 0 and not self._asked_to_stop
        words = "it has closed its pipes" if hung_up else ending(code)
        return Ending(words, words not in _FROM_OUTSIDE, "\n".join(self._lines))

    def log_last_words(self) -> None:
        """For whoever wants to know more, where nobody knows why it has died."""
        if self._lines and self._fell:
            log.error("The engine's last words:\n%s", "\n".join(list(self._lines)[-LOGGED_LINES:]))

    async def _read(self) -> wire.Message | None:
        try:
            (length,) = wire.LENGTH.unpack(await self._out.readexactly(wire.LENGTH.size))
            return wire.unpack(await self._out.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def _read_out(self) -> int:
        """Read what is left until it ends. Returns its exit code."""
        while await self._out.read(65_536):
            continue
        return await self._process.wait()

    async def _keep_lines(self) -> None:
        """Libraries print what they like, and it must not fill the pipe."""
        while True:
            try:
                line = await self._chatter.readline()
            except ValueError:  # longer than the reader's limit
                continue
            if not line:
                return
            self._lines.append(printable(line.decode(errors="replace").rstrip().expandtabs()))
            log.debug("engine: %s", self._lines[-1])
