"""Where in a module file something went wrong, what, and how a process ended for it, for people."""

from __future__ import annotations

import re
import signal
import traceback
from pathlib import PurePath

MODULES = "synthvr_modules"  # the package in whose name module files are imported
_FRAME = re.compile(r'File "(?P<file>.*)", line (?P<line>\d+)')  # as faulthandler writes it, the last one first
LONGEST = 400  # characters of what somebody else's exception says


def line_of(error: BaseException) -> tuple[str, int] | None:
    """The file's name and the line that ran last of a module file; None if the error came by no module file."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return PurePath(error.filename).name, error.lineno
    frames = traceback.walk_tb(error.__traceback__)
    lines = [(frame.f_code.co_filename, line) for frame, line in frames if _is_a_modules(frame.f_globals)]
    return (PurePath(lines[-1][0]).name, lines[-1][1]) if lines else None


def told(error: BaseException) -> str:
    """``ZeroDivisionError: division by zero (late.py, line 14)``"""
    return f"{what(error)}{place(error)}"


def what(error: BaseException) -> str:
    """``ZeroDivisionError: division by zero``, in one line."""
    kind, text = type(error).__name__, " ".join(_text(error).split())
    return f"{kind}: {text[:LONGEST]}" if text else kind


def place(error: BaseException) -> str:
    """`` (late.py, line 14)``, or nothing."""
    found = line_of(error)
    return f" ({found[0]}, line {found[1]})" if found else ""


def line_in(dump: str, file: str) -> str | None:
    """The line of a file that ran last, of what faulthandler wrote of a process that hung or died; None if none did."""
    name = PurePath(file).name
    return next((found["line"] for found in _FRAME.finditer(dump) if PurePath(found["file"]).name == name), None)


def ending(code: int) -> str:
    """How a process ended: ``exit code 3``, or the name of the signal, ``SIGSEGV``."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _is_a_modules(names: dict[str, object]) -> bool:
    return str(names.get("__name__", "")).startswith(f"{MODULES}.")


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception of a module's own may not even say what it is
        return ""
