"""What commands tell on stderr while they work."""

from __future__ import annotations

import sys


def tell(sentence: str) -> None:
    """A sentence to whoever watches."""
    print(f"synthvr: {sentence}", file=sys.stderr)


def compiling(done: int, total: int, title: str) -> None:
    """Kernels are being compiled."""
    tell(f"compiling kernels, only this once: {done} of {total} ({title})")
