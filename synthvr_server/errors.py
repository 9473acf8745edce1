"""Every error SynthVR raises on purpose.

::

    SynthVRError                    one clear sentence for the user
    ├── ModuleDeclarationError      a module file says something that cannot be
    ├── PatchError                  a patch or its file cannot be read or written
    │   ├── InvalidPatch            some of it is not in order (all problems, and what is left)
    │   └── Rejected                a command does not fit the patch (code, sentence)
    ├── EngineError                 the engine process cannot start or has died
    │   └── NoDriver                what is to be played through cannot be opened
    ├── LibraryError                a name or file in the user's library
    └── ProtocolViolation           a peer broke the protocol; its connection closes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class SynthVRError(Exception):
    """Base of all errors whose message is meant for a user."""


class ModuleDeclarationError(SynthVRError):
    """A module or model file declares something that cannot be.

    Of a model file the message is a clause ("it has no weights"): who reports it puts the file's name before it.
    """


class PatchError(SynthVRError):
    """A patch, or the file that holds it, cannot be read or written."""


class InvalidPatch(PatchError):
    """A patch in which some things are not in order: ``problems``, each with its place, and the ``rest``, a Patch."""

    def __init__(self, message: str, problems: Sequence[str], rest: Any) -> None:
        super().__init__(message)
        self.problems = problems
        self.rest = rest


class Rejected(PatchError):
    """A command that does not fit the patch it was meant for. Nothing has changed.

    ``code`` is stable and meant for programs, the message for people; ``index`` is the command's place
    in its batch.
    """

    def __init__(self, code: str, message: str, index: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.index = index


class EngineError(SynthVRError):
    """The engine process could not start, or has died."""


class NoDriver(EngineError):
    """The audio driver cannot be opened; another time it may be."""


class LibraryError(SynthVRError):
    """A name or a file in the user's library is not usable. ``code`` is stable and meant for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ProtocolViolation(SynthVRError):
    """A peer broke the protocol: its connection closes with ``close_code`` and this sentence."""

    def __init__(self, message: str, close_code: int = 4400) -> None:
        super().__init__(message)
        self.close_code = close_code


def printable(text: str) -> str:
    """A text of somebody else's as it can be shown in one line: other characters become question marks."""
    return "".join(character if character.isprintable() else "?" for character in text)
