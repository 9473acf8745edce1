"""The room: one patch, everybody who works on it, and the engine that plays it. Messages in, messages out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ..errors import LibraryError, Rejected
from ..patch.catalogue import ModuleInfo
from ..patch.commands import SetKnob, check, module_in
from ..patch.library import Library
from ..patch.telling import Names
from ..protocol import client_messages as say
from ..protocol.client_messages import PROTOCOL_VERSION, ClientMessage, Hello
from ..protocol.failures import CloseCode
from ..protocol.server_messages import (
    Batch,
    Clock,
    EngineStatus,
    Meters,
    ModuleFailed,
    Pong,
    RejectedRequest,
    ServerMessage,
    TurnedKnob,
    Turns,
    Welcome,
)
from .assortment import Assortment
from .clock import SampleClock
from .condition import Condition
from .document import Document
from .knobs import Key, Knobs
from .notes import Notes
from .outbox import Outbox, Outgoing
from .people import Client, People
from .presence import Presences
from .shelf import ABOUT_THE_PATCH, Shelf
from .streams import Rings, Streams
from .surroundings import Engine, Reactor


class Room:
    """Everything that happens, one message at a time; nothing here waits."""

    def __init__(
        self,
        document: Document,
        reactor: Reactor,
        engine: Engine,
        library: Library,
        server: str,
        session: str,
        tell_host: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self.people = People()
        self.document = document
        self._reactor, self._engine = reactor, engine
        self._server, self._session = server, session
        self.condition = Condition(self.people.tell_everybody, tell_host)
        self._assortment = Assortment(document, self.people.tell_everybody, tell_host)
        self._clock = SampleClock()
        self._notes = Notes(document, reactor, engine, self._clock)
        self._knobs = Knobs(reactor, self._commit, self.people.tell_everybody, self._show_turns, self._who_holds)
        self._presences = Presences(reactor, self.people)
        self._streams = Streams(reactor, engine, self.people.tell)
        self._shelf = Shelf(library, reactor, document, self._announce)
        self._handlers: dict[type, Callable[[Client, Any], None]] = {
            say.Introduce: self._introduce,
            say.Edit: self._edit,
            say.Undo: self._undo,
            say.Redo: self._redo,
            say.Grab: self._grab,
            say.Turn: self._turn,
            say.Release: self._release,
            say.Note: lambda client, note: self._notes.play(client.id, note),
            say.Presence: self._presences.move,
            **dict.fromkeys(self._shelf.handlers, self._to_library),
            say.Subscribe: self._subscribe,
            say.Unsubscribe: self._unsubscribe,
            say.Ping: self._ping,
        }

    # What the connections say

    def join(self, hello: Hello, outbox: Outbox, token: str = "") -> str:
        """Somebody has come in, perhaps with a new pairing ``token``. Returns the id under which they speak."""
        client = self.people.come(hello, outbox)
        for message in self._greeting(client, hello, token):
            client.tell(message)
        return client.id

    def receive(self, client_id: str, message: ClientMessage | RejectedRequest) -> None:
        """Somebody has said something."""
        client = self.people.find(client_id)
        if client is None:
            return
        if isinstance(message, RejectedRequest):
            client.tell(message)
            return
        try:
            self._handlers[type(message)](client, message)
        except Rejected as rejection:
            client.reject(message, rejection.code, rejection, rejection.index)
        except LibraryError as error:
            client.reject(message, error.code, error)

    def leave(self, client_id: str) -> None:
        """Somebody has gone: their hands open, their notes end, their streams stop."""
        if self.people.find(client_id) is None:
            return
        self._streams.leave(client_id)
        self._notes.leave(client_id)
        self._presences.go(client_id)
        self._shelf.leave(client_id)
        self._knobs.leave(client_id)
        self.people.go(client_id)

    def close(self) -> None:
        """Send everybody away; what they were turning is kept."""
        self.people.send_away(CloseCode.GOING_AWAY)
        for client in self.people:
            self.leave(client.id)

    # What the engine says

    def engine_knows(self, modules: Iterable[ModuleInfo], problems: Iterable[str]) -> None:
        """The engine has read module files, or some of them are ready now."""
        self._assortment.engine_knows(modules, problems)

    def engine_is(self, status: EngineStatus) -> None:
        """The engine does something else than before."""
        self.condition.engine_is(status)

    def engine_started(self, rings: Rings, rate: int) -> None:
        """The engine plays, and counts its frames from 0."""
        self.condition.engine_started()
        self._clock.restart(rate)
        self._notes.forget_all()
        self._streams.restart(rings, rate)
        for turned in self._knobs.live_values():
            self._engine.turn(turned.module, turned.knob, turned.value)

    def engine_measured(self, meters: Meters) -> None:
        """The engine has measured."""
        self._clock.observe(meters.sample_time, self._reactor.time())
        self._streams.meters(meters)

    def module_failed(self, failure: ModuleFailed) -> None:
        """A module has gone silent."""
        self.condition.module_failed(failure)

    # What each message does

    def _greeting(self, client: Client, hello: Hello, token: str) -> Iterable[ServerMessage]:
        is_back = hello.resume is not None and hello.resume.session == self._session
        missed = self.document.since(hello.resume.revision) if hello.resume is not None and is_back else None
        # Every part is valid already: building the message anew would validate the whole patch again.
        yield Welcome.model_construct(
            type="welcome",
            protocol=PROTOCOL_VERSION,
            server=self._server,
            session=self._session,
            client=client.id,
            clients=tuple(other.info for other in self.people),
            catalogue=tuple(self.document.catalogue.values()),
            problems=self._assortment.problems,
            revision=self.document.revision,
            fingerprint=self.document.fingerprint,
            patch=self.document.patch if missed is None else None,
            missed=missed or (),
            clock=self._clocks(),
            engine=self.condition.engine,
            token=token,
        )
        yield from self.condition.greeting(is_back)
        yield from self._knobs.holds()
        live = self._knobs.live_values()
        if live:
            yield Turns(knobs=tuple(live))
        yield from self._presences.latest()

    def _edit(self, client: Client, edit: say.Edit) -> None:
        for index, command in enumerate(edit.commands):
            if isinstance(command, SetKnob):
                self._knobs.check_free(client.id, (command.module, command.knob), index)
        self._announce(self.document.edit(edit.commands, client, edit.base))
        client.acknowledge(edit.id, self.document.revision)

    def _undo(self, client: Client, undo: say.Undo) -> None:
        self._knobs.settle(client.id)
        self._announce(self.document.undo(client, partial(self._knobs.check_nobody_holds, client.id)))
        client.acknowledge(undo.id, self.document.revision)

    def _redo(self, client: Client, redo: say.Redo) -> None:
        self._knobs.settle(client.id)
        self._announce(self.document.redo(client, partial(self._knobs.check_nobody_holds, client.id)))
        client.acknowledge(redo.id, self.document.revision)

    def _grab(self, client: Client, grab: say.Grab) -> None:
        module = module_in(self.document.patch, grab.module)
        info = self.document.catalogue.get(module.type)
        if info is not None and info.knob(grab.knob) is None:
            raise Rejected("unknown_knob", f"Module {grab.module!r} ({info.title}) has no knob {grab.knob!r}.")
        self._knobs.grab(client.id, (grab.module, grab.knob))

    def _turn(self, client: Client, turn: say.Turn) -> None:
        wanted = SetKnob.model_construct(do="set_knob", module=turn.module, knob=turn.knob, value=turn.value)
        check(self.document.patch, wanted, self.document.catalogue)
        if self._knobs.turn(client.id, (turn.module, turn.knob), turn.value):
            self._engine.turn(turn.module, turn.knob, turn.value)

    def _release(self, client: Client, release: say.Release) -> None:
        self._knobs.release(client.id, (release.module, release.knob))

    def _to_library(self, client: Client, wish: ClientMessage) -> None:
        if isinstance(wish, ABOUT_THE_PATCH):
            self._knobs.settle(client.id)
        self._shelf.handlers[type(wish)](client, wish)

    def _introduce(self, client: Client, wish: say.Introduce) -> None:
        self.people.introduce(client, wish)
        client.acknowledge(wish.id, self.document.revision)

    def _subscribe(self, client: Client, wish: say.Subscribe) -> None:
        self._streams.subscribe(client.id, wish, self.document.patch, self.document.catalogue)
        client.acknowledge(wish.id, self.document.revision)

    def _unsubscribe(self, client: Client, wish: say.Unsubscribe) -> None:
        self._streams.unsubscribe(client.id, wish)
        client.acknowledge(wish.id, self.document.revision)

    def _ping(self, client: Client, ping: say.Ping) -> None:
        client.tell(Pong(time=ping.time, clock=self._clocks()))

    # What follows from it

    def _commit(self, turner: str, key: Key, value: float) -> None:
        client = self.people.find(turner)
        module = self.document.patch.modules.get(key[0])
        if client is None or module is None or module.knobs.get(key[1]) == value:
            return
        try:
            self._announce(
                self.document.edit((SetKnob(module=key[0], knob=key[1], value=value),), client, cause="knob")
            )
        except Rejected as rejection:  # the module has become another one under the hand
            client.tell(RejectedRequest(id=None, code=rejection.code, sentence=str(rejection)))

    def _announce(self, batch: Batch) -> None:
        patch = self.document.patch
        self._engine.edit(patch, batch.commands)
        for command in batch.commands:
            if isinstance(command, SetKnob):
                self._knobs.overwrite((command.module, command.knob))
        self.people.tell_everybody(batch)
        self._knobs.forget_missing(patch)
        self._streams.forget_missing(patch)
        self._notes.forget_missing(patch)
        self.condition.only_modules(patch.modules)
        if batch.cause in ("load", "new") and self.document.catalogue:
            self._assortment.tell_problems()

    def _show_turns(self, knobs: list[TurnedKnob]) -> None:
        turning = {knob.client for knob in knobs}
        everything = Outgoing(Turns(knobs=tuple(knobs)))
        for client in self.people:
            if client.id not in turning:
                client.outbox.put(everything)
            elif len(turning) > 1:
                others = tuple(knob for knob in knobs if knob.client != client.id)
                client.outbox.put(Outgoing(Turns(knobs=others)))

    def _who_holds(self, holder: str, key: Key) -> str:
        client, module = self.people.find(holder), self.document.patch.modules.get(key[0])
        names = Names(self.document.patch, self.document.catalogue)
        knob = names.knob(module, key[1]) if module else key[1]
        return f"{client.info.name if client else 'Somebody else'} holds the {knob} of {names.module(key[0])}."

    def _clocks(self) -> Clock:
        now = self._reactor.time()
        return Clock(server_time=now, sample_time=self._clock.frame_at(now))
