"""`synthvr devices`: who is paired with this server, and how they are forgotten."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from ..errors import SynthVRError
from ..server.devices import Device, Devices, devices_folder
from .finding import open_library


def devices(options: argparse.Namespace) -> int:
    """List the paired devices, or forget those of a name; a server that is running notices within seconds."""
    paired = Devices(devices_folder(open_library(options.library).folder))
    if options.forget is not None:
        _forget(paired, options.forget)
    elif options.json:
        print(json.dumps([_as_json(device, paired.seen(device)) for device in paired.all()], indent=2))
    else:
        _show(paired)
    return 0


def _forget(paired: Devices, which: str) -> None:
    try:
        forgotten = paired.forget(which)
    except OSError as error:
        raise SynthVRError(f"{which!r} cannot be forgotten: {error.strerror or error}.") from error
    if not forgotten:
        raise SynthVRError(f"No device {which!r} is paired: `synthvr devices` lists those that are.")
    for device in forgotten:
        print(f"Forgotten: {device.name} ({device.kind}, {device.id}).")


def _show(paired: Devices) -> None:
    found = paired.all()
    if not found:
        print("No device is paired. `synthvr serve --lan` shows the pairing code.")
    width = max((len(device.name) for device in found), default=0)
    for device in found:
        seen, since = _day(paired.seen(device)), _day(device.paired)
        print(f"{device.name:{width}}  {device.kind:10}  last seen {seen}  paired {since}  {device.id}")


def _as_json(device: Device, seen: float) -> dict[str, str]:
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "paired": _moment(device.paired).isoformat(timespec="seconds"),
        "seen": _moment(seen).isoformat(timespec="seconds"),
    }


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _day(seconds: float) -> str:
    return _moment(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
