"""The FFT and the window pair."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.neural.stft import BINS, HOP, SIZE, SYNTHESIS, WINDOW, analyse, synthesise, transform

RNG = np.random.default_rng(3)


def room():
    return np.zeros((2, 2, SIZE), np.float32)


def spectra_of(first, second):
    spectra = np.zeros((2, 2, BINS), np.float32)
    analyse(np.float32(first), np.float32(second), spectra, *room())
    return spectra


def test_the_transform_is_that_of_numpy():
    x, y = room()
    x[:] = RNG.standard_normal((2, SIZE))
    expected = np.fft.fft(x[0] + 1j * x[1].astype(float))
    transform(x, y)
    assert np.abs(y[0] + 1j * y[1] - expected).max() < 1e-6 * np.abs(expected).max()


def test_two_real_frames_go_through_one_transform():
    frames = RNG.standard_normal((2, SIZE)).astype(np.float32)
    for found, frame in zip(spectra_of(*frames), frames, strict=True):
        expected = np.fft.rfft(WINDOW * frame.astype(float))
        assert np.abs(found[0] + 1j * found[1] - expected).max() < 1e-6 * np.abs(expected).max()


def test_there_and_back_leaves_a_frame_between_two_windows():
    frames = RNG.standard_normal((2, SIZE)).astype(np.float32)
    back = np.zeros((2, SIZE), np.float32)
    synthesise(spectra_of(*frames), back[0], back[1], *room())
    assert back == pytest.approx(frames * WINDOW * SYNTHESIS, abs=1e-6)


def test_the_overlapped_windows_add_up_to_one():
    product = (WINDOW * SYNTHESIS).astype(float).reshape(-1, HOP)
    assert product.sum(axis=0) == pytest.approx(1.0, abs=1e-6)


def test_what_is_no_number_counts_as_silence():
    frame = np.zeros(SIZE, np.float32)
    wild = frame.copy()
    wild[[3, 400, 800, 900]] = np.nan, np.inf, -np.inf, 1e30
    assert not spectra_of(wild, frame).any()
