"""Who from the network may come in, while time stands still until a test moves it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from synthvr_server.protocol.client_messages import Hello
from synthvr_server.protocol.codec import MsgpackCodec
from synthvr_server.protocol.failures import CloseCode
from synthvr_server.protocol.limits import GUESSES
from synthvr_server.server.connection import LONGEST_REASON
from synthvr_server.server.devices import Devices
from synthvr_server.server.door import LOOK_EVERY, Door
from synthvr_server.server.outbox import Outbox
from synthvr_server.server.pairing import LONGEST_WAIT, Admission, NotPaired, Pairing
from tests.server.fakes import StillReactor

HOME, AWAY = "127.0.0.1", "192.168.1.30"


class Scene:
    """Pairing, and what it showed on the terminal."""

    def __init__(self, folder: Path) -> None:
        self.reactor = StillReactor()
        self.devices = Devices(folder / "devices")
        self.shown: list[tuple[str, str | None]] = []
        codes: Iterator[str] = (f"{number:06}" for number in count(111_111, 111_111))
        self.pairing = Pairing(
            self.devices,
            self.reactor.time,
            lambda sentence, code: self.shown.append((sentence, code)),
            lambda: next(codes),
        )
        self.door = Door(self.pairing, self.devices, self.reactor)

    def say(self, *, code: str = "", token: str = "", address: str = AWAY) -> Admission:
        return self.door.admit(Hello(protocol=1, name="Quest", kind="headset", code=code, token=token), address)

    def refusal(self, *, code: str = "", token: str = "") -> str:
        with pytest.raises(NotPaired) as refused:
            self.say(code=code, token=token)
        assert refused.value.close_code == CloseCode.NOT_PAIRED
        assert len(str(refused.value).encode()) <= LONGEST_REASON, "the whole sentence fits into a close frame"
        return str(refused.value)

    def guess_wrong(self) -> None:
        self.refusal(code="000000")
        self.reactor.pass_time(LONGEST_WAIT)

    def look(self) -> None:
        """Let the door look at who is still paired."""
        self.reactor.pass_time(LOOK_EVERY)
        self.reactor.finish_work()


def out_of_files(*_: object) -> NoReturn:
    raise OSError(errno.EMFILE, "Too many open files")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("address", [HOME, "::1", "127.1.2.3"])
def test_who_sits_at_the_machine_needs_neither_code_nor_token(scene: Scene, address: str) -> None:
    assert scene.say(address=address) == Admission()


def test_without_code_or_token_nobody_comes_in_from_the_network(scene: Scene) -> None:
    assert "enter the pairing code" in scene.refusal()


def test_an_address_that_is_not_known_is_not_this_machine(scene: Scene) -> None:
    with pytest.raises(NotPaired):
        scene.say(address="")


def test_the_code_brings_a_token_and_the_token_lets_in_without_the_code(scene: Scene) -> None:
    paired = scene.say(code="111111")
    assert len(paired.token) == 43
    assert scene.say(token=paired.token) == Admission(paired.device)
    ((sentence, code),) = scene.shown
    assert sentence.startswith("Paired with Quest (headset) at 192.168.1.30.")
    assert code == "222222" == scene.pairing.code


def test_a_code_is_good_for_one_device(scene: Scene) -> None:
    scene.say(code="111111")
    assert "wrong" in scene.refusal(code="111111")


def test_a_forgotten_device_does_not_come_back_with_the_code_that_was_shown(scene: Scene) -> None:
    paired = scene.say(code="111111")
    assert paired.device is not None
    scene.devices.forget(paired.device)
    assert "there is a new code" in scene.refusal(code="222222", token=paired.token)
    assert scene.shown[-1] == ("A device was forgotten: there is a new code.", "333333")
    assert scene.say(code="333333").token, "and having asked with the old one was no guess"


def test_who_guesses_is_named_at_the_first_wrong_code(scene: Scene) -> None:
    scene.guess_wrong()
    scene.guess_wrong()
    assert scene.shown == [(f"Somebody at {AWAY} has entered a wrong pairing code.", None)]


def test_where_it_cannot_be_read_who_is_paired_nobody_is_sent_away(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = Outbox(MsgpackCodec())
    scene.door.enter(scene.say(code="111111"), outbox)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "iterdir", out_of_files)
        scene.look()
    scene.look()
    assert outbox.closing is None
    assert scene.pairing.code == "222222"


def test_spaces_in_the_code_do_not_matter(scene: Scene) -> None:
    assert scene.say(code=" 111 111").token


def test_a_token_of_old_with_the_code_pairs_anew(scene: Scene) -> None:
    assert scene.say(code="111111", token="of another server").token


def test_a_valid_token_wins_over_a_wrong_code(scene: Scene) -> None:
    token = scene.say(code="111111").token
    assert scene.say(code="999999", token=token).token == ""


def test_a_token_that_is_not_valid_says_so(scene: Scene) -> None:
    assert "not paired any more" in scene.refusal(token="x" * 43)


def test_a_restart_draws_a_new_code_and_keeps_the_tokens(scene: Scene, tmp_path: Path) -> None:
    token = scene.say(code="111111").token
    again = Pairing(scene.devices, scene.reactor.time, lambda _sentence, _code: None)
    assert len(again.code) == 6 and again.code.isdecimal()
    assert Scene(tmp_path).say(token=token).device is not None


def test_a_wrong_code_closes_the_door_for_a_while_that_doubles(scene: Scene) -> None:
    for seconds in (1, 2, 4, 8):
        assert f"in {seconds} s" in scene.refusal(code="000000")
        scene.reactor.pass_time(seconds - 0.25)
        assert "try again in 1 s" in scene.refusal(code="111111"), "not even the right code is looked at"
        scene.reactor.pass_time(0.25)
    assert scene.say(code="111111").token


def test_guessing_while_the_door_is_closed_is_no_guess(scene: Scene) -> None:
    scene.refusal(code="000000")
    for _ in range(100):
        scene.refusal(code="000000")
    scene.reactor.pass_time(1.0)
    assert scene.say(code="111111").token


def test_after_five_wrong_codes_there_is_a_new_one_and_it_is_shown(scene: Scene) -> None:
    for _ in range(GUESSES - 1):
        scene.guess_wrong()
    assert [code for _, code in scene.shown] == [None]
    assert "there is a new one" in scene.refusal(code="000000")
    sentence, code = scene.shown[-1]
    assert code == "222222" == scene.pairing.code
    assert AWAY in sentence
    scene.reactor.pass_time(LONGEST_WAIT)
    scene.refusal(code="111111")
    scene.reactor.pass_time(LONGEST_WAIT)
    assert scene.say(code="222222").token


def test_the_wait_is_never_longer_than_a_minute(scene: Scene) -> None:
    for _ in range(100):
        scene.guess_wrong()
    assert "in 60 s" in scene.refusal(code="000000")


def test_a_day_of_guessing_is_less_than_1500_guesses(scene: Scene) -> None:
    end, guesses = scene.reactor.now + 24 * 3600, 0
    while scene.reactor.now < end:
        scene.guess_wrong()
        guesses += 1
    assert guesses < 1_500


def test_the_right_code_ends_the_long_waits(scene: Scene) -> None:
    for _ in range(3):
        scene.guess_wrong()
    scene.say(code="111111")
    assert "in 1 s" in scene.refusal(code="000000")


def test_a_token_lets_in_while_no_code_is_taken(scene: Scene) -> None:
    token = scene.say(code="111111").token
    scene.refusal(code="000000")
    assert scene.say(token=token).device is not None


def test_where_nothing_can_be_written_the_code_lets_in_for_once(tmp_path: Path) -> None:
    (tmp_path / "devices").write_text("a file where a folder should be")
    assert Scene(tmp_path).say(code="111111") == Admission()


def test_a_device_that_is_forgotten_is_sent_away(scene: Scene) -> None:
    forgotten, stays = Outbox(MsgpackCodec()), Outbox(MsgpackCodec())
    first, second = scene.say(code="111111"), scene.say(code="222222")
    scene.door.enter(first, forgotten)
    scene.door.enter(second, stays)
    scene.look()
    assert forgotten.closing is None
    assert first.device is not None
    scene.devices.forget(first.device)
    scene.look()
    assert forgotten.closing == CloseCode.NOT_PAIRED
    assert scene.shown[-1] == ("A device was forgotten: there is a new code.", "444444")
    assert stays.closing is None


def test_nobody_is_looked_for_when_nobody_is_there(scene: Scene) -> None:
    outbox = Outbox(MsgpackCodec())
    scene.door.enter(scene.say(code="111111"), outbox)
    scene.door.leave(outbox)
    scene.look()
    scene.look()
    assert scene.reactor._calls == []


def test_who_sits_at_the_machine_is_never_sent_away(scene: Scene) -> None:
    outbox = Outbox(MsgpackCodec())
    scene.door.enter(scene.say(address=HOME), outbox)
    scene.look()
    scene.door.leave(outbox)
    assert outbox.closing is None
