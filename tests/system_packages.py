"""Sees to the system packages that some tests need: `python tests/system_packages.py`, before the tests.

As root on Debian or Ubuntu it installs what is missing; elsewhere it names the packages, and the tests that need them
say that they are skipped. It never fails: a machine without them still runs every other test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# What tests and evaluations need → the Debian package it is in
PROGRAMS = {
    "chromium": "chromium",
    "jackd": "jackd2",
    "fluidsynth": "fluidsynth",
    "espeak-ng": "espeak-ng",
    "mcs": "mono-mcs",
    "mono": "mono-runtime",
    "nunit-console": "nunit-console",
}
FILES = {
    "/usr/share/sounds/sf2/FluidR3_GM.sf2": "fluid-soundfont-gm",
    "/usr/share/sounds/sf2/TimGM6mb.sf2": "timgm6mb-soundfont",
    "/usr/lib/mono/4.5/System.Core.dll": "libmono-cil-dev",
    "/usr/lib/pkgconfig/nunit.pc": "libnunit-cil-dev",
}


def main() -> None:
    """Install or name what is missing."""
    missing = _missing()
    if missing and can_install():
        print(f"Installing {', '.join(missing)} ...", flush=True)
        install(missing)
        missing = _missing()
    if missing:
        print(f"Not installed, so the tests that need them are skipped: {', '.join(missing)}.", flush=True)


def can_install() -> bool:
    """Whether this is Debian or Ubuntu, and we are root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install Debian packages without asking anything; what fails is told by apt on stderr."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # One at a time: a package that this system does not have must not stop the others.
    for command in (["update"], *(["install", "--yes", "--no-install-recommends", name] for name in packages)):
        subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def _missing() -> list[str]:
    programs = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return programs + [package for path, package in FILES.items() if not Path(path).exists()]


if __name__ == "__main__":
    main()
