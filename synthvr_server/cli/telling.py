"""What commands tell on stderr while they work."""

from __future__ import annotations

import sys


def tell(sentence: str) -> None:
    """A sentence to whoever watches."""
    print(f"synthvr: {sentence}", file=sys.stderr)


def trying(done: int, total: int, title: str) -> None:
    """A user's new module files are being tried."""
    tell(f"trying new module files, only this once: {done} of {total} ({title})")


def compiling(done: int, total: int, title: str) -> None:
    """Kernels are being compiled."""
    tell(f"compiling kernels, only this once: {done} of {total} ({title})")
