"""A room without network, clock or sound: time stands still until a test moves it."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from synthvr_server.patch.commands import Command
from synthvr_server.patch.library import Library
from synthvr_server.patch.model import Patch
from synthvr_server.protocol.client_messages import ClientMessage, Edit, Hello, Redo, Resume, Undo
from synthvr_server.protocol.codec import MsgpackCodec
from synthvr_server.protocol.limits import SCOPES
from synthvr_server.protocol.server_messages import Batch, ClientInfo, RejectedRequest, ServerMessage, Welcome
from synthvr_server.server.document import Document
from synthvr_server.server.outbox import Outbox
from synthvr_server.server.people import Client
from synthvr_server.server.room import Room
from tests.patch.examples import CATALOGUE, two_amplifiers

Result = TypeVar("Result")
Message = TypeVar("Message", bound=ServerMessage)


class StillReactor:
    """Time that a test moves by hand; background work is done when ``finish_work`` is called."""

    def __init__(self) -> None:
        self.now = 100.0
        self._calls: list[tuple[float, int, Callable[[], None]]] = []
        self._serial = itertools.count()
        self._work: list[Callable[[], None]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], None]) -> None:
        heapq.heappush(self._calls, (when, next(self._serial), callback))

    def in_background(self, work: Callable[[], Result], then: Callable[[Result | Exception], None]) -> None:
        def both() -> None:
            try:
                result: Result | Exception = work()
            except Exception as error:
                result = error
            then(result)

        self._work.append(both)

    def finish_work(self) -> None:
        while self._work:
            self._work.pop(0)()

    def pass_time(self, seconds: float) -> None:
        """Move time on; calls that fall due come in their order."""
        end = self.now + seconds
        while self._calls and self._calls[0][0] <= end:
            when, _, callback = heapq.heappop(self._calls)
            self.now = max(self.now, when)
            callback()
        self.now = end


class SilentEngine:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def edit(self, _patch: Patch, commands: Sequence[Command]) -> None:
        self.heard.append(("edit", [command.do for command in commands]))

    def turn(self, module: str, knob: str, value: float) -> None:
        self.heard.append(("turn", module, knob, value))

    def note(self, module: str, number: int, pitch: float, velocity: float, at: int | None) -> None:
        self.heard.append(("note", module, number, pitch, velocity, at))

    def tap(self, slot: int, module: str, jack: str) -> None:
        self.heard.append(("tap", slot, module, jack))

    def untap(self, slot: int) -> None:
        self.heard.append(("untap", slot))

    def take(self, *kinds: str) -> list[tuple[Any, ...]]:
        """What it was told of these kinds since the last time."""
        taken = [said for said in self.heard if said[0] in kinds]
        self.heard = [said for said in self.heard if said[0] not in kinds]
        return taken


class StillRings:
    """Rings that hold what a test puts into them."""

    def __init__(self) -> None:
        self.end = np.zeros(1 + SCOPES, np.int64)
        self.samples = [np.zeros((0, 2), np.float32), *(np.zeros(0, np.float32) for _ in range(SCOPES))]

    def write(self, slot: int, samples: Any) -> None:
        self.samples[slot] = np.concatenate([self.samples[slot], np.asarray(samples, np.float32)])
        self.end[slot] = len(self.samples[slot])

    def read(self, slot: int, position: int) -> tuple[int, np.ndarray]:
        return position, self.samples[slot][position:]


def somebody(person: str = "somebody") -> Client:
    """A client without a room."""
    return Client(ClientInfo(id=person, name=person.title(), kind="test"), person, Outbox(MsgpackCodec()))


class Guest:
    """A client in the room, as the room sees one; what it was sent stays as models."""

    def __init__(self, stage: Stage, hello: Hello) -> None:
        self._room = stage.room
        self.outbox = Outbox(MsgpackCodec())
        self.id = stage.room.join(hello, self.outbox)
        welcome, *self.greeting = self.hear()
        assert isinstance(welcome, Welcome)
        self.welcome = welcome

    def say(self, message: ClientMessage) -> None:
        self._room.receive(self.id, message)

    def edit(self, *commands: Command, request: int = 1, base: int | None = None) -> None:
        self.say(Edit(id=request, commands=commands, base=base))

    def go(self) -> None:
        self._room.leave(self.id)

    def undo(self) -> None:
        self.say(Undo(id=1))

    def redo(self) -> None:
        self.say(Redo(id=1))

    @property
    def client(self) -> Client:
        """How the room knows them."""
        found = self._room.people.find(self.id)
        assert found is not None
        return found

    def hear(self) -> list[ServerMessage]:
        """Everything that came since the last time."""
        messages = [outgoing.message for outgoing in self.outbox._waiting.values()]
        while self.outbox.take() is not None:
            continue
        return messages

    def hear_only(self, kind: type[Message]) -> list[Message]:
        """Of all that came since the last time, the messages of one kind."""
        return [message for message in self.hear() if isinstance(message, kind)]

    def hear_one(self, kind: type[Message]) -> Message:
        (message,) = self.hear_only(kind)
        return message

    def refusal(self) -> str:
        """The code of the one rejection that came."""
        return self.hear_one(RejectedRequest).code

    def sentence(self) -> str:
        """The sentence of the one rejection that came."""
        return self.hear_one(RejectedRequest).sentence


class Stage:
    """A room with two amplifiers in its patch and everything around it within reach."""

    def __init__(self, folder: Path, patch: Patch | None = None) -> None:
        self.reactor, self.engine, self.rings = StillReactor(), SilentEngine(), StillRings()
        self.recorded: list[Batch] = []
        self.document = Document(patch or two_amplifiers(), lambda batch, *_: self.recorded.append(batch))
        self.library = Library(folder / "library", folder / "ready-made")
        self.told_host: list[str] = []
        self.room = Room(
            self.document, self.reactor, self.engine, self.library, "SynthVR test", "session-1", self.told_host.append
        )
        self.room.engine_knows(CATALOGUE.values(), ())
        self.room.engine_started(self.rings, 48_000)

    def enter(self, name: str = "somebody", resume: Resume | None = None, **hello: Any) -> Guest:
        return Guest(self, Hello(**{"protocol": 1, "name": name, "kind": "test", "resume": resume, **hello}))

    def knob(self, module: str, knob: str = "level") -> float:
        return self.document.patch.modules[module].knobs[knob]
