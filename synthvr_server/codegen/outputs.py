"""Every generated file by its path in the repository: a new output language adds its line here."""

from __future__ import annotations

from pathlib import Path

from .document import protocol_document
from .golden import FOLDER, golden_vectors
from .typescript import typescript


def outputs() -> dict[str, bytes]:
    """Path → content of every generated file."""
    return {
        "synthvr_server/web_view/src/protocol/messages.ts": typescript().encode(),
        "docs/protocol.md": protocol_document().encode(),
        **golden_vectors(),
    }


def differences(root: Path) -> list[str]:
    """The generated files below ``root`` that are not as they would be generated now, superfluous ones included."""
    wanted = outputs()
    stale = [path for path, content in wanted.items() if _content(root / path) != content]
    present = [path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*") if path.is_file()]
    return stale + [path for path in present if path not in wanted]


def generate(root: Path) -> list[str]:
    """Bring the generated files below ``root`` up to date. Returns what has changed."""
    wanted = outputs()
    changed = differences(root)
    for path in changed:
        target = root / path
        if path in wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(wanted[path])
        else:
            target.unlink()
    return changed


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
