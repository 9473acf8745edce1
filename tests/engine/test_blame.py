"""Who is left out for what the engine did, and until when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synthvr_server.engine.blame import Blame, OwnFile
from synthvr_server.engine.ring import Rings, mark_of
from synthvr_server.engine.watchdog import LOOK, NO_BLOCK, Watchdog
from synthvr_server.patch.model import Patch, PlacedModule
from tests.patch.examples import CATALOGUE

OWN = OwnFile("/music/modules/amp.py", "1")
PATCH = Patch(modules={name: PlacedModule(type=kind) for name, kind in (("a", "amp"), ("b", "amp"), ("o", "osc"))})
TRACEBACK = """Current thread 0x1 (most recent call first):
  File "/lib/python/threading.py", line 9 in wait
  File "/music/modules/amp.py", line 14 in play
  File "/music/modules/amp.py", line 3 in <module>
"""


@pytest.fixture
def rings() -> Iterator[Rings]:
    path = Rings.create_file()
    yield Rings(path)
    path.unlink()


@pytest.fixture
def blame() -> Blame:
    fresh = Blame()
    fresh.learn(CATALOGUE.values(), {"amp": OWN})
    return fresh


def test_all_modules_of_a_users_file_are_left_out_and_its_line_is_named(blame: Blame, rings: Rings) -> None:
    rings.playing[0] = mark_of("b")
    sentence = blame.accuse(rings, PATCH, "hang", TRACEBACK)
    title = CATALOGUE["amp"].title
    assert sentence is not None
    assert sentence.startswith(f"{title} (amp.py, line 14) has made the engine hang: it is left out until its file")
    assert blame.sentences == {"a": sentence, "b": sentence}


def test_of_a_type_that_we_ship_only_the_module_that_did_it_is_left_out(rings: Rings) -> None:
    blame = Blame()
    blame.learn(CATALOGUE.values(), {})
    rings.playing[0] = mark_of("b")
    blame.accuse(rings, PATCH, "die (SIGSEGV)", "")
    assert set(blame.sentences) == {"b"}


def test_who_was_being_made_comes_before_who_was_playing(blame: Blame, rings: Rings) -> None:
    rings.playing[0], rings.making[0] = mark_of("o"), mark_of("a")
    blame.accuse(rings, PATCH, "hang", "")
    assert set(blame.sentences) == {"a", "b"}


def test_between_two_blocks_it_was_nobody(blame: Blame, rings: Rings) -> None:
    assert blame.accuse(rings, PATCH, "hang", TRACEBACK) is None
    rings.playing[0] = mark_of("somebody who has left")
    assert blame.accuse(rings, PATCH, "hang", TRACEBACK) is None
    assert not blame.sentences


def test_it_is_tried_again_when_its_file_changes(blame: Blame) -> None:
    blame.suspend("a", PATCH, "hang")
    blame.learn(CATALOGUE.values(), {"amp": OWN})
    assert blame.sentences
    blame.learn(CATALOGUE.values(), {"amp": OwnFile(OWN.path, "2")})
    assert not blame.sentences


def test_it_is_tried_again_when_it_has_left_the_patch_or_is_of_another_type(blame: Blame) -> None:
    blame.suspend("a", PATCH, "hang")
    others = {"a": PlacedModule(type="osc"), "o": PATCH.modules["o"]}
    blame.follow(PATCH)
    assert set(blame.sentences) == {"a", "b"}
    blame.follow(Patch(modules=others))
    assert not blame.sentences


def looks(watchdog: Watchdog, frames: int) -> int:
    """How many looks at a count that stands still it takes."""
    return next(number for number in range(10_000) if watchdog.hangs(frames))


def test_an_engine_hangs_when_it_finishes_no_block_for_two_seconds() -> None:
    watchdog = Watchdog(first=10.0)
    assert not any(watchdog.hangs(64 * number) for number in range(1000))
    assert looks(watchdog, 64_000) * LOOK == pytest.approx(NO_BLOCK, abs=2 * LOOK)


def test_the_first_block_may_take_as_long_as_a_sound_card_takes_to_wake_up() -> None:
    assert looks(Watchdog(first=10.0), 0) * LOOK == pytest.approx(10.0, abs=2 * LOOK)
