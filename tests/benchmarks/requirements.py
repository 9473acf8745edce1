"""The numbers we hold ourselves to."""

from __future__ import annotations

from tests.requirement import Requirement

BLOCK_64_MS = 1000 * 64 / 48_000

REQUIREMENTS = {
    "ratio.scsynth.mono.block64": Requirement(0.5, at_least=True),
    "ratio.scsynth.poly16.block64": Requirement(3.0, at_least=True),
    "ratio.scsynth.mono.block256": Requirement(0.5, at_least=True),
    "ratio.scsynth.poly16.block256": Requirement(3.0, at_least=True),
    # One block, and 5 ms for the websocket, the server and the pipe to the engine.
    "latency_ms.knob_to_sound.p99": Requirement(round(BLOCK_64_MS + 5.0, 2)),
    "seconds.first_sound": Requirement(3.0),
    "seconds.first_start": Requirement(30.0),
    "seconds.death_to_sound": Requirement(1.0),
    "seconds.death_to_sound.longest": Requirement(1.0),
    # The watchdog waits for two seconds without a block, and looks ten times a second.
    "seconds.standstill_to_sound": Requirement(3.5),
    "late_blocks_percent.jack": Requirement(0.1),
    "late_blocks_percent.jack_undisturbed": Requirement(0.1),
    "late_blocks_percent.caused_by_us": Requirement(0.1),
}
