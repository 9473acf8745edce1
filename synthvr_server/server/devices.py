"""The devices that are paired, kept in a folder: one file each, and of a token only its SHA-256.

::

    devices/
      3f9c0a17d2b4e685.json   {"name": …, "kind": …, "sha256": …, "paired": …}

A file is written once and never again: that a device was seen is the file's modification time, that it is
forgotten is that the file is gone. So the server and `synthvr devices` can both work on the folder, and
neither brings back what the other has taken away.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import logging
import os
import secrets
import time
from pathlib import Path

from pydantic import Field

from ..errors import printable
from ..patch.files import read_bounded, write_atomically
from ..patch.model import Frozen, Text

TOKEN_BYTES = 32
MOST_DEVICES = 100  # when there are more, those that were not seen for longest have to pair again
LARGEST_FILE = 4_096  # bytes
LATEST = 1e11  # s since 1970: the year 5138, which calendars can still show
# What passes by itself: who is paired must not be told that they are not.
PASSING = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
SECRET, SECRET_FOLDER = 0o600, 0o700  # nobody else's business

log = logging.getLogger(__name__)


class Device(Frozen):
    """A paired device, as its file has it."""

    id: str = Field(default="", exclude=True, description="The file's name.")
    name: Text
    kind: str = Field(max_length=20)
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Of its token, in hexadecimal digits.")
    paired: float = Field(ge=0.0, le=LATEST, description="Seconds since 1970.")


class Devices:
    """The folder of paired devices. A file that makes no sense pairs nobody.

    Reading raises OSError where it cannot be said who is paired, such as when no more files can be opened.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Device | None] = {}  # files never change: each is read once

    def ids(self) -> frozenset[str]:
        """Who is paired now, by the names of the files; may be called from another thread."""
        try:
            files = list(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return frozenset()
        return frozenset(path.stem for path in files if path.suffix == ".json" and not path.name.startswith("."))

    def all(self) -> list[Device]:
        """Every paired device, the one seen last first."""
        return sorted(self._paired(), key=self.seen, reverse=True)

    def seen(self, device: Device) -> float:
        """When a device last came in or left; 0 where it has just been forgotten."""
        try:
            return self._file(device.id).stat().st_mtime
        except OSError:
            return 0.0

    def pair(self, name: str, kind: str) -> tuple[Device, str]:
        """Remember a new device. Returns it with its token, which is kept nowhere. Raises PatchError."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        named = shown_name(name)
        device = Device(id=secrets.token_hex(8), name=named, kind=kind, sha256=_hash(token), paired=time.time())
        with contextlib.suppress(OSError):  # writing says what is wrong
            self.folder.mkdir(SECRET_FOLDER, parents=True, exist_ok=True)
        write_atomically(self._file(device.id), device.model_dump_json(), SECRET)
        with contextlib.suppress(OSError):  # the next one that is paired will tidy up
            for superfluous in self.all()[MOST_DEVICES:]:
                self._drop(superfluous.id)
        return device, token

    def recognise(self, token: str) -> Device | None:
        """The device that was given this token. Takes as long for a wrong token as for a right one."""
        wanted, found = _hash(token), None
        for device in self._paired():
            if hmac.compare_digest(device.sha256, wanted):
                found = device
        return found if found is not None and self.touch(found.id) else None

    def touch(self, device: str) -> bool:
        """The device is here now. Whether it is still paired."""
        try:
            os.utime(self._file(device))
        except FileNotFoundError:
            return False
        except OSError:  # a disk that cannot be written is no reason to send anybody away
            return True
        return True

    def forget(self, which: str) -> list[Device]:
        """Forget the devices of that name, or the one of that id; they need the code again. Returns them."""
        forgotten = [device for device in self.all() if which in (device.name, shown_name(device.name), device.id)]
        for device in forgotten:
            self._drop(device.id)
        return forgotten

    def _paired(self) -> list[Device]:
        ids = self.ids()
        for gone in self._read.keys() - ids:
            del self._read[gone]
        for new in ids - self._read.keys():
            self._read[new] = self._load(new)
        return [device for device in self._read.values() if device is not None]

    def _drop(self, device: str) -> None:
        self._file(device).unlink(missing_ok=True)

    def _file(self, device: str) -> Path:
        return self.folder / f"{device}.json"

    def _load(self, device: str) -> Device | None:
        path = self._file(device)
        try:
            content = read_bounded(path, LARGEST_FILE)
            return Device.model_validate_json(content).model_copy(update={"id": device})
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in PASSING:
                raise
            if not isinstance(error, FileNotFoundError):
                log.warning("%s pairs nobody: %s", printable(str(path)), printable(str(error).splitlines()[0]))
            return None


def devices_folder(library: Path) -> Path:
    """Where a library keeps its devices."""
    return library / "devices"


def shown_name(name: str) -> str:
    """A name as it can be shown on a terminal: what strangers send or write may hold escape sequences."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split()) or "unnamed"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
