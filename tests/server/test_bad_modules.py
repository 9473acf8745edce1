"""The whole server, the real engine: whatever is in the folder of a user's modules, the patch plays on."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.engine import link
from synthvr_server.engine.child import EngineSettings
from synthvr_server.engine.workshop import find_modules
from synthvr_server.patch.library import Library
from synthvr_server.server.app import Options
from tests.engine.bad_modules import FILES, GOOD, LATE, play_of
from tests.server.running import Talker, running

PLAYS = 200  # blocks, after which the engine surely plays
TORN = ("hang_at_import", "leave_at_import", "wrong_kind", "syntax", "import_in_a_kernel")  # the quick ones of the zoo
GREEDY = play_of("self.all += [bytearray(1 << 25)] if self.blocks > 600 else []", "self.all = []")


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


@pytest.fixture(scope="module", autouse=True)
def _our_own_are_compiled() -> None:
    """Else it is done in the middle of a test."""
    find_modules(None)


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
async def test_names_that_are_no_text_keep_nobody_from_playing(tmp_path: Path) -> None:
    write(tmp_path, {"fine": GOOD})
    no_text = Path(os.fsdecode(os.fsencode(tmp_path / "modules") + b"/\xff"))
    try:
        no_text.mkdir()
    except OSError:
        pytest.skip("this file system takes text only")
    for path in (no_text / "inside.py", no_text.with_suffix(".py")):
        path.write_text(GOOD)
    async with running(tmp_path, options(tmp_path)) as server, server.client() as ada:
        assert {"fine", "vco"} <= {info["id"] for info in ada.welcome["catalogue"]}
        assert {problem.partition(": ")[0] for problem in ada.welcome["problems"]} == {"inside.py", "?.py"}


@pytest.mark.timeout(300)
async def test_a_file_whose_trial_takes_long_keeps_nobody_waiting_and_comes_when_it_has_passed(tmp_path: Path) -> None:
    write(tmp_path, {"slow": GOOD + '\ntime.sleep(14 if "tried" in sys.argv[0] else 0)\n'})
    async with running(tmp_path, options(tmp_path)) as server, server.client() as ada:
        assert "slow.py: is still being tried" in ada.welcome["problems"]
        assert "slow" not in {info["id"] for info in ada.welcome["catalogue"]}
        change = await ada.hear("catalogue")
        while "slow" not in {info["id"] for info in change["modules"]}:
            change = await ada.hear("catalogue")  # that was one of ours, whose kernel had to be compiled
        assert change["problems"] == []
        await ada.edit({"do": "add_module", "id": "mine", "module": {"type": "slow"}})
        await ada.say(type="subscribe", id=9, stream="meters")
        while "mine" not in (await ada.hear("meters"))["modules"]:
            continue
        assert len([sentence for sentence in server.said if sentence.startswith("Playing")]) == 1, "without a gap"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("does", "did"), [("os._exit(3)", "die (exit code 3)"), ("time.sleep(1e6)", "hang")])
async def test_a_file_that_does_its_worst_only_as_the_engine_loads_it_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, did: str
) -> None:
    monkeypatch.setattr(link, "SILENCE_LOADING", 3.0)
    write(tmp_path, {"sly": GOOD + f'\nif "tried" not in sys.argv[0]: {does}\n', "good": GOOD})
    async with running(tmp_path, options(tmp_path)) as server, server.client() as ada:
        assert ada.welcome["problems"] == ["sly.py: has made the engine hang or die as it was loaded, and is left out"]
        assert {"good", "vco"} <= {info["id"] for info in ada.welcome["catalogue"]}
        sentence = f"A file has made the engine {did} as it was loaded: it is left out until it changes."
        assert f"{sentence} The engine is started again." in server.said
        await ada.say(type="subscribe", id=9, stream="meters")
        await plays(ada)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("late_hang", r"Zoo \(late_hang.py, line 19\) has made the engine hang"),
        ("late_slow", r"Zoo has stopped playing: it takes \d+ ms for a block that lasts 1\.3 ms"),
        ("late_exit", r"Zoo \(late_exit.py\) has made the engine die \(exit code 3\)"),
        ("late_kernel", r"Zoo \(late_kernel.py\) has made the engine hang"),
        ("greedy", r"Zoo (has stopped playing: MemoryError \(greedy|.* has made the engine take more than 900 MB)"),
    ],
)
async def test_a_module_that_does_its_worst_later_is_left_out_and_the_patch_plays_on(
    tmp_path: Path, name: str, words: str
) -> None:
    write(tmp_path, {name: LATE.get(name, GREEDY)})
    memory = 900 << 20 if name == "greedy" else None
    async with running(tmp_path, options(tmp_path, memory=memory)) as server, server.client() as ada:
        await ada.say(type="subscribe", id=9, stream="meters")
        await plays(ada)
        add = [{"do": "add_module", "id": mine, "module": {"type": name}} for mine in ("mine", "mine2")]
        await ada.say(type="edit", id=1, commands=add)
        failed = [await ada.hear("module_failed") for _ in add]
        assert {failure["module"] for failure in failed} == {"mine", "mine2"}
        assert all(re.match(words, failure["sentence"]) for failure in failed), failed
        await plays(ada)
        assert any(re.search(words, sentence) for sentence in server.said)
        await ada.say(type="edit", id=2, commands=[{"do": "remove_module", "id": "mine"}])
        await ada.hear("batch")
        await plays(ada)
