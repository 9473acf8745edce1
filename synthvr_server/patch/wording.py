"""What pydantic found wrong with a value, in words for people: pydantic's own speak of tuples, tags and models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from .model import Color, Identifier, Text


def _pattern(annotation: Any) -> str:
    """The regular expression of a text."""
    return str(get_args(annotation)[1].pattern)


_PATTERNS = {
    _pattern(Identifier): "must be 1 to 64 letters, digits or the signs _ . : -",
    _pattern(Text): "must not hold the character NUL",
    _pattern(Color): "must be a colour as #rrggbb, or empty",
}
_WORDS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; check the spelling",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "string_type": "must be text",
    "string_pattern_mismatch": lambda limits: _PATTERNS[limits["pattern"]],
    "string_too_long": lambda limits: f"is longer than {limits['max_length']} characters",
    "string_too_short": lambda limits: f"is shorter than {limits['min_length']} characters",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "too_short": lambda limits: f"needs at least {limits['min_length']} of them",
    "too_long": lambda limits: f"takes at most {limits['max_length']} of them",
    "greater_than_equal": lambda limits: f"must be at least {limits['ge']:g}",
    "greater_than": lambda limits: f"must be above {limits['gt']:g}",
    "less_than_equal": lambda limits: f"must be at most {limits['le']:g}",
    "less_than": lambda limits: f"must be below {limits['lt']:g}",
    "literal_error": lambda limits: f"must be {limits['expected']}",
    "union_tag_invalid": lambda limits: f"is {limits['tag'][:40]!r}, and there are only {limits['expected_tags']}",
    "union_tag_not_found": lambda limits: f"does not say its {limits['discriminator']}",
}


def in_words(problem: Mapping[str, Any], where: str) -> str:
    """One of pydantic's ``errors()``, found at ``where``, as half a sentence."""
    words = _WORDS.get(problem["type"], str(problem["msg"])[:1].lower() + str(problem["msg"])[1:])
    return f"{where} {words if isinstance(words, str) else words(problem.get('ctx', {}))}"
