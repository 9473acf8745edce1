"""What somebody may have meant who misspelled a name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence to append, with a space before it; nothing where no known name is near."""
    by_key = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_key, n=1, cutoff=0.6)
    return f" Did you mean {by_key[near[0]]!r}?" if near else ""
