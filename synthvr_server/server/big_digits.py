"""Digits that can be read from across a room, for the pairing code on a terminal."""

from __future__ import annotations

# Three columns by five rows, row by row; two characters make a square.
_DIGITS = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
}
_ROWS = 5


def big(digits: str) -> str:
    """Five lines of text; a wider gap in the middle, as one says six digits."""
    pictures = [_DIGITS[digit].split() for digit in digits]
    half = len(digits) // 2
    lines = []
    for row in range(_ROWS):
        squares = [picture[row].replace("#", "##").replace(".", "  ") for picture in pictures]
        lines.append("    " + "     ".join("  ".join(part) for part in (squares[:half], squares[half:])).rstrip())
    return "\n".join(lines)
