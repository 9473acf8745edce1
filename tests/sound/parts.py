"""The parts: every other file of this folder, each with REQUIREMENTS and ``measure() -> dict[str, float]``."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PARTS = sorted(path.stem for path in HERE.glob("[a-z]*.py") if path.stem not in ("parts", "test_rows"))


def part(name: str) -> Any:
    """One part, imported."""
    return importlib.import_module(f"{__package__}.{name}")
