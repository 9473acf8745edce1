"""The link: an engine that plays, one that dies, one that hangs, one that cannot start."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.engine import child, standby, watchdog
from synthvr_server.engine import link as module
from synthvr_server.engine.child import Child, EngineSettings
from synthvr_server.engine.link import EngineLink
from synthvr_server.engine.ring import Rings
from synthvr_server.patch.catalogue import ModuleInfo
from synthvr_server.patch.commands import RemoveModule, apply
from synthvr_server.patch.model import Patch
from synthvr_server.protocol.server_messages import EngineStatus, Meters, ModuleFailed
from tests.patch.examples import CATALOGUE, add, turn, two_amplifiers
from tests.server.running import fake_engine


class Ear:
    """Hears what the link tells, and lets a test wait for it."""

    def __init__(self, link: EngineLink) -> None:
        self.link = link
        self.states: asyncio.Queue[EngineStatus] = asyncio.Queue()
        self.engine_heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.modules: list[str] = []
        self.problems: list[str] = []
        self.meters = asyncio.Event()
        self.rings: Rings | None = None

    def engine_knows(self, modules: Sequence[ModuleInfo], problems: Sequence[str]) -> None:
        self.modules, self.problems = [info.id for info in modules], list(problems)

    def engine_is(self, status: EngineStatus) -> None:
        self.states.put_nowait(status)

    def engine_started(self, rings: Rings, rate: int) -> None:
        assert rate == 48_000
        self.rings = rings

    def engine_measured(self, _meters: Meters) -> None:
        self.meters.set()

    def module_failed(self, failure: ModuleFailed) -> None:
        self.engine_heard.put_nowait(ast.literal_eval(failure.sentence))

    async def until(self, state: str) -> EngineStatus:
        while (status := await self.states.get()).state != state:
            continue
        return status


Start = Callable[..., Awaitable[Ear]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    started: list[tuple[EngineLink, asyncio.Task[None]]] = []

    async def start_one(
        behaviour: str,
        patch: Patch | None = None,
        restarts: Sequence[float] = (0.0, 0.0),
        library: Path | None = None,
    ) -> Ear:
        link = EngineLink(replace(fake_engine(behaviour), library=library), patch or two_amplifiers(), restarts)
        ear = Ear(link)
        started.append((link, asyncio.create_task(link.run(ear))))
        return ear

    yield start_one
    for link, task in started:
        await link.stop()
        await task


async def test_an_engine_that_starts_gets_the_whole_patch(start: Start) -> None:
    ear = await start("plays")
    status = await ear.until("playing")
    assert (status.driver, status.rate, status.sentence) == ("clock", 48_000, "Playing.")
    heard = await ear.engine_heard.get()
    assert [command["do"] for command in heard["commands"]] == ["add_module", "add_module", "connect", "describe"]
    assert (ear.modules, ear.problems) == (list(CATALOGUE), ["x.py: bad"])


async def test_progress_is_told_while_it_starts(start: Start) -> None:
    ear = await start("plays")
    sentences = [(await ear.states.get()).sentence for _ in range(3)]
    assert sentences == ["The engine starts.", "Compiling kernels.", "Playing."]


async def test_an_engine_that_plays_does_not_start_whatever_it_still_tries(start: Start) -> None:
    ear = await start("tries", Patch())
    await ear.until("playing")
    while await ear.engine_heard.get() != "told":
        continue
    assert ear.states.empty()


async def test_everything_said_to_it_arrives_in_order(start: Start) -> None:
    ear = await start("plays", Patch())
    await ear.until("playing")
    ear.link.edit(two_amplifiers(), [add("a")])
    ear.link.note("a", 60, 0.5, 1.0, 480)
    ear.link.tap(1, "a", "out")
    ear.link.untap(1)
    heard = [await ear.engine_heard.get() for _ in range(4)]
    assert [message["do"] for message in heard] == ["edit", "note", "tap", "untap"]
    assert heard[1] == {"do": "note", "module": "a", "number": 60, "pitch": 0.5, "velocity": 1.0, "at": 480}


async def test_of_many_turns_the_newest_arrives_and_before_the_next_edit(start: Start) -> None:
    ear = await start("plays", Patch())
    await ear.until("playing")
    for value in range(100):
        ear.link.turn("a", "level", float(value))
    ear.link.edit(two_amplifiers(), [turn("a", 1.0)])
    heard = [await ear.engine_heard.get() for _ in range(2)]
    assert [message["do"] for message in heard] == ["turn", "edit"]
    assert heard[0]["value"] == 99.0


async def test_a_turn_arrives_without_waiting_for_an_edit(start: Start) -> None:
    ear = await start("plays", Patch())
    await ear.until("playing")
    ear.link.turn("a", "level", 5.0)
    assert (await ear.engine_heard.get())["value"] == 5.0


async def test_an_engine_that_dies_is_rebuilt_from_the_patch_as_it_is_now(start: Start) -> None:
    ear = await start("plays")
    await ear.until("playing")
    await ear.engine_heard.get()
    poisoned = apply(two_amplifiers(), add("poison"))
    ear.link.edit(poisoned, [add("poison")])
    status = await ear.until("starting")
    assert "The engine has died (exit code 3). It is started again." in status.sentence
    ear.link.edit(two_amplifiers(), [RemoveModule(id="poison")])
    await ear.until("playing")


async def test_an_engine_that_keeps_dying_is_given_up_until_the_patch_changes(start: Start) -> None:
    ear = await start("plays", apply(two_amplifiers(), add("poison")))
    status = await ear.until("failed")
    assert "tried again when the patch changes" in status.sentence
    ear.link.edit(two_amplifiers(), [RemoveModule(id="poison")])
    await ear.until("playing")


async def test_a_driver_that_cannot_be_opened_is_told_once_without_its_chatter_and_tried_again(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    ear = await start("refuses")
    states = [(await ear.states.get()).state for _ in range(4)]
    assert states == ["starting", "starting", "failed", "playing"]
    assert ear.link.ready.is_set()
    assert "chatter of a driver" not in caplog.text


async def waits(link: EngineLink) -> Child:
    """The engine that stands by, once it is ready."""
    while not link._standby.is_ready:
        await asyncio.sleep(0.01)
    assert link._standby._child is not None
    return link._standby._child


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "REST", 0.0)
    monkeypatch.setattr(standby, "LOOK_AGAIN", 0.05)


@pytest.mark.usefixtures("at_once")
async def test_when_the_engine_dies_the_one_that_waits_plays_the_whole_patch(start: Start) -> None:
    ear = await start("plays", restarts=(1e6, 1e6))  # s: nobody waits for that
    await ear.until("playing")
    await ear.engine_heard.get()
    for _ in range(2):
        assert ear.link._child is not None
        waiting = await waits(ear.link)
        ear.link._child.kill()
        status = await ear.until("starting")
        assert "The engine has died (SIGKILL). It is started again." in status.sentence
        await ear.until("playing")
        heard = await ear.engine_heard.get()
        assert [command["do"] for command in heard["commands"]] == ["add_module", "add_module", "connect", "describe"]
        assert ear.link._child is waiting
        assert ear.rings is waiting.rings


@pytest.mark.usefixtures("at_once")
async def test_an_engine_that_waits_is_another_when_module_files_have_changed(start: Start, tmp_path: Path) -> None:
    ear = await start("plays", library=tmp_path)
    first = await waits(ear.link)
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "new.py").write_text("")
    while ear.link._standby._child is first:
        await asyncio.sleep(0.01)
    await waits(ear.link)
    (tmp_path / "modules" / "new.py").write_text("# changed again")
    assert await ear.link._standby.take() is None, "nor is one taken that has not been replaced yet"


@pytest.mark.usefixtures("at_once")
async def test_no_engine_waits_any_more_when_the_server_ends(start: Start) -> None:
    ear = await start("plays")
    waiting = await waits(ear.link)
    await ear.link.stop()
    while waiting.rings.path.exists():
        await asyncio.sleep(0.01)
    assert waiting._process.returncode is not None


async def test_an_engine_that_hangs_is_started_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE_PLAYING", 0.2)
    ear = await start("hangs")
    await ear.until("playing")
    assert "hangs" in (await ear.until("starting")).sentence


async def test_an_engine_that_goes_on_talking_but_plays_no_more_is_started_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "NO_BLOCK", 0.2)
    ear = await start("plays")
    await ear.until("playing")
    while ear.rings is None or not ear.rings.end[0]:
        await asyncio.sleep(0)
    ear.link.edit(apply(two_amplifiers(), add("syrup")), [add("syrup")])
    assert "The engine hangs. It is started again." in (await ear.until("starting")).sentence


@pytest.mark.parametrize(
    ("behaviour", "name", "did"),
    [
        ("guilty", "poison", "die (exit code 3)"),
        ("guilty", "syrup", "hang"),
        ("forks", "poison", "die (exit code 3)"),
        ("lets_go", "poison", "die (it has closed its pipes)"),
    ],
)
async def test_the_module_that_did_it_is_named_and_left_out_and_the_rest_plays_on(
    start: Start, monkeypatch: pytest.MonkeyPatch, behaviour: str, name: str, did: str
) -> None:
    monkeypatch.setattr(child, "STOPPING", 0.3)
    monkeypatch.setattr(watchdog, "NO_BLOCK", 0.2)
    monkeypatch.setattr(module, "SILENCE_PLAYING", 0.5)
    guilty = apply(two_amplifiers(), add(name))
    ear = await start(behaviour, guilty, restarts=())  # and that counts as no death
    status = await ear.until("starting")
    while "has made" not in status.sentence:
        status = await ear.until("starting")
    title = CATALOGUE["amp"].title
    sentence = f"{title} has made the engine {did}: it is left out until it is removed and added anew."
    assert status.sentence == f"{sentence} The engine is started again."
    await ear.until("playing")
    while (heard := await ear.engine_heard.get())["do"] != "suspend":
        continue
    assert heard["modules"] == {name: sentence}
    ear.link.edit(two_amplifiers(), [RemoveModule(id=name)])
    ear.link.edit(guilty, [add(name)])
    assert ear.link.suspended == {}


async def test_an_engine_that_was_killed_from_outside_blames_nobody(start: Start) -> None:
    ear = await start("guilty", apply(two_amplifiers(), add("syrup")))
    await ear.until("playing")
    while ear.rings is None or not ear.rings.playing[0]:
        await asyncio.sleep(0)
    assert ear.link._child is not None
    ear.link._child.kill()
    assert "The engine has died (SIGKILL). It is started again." in (await ear.until("starting")).sentence


async def test_an_engine_that_talks_nonsense_is_started_again(start: Start) -> None:
    ear = await start("babbles")
    await ear.until("playing")
    assert "makes no sense" in (await ear.until("starting")).sentence


async def test_its_last_words_are_logged(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    ear = await start("dies")
    await ear.until("failed")
    assert "Segmentation fault, so to speak" in caplog.text


async def test_a_program_that_is_not_there_is_a_failed_engine() -> None:
    link = EngineLink(EngineSettings(program=("/nowhere/synthvr-engine",)), Patch(), restarts=())
    ear = Ear(link)
    running = asyncio.create_task(link.run(ear))
    status = await ear.until("failed")
    assert "cannot be started" in status.sentence
    await link.stop()
    await running


async def test_the_rings_are_shared_and_gone_at_the_end(start: Start) -> None:
    ear = await start("plays")
    await ear.until("playing")
    await ear.meters.wait()
    assert ear.rings is not None
    assert ear.rings.end[0] > 0
    path = Path(ear.rings.path)
    await ear.link.stop()
    while path.exists():
        await asyncio.sleep(0)


async def test_what_is_said_while_no_engine_plays_is_dropped_because_the_patch_says_it_all(start: Start) -> None:
    ear = await start("plays", Patch())
    ear.link.edit(two_amplifiers(), [add("a"), add("b")])
    ear.link.turn("a", "level", 5.0)
    ear.link.note("a", 60, 0.0, 1.0, None)
    ear.link.tap(1, "a", "out")
    await ear.until("playing")
    heard = await ear.engine_heard.get()
    assert heard["do"] == "edit"
    assert len(heard["commands"]) == 4
