"""Figures as one table for people and one flat JSON object for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .requirement import Requirements, requirement_for


@dataclass(frozen=True)
class Figure:
    """One measured number; ``beside`` says in a few words what it was measured beside, or over how many."""

    name: str
    value: float
    unit: str
    beside: str = ""


_HEADINGS = ("name", "value", "unit", "measured beside", "required", "holds")


def table(figures: Sequence[Figure], requirements: Requirements, missing: Iterable[str] = ()) -> str:
    """The figures as an aligned table, and below it a line for each thing that could not be measured."""
    rows = [_HEADINGS, *(_row(figure, requirements) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(map(_aligned, row, widths, _HEADINGS)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines + [f"not measured: {sentence}" for sentence in missing])


def write_json(path: Path, figures: Iterable[Figure]) -> None:
    """Write name → number. A folder that is missing is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = {figure.name: float(f"{figure.value:.6g}") for figure in figures}
    path.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


def _row(figure: Figure, requirements: Requirements) -> tuple[str, ...]:
    required = requirement_for(figure.name, requirements)
    holds = "" if required is None else ("yes" if required.holds(figure.value) else "NO")
    return (figure.name, _number(figure.value), figure.unit, figure.beside, str(required or ""), holds)


def _number(value: float) -> str:
    """Three significant digits, and whole numbers from 100 on."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _aligned(cell: str, width: int, heading: str) -> str:
    return cell.rjust(width) if heading == "value" else cell.ljust(width)
