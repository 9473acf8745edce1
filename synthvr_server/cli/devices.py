"""`synthvr devices`: who is paired with this server, and how they are forgotten."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from ..errors import SynthVRError
from ..server.devices import LATEST, Device, Devices, devices_folder, shown_name
from .finding import open_library
from .telling import answer


def devices(options: argparse.Namespace) -> int:
    """List the paired devices, or forget those of a name; a server that is running notices within seconds."""
    paired = Devices(devices_folder(open_library(options.library).folder))
    if options.forget is not None:
        _forget(paired, options.forget)
        return 0
    try:
        found = paired.all()
    except OSError as error:
        raise SynthVRError(f"{paired.folder} cannot be read: {error.strerror or error}.") from error
    if options.json:
        answer(json.dumps([_as_json(device, paired.seen(device)) for device in found], indent=2))
    else:
        _show(found, paired)
    return 0


def _forget(paired: Devices, which: str) -> None:
    try:
        forgotten = paired.forget(which)
    except OSError as error:
        raise SynthVRError(f"{which!r} cannot be forgotten: {error.strerror or error}.") from error
    if not forgotten:
        raise SynthVRError(f"No device {which!r} is paired: `synthvr devices` lists those that are.")
    for device in forgotten:
        answer(f"Forgotten: {_described(device)}.")


def _described(device: Device) -> str:
    return f"{shown_name(device.name)} ({shown_name(device.kind)}, {shown_name(device.id)})"


def _show(found: list[Device], paired: Devices) -> None:
    if not found:
        answer("No device is paired. `synthvr serve --lan` shows the pairing code.")
    width = max((len(shown_name(device.name)) for device in found), default=0)
    for device in found:
        seen, since = _day(paired.seen(device)), _day(device.paired)
        name, kind = shown_name(device.name), shown_name(device.kind)
        answer(f"{name:{width}}  {kind:10}  last seen {seen}  paired {since}  {shown_name(device.id)}")


def _as_json(device: Device, seen: float) -> dict[str, str]:
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "paired": _moment(device.paired).isoformat(timespec="seconds"),
        "seen": _moment(seen).isoformat(timespec="seconds"),
    }


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(min(max(seconds, 0.0), LATEST), UTC)


def _day(seconds: float) -> str:
    return _moment(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
