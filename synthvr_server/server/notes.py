"""Who plays which notes: a note sounds until the last of them has ended it, or has gone."""

from __future__ import annotations

from ..errors import Rejected
from ..patch.commands import module_in
from ..patch.model import Patch
from ..protocol.client_messages import Note
from ..protocol.limits import LONGEST_AHEAD
from .clock import SampleClock
from .document import Document
from .surroundings import Engine, Reactor

Key = tuple[str, int]  # module id, number of the note
AT_ONCE = -1


class Notes:
    """Every note that is held, and the frame from which on each of its players holds it (it may be still to come)."""

    def __init__(self, document: Document, reactor: Reactor, engine: Engine, clock: SampleClock) -> None:
        self._document, self._reactor, self._engine, self._clock = document, reactor, engine, clock
        self._held: dict[Key, dict[str, int]] = {}
        self._types: dict[str, str] = {}  # what the modules are that play them

    def play(self, client: str, note: Note) -> None:
        """Begin or end a note. Raises Rejected for a module that plays none, and for what lies too far ahead."""
        module = module_in(self._document.patch, note.module)
        info = self._document.catalogue.get(module.type)
        if info is None or not info.plays_notes:
            raise Rejected("no_notes", f"Module {note.module!r} does not play notes.")
        if note.at is not None and note.at - self._reactor.time() > LONGEST_AHEAD:
            raise Rejected("too_far_ahead", f"A note can be sent at most {LONGEST_AHEAD:g} s ahead.")
        key = note.module, note.number
        frame = AT_ONCE if note.at is None else self._clock.frame_at(note.at)
        if note.velocity > 0:
            players = self._held.setdefault(key, {})
            players[client] = max(frame, players.get(client, AT_ONCE))
            self._types[note.module] = module.type
            self._say(key, note.pitch, note.velocity, frame)
        else:
            self._end(key, client, note.pitch, frame)

    def leave(self, client: str) -> None:
        """The client has gone, and with it whatever nobody else plays."""
        for key, players in list(self._held.items()):
            begins = players.pop(client, None)
            if begins is not None and not players:
                del self._held[key]
                self._say(key, 0.0, 0.0, begins)  # not before it begins: it would never end then

    def forget_missing(self, patch: Patch) -> None:
        """Modules that are gone, or have become others, play nothing any more."""
        types = {name: module.type for name in self._types if (module := patch.modules.get(name)) is not None}
        gone = {name for name, played in self._types.items() if types.get(name) != played}
        for key in [key for key in self._held if key[0] in gone]:
            del self._held[key]
        for name in gone:
            del self._types[name]

    def forget_all(self) -> None:
        """The engine has begun anew, in silence."""
        self._held.clear()
        self._types.clear()

    def _end(self, key: Key, client: str, pitch: float, frame: int) -> None:
        players = self._held.get(key, {})
        ends = self._clock.frame_at(self._reactor.time()) if frame == AT_ONCE else frame
        if players.get(client, AT_ONCE) <= ends:  # else it is an earlier one that ends, and one is still to come
            players.pop(client, None)
        if players.keys() <= {client}:
            self._say(key, pitch, 0.0, frame)
        if not players:
            self._held.pop(key, None)

    def _say(self, key: Key, pitch: float, velocity: float, frame: int) -> None:
        self._engine.note(*key, pitch, velocity, None if frame == AT_ONCE else frame)
