"""The server's side of the engine process: starts it, talks to it, and starts it again when it dies.

The engine keeps nothing: whenever one has started, it gets the whole patch as one edit. Nothing is sent to
an engine that is not playing, because that edit will say it all.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import Sequence
from typing import Any, Protocol

from ..patch.catalogue import ModuleInfo
from ..patch.commands import Command
from ..patch.difference import difference
from ..patch.model import Patch
from ..protocol.server_messages import EngineStatus, Meters, ModuleFailed
from . import wire
from .blame import Blame, OwnFile
from .child import Child, EngineSettings
from .ring import Rings
from .standby import Standby
from .turns import TurnsToSend
from .watchdog import LOOK, Watchdog

SILENCE_PLAYING = 10.0  # s without meters, which come 30 times a second: the engine hangs
SILENCE_STARTING = 180.0  # s without progress: compiling one kernel takes seconds, on a slow machine tens of them
SILENCE_LOADING = 60.0  # s that one module file may take to load: all that is new has been compiled before
RESTARTS = (0.2, 0.5, 1.0, 2.0, 4.0)  # s to wait before each new try
FORGIVEN_AFTER = 60.0  # s: deaths longer ago no longer count

log = logging.getLogger(__name__)


class Listener(Protocol):
    """Who hears what the engine says."""

    def engine_knows(self, modules: Sequence[ModuleInfo], problems: Sequence[str]) -> None:
        """It has read the module files."""

    def engine_is(self, status: EngineStatus) -> None:
        """It does something else than before."""

    def engine_started(self, rings: Rings, rate: int) -> None:
        """It plays, and counts its frames from 0."""

    def engine_measured(self, meters: Meters) -> None:
        """It has measured."""

    def module_failed(self, failure: ModuleFailed) -> None:
        """A module has gone silent."""


class EngineLink:
    """One engine at a time. ``run`` supervises it until ``stop``; everything else may be called at any time."""

    def __init__(self, settings: EngineSettings, patch: Patch, restarts: Sequence[float] = RESTARTS) -> None:
        self._settings, self._patch, self._restarts = settings, patch, restarts
        self._listener: Listener | None = None
        self._child: Child | None = None
        self._playing = False
        self._stopping = False
        self._wanted = asyncio.Event()  # set by an edit: an engine that was given up is tried again
        self._turns = TurnsToSend(self._send, lambda: self._child.waiting if self._child else 0)
        self._modules: dict[str, ModuleInfo] = {}
        self._status = self._starting("The engine starts.")
        self._last_words = ""
        self._blame = Blame()
        self._standby = Standby(settings, lambda: self._blame.files)
        self.ready = asyncio.Event()  # the catalogue is known, or will not come

    def edit(self, patch: Patch, commands: Sequence[Command]) -> None:
        """Play ``patch``, to which ``commands`` have led."""
        self._patch = patch
        self._blame.follow(patch)
        self._wanted.set()
        if self._playing:
            self._turns.flush()
            self._send(do="edit", commands=[command.model_dump(mode="json", by_alias=True) for command in commands])

    def turn(self, module: str, knob: str, value: float) -> None:
        """The fast path of a knob: the newest value wins."""
        if self._playing:
            self._turns.add(module, knob, value)

    def note(self, module: str, number: int, pitch: float, velocity: float, at: int | None) -> None:
        """A note: pitch in V, velocity 0–1, ``at`` a frame or None for now."""
        if self._playing:
            self._turns.flush()
            self._send(do="note", module=module, number=number, pitch=pitch, velocity=velocity, at=at)

    def tap(self, slot: int, module: str, jack: str) -> None:
        """Copy a jack into the ring of a slot."""
        if self._playing:
            self._send(do="tap", slot=slot, module=module, jack=jack)

    def untap(self, slot: int) -> None:
        """Stop copying into a slot."""
        if self._playing:
            self._send(do="untap", slot=slot)

    @property
    def suspended(self) -> dict[str, str]:
        """The modules that are left out for what they did, and why."""
        return self._blame.sentences

    async def run(self, listener: Listener) -> None:
        """Keep an engine running until ``stop``."""
        self._listener = listener
        self._tell(self._status)
        try:
            await self._supervise()
        finally:
            await self._standby.stop()

    async def stop(self) -> None:
        """Stop the engine; ``run`` returns then."""
        self._stopping = True
        self._wanted.set()
        if self._child is not None:
            await self._child.stop()

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        deaths: deque[float] = deque(maxlen=len(self._restarts))
        while not self._stopping:
            accused = {*self.suspended, *self._blame.files}
            sentence = await self._live_once()
            if self._stopping:
                self.ready.set()
                return
            log.error("%s", sentence)
            if {*self.suspended, *self._blame.files} - accused:  # which cannot go on for ever: there is less to play
                self._tell(self._starting(f"{sentence} The engine is started again."))
                continue
            self.ready.set()
            now = loop.time()
            while deaths and deaths[0] < now - FORGIVEN_AFTER:
                deaths.popleft()
            if len(deaths) == len(self._restarts):
                await self._give_up(sentence)
                deaths.clear()
                continue
            self._tell(self._starting(f"{sentence} It is started again."))
            deaths.append(now)
            if not self._standby.is_ready:
                await asyncio.sleep(self._restarts[len(deaths) - 1])

    async def _give_up(self, sentence: str) -> None:
        self._wanted.clear()
        words = f"{sentence} It is tried again when the patch changes; undo may take back what it cannot play."
        self._tell(self._status.model_copy(update={"state": "failed", "sentence": words}))
        await self._wanted.wait()

    async def _next(self) -> tuple[Child, list[wire.Message]]:
        """The engine that waits, with what it has said already, or a new one. Raises OSError."""
        taken = await self._standby.take()
        if taken is None:
            taken = await Child.start(self._settings, self._blame.files), []
            first = sorted({placed.type for placed in self._patch.modules.values()})
            taken[0].write({"do": "prepare", "first": first, "standby": False})
        taken[0].write({"do": "play"})
        return taken

    async def _live_once(self) -> str:
        """One engine from start to end. Returns how it ended, in a sentence."""
        self._last_words = ""
        try:
            child, said = await self._next()
        except OSError as error:
            return f"The engine cannot be started: {error.strerror or error}."
        self._child, rings = child, child.rings
        for earlier in said:
            self._hear(earlier, rings)
        if self._stopping:  # it was not there yet when ``stop`` looked for it
            await child.stop()
        watching = asyncio.create_task(self._watch(child, rings))
        try:
            while (message := await child.read(SILENCE_PLAYING if self._playing else SILENCE_STARTING)) is not None:
                self._hear(message, rings)
        except TimeoutError:
            child.abort()
        except Exception:  # whatever it said, the server goes on
            log.exception("A message of the engine could not be dealt with")
            child.kill()
            self._last_words = "The engine said something that makes no sense."
        finally:
            played, self._playing = self._playing, False
            self._turns.forget()
            watching.cancel()
            ending = await child.end()
        accused = None
        if not self._last_words and (child.hangs or ending.by_itself):
            did = "hang" if child.hangs else f"die ({ending.words})"
            accused = self._blame.accuse(rings, self._patch, did, ending.dump)
            if accused is None and not played:
                accused = self._blame.accuse_file(rings, did)
        if accused is None and not self._last_words:  # else it has ended in good order, and said why
            child.log_last_words()
        died = "The engine hangs." if child.hangs else f"The engine has died ({ending.words})."
        return accused or self._last_words or died

    async def _watch(self, child: Child, rings: Rings) -> None:
        """Return once the engine plays no more, and is ended for it, or what it has left behind."""
        blocks, files = Watchdog(SILENCE_PLAYING), Watchdog(math.inf, SILENCE_LOADING)
        while not (blocks.hangs(int(rings.end[0])) if self._playing else files.hangs(int(rings.making[0]))):
            await asyncio.sleep(LOOK)
            if child.is_gone():
                child.end_what_it_left()
                return
        child.abort()

    def _hear(self, message: wire.Message, rings: Rings) -> None:
        assert self._listener is not None
        kind = message.pop("say")
        if kind in ("catalogue", "made"):
            self._learn(message, anew=kind == "catalogue")
        elif kind == "complete":
            self._standby.keep()
        elif kind == "no_driver":
            self._cannot_open(message["sentence"])
        elif kind == "progress" and not self._playing:
            self._tell(self._starting(message["sentence"]))
        elif kind == "started":
            self._started(message, rings)
        elif kind == "meters":
            self._measured(message)
        elif kind == "failed_module":
            self._listener.module_failed(ModuleFailed(module=message["module"], sentence=message["sentence"]))
        elif kind == "failed":
            self._last_words = message["sentence"]
            if message.get("module") in self._patch.modules:
                self._last_words = self._blame.suspend(message["module"], self._patch, message["did"])

    def _learn(self, message: wire.Message, anew: bool) -> None:
        assert self._listener is not None
        known = {} if anew else self._modules
        infos = [ModuleInfo.model_validate(info) for info in message["modules"]]
        known = {name: info for name, info in known.items() if name not in message["gone"]}
        self._modules = known | {info.id: info for info in infos}
        modules = list(self._modules.values())
        self._blame.learn(modules, {kind: OwnFile(*file) for kind, file in message["own"].items()})
        self._listener.engine_knows(modules, message["problems"])
        self.ready.set()

    def _started(self, message: wire.Message, rings: Rings) -> None:
        assert self._listener is not None
        self._playing = True
        if self.suspended:
            self._send(do="suspend", modules=self.suspended)
        whole = difference(Patch(), self._patch)
        if whole:
            self._send(do="edit", commands=[command.model_dump(mode="json", by_alias=True) for command in whole])
        self._listener.engine_started(rings, message["rate"])
        self._tell(
            EngineStatus(
                state="playing",
                sentence=message["sentence"],
                driver=message["driver"],
                rate=message["rate"],
                block=message["block"],
            )
        )

    def _cannot_open(self, sentence: str) -> None:
        """It cannot open what it is to play through, and tries again."""
        status = self._starting(sentence).model_copy(update={"state": "failed"})
        if status != self._status:
            self._tell(status)

    def _measured(self, message: wire.Message) -> None:
        assert self._listener is not None
        try:
            meters = Meters(**wire.unpack_meters(message))
        except (ValueError, KeyError, TypeError) as error:
            log.warning("The engine's meters cannot be read: %s", error)
        else:
            self._listener.engine_measured(meters)

    def _tell(self, status: EngineStatus) -> None:
        assert self._listener is not None
        self._status = status
        self._listener.engine_is(status)

    def _starting(self, sentence: str) -> EngineStatus:
        settings = self._settings
        return EngineStatus(
            state="starting", sentence=sentence, driver=settings.driver, rate=settings.rate, block=settings.block
        )

    def _send(self, **message: Any) -> None:
        if self._child is not None:
            self._child.write(message)
