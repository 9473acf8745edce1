"""A model that keeps the contract, as rows of volts: jacks and knobs in, jacks out, one span at a time.

::

    rows in   float32[jacks then knobs, span]  ── volts → tensors ──→ model, hop by hop
    rows out  float32[jacks, span]             ←─ tensors → volts ──┘ a hop that is not finite is silence

``hop`` is what one run takes: the model's own number of frames, or the whole span where it has none.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .contract import Contract
from .session import Session

LARGEST_VOLTS = np.float32(24.0)  # what passes a jack

Rows = np.ndarray[Any, np.dtype[np.float32]]


class Contracted:
    """An open model, bound to arrays of its own. Raises ModuleDeclarationError."""

    def __init__(self, model: bytes, contract: Contract, span: int) -> None:
        self.hop = contract.frames or span
        assert span % self.hop == 0
        self.span = span
        self.broken = 0  # runs whose output was not finite
        self._runs = span // self.hop
        inputs: dict[str, Rows] = {}
        outputs: dict[str, Rows] = {}
        self._signals: list[tuple[int, int, Rows, np.float32]] = []  # first row, last row + 1, tensor, units per volt
        self._numbers: list[tuple[int, Rows]] = []
        self._results: list[tuple[int, int, Rows, np.float32]] = []  # …, volts per unit
        row = 0
        for jack in contract.inputs:
            tensor = inputs[jack.tensor] = np.zeros((1, len(jack.ids), self.hop), np.float32)
            self._signals.append((row, row + len(jack.ids), tensor[0], np.float32(1 / jack.volts)))
            row += len(jack.ids)
        for knob in contract.knobs:
            shape = {"number": (), "vector": (1,), "signal": (1, 1, self.hop)}[knob.form]
            tensor = inputs[knob.tensor] = np.zeros(shape, np.float32)
            if knob.form == "signal":
                self._signals.append((row, row + 1, tensor[0], np.float32(1)))
            else:
                self._numbers.append((row, tensor.reshape(1)))
            row += 1
        self.rows_in, row = row, 0
        for jack in contract.outputs:
            tensor = outputs[jack.tensor] = np.zeros((1, len(jack.ids), self.hop), np.float32)
            self._results.append((row, row + len(jack.ids), tensor[0], np.float32(jack.volts)))
            row += len(jack.ids)
        self.rows_out = row
        self._session = Session(model, inputs, outputs, contract.states)

    def compute(self, given: Rows, result: Rows) -> None:
        """One span: ``given`` is float32[rows_in, span], ``result`` float32[rows_out, span]."""
        for run in range(self._runs):
            here = slice(run * self.hop, (run + 1) * self.hop)
            for first, last, tensor, scale in self._signals:
                np.multiply(given[first:last, here], scale, out=tensor)
            for row, number in self._numbers:
                number[0] = given[row, here.stop - 1]  # the newest: a model takes one value a run
            self._session.run()
            for first, last, tensor, scale in self._results:
                np.multiply(tensor, scale, out=result[first:last, here])
            part = result[:, here]
            if math.isfinite(np.add.reduce(part, axis=None)):  # cheaper than to ask each; so huge that it adds up
                np.maximum(part, -LARGEST_VOLTS, out=part)  # to infinity is as good as infinite
                np.minimum(part, LARGEST_VOLTS, out=part)
            else:  # what has reached a state would stay there
                part[:] = 0.0
                self.broken += 1
                self._session.reset()

    def reset(self) -> None:
        """Forget all that was heard."""
        self._session.reset()
