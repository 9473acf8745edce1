"""Blocks in, blocks out: the right sound, at the latency that is declared."""

from __future__ import annotations

import gc
import threading

import numpy as np
import pytest

from synthvr_server.neural.buffering import Buffering, is_late, latency_of, span_of
from synthvr_server.neural.card import Card, Cost
from synthvr_server.neural.contract import Contract
from synthvr_server.neural.contracted import Contracted
from synthvr_server.neural.worker import Worker
from tests.neural import onnx_files as files
from tests.neural.test_contract import contract_of

TAPS = [0.25, -0.5, 1.0]
RATE = 48_000.0


def card_of(contract: Contract, seconds: float) -> Card:
    cost = Cost(frames=contract.frames or 64, fastest=seconds, typical=seconds, worst=seconds)
    return Card(file="m.onnx", sha256="", bytes=1, contract=contract, costs=(cost,), memory=0, block_error=0)


def played(buffering: Buffering, volts: np.ndarray, block: int) -> np.ndarray:
    out = np.zeros_like(volts)
    for at in range(0, len(volts), block):
        buffering.play([volts[at : at + block]], [out[at : at + block]])
    return out


@pytest.mark.parametrize("block", [16, 64, 100, 256])
@pytest.mark.parametrize("frames", ["frames", 1, 16, 48, 64, 200, 480])
@pytest.mark.parametrize("slow", [False, True])
def test_sound_comes_whole_and_exactly_as_late_as_declared(frames: int | str, block: int, slow: bool) -> None:
    data = files.fir(TAPS, frames)
    contract = contract_of(data)
    card = card_of(contract, 1.0 if slow else 1e-9)
    late = is_late(card, block, RATE)
    assert late is slow
    model = Contracted(data, contract, span_of(contract.frames, block))
    buffering = Buffering(model, block, late, waits=True)
    volts = np.random.default_rng(1).uniform(-5, 5, block * (6000 // block)).astype(np.float32)
    heard = played(buffering, volts, block)
    buffering.close()
    latency = latency_of(card, block, RATE)
    ideal = np.convolve(volts, TAPS[::-1])[: len(volts) - latency]
    assert np.abs(heard[:latency]).max(initial=0) == 0
    np.testing.assert_allclose(heard[latency:], ideal, atol=1e-4)


def test_in_the_graph_there_is_no_latency_where_runs_fit_the_block() -> None:
    for frames in ("frames", 1, 32, 64):
        assert latency_of(card_of(contract_of(files.gain(frames)), 1e-9), 64, RATE) == 0
    assert latency_of(card_of(contract_of(files.gain(480)), 1e-9), 64, RATE) == 480
    assert latency_of(card_of(contract_of(files.gain(latency="7")), 1e-9), 64, RATE) == 7


def test_a_model_that_needs_more_than_half_a_block_goes_to_the_worker() -> None:
    block_seconds = 64 / RATE
    card = card_of(contract_of(files.gain(32)), 0.2 * block_seconds)  # two runs in a block
    assert not is_late(card, 64, RATE)
    assert is_late(card_of(card.contract, 0.3 * block_seconds), 64, RATE)
    assert latency_of(card_of(card.contract, 0.3 * block_seconds), 64, RATE) == 64


class Gate(Contracted):
    """Computes when it is told to."""

    def __init__(self) -> None:
        data = files.gain(64)
        super().__init__(data, contract_of(data), 64)
        self.may, self.has = threading.Semaphore(0), threading.Semaphore(0)

    def compute(self, given: np.ndarray, result: np.ndarray) -> None:
        self.may.acquire()
        result[:] = given[:1]
        self.has.release()


def test_a_late_worker_costs_its_span_and_the_audio_thread_does_not_wait() -> None:
    model = Gate()
    worker = Worker(model)
    given, result = np.ones((2, 64), np.float32), np.ones((1, 64), np.float32)

    def exchange(value: float) -> float:
        given[:] = value
        worker.exchange(given, result)
        return float(result[0, 0])

    assert exchange(1) == 0  # nothing was asked before
    assert exchange(2) == 0 and worker.missed == 1  # span 1 is not done
    assert exchange(3) == 0 and worker.missed == 2  # and its slot is taken: span 3 is dropped
    model.may.release(10)
    model.has.acquire()
    model.has.acquire()
    worker._waits = True
    assert exchange(4) == 0  # the dropped one
    assert exchange(5) == 4, "it has caught up"
    worker.close()


def test_what_a_model_makes_of_nan_is_silence_and_does_not_stay() -> None:
    data = files.fir(TAPS)
    model = Contracted(data, contract_of(data), 64)
    result = np.zeros((1, 64), np.float32)
    model.compute(np.full((1, 64), np.nan, np.float32), result)
    assert not result.any() and model.broken == 1
    model.compute(np.ones((1, 64), np.float32), result)
    assert np.isfinite(result).all() and result.any()


def test_outputs_are_held_to_24_volts() -> None:
    data = files.fir([0.0, 1e6])
    model = Contracted(data, contract_of(data), 64)
    result = np.zeros((1, 64), np.float32)
    model.compute(np.ones((1, 64), np.float32), result)
    assert result.max() == 24.0


def test_the_thread_ends_with_its_module() -> None:
    data = files.gain(64)
    before = threading.active_count()
    worker = Worker(Contracted(data, contract_of(data), 64))
    thread = worker._thread
    del worker
    gc.collect()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert threading.active_count() == before
