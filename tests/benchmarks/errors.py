"""What stops a benchmark."""

from __future__ import annotations


class CannotMeasureError(Exception):
    """This machine cannot measure it, or nothing was heard; the sentence says why and what would help."""
