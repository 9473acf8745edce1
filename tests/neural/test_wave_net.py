"""The wave net as it plays, against the same net in torch, and on its own."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.neural import wavenet_oscillator_net as playing
from synthvr_server.neural.wavenet_oscillator import SHIPPED, sinc_table

RATE = playing.RATE


def test_the_playing_net_says_what_the_trained_net_says():
    torch = pytest.importorskip("torch")
    from synthvr_server.training.wave_free_run import free_run
    from synthvr_server.training.wave_net import WaveNet, describe, phase_features, turns_of

    torch.manual_seed(1)
    net = WaveNet()
    material, character, hertz, phase = (np.array([value]) for value in (1.7, 0.3, 220.0, 0.2))
    said = free_run(playing.Net.of(net.weights()), 1.7, 0.3, 220.0, 0.2, 0.0, np.zeros(1200, np.float32))
    heard = np.append(np.float32(0), said[:-1])[None]
    phases = phase_features(turns_of(phase, hertz, 1200), hertz, np.ones(1))
    with torch.no_grad():
        mean, _ = net(*map(torch.from_numpy, (heard, phases, describe(material, character, hertz))))
    assert np.abs(mean.numpy()[0] - said).max() < 1e-4  # of full scale: dsp.tanh is an approximation
    assert said.std() > 0.001


def test_weights_that_are_not_ours_are_refused(tmp_path):
    with np.load(SHIPPED) as stored:
        named = {name: stored[name] for name in playing.SHAPES}
    for spoiled in (
        {name: array for name, array in named.items() if name != "mix"},
        named | {"head": named["head"][:3]},
        named | {"last": np.full_like(named["last"], np.nan)},
    ):
        np.savez(tmp_path / "wave.npz", **spoiled)
        with pytest.raises(ValueError, match="not the weights of a wave net"):
            playing.Net.load(tmp_path / "wave.npz")


def test_the_way_to_the_engines_rate_keeps_13_khz_and_stops_the_images_of_it():
    table = sinc_table(16_000.0, 2 * RATE, 64)  # two runs speak in turns
    fine = np.zeros(64 * 64)  # the taps of all places are one long filter
    for place in range(64):
        fine[np.arange(64) * 64 + place] = table[place]
    response = np.abs(np.fft.rfft(fine, 1 << 18)) / 64
    hertz = np.fft.rfftfreq(1 << 18, 1 / (64 * 2 * RATE))
    assert np.abs(20 * np.log10(response[hertz < 13_000])).max() < 0.1
    assert 20 * np.log10(response[hertz > 19_000].max()) < -75.0
