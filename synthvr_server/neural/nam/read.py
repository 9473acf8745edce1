"""Opens a capture file: `.nam` (0.5 to 0.7) or AIDA-X JSON. Whatever cannot be used is refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...errors import ModuleDeclarationError, printable
from .aidax import decibels, read_aidax
from .network import Capture, ConvNet, Network, Recurrent, WaveNet
from .simple import read_convnet, read_linear, read_lstm
from .wavenet import read_wavenet
from .weights import Weights, table

LARGEST_FILE = 32 << 20  # bytes
RATES = (8000.0, 192000.0)  # Hz

_NETWORKS: dict[str, Callable[[dict[str, Any], Weights], Network]] = {
    "LSTM": read_lstm,
    "ConvNet": read_convnet,
    "Linear": read_linear,
}
_VERSIONS = {(0, 5), (0, 6), (0, 7)}


def read_capture(path: Path) -> Capture:
    """The capture in a file. Raises ModuleDeclarationError."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ModuleDeclarationError(f"it has {size >> 20} MB, at most {LARGEST_FILE >> 20} are allowed")
        file = json.loads(path.read_bytes())
    except OSError as error:
        raise ModuleDeclarationError(f"it cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise ModuleDeclarationError("it is no JSON, or only a part of it") from error
    return parse_capture(file, path.stem)


def parse_capture(file: Any, name: str) -> Capture:
    """The capture in a file's JSON. Raises ModuleDeclarationError."""
    file = table(file, "JSON object")
    if "architecture" not in file and "layers" in file:
        return _aidax(file, name)
    metadata = file.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    title = metadata.get("name")
    return Capture(
        name=printable(title)[:60].strip() if isinstance(title, str) and title.strip() else name,
        network=_mono(_network(file)),
        sample_rate=_rate(file.get("sample_rate")),
        input_level=_number(metadata.get("input_level_dbu"), -60, 60),
        loudness=_number(metadata.get("loudness"), -80, 20),
    )


def _network(file: dict[str, Any]) -> Network:
    version = str(file.get("version"))
    parts = version.split(".")
    if not all(part.isdecimal() and len(part) < 5 for part in parts[:2]) or tuple(map(int, parts[:2])) not in _VERSIONS:
        raise ModuleDeclarationError(f"its version {version!r:.40} is not supported, 0.5 to 0.7 are")
    architecture, config = str(file.get("architecture")), table(file.get("config"), "config")
    if architecture == "SlimmableContainer":
        return _network(_largest(config))
    if architecture == "WaveNet":
        return read_wavenet(config, Weights(file.get("weights")), _condition(file, config.get("condition_dsp")))
    read = _NETWORKS.get(architecture)
    if read is None:
        raise ModuleDeclarationError(f"its architecture {architecture!r:.40} is not supported")
    return read(config, Weights(file.get("weights")))


def _mono(network: Network) -> Network:
    if isinstance(network, WaveNet) and network.channels != 1:
        raise ModuleDeclarationError("it has more than one output channel, which is not supported")
    return network


def _condition(file: dict[str, Any], inner: Any) -> WaveNet | ConvNet | None:
    """What the network's layers hear beside their input: a whole `.nam` within the file."""
    if inner is None:
        return None
    inner = table(inner, "condition_dsp")
    if table(inner.get("config"), "condition_dsp's config").get("condition_dsp") is not None:
        raise ModuleDeclarationError("a condition_dsp within its condition_dsp is not supported")
    if _rate(inner.get("sample_rate")) != _rate(file.get("sample_rate")):
        raise ModuleDeclarationError("its condition_dsp has another sample rate than itself")
    network = _network(inner)
    if isinstance(network, Recurrent):
        raise ModuleDeclarationError("a condition_dsp that is an LSTM is not supported")
    return network


def _largest(config: dict[str, Any]) -> dict[str, Any]:
    """Of a container's models the one that is used at full size."""
    models = config.get("submodels")
    if not isinstance(models, list) or not models or not all(isinstance(each, dict) for each in models):
        raise ModuleDeclarationError("its container holds no models")
    model = table(max(models, key=lambda each: _number(each.get("max_value"), -1e9, 1e9) or 0.0).get("model"), "model")
    if model.get("architecture") == "SlimmableContainer":
        raise ModuleDeclarationError("a container within a container is not supported")
    return model


def _aidax(file: dict[str, Any], name: str) -> Capture:
    rate = file.get("samplerate", file.get("sample_rate"))
    return Capture(name, read_aidax(file), _rate(rate), input_gain=decibels(file, "in_gain"))


def _rate(value: Any) -> float:
    if value is None:
        return 48000.0
    rate = _number(value, *RATES)
    if rate is None or rate != int(rate):
        raise ModuleDeclarationError(f"its sample rate {value!r:.40} is not supported")
    return rate


def _number(value: Any, low: float, high: float) -> float | None:
    """Metadata of a size that can be meant, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None
