"""The catalogue as a page of documentation."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ..patch.catalogue import KnobInfo, ModuleInfo

_HEAD = """# Modules

Made from the module files by `make docs`. Jacks carry volts; a knob's range is in its own unit.
The value of a knob with named positions is the number of the position, counted from 0.
"""


def page(catalogue: Iterable[ModuleInfo]) -> str:
    """One section per family, one table per module."""
    parts = [_HEAD]
    for family, modules in groupby(catalogue, lambda info: info.tags[0]):
        parts.append(f"## {family.capitalize()}\n")
        parts += [_module(info) for info in modules]
    return "\n".join(parts)


def _module(info: ModuleInfo) -> str:
    rows = [("in", jack.id, jack.label, _jack(jack.kind, jack.normal), jack.help) for jack in info.inputs]
    rows += [("knob", knob.id, knob.label, _range(knob), knob.help) for knob in info.knobs]
    rows += [("out", jack.id, jack.label, jack.kind, jack.help) for jack in info.outputs]
    lines = [
        f"### {info.title} (`{info.id}`)",
        "",
        info.description,
        "",
        "| | id | label | | |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {side} | `{name}` | {label} | {what} | {text} |" for side, name, label, what, text in rows]
    return "\n".join(lines) + "\n"


def _jack(kind: str, normal: float) -> str:
    return f"{kind}, rests at {normal:g} V" if normal else kind


def _range(knob: KnobInfo) -> str:
    if knob.choices:
        return f"{', '.join(knob.choices)}; default {knob.choices[int(knob.default)]}"
    unit = f" {knob.unit}" if knob.unit else ""
    logarithmic = ", log" if knob.scale == "log" else ""
    return f"{knob.minimum:g} … {knob.maximum:g}{unit}{logarithmic}; default {knob.default:g}{unit}"
