"""Installs the synthesizers that voices are compared with, where this machine allows it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from tests.system_packages import can_install, install

from .peers.peer import Peer
from .peers.signalflow import PACKAGE as SIGNALFLOW


def install_peers(peers: Sequence[Peer]) -> int:
    """Install what is missing and say what could not be. Returns 0 if all are there then, else 1."""
    missing = [peer for peer in peers if not peer.installed()]
    for peer in missing:
        if peer.name == SIGNALFLOW:
            subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", peer.package], check=False)
    packages = [peer.package for peer in missing if peer.name != SIGNALFLOW]
    if packages and can_install():
        install(packages)
    left = [peer for peer in missing if not peer.installed()]
    for peer in left:
        print(f"{peer.name} is not installed: install the package {peer.package}.")
    if not left:
        print(f"Installed: {', '.join(peer.name for peer in peers)}.")
    return 1 if left else 0
