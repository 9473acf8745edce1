"""The folder of paired devices: two processes may work on it, and what it holds lets nobody in."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from synthvr_server.errors import PatchError
from synthvr_server.server import devices as devices_module
from synthvr_server.server.devices import Devices, shown_name


@pytest.fixture
def devices(tmp_path: Path) -> Devices:
    return Devices(tmp_path / "devices")


def seen_at(devices: Devices, device: str, seconds: float) -> None:
    os.utime(devices.folder / f"{device}.json", (seconds, seconds))


def test_a_token_is_recognised_and_no_other_is(devices: Devices) -> None:
    device, token = devices.pair("Quest", "headset")
    assert devices.recognise(token) == device
    for wrong in ("", token[:-1], token + "A", token.swapcase(), device.sha256, device.id, "\ud800"):
        assert devices.recognise(wrong) is None


def test_a_token_survives_a_restart(devices: Devices) -> None:
    device, token = devices.pair("Quest", "headset")
    assert Devices(devices.folder).recognise(token) == device


def test_a_token_has_256_bits_and_is_written_nowhere(devices: Devices) -> None:
    _, token = devices.pair("Quest", "headset")
    assert len(token) == 43  # 256 bits, 6 in a character
    assert all(token not in path.read_text() for path in devices.folder.iterdir())
    assert devices.pair("Quest", "headset")[1] != token


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders from others by other means")
def test_only_the_owner_may_read_the_files(devices: Devices) -> None:
    device, _ = devices.pair("Quest", "headset")
    assert stat.S_IMODE((devices.folder / f"{device.id}.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(devices.folder.stat().st_mode) == 0o700
    assert [path.suffix for path in devices.folder.iterdir()] == [".json"], "nothing temporary is left"


def test_a_device_that_another_process_has_forgotten_is_unknown_at_once(devices: Devices) -> None:
    device, token = devices.pair("Quest", "headset")
    assert Devices(devices.folder).forget("Quest") == [device]
    assert devices.recognise(token) is None
    assert devices.ids() == frozenset()


def test_being_seen_does_not_bring_a_forgotten_device_back(devices: Devices) -> None:
    device, _ = devices.pair("Quest", "headset")
    Devices(devices.folder).forget(device.id)
    assert not devices.touch(device.id)
    assert devices.ids() == frozenset()


def test_the_device_seen_last_comes_first(devices: Devices) -> None:
    (old, token), (new, _) = devices.pair("old", "headset"), devices.pair("new", "web")
    seen_at(devices, old.id, 1_000)
    seen_at(devices, new.id, 2_000)
    assert [device.name for device in devices.all()] == ["new", "old"]
    assert devices.seen(old) == 1_000
    devices.recognise(token)
    assert [device.name for device in devices.all()] == ["old", "new"]


def test_forgetting_by_name_takes_all_of_that_name_and_by_id_only_one(devices: Devices) -> None:
    first, second, third = (devices.pair("Quest", "headset")[0] for _ in range(3))
    assert devices.forget(first.id) == [first]
    assert {device.id for device in devices.forget("Quest")} == {second.id, third.id}
    assert devices.forget("Quest") == []


def test_of_too_many_devices_those_not_seen_for_longest_are_forgotten(
    devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices_module, "MOST_DEVICES", 3)
    for number in range(3):
        device, _ = devices.pair(f"device {number}", "headset")
        seen_at(devices, device.id, 1_000 + number)
    devices.pair("newest", "headset")
    assert [device.name for device in devices.all()] == ["newest", "device 2", "device 1"]


def made_by_hand(**fields: object) -> bytes:
    return json.dumps(
        {"name": "n", "kind": "web", "sha256": "0" * 64, "paired": 0.0, **fields}, ensure_ascii=False
    ).encode()


BY_HAND = [
    made_by_hand(sha256="é" * 64),
    made_by_hand(paired=1e300),
    made_by_hand(paired=-1.0),
    made_by_hand(paired=float("nan")),
    made_by_hand(kind="x" * 500),
    made_by_hand(name="x" * 500),
]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": "x"}', b"\xff" * 10, b" " * 5_000, *BY_HAND])
def test_a_file_that_makes_no_sense_pairs_nobody_and_harms_nobody(devices: Devices, content: bytes) -> None:
    device, token = devices.pair("Quest", "headset")
    (devices.folder / "broken.json").write_bytes(content)
    assert devices.recognise(token) == device
    assert devices.all() == [device]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_or_a_device_pairs_nobody_and_is_not_waited_for(devices: Devices) -> None:
    device, token = devices.pair("Quest", "headset")
    os.mkfifo(devices.folder / "pipe.json")
    (devices.folder / "zeros.json").symlink_to("/dev/zero")
    assert devices.recognise(token) == device
    assert devices.all() == [device]


def out_of_files(*_: object) -> NoReturn:
    raise OSError(errno.EMFILE, "Too many open files")


@pytest.mark.parametrize("place", [(Path, "iterdir"), (devices_module, "read_bounded")], ids=["folder", "file"])
def test_where_no_file_can_be_opened_it_is_not_said_that_nobody_is_paired(
    devices: Devices, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]
) -> None:
    device, token = devices.pair("Quest", "headset")
    again = Devices(devices.folder)
    with monkeypatch.context() as broken:
        broken.setattr(*place, out_of_files)
        with pytest.raises(OSError, match="Too many"):
            again.recognise(token)
    assert again.recognise(token) == device


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "devices").write_text("a file where a folder should be")
    with pytest.raises(PatchError, match="cannot be written"):
        Devices(tmp_path / "devices").pair("Quest", "headset")
    assert Devices(tmp_path / "devices").all() == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Quest 3", "Quest 3"),
        ("\x1b[2Jgone\r\n", "[2Jgone"),
        ("", "unnamed"),
        ("\x00\n", "unnamed"),
        ("Grüße ♪", "Grüße ♪"),
    ],
)
def test_a_name_is_shown_without_what_a_terminal_would_obey(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
