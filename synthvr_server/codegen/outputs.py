"""Every generated file by its path in the repository: a new output language adds its line here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import csharp, csharp_golden, golden, unity_meta
from .document import protocol_document
from .typescript import typescript

# Folders that hold nothing but generated files: what nobody generates any more is removed.
_WHOLE = (golden.FOLDER, csharp.FOLDER, csharp_golden.TARGET)


def outputs() -> dict[str, bytes]:
    """Path → content of every generated file, but Unity's .meta files, which depend on what is there."""
    vectors = golden.golden_vectors()
    texts = {
        "synthvr_server/web_view/src/protocol/messages.ts": typescript(),
        "docs/protocol.md": protocol_document(),
        **csharp.csharp(),
        **csharp_golden.csharp_golden(vectors),
    }
    return {path: text.encode() for path, text in texts.items()} | vectors


def differences(root: Path) -> list[str]:
    """The generated files below ``root`` that are not as they would be generated now, superfluous ones included."""
    wanted = outputs()
    stale = [path for path, content in wanted.items() if _content(root / path) != content]
    return stale + [path for path in _present(root) if path not in wanted]


def metas_out_of_date(root: Path) -> list[str]:
    """What Unity looks at below ``root`` and has no .meta file, and the .meta files of what is gone."""
    package = root / unity_meta.PACKAGE
    return [f"{unity_meta.PACKAGE}/{path}" for path in unity_meta.missing(package) + unity_meta.orphaned(package)]


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
    return changed + [f"{unity_meta.PACKAGE}/{path}" for path in unity_meta.bring_up_to_date(root / unity_meta.PACKAGE)]


def _present(root: Path) -> Iterator[str]:
    for folder in _WHOLE:
        for path in (root / folder).rglob("*"):
            if path.is_file() and path.suffix != unity_meta.SUFFIX:
                yield path.relative_to(root).as_posix()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
