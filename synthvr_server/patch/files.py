"""Patch files: read with an error that says where, written so that a power cut leaves the old file or the new."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import PatchError
from .model import SCHEMA_ID, SCHEMA_VERSION, Patch

LARGEST_FILE = 32 * 2**20


def patch_schema() -> dict[str, Any]:
    """The JSON Schema of a patch file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **Patch.model_json_schema(by_alias=True),
    }


def read_patch(path: Path) -> Patch:
    """Read a patch file. Raises PatchError with every structural problem and its place."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PatchError(f"{path} is larger than a patch can be ({LARGEST_FILE // 2**20} MB).")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PatchError(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PatchError(f"{path} cannot be read: {error}.") from error
    try:
        values = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise PatchError(f"{path} is not valid JSON: {error}.") from error
    return patch_from_json(values, str(path))


def patch_from_json(values: Any, name: str = "The patch") -> Patch:
    """A patch from JSON values. Raises PatchError with every structural problem and its place."""
    if not isinstance(values, dict):
        raise PatchError(f"{name} is not a patch: a JSON object was expected.")
    version = values.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise PatchError(
            f"{name} was saved by a newer SynthVR (format {version}, and this one reads up to {SCHEMA_VERSION}): "
            "update SynthVR."
        )
    try:
        patch = Patch.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(
            f"{'/'.join(map(str, problem['loc'])) or 'patch'}: {problem['msg']}" for problem in error.errors()
        )
        raise PatchError(f"{name} is not a valid patch: {problems}.") from error
    loose = [
        f"cables/{cable}: goes to module {jack.module!r}, which is not in the patch"
        for cable, plugged in patch.cables.items()
        for jack in (plugged.source, plugged.target)
        if jack.module not in patch.modules
    ]
    if loose:
        raise PatchError(f"{name} is not a valid patch: {'; '.join(loose)}.")
    return patch


def write_patch(path: Path, patch: Patch) -> None:
    """Write a patch file atomically. Raises PatchError; the old file then stands untouched."""
    text = json.dumps(patch.to_json(), indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text)


def write_atomically(path: Path, text: str) -> None:
    """Replace a file by temporary file, fsync and rename."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise PatchError(f"{path} cannot be written: {error}.") from error
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
