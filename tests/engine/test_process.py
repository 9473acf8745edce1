"""The engine as the server runs it: a process on the clock driver, spoken to over pipes, heard through the ring."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synthvr_server.engine import wire
from synthvr_server.engine.offline import offline
from synthvr_server.engine.priority import AUDIO, EDITING
from synthvr_server.engine.ring import Rings
from synthvr_server.engine.workshop import find_modules, open_workshop
from synthvr_server.patch.difference import difference
from synthvr_server.patch.model import Patch, PlacedModule
from tests.rig import cable

BLOCK = 64
PATIENCE = 100.0

VOICE = Patch(
    modules={
        "keys": PlacedModule(type="keys", knobs={"voices": 3}),
        "osc": PlacedModule(type="vco", knobs={}),
        "filter": PlacedModule(type="ladder", knobs={"resonance": 0.7, "cutoff": 900}),
        "contour": PlacedModule(type="adsr"),
        "amp": PlacedModule(type="vca"),
        "echo": PlacedModule(type="delay", knobs={"time": 0.05}),
        "drone": PlacedModule(type="vco", knobs={"frequency": -12}),
        "out": PlacedModule(type="output"),
    },
    cables={
        "1": cable("keys", "pitch", "osc", "pitch"),
        "2": cable("keys", "gate", "contour", "gate"),
        "3": cable("osc", "saw", "filter", "audio"),
        "4": cable("filter", "out", "amp", "audio"),
        "5": cable("contour", "env", "amp", "cv"),
        "6": cable("amp", "out", "echo", "audio"),
        "7": cable("echo", "out", "out", "left"),
        "8": cable("drone", "saw", "out", "right"),
    },
)
NOTES = ((60, 0.0, 0.8, 0), (64, 4 / 12, 0.5, 1001), (67, 7 / 12, 1.0, 7777), (60, 0.0, 0.0, 12_000))


class EngineProcess:
    def __init__(self, library: Path, standby: bool = False, driver: str = "clock") -> None:
        self.rings_file = Rings.create_file()
        command = [sys.executable, "-m", "synthvr_server.engine", "--driver", driver, "--rate", "48000"]
        command += ["--block", str(BLOCK), "--rings", str(self.rings_file), "--library", str(library)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.rings = Rings(self.rings_file)
        self.say(do="prepare", first=[placed.type for placed in VOICE.modules.values()], standby=standby)
        if not standby:
            self.say(do="play")

    def say(self, **message: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(wire.pack(message))
        self.process.stdin.flush()

    def hear(self, what: str) -> wire.Message:
        assert self.process.stdout is not None
        while (message := wire.read(self.process.stdout)) is not None:  # type: ignore[arg-type]
            if message["say"] == what:
                return message
        raise AssertionError(f"the engine ended without saying {what!r}")

    def edit(self, old: Patch, new: Patch) -> None:
        commands = [command.model_dump(mode="json", by_alias=True) for command in difference(old, new)]
        self.say(do="edit", commands=commands)

    def record(self, until: int) -> tuple[int, np.ndarray]:
        """The master output from its first sound to frame ``until``; waits for the engine to get there."""
        position, start, pieces = 0, None, []
        deadline = time.monotonic() + PATIENCE
        while position < until:
            assert time.monotonic() < deadline
            self.hear("meters")  # 30 times a second; the ring holds 20 of these
            begin, piece = self.rings.read(0, position)
            assert begin == position or start is None
            position = begin + len(piece)
            pieces.append(piece)
            if start is None and piece.any():
                start = begin
                pieces = [piece]
        assert start is not None
        return start, np.concatenate(pieces)[: until - start]

    def close(self) -> int:
        self.say(do="stop")
        code = self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self.rings_file.unlink()
        return code


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    running = EngineProcess(tmp_path)
    yield running
    if running.process.poll() is None:
        assert running.close() == 0


def test_live_and_offline_give_the_same_samples_for_the_same_events(engine: EngineProcess) -> None:
    engine.hear("started")
    engine.edit(Patch(), VOICE)
    first, piece = engine.record(int(engine.rings.end[0]) + 6400)
    start = first + int(np.flatnonzero(piece[:, 1])[0]) // BLOCK * BLOCK  # where the drone began
    base = int(engine.rings.end[0]) + 9600
    for number, pitch, velocity, after in NOTES:
        engine.say(do="note", module="keys", number=number, pitch=pitch, velocity=velocity, at=base + after)
    begin, live = engine.record(base + 24_000)
    begin, live = max(begin, start), live[max(start - begin, 0) :]

    workshop = open_workshop(find_modules(None), lambda *_: None, {placed.type for placed in VOICE.modules.values()})
    with offline(workshop, 48_000, BLOCK) as same:
        same.play(start // BLOCK)
        same.graph.become(VOICE)
        for number, pitch, velocity, after in NOTES:
            same.graph.note("keys", (number, pitch, velocity * 10), base + after)
        sound = same.play((base + 24_000 - start) // BLOCK + 1)
    rendered = sound[begin - start : base + 24_000 - start]
    assert np.abs(rendered[-12_000:, 0]).max() > 0.05, "the notes are heard"
    np.testing.assert_array_equal(live, rendered)


def test_the_engine_says_what_it_can_play_before_anything_else(engine: EngineProcess) -> None:
    assert engine.process.stdout is not None
    message = wire.read(engine.process.stdout)  # type: ignore[arg-type]
    assert message is not None
    assert message["say"] == "catalogue"
    assert "vco" in {module["id"] for module in message["modules"]}


def test_a_module_of_the_users_own_that_does_not_compile_is_left_out_and_the_rest_plays(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "wrong.py").write_text(
        '"""Wrong"""\n'
        "from synthvr_server.module import Module, Output, kernel\n"
        "class Wrong(Module):\n"
        '    """Adds text to a number."""\n'
        '    title = "Wrong"\n'
        '    out = Output("Out")\n'
        "    @kernel\n"
        "    def process(out):\n"
        '        out[0, 0] = out[0, 0] + "volts"\n'
    )
    running = EngineProcess(tmp_path)
    try:
        (problem,) = running.hear("catalogue")["problems"]
        assert problem.startswith("wrong.py: the kernel in wrong.py (line 9) does not compile")
        running.hear("started")
        running.edit(Patch(), Patch(modules={"w": PlacedModule(type="wrong"), **VOICE.modules}))
        deadline = time.monotonic() + PATIENCE
        while "osc" not in wire.unpack_meters(running.hear("meters"))["modules"]:
            assert time.monotonic() < deadline
    finally:
        assert running.close() == 0


def test_an_engine_that_stands_by_opens_nothing_and_plays_as_soon_as_it_is_told_to(tmp_path: Path) -> None:
    find_modules(None)
    waiting = EngineProcess(tmp_path, standby=True)
    try:
        waiting.hear("prepared")
        opened = Path(f"/proc/{waiting.process.pid}/fd")
        if opened.is_dir():
            assert not [file for file in opened.iterdir() if "/snd/" in str(file.readlink())]
        assert not waiting.rings.end[0]
        waiting.say(do="play")
        waiting.hear("started")
        waiting.hear("complete")
        waiting.edit(Patch(), VOICE)
        _, piece = waiting.record(6400)
        assert piece.any()
    finally:
        assert waiting.close() == 0


def test_an_engine_that_stands_by_ends_with_its_server(tmp_path: Path) -> None:
    waiting = EngineProcess(tmp_path, standby=True)
    waiting.hear("prepared")
    assert waiting.process.stdin is not None
    waiting.process.stdin.close()
    assert waiting.process.wait(PATIENCE) == 0
    waiting.rings_file.unlink()


def test_a_driver_that_cannot_be_opened_is_said_and_tried_again(tmp_path: Path) -> None:
    """JACK is not there, or, on a musician's machine, plays."""
    engine = EngineProcess(tmp_path, driver="jack")
    assert engine.process.stdout is not None
    while (message := wire.read(engine.process.stdout)) is not None:  # type: ignore[arg-type]
        if message["say"] in ("no_driver", "started"):
            break
    assert message is not None
    if message["say"] == "no_driver":
        assert "'jack' could not be opened" in message["sentence"]
        assert engine.hear("no_driver") == message
    assert engine.close() == 0


def _may_ask_for_priority() -> bool:
    code = "import os; os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _may_ask_for_priority(), reason="the system grants no real-time priority")
def test_sound_comes_before_edits_and_edits_before_other_programs(engine: EngineProcess) -> None:
    engine.hear("meters")
    threads = [int(task.name) for task in Path(f"/proc/{engine.process.pid}/task").iterdir()]
    priorities = {thread: os.sched_getparam(thread).sched_priority for thread in threads}
    assert priorities[engine.process.pid] == EDITING
    assert sorted(priorities.values())[-2:] == [EDITING, AUDIO]


def test_the_engine_ends_when_the_server_hangs_up(engine: EngineProcess) -> None:
    engine.hear("started")
    assert engine.process.stdin is not None
    engine.process.stdin.close()
    assert engine.process.wait(PATIENCE) == 0
    engine.rings_file.unlink()
