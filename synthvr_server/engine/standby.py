"""An engine that has loaded everything and waits, so that the sound is back at once when the one that plays has ended.

::

    the engine that plays is complete ─→ another is started, which stands back for everything else (see process)
    it is prepared                    ─→ it waits: no sound card, no processor time
    module files change               ─→ it is replaced
    the engine that plays ends        ─→ whoever starts the next takes this one
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from . import wire
from .child import Child, EngineSettings

REST = 1.0  # s before it is begun: whoever has just come in, and whatever has just begun, comes first
LOOK_AGAIN = 5.0  # s between two looks at the module files
PREPARING = 600.0  # s: it waits for trials of new files, at low priority
ANOTHER = 60.0  # s after which there is another, where one has ended by itself

log = logging.getLogger(__name__)


class Standby:
    """Keeps one at hand. ``without``: what `EngineSettings.arguments` takes."""

    def __init__(self, settings: EngineSettings, without: Callable[[], Collection[int]]) -> None:
        self._settings, self._without = settings, without
        self._task: asyncio.Task[None] | None = None
        self._child: Child | None = None
        self._said: list[wire.Message] = []
        self._state: object = None
        self._prepared = False

    @property
    def is_ready(self) -> bool:
        """Whether one waits."""
        return self._prepared

    def keep(self) -> None:
        """Have one from now on, until it is taken."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep())

    async def take(self) -> tuple[Child, list[wire.Message]] | None:
        """The engine that waits and what it has said, if it is ready and knows the module files as they are now."""
        taken = None
        if self._child is not None and self._prepared and self._state == await self._look():
            taken, self._child = (self._child, self._said), None
        await self.stop()
        return taken

    async def stop(self) -> None:
        """Have none any more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._end()

    async def _keep(self) -> None:
        try:
            while True:
                await asyncio.sleep(REST)
                self._state = await self._look()
                self._child = await Child.start(self._settings, self._without())
                self._child.write({"do": "prepare", "first": [], "standby": True})
                ended = await self._attend(self._child)
                await self._end()
                await asyncio.sleep(ANOTHER if ended else 0.0)
        except OSError as error:  # no more processes, for one
            log.warning("No engine can be kept ready: %s", error.strerror or error)

    async def _attend(self, child: Child) -> bool:
        """Hear what it says, until it has ended by itself, or, which is False, the module files have changed."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PREPARING
        while True:
            try:
                message = await child.read(LOOK_AGAIN)
            except TimeoutError:
                if self._state != await self._look():
                    return False
                if not self._prepared and loop.time() > until:
                    return True
                continue
            if message is None:
                return True
            self._prepared |= message["say"] == "prepared"
            if message["say"] in ("catalogue", "made"):
                self._said.append(message)

    async def _look(self) -> object:
        """Something that is another when an engine would load other files."""
        return [*self._without()], await asyncio.to_thread(_state_of, self._settings.library)

    async def _end(self) -> None:
        child, self._child, self._said, self._prepared = self._child, None, [], False
        if child is not None:
            child.kill()
            await child.end()


def _state_of(library: Path | None) -> list[tuple[str, int, int]]:
    """Every file that an engine may load, with its time and size."""
    return sorted(_files(library)) if library else []


def _files(library: Path) -> Iterator[tuple[str, int, int]]:
    for folder in ("modules", "models"):
        for path in (library / folder).rglob("*"):
            with suppress(OSError):
                status = path.stat()
                yield str(path), status.st_mtime_ns, status.st_size
