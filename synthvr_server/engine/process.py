"""The engine process: messages in on stdin, messages out on stdout, sound in between.

One thread reads messages; the main thread edits the graph and reports; the audio thread is pyo's, or the
clock's. The server may kill this process at any time and start another: it keeps nothing.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from ..errors import EngineError, ModuleDeclarationError, SynthVRError
from ..patch.commands import Command, apply
from ..patch.model import Patch
from . import wire
from .discovery import state_of
from .priority import EDITING, ask_for_priority
from .ration import RATION, TooMuchMemory
from .ring import Rings, mark_of
from .trial import Trials
from .workshop import (
    ON_ITS_WAY,
    catalogue_of,
    cold_files,
    compile_waiting,
    fill_learned_cache,
    find_modules,
    open_workshop,
    own_files,
)

_TRIAL_SECONDS = 10.0  # for which new module files of the user's may keep the rest waiting
_TIDY_SECONDS = 0.005
_METER_SECONDS = 1 / 30
_COLLECT_SECONDS = 1.0
# A thread that wants the interpreter waits at most this long: a block of 64 frames lasts 1.33 ms.
_SWITCH_SECONDS = 0.0002

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
    try:
        _Engine(settings, incoming, say).run()
    except TooMuchMemory as error:
        say({"say": "failed", "sentence": str(error), "module": error.module, "did": error.did})
        return 1
    except SynthVRError as error:
        say({"say": "failed", "sentence": str(error)})
        return 1
    return 0


class _Engine:
    def __init__(self, settings: Settings, incoming: BinaryIO, say: Callable[[wire.Message], None]) -> None:
        self._incoming, self._say = incoming, say
        self._rings, self._without = Rings(settings.rings), settings.without
        self._over = False  # whoever compiles need not go on
        # The very first time, what the patch needs is compiled, and the rest while that plays already: kernels are
        # then fetched; with what was learned the engine starts anew.
        self._cold = cold_files()
        self._trials = Trials(own_files(settings.library), self._trying)
        found = find_modules(
            settings.library, without=self._cold, trials=self._trials, patience=_TRIAL_SECONDS, loading=self._loading
        )
        modules = [info.model_dump(mode="json") for info in catalogue_of(found).values()]
        own = {kind: [str(path), state_of(path)] for kind, path in found.files.items()}
        self._catalogue = {"say": "catalogue", "modules": modules, "problems": found.problems, "own": own}
        say(self._catalogue)
        wishes = wire.read(incoming)
        self._workshop = open_workshop(found, self._progress, wishes["first"] if wishes else ())
        # Not before: importing these compiles the rows, which the workshop does on all processors.
        from .drivers import ClockThread, open_player
        from .graph import Graph
        from .meters import Meters

        self._player, sentence = open_player(settings.driver, settings.rate, settings.block)
        self._patch = Patch()
        self._graph = Graph(self._player, self._workshop, self._rings, self._report)
        self._meters = Meters(self._player, self._graph)
        host = self._player.host
        self._clock = ClockThread(self._player) if host.driver == "clock" else None
        self._started = {
            "say": "started",
            "driver": host.driver,
            "rate": host.rate,
            "block": host.block,
            "sentence": sentence,
        }

    def run(self) -> None:
        RATION.enforce()
        sys.setswitchinterval(_SWITCH_SECONDS)
        ask_for_priority(EDITING)
        # Collecting garbage stops everything; what exists now stays, and only young objects are looked at.
        gc.collect()
        gc.freeze()
        gc.disable()
        inbox: queue.SimpleQueue[wire.Message | None] = queue.SimpleQueue()
        threading.Thread(target=_read_all, args=(self._incoming, inbox), name="inbox", daemon=True).start()
        host = self._player.host
        host.start()
        if self._clock:
            self._clock.start()
        self._say(self._started)
        if self._workshop.waiting or self._cold or self._trials.pending:
            threading.Thread(target=self._compile_rest, args=(inbox,), name="compiler", daemon=True).start()
        try:
            self._work(inbox)
        except MemoryError as error:
            raise RATION.used_up() from error
        finally:
            self._over = True
            if self._clock:
                self._clock.stop()
            self._graph.close()
            host.close()
            for compiler in multiprocessing.active_children():
                compiler.terminate()

    def _work(self, inbox: queue.SimpleQueue[wire.Message | None]) -> None:
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
            self._workshop.fetch(message["module"])
            graph.make_up_for(message["module"])
        elif do == "start_anew":
            raise EngineError(message["sentence"])
        elif do == "catalogue":
            self._say(self._catalogue | {"problems": message["problems"]})

    def _compile_rest(self, inbox: queue.SimpleQueue[wire.Message | None]) -> None:
        self._finish_trials(inbox)
        for name in compile_waiting(self._workshop):
            inbox.put({"do": "fetch", "module": name})
        if self._cold and not self._over and fill_learned_cache(self._cold, 1):
            inbox.put({"do": "start_anew", "sentence": "The learned modules are compiled: the engine takes them in."})

    @contextmanager
    def _loading(self, path: Path) -> Iterator[None]:
        """Load a file that has passed its trial: if it does its worst only here, the server knows which it was."""
        mark = mark_of(f"{path} {state_of(path)}")
        if mark in self._without:
            raise ModuleDeclarationError("has made the engine hang or die as it was loaded, and is left out")
        self._rings.making[0] = mark
        try:
            yield
        finally:
            self._rings.making[0] = 0

    def _finish_trials(self, inbox: queue.SimpleQueue[wire.Message | None]) -> None:
        """Wait for the module files that took too long to wait for before anything plays."""
        pending = [*self._trials.pending]
        if not pending:
            return
        failed = self._trials.wait()
        if passed := [path.stem for path in pending if path not in failed]:
            sentence = f"Module files have been tried ({', '.join(passed)}): the engine takes them in."
            inbox.put({"do": "start_anew", "sentence": sentence})
        else:
            waited_for = {f"{path.name}: {ON_ITS_WAY}" for path in pending}
            known = [problem for problem in self._catalogue["problems"] if problem not in waited_for]
            inbox.put({"do": "catalogue", "problems": known + [f"{path.name}: {failed[path]}" for path in pending]})

    def _progress(self, done: int, total: int, title: str) -> None:
        sentence = f"Compiling kernels, only this once: {done} of {total} ({title})"
        self._say({"say": "progress", "done": done, "total": total, "sentence": sentence})

    def _trying(self, done: int, total: int, title: str) -> None:
        sentence = f"Trying new module files, each in a process of its own: {done} of {total} ({title})"
        self._say({"say": "progress", "done": done, "total": total, "sentence": sentence})

    def _report(self, module: str, sentence: str) -> None:
        self._say({"say": "failed_module", "module": module, "sentence": sentence})


def _open_channel() -> tuple[BinaryIO, Callable[[wire.Message], None]]:
    """The pipe to the server; whatever libraries print goes to stderr instead."""
    outgoing = os.fdopen(os.dup(1), "wb", buffering=0)
    incoming = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)

    def say(message: dict[str, Any]) -> None:
        outgoing.write(wire.pack(message))

    return incoming, say


def _read_all(stream: BinaryIO, inbox: queue.SimpleQueue[wire.Message | None]) -> None:
    while (message := wire.read(stream)) is not None:
        inbox.put(message)
    inbox.put(None)
