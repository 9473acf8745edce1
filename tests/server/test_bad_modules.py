"""The whole server, the real engine: whatever is in the folder of a user's modules, the patch plays on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.engine import trial
from synthvr_server.engine.child import EngineSettings
from synthvr_server.patch.library import Library
from synthvr_server.server.app import Options
from tests.engine.bad_modules import FILES, LATE, play_of
from tests.server.running import Running, Talker, running

PLAYS = 200  # blocks, after which the engine surely plays
TORN = ("hang_at_import", "leave_at_import", "wrong_kind", "syntax", "import_in_a_kernel")  # the quick ones of the zoo
GREEDY = play_of("self.all = getattr(self, 'all', []) + [bytearray(1 << 25)] if self.blocks > 600 else None")


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    (folder / "modules").mkdir()
    for name, text in files.items():
        (folder / "modules" / f"{name}.py").write_bytes(text if isinstance(text, bytes) else text.encode())


def options(folder: Path, **settings: Any) -> Options:
    engine = EngineSettings(driver="clock", library=folder, **settings)
    return Options(patch=Library(folder).load("first-light"), engine=engine)


async def plays(talker: Talker) -> None:
    """Wait until the engine has played on for a while."""
    first = (await talker.hear("meters"))["blocks"]
    while (meters := await talker.hear("meters"))["blocks"] < first + PLAYS:
        first = min(first, meters["blocks"])  # another engine


async def until_said(server: Running, words: str) -> None:
    while not any(words in sentence for sentence in server.said):
        await asyncio.sleep(0.05)


@pytest.mark.timeout(300)
async def test_files_that_hang_die_or_lie_keep_nobody_from_playing(tmp_path: Path) -> None:
    write(tmp_path, {name: FILES[name][0] for name in TORN})
    async with running(tmp_path, options(tmp_path)) as server, server.client() as ada:
        assert {"vco", "output"} <= {info["id"] for info in ada.welcome["catalogue"]}
        assert sorted(problem.partition(".py: ")[0] for problem in ada.welcome["problems"]) == sorted(TORN)
        await ada.say(type="subscribe", id=9, stream="meters")
        await plays(ada)
        assert "\x1b" not in "".join(server.said)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("late_hang", "Zoo (late_hang.py, line 19) has made the engine hang"),
        ("late_exit", "Zoo (late_exit.py) has made the engine die (exit code 3)"),
        ("late_kernel", "Zoo (late_kernel.py) has made the engine hang"),
        ("greedy", "Zoo (greedy.py) has made the engine take more than 900 MB of memory"),
    ],
)
async def test_a_module_that_does_its_worst_later_is_left_out_and_the_patch_plays_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.setattr(trial, "cache_folder", lambda: tmp_path / "cache")
    write(tmp_path, {name: LATE.get(name, GREEDY)})
    memory = 900 << 20 if name == "greedy" else None
    async with running(tmp_path, options(tmp_path, memory=memory)) as server, server.client() as ada:
        await ada.say(type="subscribe", id=9, stream="meters")
        await plays(ada)
        add = [{"do": "add_module", "id": mine, "module": {"type": name}} for mine in ("mine", "mine2")]
        await ada.say(type="edit", id=1, commands=add)
        failed = [await ada.hear("module_failed") for _ in add]
        assert {failure["module"] for failure in failed} == {"mine", "mine2"}
        assert all(failure["sentence"].startswith(words) for failure in failed)
        await plays(ada)
        assert any(f"{words}: it is left out" in sentence for sentence in server.said)
        await ada.say(type="edit", id=2, commands=[{"do": "remove_module", "id": "mine"}])
        await ada.hear("batch")
        await plays(ada)
