"""Takes a file's numbers in their order, and never more than there are."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import ModuleDeclarationError
from .network import Activation, Convolution, Floats

LARGEST_NETWORK = 200_000  # weights: fourteen times a standard capture, and about half of a core
WIDEST = 256  # channels
LARGEST_REACH = 1 << 18  # frames of history one layer may ask for: 5 s
LARGEST_HISTORY = 1 << 22  # samples of history in all: 16 MB; a standard capture keeps 49,000


class Weights:
    """A cursor over a flat list. Raises ModuleDeclarationError for what is no number or not there."""

    def __init__(self, values: Any) -> None:
        if not isinstance(values, list) or not values:
            raise ModuleDeclarationError("it has no weights")
        if len(values) > LARGEST_NETWORK:
            raise ModuleDeclarationError(f"it has {len(values)} weights, at most {LARGEST_NETWORK} are allowed")
        self._values = floats(values, "weights")
        if self._values.ndim != 1:
            raise ModuleDeclarationError("its weights are no flat list")
        self._at = 0
        self._history = 0

    def take(self, *shape: int) -> Floats:
        """The next numbers, row by row."""
        size = int(np.prod(shape, dtype=object))
        if self._at + size > len(self._values):
            raise ModuleDeclarationError(f"it has {len(self._values)} weights, which are fewer than its layers need")
        self._at += size
        return self._values[self._at - size : self._at].reshape(shape)

    def finish(self) -> None:
        """All weights must have been taken."""
        if self._at != len(self._values):
            raise ModuleDeclarationError(f"it has {len(self._values)} weights, but its layers need {self._at}")

    def convolution(
        self, inputs: int, outputs: int, taps: int = 1, dilation: int = 1, groups: int = 1, bias: bool = True
    ) -> Convolution:
        """The next convolution's weight and bias."""
        if inputs % groups or outputs % groups:
            raise ModuleDeclarationError(f"{groups} groups do not divide {inputs} and {outputs} channels")
        if (taps - 1) * dilation > LARGEST_REACH:
            raise ModuleDeclarationError(f"a layer looks back {(taps - 1) * dilation} frames, which is too far")
        self._history += inputs * (taps - 1) * dilation
        if self._history > LARGEST_HISTORY:
            raise ModuleDeclarationError("its layers together look back too far")
        small = self.take(outputs, inputs // groups, taps)
        weight = small
        if groups > 1:
            weight = np.zeros((outputs, inputs, taps), np.float32)
            for group in range(groups):
                rows = slice(group * outputs // groups, (group + 1) * outputs // groups)
                weight[rows, group * inputs // groups : (group + 1) * inputs // groups] = small[rows]
        return Convolution(weight, self.take(outputs) if bias else None, dilation)


def floats(values: Any, what: str) -> Floats:
    """An array of finite float32. Raises ModuleDeclarationError."""
    try:
        with np.errstate(over="ignore"):
            array = np.array(values, np.float64).astype(np.float32)
    except (TypeError, ValueError, OverflowError) as error:
        raise ModuleDeclarationError(f"its {what} are no numbers in rows of one length") from error
    if not np.isfinite(array).all():
        raise ModuleDeclarationError(f"its {what} are not all finite numbers")
    return array


def number(value: Any, absent: float | None = None) -> float | None:
    """A finite number, or the text of one; ``absent`` for null, None for what is no number."""
    if value is None:
        return absent
    if not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def table(config: Any, what: str) -> dict[str, Any]:
    """A JSON object. Raises ModuleDeclarationError."""
    if not isinstance(config, dict):
        raise ModuleDeclarationError(f"its {what} is missing")
    return config


def whole(config: dict[str, Any], key: str, highest: int = WIDEST, default: int | None = None) -> int:
    """A count from 1 to ``highest``. Raises ModuleDeclarationError."""
    value = config.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
        raise ModuleDeclarationError(f"its {key} is {value!r:.40}, not a number from 1 to {highest}")
    return value


def wholes(config: dict[str, Any], key: str, highest: int = LARGEST_REACH) -> list[int]:
    """A list of counts, at most 256 of them. Raises ModuleDeclarationError."""
    values = config.get(key)
    if not isinstance(values, list) or not 1 <= len(values) <= WIDEST:
        raise ModuleDeclarationError(f"its {key} is no list of 1 to {WIDEST} numbers")
    return [whole({key: value}, key, highest) for value in values]


_ALIASES = {"Fasttanh": "Tanh", "LeakyHardTanh": "LeakyHardtanh", "HardTanh": "Hardtanh"}  # fast: an estimate of tanh
_SIMPLE = {"Tanh", "Sigmoid", "ReLU", "Hardtanh", "SiLU", "Hardswish", "Softsign"}


def activation(value: Any, channels: int) -> Activation:
    """An activation by name, or by ``{"type": name, …}`` with its constants. Raises ModuleDeclarationError."""
    options = value if isinstance(value, dict) else {"type": value}
    name = _ALIASES.get(str(options.get("type")), str(options.get("type")))
    if name in _SIMPLE:
        return Activation(name)
    slope = options.get("negative_slope", options.get("negative_slopes", 0.01))
    slopes = tuple(floats(slope if isinstance(slope, list) else [slope], "slopes").ravel().tolist())
    if name == "LeakyReLU" and len(slopes) == 1:
        return Activation(name, slopes)
    if name == "PReLU" and len(slopes) in (1, channels):
        return Activation(name, slopes)
    if name == "LeakyHardtanh":
        low, high = floats([options.get("min_val", -1.0), options.get("max_val", 1.0)], "limits").tolist()
        falling, rising = floats([options.get(key, 0.01) for key in ("min_slope", "max_slope")], "slopes").tolist()
        if low < high:
            return Activation(name, (falling,), low, high, rising)
    raise ModuleDeclarationError(f"its activation {value!r:.60} is not supported")
