"""A module made of pyo objects: tables at every jack and knob let it take part in the plan like a kernel."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pyo

from ..errors import ModuleDeclarationError
from ..module import Module
from .host import Host, Table
from .node import Node, Row, lanes_of
from .rows import GATHER, SCATTER


class PyoNode(Node):
    """A running pyo module. Its objects are made for a number of channels; for another it is made anew."""

    def __init__(self, name: str, cls: type[Module], knobs: Mapping[str, float], host: Host, seed: int = 1) -> None:
        self._host = host
        self._knob_tables: dict[str, Table] = {}
        super().__init__(name, cls, knobs, host.block, host.rate, seed)
        self.after: Callable[[], None] = _nothing  # the rows that follow this module in the plan
        self._built: _Objects | None = None
        self.made_for = 0  # channels

    def anew(self) -> PyoNode:
        """The same module, for another number of channels."""
        return PyoNode(self.name, self.cls, self.knobs.targets, self._host, self.seed)

    def knob_block(self, name: str) -> np.ndarray:
        self._knob_tables[name] = Table(self.block)
        return self._knob_tables[name].samples

    def prepare(self, channels: int) -> None:
        """Make the pyo objects. Raises what the module's ``build`` raises."""
        self._built = _Objects(self, channels, self._host, self._knob_tables)
        self.made_for = channels

    @property
    def streams(self) -> list[Any]:
        """pyo's streams of this module, in running order."""
        assert self._built is not None
        return self._built.streams

    def rows_before(self, reading: Mapping[str, int]) -> list[Row]:
        """What must have run before pyo's streams do: knobs, and the way into the tables."""
        assert self._built is not None
        rows: list[Row] = [self.knobs.row] if self.knobs.blocks else []
        for jack, tables in self._built.inputs.items():
            address = reading.get(jack, self.inputs[jack].resting_address)
            rows.append((SCATTER.address, self._transfer(address, tables)))
        return rows

    def rows_after(self, plugged: Iterable[str]) -> list[Row]:
        """What follows pyo's streams: the way out of the tables, and the guard."""
        assert self._built is not None
        plugged = list(plugged)
        rows = []
        for jack in plugged:
            rows.append((GATHER.address, self._transfer(self.outputs[jack].address, self._built.outputs[jack])))
        return rows + self.guard(plugged)

    def _transfer(self, block: int, tables: list[Table]) -> np.ndarray:
        addresses = [table.address for table in tables]
        return np.array([self.block, lanes_of(self.channels), len(tables), block, *addresses], np.int64)

    def close(self) -> None:
        self.after = _nothing
        if self._built is not None:
            self._built.close()


class _Objects:
    """The pyo objects of one module for one number of channels."""

    def __init__(self, node: PyoNode, channels: int, host: Host, knobs: Mapping[str, Table]) -> None:
        self._channels = channels
        before = set(map(id, host.streams))
        self.inputs = {jack: self._tables(node.block) for jack in node.inputs}
        sources = {jack: pyo.TableScan([table.table for table in tables]) for jack, tables in self.inputs.items()}
        sources |= {name: pyo.TableScan(table.table) for name, table in knobs.items()}
        self._module = node.cls(channels, node.rate, node.block)
        self._module.seed = node.seed
        wanted = list(inspect.signature(node.cls.build).parameters)[1:]
        built = self._module.build(**{name: sources[name] for name in wanted})
        named = built if isinstance(built, dict) else {next(iter(node.outputs)): built}
        self.outputs = {jack: self._tables(node.block) for jack in node.outputs}
        fills = [
            pyo.TableFill(_of_width(node, channels, jack, named), [table.table for table in tables])
            for jack, tables in self.outputs.items()
        ]
        trigger = pyo.TrigFunc(host.pulse, lambda: node.after())
        self._owned = [sources, built, named, fills, trigger]
        self.streams = [stream for stream in host.streams if id(stream) not in before]

    def _tables(self, block: int) -> list[Table]:
        return [Table(block) for _ in range(self._channels)]

    def close(self) -> None:
        """Let go of every object, what reads a table before the table; pyo takes their streams out of its list.

        pyo frees a table's memory even while a reader holds it, and the reader then crashes on its way out.
        """
        while self._owned:
            self._owned.pop()
        attributes = vars(self._module)
        while attributes:
            attributes.popitem()
        self.streams.clear()
        self.inputs.clear()
        self.outputs.clear()


def _of_width(node: PyoNode, channels: int, jack: str, built: Mapping[str, Any]) -> Any:
    if jack not in built:
        raise ModuleDeclarationError(f"build() of {node.cls.__name__} returns nothing for the output {jack!r}")
    width = len(built[jack])
    if width != channels:
        raise ModuleDeclarationError(
            f"build() of {node.cls.__name__} returns {width} streams for {jack!r} where {channels} were asked for"
        )
    return built[jack]


def _nothing() -> None:
    """What a module runs while no plan holds it."""
