"""The figures in docs/neural.md: those that something is required of, as the evaluation found them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.report import Figure
from tests.requirement import requirement_for

from .requirements import REQUIREMENTS

BEGIN, END = "<!-- figures: written by the evaluation -->", "<!-- end of figures -->"


def write_figures(document: Path, figures: Sequence[Figure]) -> None:
    """Put a table between the two marks; figures of parts that were not evaluated now stay as they are."""
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{document.name} has no place for figures")
    rows = {line.split("`")[1]: line for line in old.splitlines() if line.startswith("| `")}
    rows |= {figure.name: _row(figure) for figure in figures if requirement_for(figure.name, REQUIREMENTS)}
    table = "\n".join(
        ["| figure | value | required | holds |", "|---|---|---|---|", *(rows[name] for name in sorted(rows))]
    )
    document.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def _row(figure: Figure) -> str:
    required = requirement_for(figure.name, REQUIREMENTS)
    assert required is not None
    sign = "≥" if required.at_least else "≤"
    holds = "yes" if required.holds(figure.value) else "**no**"
    return f"| `{figure.name}` | {figure.value:.3g} | {sign} {required.bound:g} | {holds} |"
