"""Lets a model hear what a patch may send it, and measures what it costs; runs in the child of a trial."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from time import get_clock_info, perf_counter, thread_time
from typing import Any

import numpy as np
import onnxruntime

from ..errors import ModuleDeclarationError
from .contract import Contract
from .contract_reading import read_contract
from .contracted import Contracted, Rows
from .refusal import refused
from .session import open_model

BLOCKS = (16, 64, 256, 4096)  # the ends of what the engine runs at, and what is usual
MEASURED = (64, 256)
USUAL_RATE = 48_000.0
ENOUGH_SECONDS = 0.4  # of measuring
ENOUGH_RUNS = 400
FEWEST_RUNS = 10
LONGEST_OPENING = 5.0  # s
MOST_LOAD = 0.9  # of a core: beyond this no worker keeps up

# A run costs the processor time of its thread, whoever else wants the core; on Windows that clock ticks every 16 ms.
_now = thread_time if get_clock_info("thread_time").resolution < 1e-5 else perf_counter


def measure(data: bytes, title: str) -> dict[str, Any]:
    """The figures of a card. Raises ModuleDeclarationError, one sentence."""
    before = _memory()
    start = _now()
    session = open_model(data)
    if _now() - start > LONGEST_OPENING:
        raise ModuleDeclarationError(f"it takes longer than {LONGEST_OPENING:.0f} s to open")
    contract = read_contract(
        session.get_inputs(), session.get_outputs(), session.get_modelmeta().custom_metadata_map, title
    )
    _check_lengths(session, contract)
    del session
    for span in (contract.frames,) if contract.frames else BLOCKS:
        _let_it_hear(data, contract, span)
    lengths = (contract.frames,) if contract.frames else MEASURED
    costs = [_cost(data, contract, frames) for frames in lengths]
    load = costs[-1]["fastest"] * (contract.sample_rate or USUAL_RATE) / costs[-1]["frames"]
    if load > MOST_LOAD:
        raise ModuleDeclarationError(f"it is too slow to be played: it takes {100 * load:.0f} % of a core here")
    return {
        "contract": contract.model_dump(mode="json", by_alias=True),
        "costs": costs,
        "memory": _memory() - before,
        "block_error": 0.0 if contract.frames else _block_error(data, contract),
        "measured_on": processor(),
        "onnxruntime": onnxruntime.__version__,
    }


def processor() -> str:
    """What the figures were measured on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _check_lengths(session: Any, contract: Contract) -> None:
    """A run on silence must give as many frames as it takes, and states of the size they had."""
    frames = contract.frames or BLOCKS[-1]
    signals: dict[str, tuple[int, ...]] = {jack.tensor: (1, len(jack.ids), frames) for jack in contract.inputs}
    shapes = {"number": (), "vector": (1,), "signal": (1, 1, frames)}
    signals |= {knob.tensor: shapes[knob.form] for knob in contract.knobs}
    given = {name: np.zeros(shape, np.float32) for name, shape in signals.items()}
    states = [tensor for tensor in session.get_inputs() if tensor.name in contract.states]
    given |= {tensor.name: np.zeros(tensor.shape, np.float32) for tensor in states}
    names = [jack.tensor for jack in contract.outputs]
    try:
        heard = session.run([*names, *contract.states.values()], given)
    except Exception as error:
        raise refused(error) from error
    for name, result, jack in zip(names, heard, contract.outputs, strict=False):
        if result.ndim == 3 and result.shape[2] != frames:
            more = "fewer" if result.shape[2] < frames else "more"
            raise ModuleDeclarationError(
                f"{more} frames come out of {name!r} than go in: {result.shape[2]} for {frames}"
            )
        if result.shape != (1, len(jack.ids), frames):
            raise ModuleDeclarationError(f"{name!r} comes out in the shape {list(result.shape)}, not as it declares")
    for state, result in zip(contract.states, heard[len(names) :], strict=True):
        if result.shape != given[state].shape:
            raise ModuleDeclarationError(f"the state {state!r} changes its shape in a run")


def _let_it_hear(data: bytes, contract: Contract, span: int) -> None:
    """Silence, noise, too much, and NaN: it must not fail, nor make NaN of what a patch sends."""
    model = Contracted(data, contract, span)
    result = np.zeros((model.rows_out, span), np.float32)
    random = np.random.default_rng(1)
    for turned in ("default", "lowest", "highest"):
        for what, volts in (("silence", 0.0), ("noise", 5.0), ("24 V", 24.0)):
            given = _knobs(contract, np.zeros((model.rows_in, span), np.float32), turned)
            jacks = model.rows_in - len(contract.knobs)
            given[:jacks] = random.uniform(-volts, volts, (jacks, span))
            for _ in range(3):
                model.compute(given, result)
                if model.broken:
                    raise ModuleDeclarationError(f"it makes NaN or infinity of {what}, knobs at their {turned}")
    given[:] = np.nan
    model.compute(given, result)
    model.reset()
    before = model.broken
    model.compute(_knobs(contract, np.zeros_like(given), "default"), result)
    if model.broken > before:
        raise ModuleDeclarationError("it does not recover from NaN")


def _knobs(contract: Contract, given: Rows, turned: str) -> Rows:
    for row, setting in enumerate(contract.knobs, len(given) - len(contract.knobs)):
        knob = setting.knob()
        given[row] = {"default": knob.default, "lowest": knob.minimum, "highest": knob.maximum}[turned]
    return given


def _cost(data: bytes, contract: Contract, frames: int) -> dict[str, float]:
    model = Contracted(data, contract, frames)
    given = _knobs(contract, np.random.default_rng(2).uniform(-5, 5, (model.rows_in, frames)).astype("f"), "default")
    result = np.zeros((model.rows_out, frames), np.float32)
    for _ in range(3):
        model.compute(given, result)
    taken: list[float] = []
    while len(taken) < FEWEST_RUNS or (len(taken) < ENOUGH_RUNS and sum(taken) < ENOUGH_SECONDS):
        start = _now()
        model.compute(given, result)
        taken.append(_now() - start)
    return {"frames": frames, "typical": float(np.median(taken)), "worst": max(taken), "fastest": min(taken)}


def _block_error(data: bytes, contract: Contract) -> float:
    """How far runs of 64 frames are from runs of 256, for noise at full scale; 1.0 = 5 V."""
    frames = 2048
    heard = []
    for span in MEASURED:
        model = Contracted(data, contract, span)
        given = np.random.default_rng(3).uniform(-5, 5, (model.rows_in, frames)).astype(np.float32)
        given = _knobs(contract, given, "default")
        result = np.zeros((model.rows_out, frames), np.float32)
        for start in range(0, frames, span):
            here = slice(start, start + span)
            part = np.zeros((model.rows_out, span), np.float32)
            model.compute(np.ascontiguousarray(given[:, here]), part)
            result[:, here] = part
        heard.append(result)
    return float(np.abs(heard[0] - heard[1]).max() / 5.0)


def _memory() -> int:
    """The most that this process has had in memory, in bytes; 0 where that cannot be known."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
