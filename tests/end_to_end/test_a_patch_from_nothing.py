"""A client builds a patch from nothing, hears it, saves it; the server restarts; it sounds the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.end_to_end.running_server import Client, running_server

A4 = 440.0


def add(name: str, kind: str, **knobs: float) -> dict[str, Any]:
    return {"do": "add_module", "id": name, "module": {"type": kind, "knobs": knobs}}


def plug(name: str, source: str, target: str) -> dict[str, Any]:
    (module, jack), (to_module, to_jack) = source.split("."), target.split(".")
    ends = {"from": {"module": module, "jack": jack}, "to": {"module": to_module, "jack": to_jack}}
    return {"do": "connect", "id": name, "cable": ends}


VOICE = [
    add("osc", "vco", frequency=9.0),
    add("filter", "ladder", cutoff=20_000.0),
    add("speaker", "output", level=0.0),
    plug("c1", "osc.saw", "filter.audio"),
    plug("c2", "filter.out", "speaker.left"),
]


def pitch(sound: np.ndarray, rate: int = 48_000) -> float:
    """Frequency of the strongest partial in Hz, interpolated."""
    spectrum = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    peak = int(spectrum.argmax())
    below, at, above = np.log(spectrum[peak - 1 : peak + 2] + 1e-12)
    return float((peak + 0.5 * (below - above) / (below - 2 * at + above)) * rate / len(sound))


def level_above(sound: np.ndarray, hertz: float, rate: int = 48_000) -> float:
    """Level in dBFS of all that lies above a frequency."""
    spectrum = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound)))) / len(sound) * 4
    high = np.fft.rfftfreq(len(sound), 1 / rate) > hertz
    return float(10 * np.log10(np.sum(spectrum[high] ** 2) / 2 + 1e-15))


async def clear(client: Client) -> None:
    modules = client.welcome["patch"]["modules"]
    if modules:
        await client.edit(*({"do": "remove_module", "id": name} for name in modules))


async def test_a_patch_from_nothing_sounds_the_same_after_a_restart(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server, server.client() as client:
        await client.until_playing()
        await clear(client)
        assert (await client.edit(*VOICE))["type"] == "ack"
        before = await client.listen(1.0, skip=0.3)
        assert 1200 * np.log2(pitch(before) / A4) == pytest.approx(0, abs=1.0)

        await client.send("turn", module="filter", knob="cutoff", value=500.0)
        dark = await client.listen(0.5, skip=0.3)
        assert level_above(before, 4000) - level_above(dark, 4000) > 30
        await client.send("turn", module="filter", knob="cutoff", value=20_000.0)
        await client.send("release", module="filter", knob="cutoff")
        bright = await client.listen(0.5, skip=0.3)
        assert level_above(bright, 4000) == pytest.approx(level_above(before, 4000), abs=1.0)
        assert (await client.ask("save_patch", name="from nothing"))["type"] == "ack"
        assert await server.stop() == 0

    async with running_server(tmp_path) as server, server.client() as client:
        await client.until_playing()
        listed = await client.ask("list_patches")
        assert "from nothing" in [entry["name"] for entry in listed["patches"]]
        assert (await client.ask("load_patch", name="from nothing"))["type"] == "ack"
        after = await client.listen(1.0, skip=0.3)

    assert 1200 * np.log2(pitch(after) / A4) == pytest.approx(0, abs=1.0)
    assert np.sqrt(np.mean(after**2)) == pytest.approx(np.sqrt(np.mean(before**2)), rel=0.01)
    assert level_above(after, 4000) == pytest.approx(level_above(before, 4000), abs=0.5)
