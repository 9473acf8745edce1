"""The engine process: messages in on stdin, messages out on stdout, sound in between.

One thread reads messages; the main thread edits the graph and reports; the audio thread is pyo's, or the
clock's. The server may kill this process at any time and start another: it keeps nothing.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import multiprocessing
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from ..errors import ModuleDeclarationError, NoDriver, SynthVRError
from ..patch.commands import Command, apply
from ..patch.model import Patch
from ..protocol.limits import METERS_PER_SECOND
from . import wire
from .discovery import state_of
from .priority import EDITING, ask_for_priority, stand_back
from .ration import RATION, TooMuchMemory
from .ring import Rings, mark_of
from .stock import Stock

_TIDY_SECONDS = 0.005
_METER_SECONDS = 1 / METERS_PER_SECOND
_COLLECT_SECONDS = 1.0
# A thread that wants the interpreter waits at most this long: a block of 64 frames lasts 1.33 ms.
_SWITCH_SECONDS = 0.0002

Inbox = queue.SimpleQueue[wire.Message | None]  # None: the server has hung up

_OPENING_SECONDS = 10.0  # between two tries to open what is to be played through
_COMPLETE = {"say": "complete"}
_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)


@dataclass(frozen=True)
class Settings:
    """What the server asks of its engine."""

    driver: str
    rate: int
    block: int
    rings: Path
    library: Path | None
    memory: int | None  # bytes that the engine may take
    without: frozenset[int]  # marks of files that made an engine hang or die as it loaded them


def main(settings: Settings) -> int:
    """Run the engine until the server hangs up. Returns the exit code."""
    faulthandler.enable()  # writes down in which line of Python it died
    RATION.most = settings.memory or RATION.most
    incoming, say = _open_channel()
    inbox: Inbox = queue.SimpleQueue()
    threading.Thread(target=_read_all, args=(incoming, inbox), name="inbox", daemon=True).start()
    try:
        engine = _Engine(settings, inbox, say)
        if engine.is_told_to_play() and engine.opens():
            engine.run()
    except TooMuchMemory as error:
        say({"say": "failed", "sentence": str(error), "module": error.module, "did": error.did})
        return 1
    except SynthVRError as error:
        say({"say": "failed", "sentence": str(error)})
        return 1
    return 0


class _Engine:
    """Prepared when it is made; then told to play, opened, and run."""

    def __init__(self, settings: Settings, inbox: Inbox, say: Callable[[wire.Message], None]) -> None:
        self._settings, self._inbox, self._say = settings, inbox, say
        self._rings = Rings(settings.rings)
        self._patch = Patch()
        wishes = inbox.get()
        if wishes is None:
            return
        if wishes["standby"]:
            with ThreadPoolExecutor(1, initializer=stand_back) as aside:
                aside.submit(self._prepare, None).result()
        else:
            self._prepare(wishes["first"])
        # Collecting garbage stops everything; what exists now stays, and only young objects are looked at.
        gc.collect()
        gc.freeze()
        say({"say": "prepared"})

    def _prepare(self, first: Collection[str] | None) -> None:
        self._stock = Stock(self._settings.library, first, self._say, self._loading)
        # Not before: importing these compiles the rows, which the workshop does on all processors.
        for name in (".drivers", ".graph", ".meters"):
            importlib.import_module(name, __package__)

    def is_told_to_play(self) -> bool:
        """Wait for that, with no sound card and no processor time; False where the server hangs up instead."""
        while (message := self._inbox.get()) is not None and message["do"] != "stop":
            if message["do"] == "play":
                return True
        return False

    def opens(self) -> bool:
        """Open what is to be played through, as often as that takes; False where the server hangs up before."""
        from .drivers import ClockThread, open_player
        from .graph import Graph
        from .meters import Meters

        settings = self._settings
        while True:
            try:
                self._player, self._sentence = open_player(settings.driver, settings.rate, settings.block)
                break
            except NoDriver as error:
                self._say({"say": "no_driver", "sentence": f"{error} It is tried again every {_OPENING_SECONDS:g} s."})
                with suppress(queue.Empty):
                    message = self._inbox.get(timeout=_OPENING_SECONDS)
                    if message is None or message["do"] == "stop":
                        return False
        self._graph = Graph(self._player, self._stock.workshop, self._rings, self._report)
        self._meters = Meters(self._player, self._graph)
        self._clock = ClockThread(self._player) if self._player.host.driver == "clock" else None
        return True

    def run(self) -> None:
        RATION.enforce()
        sys.setswitchinterval(_SWITCH_SECONDS)
        ask_for_priority(EDITING)
        gc.disable()
        host = self._player.host
        host.start()
        if self._clock:
            self._clock.start()
        started = {"driver": host.driver, "rate": host.rate, "block": host.block, "sentence": self._sentence}
        self._say({"say": "started", **started})
        if self._stock.is_complete:
            self._say(_COMPLETE)
        else:
            put = self._inbox.put
            threading.Thread(target=self._stock.compile_rest, args=(put,), name="compiler", daemon=True).start()
        try:
            self._work(self._inbox)
        except MemoryError as error:
            raise RATION.used_up() from error
        finally:
            self._stock.close()
            if self._clock:
                self._clock.stop()
            self._graph.close()
            host.close()
            for compiler in multiprocessing.active_children():
                compiler.terminate()

    def _work(self, inbox: Inbox) -> None:
        next_meters = next_collection = time.perf_counter()
        while True:
            try:
                message = inbox.get(timeout=_TIDY_SECONDS)
                if message is None or message["do"] == "stop":
                    return
                self._carry_out(message)
            except queue.Empty:
                pass
            self._graph.tidy()
            now = time.perf_counter()
            if now >= next_meters:
                self._say({"say": "meters", **self._meters.read()})
                next_meters = now + _METER_SECONDS
            if now >= next_collection:
                gc.collect(1)
                RATION.look()
                next_collection = now + _COLLECT_SECONDS

    def _carry_out(self, message: wire.Message) -> None:
        graph, do = self._graph, message["do"]
        if do == "edit":
            # One at a time: validating holds the interpreter, and the audio thread wants it every block.
            for command in message["commands"]:
                self._patch = apply(self._patch, _COMMAND.validate_python(command))
            graph.become(self._patch)
        elif do == "turn":
            graph.turn(message["module"], message["knob"], message["value"])
        elif do == "note":
            note = (float(message["number"]), message["pitch"], message["velocity"] * 10.0)
            graph.note(message["module"], note, message["at"])
        elif do == "tap":
            graph.tap(message["slot"], message["module"], message["jack"])
        elif do == "untap":
            graph.untap(message["slot"])
        elif do == "suspend":
            graph.suspend(message["modules"])
        elif do == "fetch":
            self._stock.fetch(message["module"])
            graph.make_up_for(message["module"])
        elif do == "take_in":
            for kind in self._stock.take_in(Path(message["file"]), message["problem"]):
                graph.make_up_for(kind)
        elif do == "complete":
            self._say(_COMPLETE)

    @contextmanager
    def _loading(self, path: Path) -> Iterator[None]:
        """Load a file that has passed its trial: if it does its worst only here, the server knows which it was."""
        mark = mark_of(f"{path} {state_of(path)}")
        if mark in self._settings.without:
            raise ModuleDeclarationError("has made the engine hang or die as it was loaded, and is left out")
        self._rings.making[0] = mark
        try:
            yield
        finally:
            self._rings.making[0] = 0

    def _report(self, module: str, sentence: str) -> None:
        self._say({"say": "failed_module", "module": module, "sentence": sentence})


def _open_channel() -> tuple[BinaryIO, Callable[[wire.Message], None]]:
    """The pipe to the server; whatever libraries print goes to stderr instead, and whoever asks for input gets none."""
    outgoing = os.fdopen(os.dup(1), "wb", buffering=0)
    incoming = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def say(message: dict[str, Any]) -> None:
        outgoing.write(wire.pack(message))

    return incoming, say


def _read_all(stream: BinaryIO, inbox: Inbox) -> None:
    while (message := wire.read(stream)) is not None:
        inbox.put(message)
    inbox.put(None)
