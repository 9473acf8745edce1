"""A module class → its entry in the catalogue, with the panel laid out by rule.

Panels are 128.5 mm high (three rack units) and a whole number of 5.08 mm HP wide. Knobs stand in columns
below the title, inputs below them, outputs at the bottom; a Knob, Input or Output with ``at`` goes where
it says.
"""

from __future__ import annotations

import inspect
import math

from ..module import Declaration, Input, Knob, Module, Output
from ..patch.catalogue import InputInfo, KnobInfo, ModuleInfo, OutputInfo, Panel

HP = 5.08
HEIGHT = 128.5
COLUMN = 3 * HP  # a knob, or two fingers around a plug, need this width
ROW = 14.0
TITLE = 14.0
MARGIN = 10.0
MOST_ROWS = math.floor((HEIGHT - TITLE - MARGIN) / ROW)


def module_info(module: str, family: str, cls: type[Module]) -> ModuleInfo:
    """The catalogue entry of a module class. ``family`` is the folder its file lies in."""
    declared = cls.declaration
    return ModuleInfo(
        id=module,
        title=cls.title,
        description=inspect.cleandoc(cls.__doc__ or ""),
        tags=tuple(dict.fromkeys((family, *cls.tags))),
        inputs=tuple(
            InputInfo(id=name, label=jack.label, kind=jack.kind, normal=jack.normal, help=jack.help)
            for name, jack in declared.inputs.items()
        ),
        outputs=tuple(
            OutputInfo(id=name, label=jack.label, kind=jack.kind, help=jack.help)
            for name, jack in declared.outputs.items()
            if name not in (cls.master or ())
        ),
        knobs=tuple(_knob_info(name, knob) for name, knob in declared.knobs.items()),
        plays_notes=declared.notes is not None,
        latency=cls.latency,
        by_chance=cls.by_chance or any(state.random for state in declared.states.values()),
        panel=_panel(declared, cls.columns, cls.master or ()),
    )


def _knob_info(name: str, knob: Knob) -> KnobInfo:
    return KnobInfo(
        id=name,
        label=knob.label,
        minimum=knob.minimum,
        maximum=knob.maximum,
        default=knob.default,
        unit=knob.unit,
        scale=knob.scale,
        choices=knob.choices,
        help=knob.help,
    )


def _panel(declared: Declaration, columns: int, hidden: tuple[str, ...]) -> Panel:
    outputs = {name: jack for name, jack in declared.outputs.items() if name not in hidden}
    groups: list[dict[str, Knob] | dict[str, Input] | dict[str, Output]] = [declared.knobs, declared.inputs, outputs]
    while sum(math.ceil(len(group) / columns) for group in groups) > MOST_ROWS:
        columns += 1
    width = columns * COLUMN + HP
    places: dict[str, tuple[float, float]] = {}
    row = 0
    for group in groups[:-1]:
        row = _fill(places, list(group), row, columns, width)
    last = MOST_ROWS - math.ceil(len(outputs) / columns)
    _fill(places, list(outputs), last, columns, width)
    for group in groups:
        places |= {name: what.at for name, what in group.items() if what.at}
    return Panel(width=round(width, 2), height=HEIGHT, places=places)


def _fill(places: dict[str, tuple[float, float]], names: list[str], row: int, columns: int, width: float) -> int:
    """Place names in rows from left to right, each row centred; returns the next free row."""
    while names:
        line, names = names[:columns], names[columns:]
        left = (width - len(line) * COLUMN) / 2
        for column, name in enumerate(line):
            places[name] = (round(left + (column + 0.5) * COLUMN, 2), round(TITLE + (row + 0.5) * ROW, 2))
        row += 1
    return row
