"""Every generated file by its path in the repository: a new output language adds its line here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .typescript import typescript

TYPESCRIPT = "synthvr_server/web_view/src/protocol/messages.ts"


def outputs() -> dict[str, bytes]:
    """Path → content of every generated file."""
    return {TYPESCRIPT: typescript().encode()}


def write(root: Path, paths: Iterable[str]) -> None:
    """Write those of the generated files below ``root``."""
    contents = outputs()
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents[path])
