"""What commands print. Much of it comes from files and from other people: no control character of theirs gets to a
terminal, which would do as it is told.
"""

from __future__ import annotations

import logging
import sys

from ..errors import printable


def answer(text: str) -> None:
    """Lines on stdout: what was asked for."""
    print(_plain(text), flush=True)


def tell(sentence: str) -> None:
    """A sentence on stderr, to whoever watches."""
    complain(f"synthvr: {sentence}")


def complain(text: str) -> None:
    """Lines on stderr, as they are: what a command has found wrong."""
    print(_plain(text), file=sys.stderr)


def trying(done: int, total: int, title: str) -> None:
    """A user's new module files are being tried."""
    tell(f"trying new module files, only this once: {done} of {total} ({title})")


def compiling(done: int, total: int, title: str) -> None:
    """Kernels are being compiled."""
    tell(f"compiling kernels, only this once: {done} of {total} ({title})")


class PlainFormatter(logging.Formatter):
    """The same for what is logged, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's lines."""
        return _plain(super().format(record))


def _plain(text: str) -> str:
    return "\n".join(printable(line) for line in text.expandtabs().split("\n"))
