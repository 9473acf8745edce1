"""`synthvr devices`: who is paired, for people and for programs, and how they are forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synthvr_server.server.devices import Devices, devices_folder
from tests.cli.test_command_line import fails, synthvr


@pytest.fixture
def paired(tmp_path: Path) -> Devices:
    devices = Devices(devices_folder(tmp_path))
    devices.pair("Quest of Ada", "headset")
    devices.pair("Ben", "web")
    return devices


def test_without_a_device_it_says_how_to_pair(tmp_path: Path) -> None:
    result = synthvr("devices", "--library", tmp_path)
    assert result.returncode == 0
    assert "--lan" in result.stdout


def test_devices_are_listed_with_when_they_were_seen(tmp_path: Path, paired: Devices) -> None:
    lines = synthvr("devices", "--library", tmp_path).stdout.splitlines()
    assert {line.split("  ")[0] for line in lines} == {"Quest of Ada", "Ben"}
    assert all("last seen 20" in line for line in lines)


def test_the_list_as_json_holds_nothing_secret(tmp_path: Path, paired: Devices) -> None:
    listed = json.loads(synthvr("devices", "--json", "--library", tmp_path).stdout)
    assert {(device["name"], device["kind"]) for device in listed} == {("Quest of Ada", "headset"), ("Ben", "web")}
    assert listed[0].keys() == {"id", "name", "kind", "paired", "seen"}


def test_a_device_is_forgotten_by_name(tmp_path: Path, paired: Devices) -> None:
    result = synthvr("devices", "--forget", "Quest of Ada", "--library", tmp_path)
    assert result.returncode == 0
    assert [device.name for device in paired.all()] == ["Ben"]


def test_a_device_that_is_not_there_cannot_be_forgotten(tmp_path: Path) -> None:
    fails(synthvr("devices", "--forget", "nobody", "--library", tmp_path), 1, "No device 'nobody'")


def test_what_a_terminal_would_obey_is_not_printed(tmp_path: Path, paired: Devices) -> None:
    device = paired.all()[0]
    forged = device.model_copy(update={"name": "\x1b[31mred\nAda", "kind": "\x1b[2J"})
    (paired.folder / "0.json").write_text(forged.model_dump_json())
    listed = synthvr("devices", "--library", tmp_path)
    assert listed.returncode == 0
    assert len(listed.stdout.splitlines()) == 3
    assert "\x1b" not in listed.stdout
    assert "\x1b" not in synthvr("devices", "--forget", "0", "--library", tmp_path).stdout


def test_the_network_and_loopback_contradict_each_other(tmp_path: Path) -> None:
    result = synthvr("serve", "--lan", "--host", "127.0.0.1", "--library", tmp_path)
    fails(result, 1, "--lan", "this machine only")
