"""`python install.py '.[dev]'`: pip installs this folder, and a line tells of every package that is fetched or built.

All that pip says is kept in setup.log beside the interpreter's environment; where it fails, its last lines are shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

LOG = Path(sys.prefix) / "setup.log"
PIP = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
LAST_LINES = 20

FETCHED = re.compile(r"\s*(?:Downloading|Using cached) (?:\S*/)?([\w.]+)-([\w.+]+)\S*\.(?:whl|tar\.gz) (\(.+\))")
BUILDING = re.compile(r"\s*Building (?:wheel|editable) for (\S+) .*started")
INSTALLING = re.compile(r"Installing collected packages: (.*)")


def main(wanted: str) -> int:
    """Install what is named, in this environment. Returns pip's exit code."""
    began, fetched = time.monotonic(), 0
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen([*PIP, "--editable", wanted], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip,
    ):
        assert pip.stdout is not None
        for line in (raw.decode(errors="replace") for raw in pip.stdout):
            log.write(line)
            if found := FETCHED.match(line):
                fetched += 1
                tell(f"{fetched:3}  {found[1]} {found[2]} {found[3]}", began)
            elif found := BUILDING.match(line):
                tell(f"     building {found[1]}", began)
            elif found := INSTALLING.match(line):
                tell(f"     installing {len(found[1].split(','))} packages", began)
    if pip.returncode:
        print("".join(LOG.read_text(encoding="utf-8").splitlines(keepends=True)[-LAST_LINES:]))
        print(f"Setting up has failed; above is what pip said last, and {LOG} has all of it.")
    return pip.returncode


def tell(what: str, began: float) -> None:
    """One line, with the time since the beginning."""
    print(f"  {time.monotonic() - began:4.0f} s  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
