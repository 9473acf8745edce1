"""Opens a capture file: `.nam` (0.5 to 0.7), AIDA-X or GuitarML JSON. What cannot be used is refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...errors import ModuleDeclarationError, printable
from .aidax import decibels, read_aidax
from .guitarml import RATE, is_guitarml, read_guitarml
from .network import Capture, ConvNet, Network, Recurrent, WaveNet
from .simple import read_convnet, read_linear, read_lstm
from .wavenet import read_wavenet
from .weights import Weights, number, table

LARGEST_FILE = 32 << 20  # bytes
RATES = (8000.0, 192000.0)  # Hz
RATE_OF_MOST = 48000.0  # Hz; what a file means that says nothing

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
    metadata = file.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    title = metadata.get("name")
    name = printable(title)[:60].strip() if isinstance(title, str) and title.strip() else name
    if "architecture" not in file:
        return _other(file, metadata, name)
    return Capture(
        name=name,
        network=_mono(_network(file)),
        sample_rate=_rate(file.get("sample_rate"), RATE_OF_MOST),
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
    if _rate(inner.get("sample_rate"), RATE_OF_MOST) != _rate(file.get("sample_rate"), RATE_OF_MOST):
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


def _other(file: dict[str, Any], metadata: dict[str, Any], name: str) -> Capture:
    """A file of another program, known by what it has."""
    if is_guitarml(file):
        network = read_guitarml(file)
        return Capture(name, network, _rate(_said_rate(file, metadata, file["model_data"]), RATE))
    if "layers" in file and "variables" not in file:
        rate = _rate(_said_rate(file, metadata), RATE_OF_MOST)
        return Capture(name, read_aidax(file), rate, input_gain=decibels(file, "in_gain"))
    if "variables" in file:
        raise ModuleDeclarationError("it is a model of SmartAmp's, which is not supported")
    raise ModuleDeclarationError("it is no capture: neither a .nam nor a file of AIDA-X or GuitarML")


def _said_rate(*places: dict[str, Any]) -> Any:
    said = (place.get(key) for place in places for key in ("samplerate", "sample_rate"))
    return next((value for value in said if value is not None), None)


def _rate(value: Any, usual: float) -> float:
    """In Hz; ``usual`` where the file does not say."""
    rate = number(value, usual)
    if rate is None or not RATES[0] <= rate <= RATES[1] or rate != int(rate):
        raise ModuleDeclarationError(f"its sample rate {value!r:.40} is not supported")
    return rate


def _number(value: Any, low: float, high: float) -> float | None:
    """Metadata of a size that can be meant, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None
