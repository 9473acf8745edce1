"""The server as a whole: opens the patch, listens, starts the engine, and puts everything away at the end."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import cast

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from .. import __version__
from ..engine.child import EngineSettings
from ..engine.link import EngineLink
from ..errors import LibraryError
from ..patch.history import History
from ..patch.journal import Journal
from ..patch.leftovers import remove_leftovers
from ..patch.library import Library, default_folder
from ..patch.model import Patch
from ..patch.restoring import restore
from ..patch.session_files import drop_old_sessions
from ..protocol.limits import PORT
from ..protocol.server_messages import Notice
from . import static_files
from .autosave import Autosave
from .connection import converse
from .devices import Devices, devices_folder
from .document import Document
from .door import Door
from .invitation import Invitation
from .listening import listen
from .network import names_of, own_name
from .open_files import tell_when_out_of_files
from .origin import is_welcome
from .pairing import Pairing
from .reactor import LoopReactor
from .room import Room
from .tenancy import Tenancy
from .visitor import Visitor

SOCKET_PATH = "/socket"
FIRST_PATCH = "first-light"  # the ready-made patch that plays where there is no session to go on with

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Options:
    """What `synthvr serve` was asked for; without a patch it goes on with the last session's, or the first one.

    Without a host it listens on this machine only, with ``lan`` on every address; ``lan`` also announces it.
    """

    patch: Patch | None = None
    host: str | None = None
    port: int = PORT
    lan: bool = False
    library: Path | None = None
    engine: EngineSettings = field(default_factory=EngineSettings)
    web_view: Path = static_files.WEB_VIEW


async def serve(options: Options, announce: Callable[[str], None] = print, stop: asyncio.Event | None = None) -> None:
    """Serve until SIGINT, SIGTERM or ``stop``. Raises SynthVRError where the port or the library cannot be had."""
    stopping = stop or asyncio.Event()
    _stop_on_signals(stopping)
    tell_when_out_of_files(asyncio.get_running_loop())
    house = House(options, announce)
    try:
        server = await listen(house.converse, house.answer, options.host, options.port, options.lan)
    except BaseException:
        house.abandon()
        raise
    async with server:
        house.invitation.open(server.sockets, house.pairing.code)
        house.open()
        try:
            await stopping.wait()
        finally:
            await house.close()


class House:
    """The room and everything around it."""

    def __init__(self, options: Options, announce: Callable[[str], None]) -> None:
        self.options = options
        self.reactor = LoopReactor()
        self.library = Library(options.library or default_folder())
        self.tenancy = Tenancy(self.library.folder)
        self.tenancy.begin()
        self._lost = ""  # what of the last session could not be read back
        patch, history = (options.patch, History()) if options.patch else self._last_patch()
        settings = options.engine
        self.engine = EngineLink(settings, patch)
        self.document = Document(patch, lambda *batch: self.autosave.record(*batch), history)
        self.room = Room(
            self.document,
            self.reactor,
            self.engine,
            self.library,
            server=f"SynthVR {__version__}",
            session=secrets.token_hex(8),
            tell_host=announce,
        )
        condition, journal = self.room.condition, Journal(self.library.sessions)
        self.autosave = Autosave(journal, history, self.reactor, condition.keeping_is, self.tenancy.renew)
        self.invitation = Invitation(self.library.folder if options.lan else None, SOCKET_PATH, announce)
        devices = Devices(devices_folder(self.library.folder))
        self.pairing = Pairing(devices, self.reactor.time, self.invitation.show)
        self.door = Door(self.pairing, devices, self.reactor)
        self._names = names_of(own_name(), self.invitation.host_name, options.host or "")
        self._running: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Start the engine and the journal, and say how things stand."""
        if self._lost:
            self.room.condition.notice(Notice(code="edits_lost", sentence=self._lost))
        self.autosave.start(self.document.revision, self.document.patch)
        self.reactor.in_background(self._tidy_up, lambda _done: None)
        self._running = asyncio.create_task(self.engine.run(self.room))

    async def close(self) -> None:
        """Send everybody away, stop the engine, keep the patch."""
        self.room.close()
        self.autosave.stop(self.document.revision, self.document.patch)
        await self.invitation.close()
        await self.engine.stop()
        if self._running is not None:
            await self._running
        self.abandon()

    def abandon(self) -> None:
        """Wait for what is being written, and let go of the library."""
        self.reactor.close()
        self.tenancy.end()

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """The page a request is for, or None for a websocket that may be opened."""
        if request.method == "HEAD":
            answer = self._answer_get(connection, request)
            return static_files.headers_only(answer or connection.respond(HTTPStatus.UPGRADE_REQUIRED, ""))
        return static_files.refusal(f"{request.method} ".encode()) or self._answer_get(connection, request)

    def _answer_get(self, connection: ServerConnection, request: Request) -> Response | None:
        headers = request.headers
        if any(len(headers.get_all(name)) > 1 for name in ("Host", "Origin")):
            return connection.respond(HTTPStatus.BAD_REQUEST, "One Host, one Origin.\n")
        peer = cast(Visitor, connection).address
        if not is_welcome(headers.get("Origin"), headers.get("Host"), peer, self._names):
            sentence = "This page may not talk to SynthVR. Open the address that SynthVR shows when it starts.\n"
            return connection.respond(HTTPStatus.FORBIDDEN, sentence)
        if request.path.partition("?")[0] == SOCKET_PATH:
            return None
        return static_files.respond(request.path, self.options.web_view)

    async def converse(self, connection: ServerConnection) -> None:
        """Speak with one client."""
        await converse(cast(Visitor, connection), self.room, self.door, self.engine.ready, self.reactor.time)

    def _tidy_up(self) -> None:
        drop_old_sessions(self.library.sessions)
        remove_leftovers(self.library.written_folders())

    def _last_patch(self) -> tuple[Patch, History]:
        """What the last session ended with, and what led to it; an empty patch counts where somebody has made it so."""
        last = restore(self.library.sessions)
        if last is None:
            return self._first_patch(), History()
        for problem in last.problems:
            log.warning("%s", problem)
        self._lost = last.lost
        if last.patch == Patch() and not last.history.steps:
            return self._first_patch(), History()
        return last.patch, last.history

    def _first_patch(self) -> Patch:
        """What a new user meets: something that sounds."""
        for load in (self.library.load, self.library.load_ready_made):  # there may be a broken one of the user's own
            try:
                return load(FIRST_PATCH)
            except LibraryError as error:
                log.warning("%s", error)
        return Patch()


def _stop_on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        # Only the main thread of a POSIX system can; elsewhere Ctrl-C cancels everything, which also ends well.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(wanted, stopping.set)
