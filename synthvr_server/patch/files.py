"""Patch files: read with an error that says where, written so that a power cut leaves the old file or the new."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InvalidPatch, PatchError, Rejected, printable
from .commands import check_data
from .leftovers import temporary_for
from .model import MOST_PATCH_BYTES, SCHEMA_ID, SCHEMA_VERSION, Ends, Patch
from .size import size_of
from .wording import in_words

LARGEST_FILE = 32 * 2**20
MOST_TOLD = 20  # problems in one sentence
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def patch_schema() -> dict[str, Any]:
    """The JSON Schema of a patch file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **Patch.model_json_schema(by_alias=True),
    }


def read_patch(path: Path) -> Patch:
    """Read a patch file. Raises PatchError; InvalidPatch with every structural problem and its place."""
    try:
        text = read_bounded(path, LARGEST_FILE).decode()
    except FileNotFoundError:
        raise PatchError(f"There is no file {printable(str(path))}.") from None
    except OSError as error:
        raise PatchError(f"{printable(str(path))} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise PatchError(f"{printable(str(path))} cannot be read: {error}.") from error
    return patch_from_text(text, printable(str(path)))


def patch_from_text(text: str, name: str) -> Patch:
    """A patch from the text of a file. Raises PatchError; InvalidPatch with every structural problem and its place."""
    try:
        values = json.loads(without_nul(text))
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise PatchError(f"{name} is not valid JSON: {error}.") from error
    return patch_from_json(values, name)


def without_nul(text: str) -> str:
    """JSON with the replacement character wherever a text holds NUL: older SynthVRs let it in."""
    return _NUL.sub(r"\1\\ufffd", text) if r"\u0000" in text else text


def patch_from_json(values: Any, name: str = "The patch") -> Patch:
    """A patch from JSON values. Raises PatchError; InvalidPatch with every structural problem and its place."""
    if not isinstance(values, dict):
        raise PatchError(f"{name} is not a patch: a JSON object was expected.")
    version = values.get("schema_version", SCHEMA_VERSION)
    if type(version) is not int or version < 1:
        raise PatchError(f"{name} is not a patch: its schema_version is {str(version)[:20]!r}, not a whole number.")
    if version > SCHEMA_VERSION:
        raise PatchError(
            f"{name} was saved by a newer SynthVR (format {version}, and this one reads up to {SCHEMA_VERSION}): "
            "update SynthVR."
        )
    patch, found = _examined(values)
    if size_of(patch) > MOST_PATCH_BYTES:
        most = f"{MOST_PATCH_BYTES // 2**20} MB"
        raise PatchError(f"{name} holds more than a patch can ({most}, spaces not counted): take something out of it.")
    if found:
        raise InvalidPatch(f"{name} is not a valid patch: {_first_of(found)}.", found, patch)
    return patch


def _examined(values: dict[str, Any]) -> tuple[Patch, list[str]]:
    """A patch of all that is in order, and every problem of the rest, with its place."""
    found: list[str] = []
    try:
        patch = Patch.model_validate(values)
    except ValidationError as error:
        wrong = [problem["loc"] for problem in error.errors()]
        found += [in_words(problem, "/".join(map(str, problem["loc"])) or "patch") for problem in error.errors()]
        patch = _without(values, wrong)
    modules = values.get("modules")
    out = set(modules if isinstance(modules, dict) else ()) - patch.modules.keys()
    loose = list(_wrong_cables(patch))
    found += [f"cables/{name}{what}" for name, what in loose if not _ends(patch, name) & out]
    found += _wrong_data(patch)
    if loose:
        names = {name for name, _ in loose}
        patch = patch.model_copy(update={"cables": {k: cable for k, cable in patch.cables.items() if k not in names}})
    return patch, [printable(problem) for problem in found]  # with names from the file, which may be anything


def _without(values: dict[str, Any], wrong: list[tuple[int | str, ...]]) -> Patch:
    """The patch without the fields, modules and cables in which something is wrong."""
    rest = {field: dict(value) if isinstance(value, dict) else value for field, value in values.items()}
    for field, *where in wrong:
        part = rest.get(str(field))
        if where and isinstance(part, dict):
            part.pop(where[0], None)
        else:
            rest.pop(str(field), None)
    try:
        return Patch.model_validate(rest)
    except ValidationError:
        return Patch()


def _ends(patch: Patch, cable: str) -> set[str]:
    return {patch.cables[cable].source.module, patch.cables[cable].target.module}


def _wrong_cables(patch: Patch) -> Iterator[tuple[str, str]]:
    """The cables that no command would have let in, and why."""
    joined: dict[Ends, str] = {}
    for name, cable in patch.cables.items():
        for end, jack in (("from", cable.source), ("to", cable.target)):
            if jack.module not in patch.modules:
                yield name, f"/{end}: module {jack.module!r} is not in the patch"
        if joined.setdefault(cable.ends, name) != name:
            yield name, f": joins the same jacks as {joined[cable.ends]!r}"


def _wrong_data(patch: Patch) -> Iterator[str]:
    in_all = 0
    for name, module in patch.modules.items():
        in_all += module.data_size
        try:
            check_data(name, module.data_size, in_all)
        except Rejected as rejection:
            yield f"modules/{name}/data: {rejection}"


def _first_of(problems: list[str]) -> str:
    """The problems in one sentence; of hundreds, the first."""
    more = f"; and {len(problems) - MOST_TOLD} more" if len(problems) > MOST_TOLD else ""
    return "; ".join(problems[:MOST_TOLD]) + more


def read_bounded(path: Path, limit: int) -> bytes:
    """All of a small file that anybody may have put there.

    Raises OSError, and ValueError for what is no ordinary file (a named pipe, a device) or is larger than ``limit``.
    Nothing is ever waited for, and no more than ``limit`` bytes are read.
    """
    # To open a named pipe is to wait for ever, unless one says that one does not.
    not_waiting = getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | not_waiting)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("it is no ordinary file")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"it is larger than {_in_words(limit)}")
    return content


def _in_words(limit: int) -> str:
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit} bytes"


def write_patch(path: Path, patch: Patch) -> None:
    """Write a patch file atomically. Raises PatchError; the old file then stands untouched."""
    write_atomically(path, patch_text(patch))


def patch_text(patch: Patch) -> str:
    """The text of a patch file."""
    return json.dumps(patch.to_json(), indent=2, ensure_ascii=False) + "\n"


def write_atomically(path: Path, text: str, mode: int = 0o666) -> None:
    """Replace a file by temporary file, fsync and rename; ``mode`` is who may read it, less what the umask takes."""
    temporary = temporary_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "w", encoding="utf-8", opener=partial(os.open, mode=mode)) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise PatchError(f"{path} cannot be written: {error.strerror or error}.") from error


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
