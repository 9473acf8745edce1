"""``python -m synthvr_server.engine.tried FILE LIMITS``: the process in which a module file is tried (see trial).

It says on stdout which step it takes, ``{"step": "load"}``, and at the end ``{"problem": "", "final": true}``. A file
that hangs is ended by the system when its step has used up its time; faulthandler then writes to stderr where that was.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from ..errors import ModuleDeclarationError
from ..module import Knob, Module, Output
from ..patch.model import Cable, Jack, Patch, PlacedModule
from .compile import compile_kernel
from .discovery import check_info, load_module_file
from .kernel_trial import try_kernel
from .master import Master
from .offline import Offline, offline
from .python_node import SLOWEST
from .whereabouts import place, told
from .workshop import MASTER, Workshop

MEMORY = 2 << 30  # bytes that a module may take beside the libraries
RATE, BLOCK, BLOCKS = 48_000, 64, 40
TRIED, FEED = "tried", "feed"  # ids, and types


class Feed(Module):
    """Noise for every input of the module under trial."""

    title = "Feed"
    channels = "width"
    width = Knob("Width", 1, 16, 1)
    out = Output("Out", "audio")

    def prepare(self) -> None:
        """Make the noise."""
        self.noise = np.random.default_rng(1).uniform(-5, 5, (self.block, self.voices)).astype(np.float32)

    def play(self, **blocks: Any) -> None:
        """The same in every block."""
        blocks["out"][:] = self.noise


class TooSlowError(ModuleDeclarationError):
    """A module cannot play in time on this machine."""


class Trial:
    """Takes a file through all steps. ``limits``: step → s of processor time, s on the clock."""

    def __init__(
        self, path: Path, limits: dict[str, tuple[int, int]], dump: int, say: Callable[[dict[str, Any]], None]
    ) -> None:
        """``dump``: the file into which it is written where a step hung."""
        self._path, self._limits, self._dump, self._say = path, limits, dump, say

    def step(self, name: str, line: int | None = None) -> None:
        """A step begins: it has so much time, and the parent knows. ``line``: of the kernel that runs in it."""
        self._say({"step": name, "line": line})
        processor, clock = self._limits[name]
        faulthandler.dump_traceback_later(clock, exit=True, file=self._dump)
        with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits but the clock's
            import resource

            used = resource.getrusage(resource.RUSAGE_SELF)
            _, most = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + processor, most))

    def run(self) -> None:
        """Raises what the file raises."""
        self.step("load")
        cls = load_module_file(self._path)
        check_info(TRIED, "user", cls)
        if cls.abstract:
            return
        kernels = {}
        if cls.process is not None:
            self.step("compile")
            kernels[TRIED] = compile_kernel(cls)
            run_checked = try_kernel(cls)
            self.step("play", cls.process.function.__code__.co_firstlineno)
            run_checked()
        self.step("make")
        kernels[MASTER] = compile_kernel(Master)
        workshop = Workshop({TRIED: cls, FEED: Feed}, kernels)
        problems: list[str] = []
        with offline(workshop, RATE, BLOCK, lambda _, sentence: problems.append(sentence)) as engine:
            for patch in patches(cls):
                self.step("make")
                engine.graph.become(Patch())
                engine.play(BLOCKS)  # until what was there has faded out
                engine.graph.become(patch)
                self._play(engine, cls)
                if problems:
                    raise ModuleDeclarationError(problems[0])

    def _play(self, engine: Offline, cls: type[Module]) -> None:
        self.step("play")
        for jack in cls.declaration.outputs:
            engine.graph.watch(TRIED, jack)
        for number in range(3):
            engine.graph.note(TRIED, (60.0 + number, number / 12, 8.0), None)
        took = []
        for _ in range(BLOCKS):
            began = time.perf_counter()
            engine.play(1)
            took.append(time.perf_counter() - began)
        engine.graph.tidy()
        usual = float(np.median(took))  # a busy machine holds up a few of them
        if usual > SLOWEST * BLOCK / RATE:
            raise TooSlowError(f"takes {1000 * usual:.0f} ms for a block that lasts {1000 * BLOCK / RATE:.1f} ms")


def patches(cls: type[Module]) -> Iterator[Patch]:
    """The module alone with its knobs as they are, at the left and at the right; then fed with noise, mono and poly."""
    knobs = cls.declaration.knobs
    ends = [{}, {name: knob.minimum for name, knob in knobs.items()}, {name: k.maximum for name, k in knobs.items()}]
    for positions in ends:
        yield Patch(modules={TRIED: PlacedModule(type=TRIED, knobs=positions)})
    source = Jack(module=FEED, jack="out")
    cables = {jack: Cable(source=source, target=Jack(module=TRIED, jack=jack)) for jack in cls.declaration.inputs}
    for width in (1.0, 16.0):
        modules = {FEED: PlacedModule(type=FEED, knobs={"width": width}), TRIED: PlacedModule(type=TRIED)}
        if cables:
            yield Patch(modules=modules, cables=cables)


def main(path: Path, limits: dict[str, tuple[int, int]]) -> None:
    """Be the child."""
    leave = os._exit
    answers, dump = os.fdopen(os.dup(1), "w", encoding="utf-8"), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a module prints is no answer, and may be endless
    os.dup2(nowhere, 2)

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    _limit(dump)
    threading.Thread(target=_end_with, args=(os.getppid(), leave), daemon=True).start()
    problem, final = "", True
    try:
        Trial(path, limits, dump, say).run()
    except ModuleDeclarationError as error:
        problem = str(error)
        final = not _is_the_machines(error)
    except MemoryError as error:
        problem = f"takes more than {MEMORY >> 20} MB of memory{place(error)}"
    except BaseException as error:  # whatever a module's own code raises
        problem, final = f"cannot be played: {told(error)}", not _is_the_machines(error)
    faulthandler.cancel_dump_traceback_later()
    say({"problem": problem, "final": final})
    leave(0)  # whatever threads and last wishes it has left behind


def _is_the_machines(error: BaseException) -> bool:
    """Whether another machine, or this one another day, could do with the same file."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ImportError | OSError | TooSlowError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _end_with(parent: int, leave: Callable[[int], Any]) -> None:
    """Nobody waits for the verdict when whoever began the trial was killed."""
    while os.getppid() == parent:
        time.sleep(1.0)
    leave(1)


def _limit(dump: int) -> None:
    """From here on so much more memory, and a word about how this process ends."""
    faulthandler.enable(dump)
    os._exit = _ended  # type: ignore[assignment]  # so that it is known who calls it
    os.fork = os.forkpty = _forked
    if hasattr(signal, "SIGXCPU"):
        faulthandler.register(signal.SIGXCPU, dump, all_threads=True, chain=True)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _ended(code: int) -> None:
    raise SystemExit(f"os._exit({code})")


def _forked() -> NoReturn:
    """Half an engine that lives on: it would hold the pipes, and nobody would know when the engine dies."""
    raise ModuleDeclarationError("a module cannot fork the process; start a program, or a thread")


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
