"""What the words of a module file may say. Each check raises ModuleDeclarationError, and names the word.

Whatever a declaration holds goes to every client, to the panel and to the compiler: it is looked at where it is said.
"""

from __future__ import annotations

import math
import re
import unicodedata
from numbers import Real
from typing import Any

from .errors import ModuleDeclarationError

LONGEST = 4096  # characters of a text
MOST_WORDS = 256  # in a tuple of them
MOST_PARTS = 512  # jacks and knobs of a module
FARTHEST = 1e9  # from 0 that a knob may be turned: what a patch may hold
LATEST = 10.0  # s of latency, for a fade waits until what it brings has arrived; and of a knob's glide
_NAME = re.compile(r"[A-Za-z0-9_]{1,64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,16}")
_CLASS_WORDS = {"tags": "a tuple of words", "made_of": "a tuple of suffixes such as '.nam'"}


def check_texts(where: str, **values: object) -> None:
    """Texts, of a length that somebody can read."""
    for name, value in values.items():
        if not isinstance(value, str) or len(value) > LONGEST:
            raise ModuleDeclarationError(f"{where}: {name} must be a text of up to {LONGEST} characters")
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in value):
            raise ModuleDeclarationError(f"{where}: {name} has characters that cannot be shown")


def check_numbers(where: str, **values: object) -> None:
    """Finite numbers."""
    for name, value in values.items():
        if not isinstance(value, Real) or not math.isfinite(value):
            raise ModuleDeclarationError(f"{where}: {name} must be a finite number, not {value!r:.40}")


def check_range(where: str, minimum: Any, maximum: Any, glide: Any) -> None:
    """A knob's range must be one that a patch can hold, and its glide must end."""
    if minimum < -FARTHEST or maximum > FARTHEST:
        raise ModuleDeclarationError(f"{where}: its range must lie between -{FARTHEST:g} and {FARTHEST:g}")
    if not 0 <= glide <= LATEST:
        raise ModuleDeclarationError(f"{where}: glide must be from 0 to {LATEST:g} s, not {glide!r:.40}")


def check_choice(where: str, name: str, value: object, choices: tuple[str, ...]) -> None:
    """One of a few words."""
    if value not in choices:
        raise ModuleDeclarationError(f"{where}: {name} must be one of {', '.join(choices)}, not {value!r:.40}")


def check_place(where: str, at: Any) -> None:
    """None, or x and y in mm on the panel."""
    if at is None:
        return
    if not isinstance(at, tuple) or len(at) != 2:
        raise ModuleDeclarationError(f"{where}: at must be (x, y) in mm, not {at!r:.40}")
    check_numbers(where, x=at[0], y=at[1])


def check_words(where: str, name: str, value: object) -> None:
    """A tuple of texts."""
    if not isinstance(value, tuple) or len(value) > MOST_WORDS:
        words = _CLASS_WORDS.get(name, "a tuple of texts")
        raise ModuleDeclarationError(f"{where}: {name} must be {words}, {MOST_WORDS} at most")
    for text in value:
        check_texts(where, **{name: text})


def check_class(where: str, cls: Any, most_channels: int) -> None:
    """What a module class says besides its jacks and knobs."""
    check_texts(where, title=cls.title, docstring=cls.__doc__ or "")
    if not cls.title:
        raise ModuleDeclarationError(f"{where} needs a title")
    if not (cls.__doc__ or "").strip():
        raise ModuleDeclarationError(f"{where} needs a docstring that says what it is for")
    check_words(where, "tags", cls.tags)
    check_words(where, "made_of", cls.made_of)
    for suffix in cls.made_of:
        if not _SUFFIX.fullmatch(suffix):
            raise ModuleDeclarationError(f"{where}: made_of must be suffixes such as '.nam', not {suffix!r:.40}")
    declared = cls.declaration
    if len(declared.inputs) + len(declared.outputs) + len(declared.knobs) > MOST_PARTS:
        raise ModuleDeclarationError(f"{where} has more than {MOST_PARTS} jacks and knobs")
    for name in (*declared.inputs, *declared.outputs, *declared.knobs):
        if not _NAME.fullmatch(name):
            raise ModuleDeclarationError(
                f"{where}: rename {name!r:.80}: letters a-z, digits and underscores, 64 at most"
            )
    check_numbers(where, latency=cls.latency, columns=cls.columns)
    if not isinstance(cls.columns, int) or cls.columns < 1:
        raise ModuleDeclarationError(f"{where}: columns must be a whole number from 1, not {cls.columns!r:.40}")
    if not isinstance(cls.by_chance, bool):
        raise ModuleDeclarationError(f"{where}: by_chance must be True or False, not {cls.by_chance!r:.40}")
    if not 0 <= cls.latency <= LATEST:
        raise ModuleDeclarationError(f"{where}: latency must be from 0 to {LATEST:g} s, not {cls.latency!r:.40}")
    rule, knobs, outputs = cls.channels, declared.knobs, declared.outputs
    if isinstance(rule, str):
        if rule not in knobs:
            raise ModuleDeclarationError(f"{where}: channels names the knob {rule!r}, which does not exist")
        if not 1 <= knobs[rule].minimum <= knobs[rule].maximum <= most_channels:
            raise ModuleDeclarationError(f"{where}: the knob {rule!r} sets channels: its range is 1 to {most_channels}")
    elif rule is not None and (not isinstance(rule, int) or not 1 <= rule <= most_channels):
        raise ModuleDeclarationError(f"{where}: channels must be None, 1 to {most_channels} or the name of a knob")
    if cls.master is not None and not (len(cls.master) == 2 and all(name in outputs for name in cls.master)):
        raise ModuleDeclarationError(f"{where}: master names the outputs left and right, not {cls.master!r:.40}")
