"""Nothing gathers an offset: no loop lifts it, nothing sticks at a rail, and when it ends all comes to rest."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.engine.rows import GUARD_VOLTS
from synthvr_server.module import Module
from tests.rig import Rig, rig

from .every import FOUND, jacks, positions, sounds

RATE, BLOCK = 48_000, 1024
VOLTS = 5.0
LONG, REST = 10.0, 6.0  # s
AT_LAST = RATE // 2  # frames that are judged
PULSES = np.where(np.arange(round(LONG * RATE) + BLOCK) % 480 < 48, VOLTS, -VOLTS).astype(np.float32)  # 10 %, 100 Hz
SLIGHT = 0.05  # V


def passes_audio(cls: type[Module]) -> bool:
    return bool(jacks(cls, "audio") and sounds(cls))


def ends(under_test: Rig, seconds: float, **signals: object) -> dict[str, np.ndarray]:
    """The last half second of every audio output."""
    heard = under_test.run(seconds, **signals)
    return {jack: heard[jack][-AT_LAST:, 0].astype(float) for jack in sounds(under_test.cls)}


@pytest.mark.parametrize("module", [name for name, cls in sorted(FOUND.modules.items()) if passes_audio(cls)])
@pytest.mark.parametrize("where", ["default", "right", "alternating"])
def test_an_offset_neither_grows_nor_stays(module: str, where: str) -> None:
    cls = FOUND.modules[module]
    audio = jacks(cls, "audio")
    # One at a time, and, with every second knob turned up, all at once.
    together = [audio] if where == "alternating" else [[jack] for jack in audio]
    silence, volts = dict.fromkeys(audio, 0.0), VOLTS if where == "default" else -VOLTS
    with rig(cls, feeds=dict.fromkeys(audio, 1), block=BLOCK, set_to=positions(cls)[where]) as under_test:
        own = ends(under_test, 1.0, **silence)
        for fed in together:
            offset = ends(under_test, LONG, **silence | dict.fromkeys(fed, volts))
            pulses = ends(under_test, LONG, **silence | dict.fromkeys(fed, PULSES))
            rest = ends(under_test, REST, **silence)
            for jack, alone in own.items():
                what = f"{', '.join(fed)} → {jack}"
                most = cls.dc_gain * VOLTS * len(fed) + SLIGHT
                assert abs(offset[jack].mean() - alone.mean()) <= most, f"{what}: lifts an offset"
                if len(fed) == 1:  # what is meant to add up may reach the rails
                    assert np.mean(np.abs(pulses[jack]) >= GUARD_VOLTS) < 0.01, f"{what}: pulses stick at a rail"
                if np.abs(alone).max() < SLIGHT:
                    assert abs(rest[jack].mean()) <= SLIGHT, f"{what}: does not come to rest"
                else:  # it has a sound of its own
                    assert np.abs(rest[jack]).max() <= 1.1 * np.abs(alone).max() + SLIGHT, f"{what}: is not as before"
