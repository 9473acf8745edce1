"""Any ONNX model: a network exported by PyTorch as docs/onnx-contract.md says, and files that mean harm."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Module
from synthvr_server.neural.card import Card, keep
from synthvr_server.neural.trial import try_model
from tests.neural import onnx_files as files

RATE = 48_000
HOSTILE: dict[str, bytes] = {
    "nonsense": b"nonsense",
    "cut": files.gain()[:-30],
    "loop": files.endless(),
    "size by signal": files.secret_size(),
    "40 GB": files.huge_memory(),
    "outside file": files.elsewhere(),
    "outside device": files.elsewhere("/dev/zero"),
    "foreign operator": files.foreign(),
    "NaN": files.not_a_number(),
    "too slow": files.slow(1900, 1, 16),
    "knob from nowhere": files.gain(knobs={"nothing": {}}),
}


class Drive(torch.nn.Module):
    """A convolution and a recurrent layer, both with their past in states."""

    def __init__(self) -> None:
        super().__init__()
        self.convolution = torch.nn.Conv1d(2, 8, 3)
        self.recurrent = torch.nn.GRU(8, 16, batch_first=True)
        self.out = torch.nn.Linear(16, 1)

    def forward(self, audio: Any, drive: Any, past: Any, hidden: Any) -> Any:
        both = torch.cat([audio, drive.reshape(1, 1, 1).expand(1, 1, audio.shape[2])], 1)
        line = torch.cat([past, both], 2)
        inside = torch.tanh(self.convolution(line)).transpose(1, 2)
        heard, after = self.recurrent(inside, hidden)
        return self.out(heard).transpose(1, 2), line[:, :, -2:], after


def export(network: torch.nn.Module, path: Path) -> None:
    """As the document says."""
    states = torch.zeros(1, 2, 2), torch.zeros(1, 1, 16)
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, 64), torch.zeros(1), *states),
        str(path),
        dynamo=False,
        input_names=["audio", "drive", "state_past", "state_hidden"],
        output_names=["out", "state_past_out", "state_hidden_out"],
        dynamic_axes={"audio": {2: "frames"}, "out": {2: "frames"}},
    )
    file = onnx.load(str(path))
    onnx.helper.set_model_props(
        file, {"synthvr.title": "Drive", "synthvr.knobs": json.dumps({"drive": {"min": 0, "max": 1, "default": 0.5}})}
    )
    onnx.save(file, str(path))


def measure() -> dict[str, float]:
    """Parity, latency, cost, what is refused, and what a worker costs the audio thread."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    maker = load_module_file(shipped_folder() / "neural" / "onnx_model.py")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        network = Drive().eval()
        export(network, folder / "drive.onnx")
        data, card = try_model(folder / "drive.onnx", "drive.onnx")
        cls = maker.of_model(keep(data, card, folder / "models"))
        costs = [cost.model_dump() | {"typical": 0.6 * cost.frames / RATE} for cost in card.costs]
        slow = Card.model_validate(card.model_dump() | {"costs": costs})  # more than its share: it goes to the worker
        late = maker.of_model(keep(data, slow, folder / "late"))
        return {
            "onnx_any.torch_parity.max_error": _parity(cls, network),
            "onnx_any.block_invariance.max_error": card.block_error,
            "onnx_any.hostile_refused": _refused(folder),
            "cost_percent.onnx_gru16.block64": _percent(cls, 64),
            "cost_percent.onnx_gru16.block256": _percent(cls, 256),
            **_worker(late),
        }


def _blocks(cls: type[Module], block: int) -> dict[str, Any]:
    shape = (block, 1)
    return {"audio": np.zeros(shape, "f"), "out": np.zeros(shape, "f"), "drive": np.full(block, 0.5, "f")}


def _running(cls: type[Module], block: int) -> Module:
    module = cls(voices=1, sample_rate=RATE, block=block)
    module.prepare()
    return module


def _parity(cls: type[Module], network: torch.nn.Module) -> float:
    volts = np.random.default_rng(4).uniform(-5, 5, RATE).astype(np.float32)
    module, blocks, heard = _running(cls, 64), _blocks(cls, 64), []
    for at in range(0, len(volts), 64):
        blocks["audio"][:, 0] = volts[at : at + 64]
        module.play(**blocks)
        heard.append(blocks["out"][:, 0].copy())
    with torch.no_grad():
        states = torch.zeros(1, 2, 2), torch.zeros(1, 1, 16)
        ideal = network(torch.from_numpy(volts / 5)[None, None], torch.full((1,), 0.5), *states)[0]
    return float(np.abs(np.concatenate(heard) / 5 - ideal.numpy().ravel()).max())


def _percent(cls: type[Module], block: int) -> float:
    module, blocks = _running(cls, block), _blocks(cls, block)
    blocks["audio"][:] = np.random.default_rng(5).uniform(-5, 5, (block, 1))
    taken = []
    for _ in range(2000):
        start = time.perf_counter()
        module.play(**blocks)
        taken.append(time.perf_counter() - start)
    return float(100 * np.median(taken) * RATE / block)


def _refused(folder: Path) -> float:
    refused = 0
    for data in HOSTILE.values():
        try:
            try_model(files.write(folder, data), "model.onnx")
        except ModuleDeclarationError:
            refused += 1
    return refused / len(HOSTILE)


def _worker(cls: type[Module], block: int = 256, seconds: float = 5.0) -> dict[str, float]:
    """At the pace of playing: how often the worker is late, and how long the audio thread is held up."""
    module: Any = _running(cls, block)
    blocks, taken = _blocks(cls, block), []
    pace, start = threading.Event(), time.perf_counter()
    blocks_played = int(seconds * RATE / block)
    for n in range(blocks_played):
        pace.wait(max(start + n * block / RATE - time.perf_counter(), 0))
        begin = time.perf_counter()
        module.play(**blocks)
        taken.append(time.perf_counter() - begin)
    missed = module._buffering.worker.missed
    module._buffering.close()
    return {
        "onnx_any.worker.missed_percent": 100 * missed / blocks_played,
        "onnx_any.worker.audio_thread_us": 1e6 * float(np.median(taken)),
    }
