"""Measures what a headset would feel: ``python -m tests.unity_client.end_to_end``. Exit code 1 where it is too slow."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.end_to_end.running_server import running_server
from tests.unity_client.end_to_end.headset import build, headset

KNOB_SECONDS = 60
VOICE_SECONDS = 10
SLOWEST = 10.0  # ms, of the 99th percentile of a knob's way to the server and back


async def measure(folder: Path) -> bool:
    """Print the figures; whether they are good enough."""
    program = build(folder / "program")
    async with running_server(folder) as server:
        async with headset(program, server.port, "knobs", KNOB_SECONDS) as quest:
            await quest.end()
        print(f"knob turned {quest.found['turns']} times in {KNOB_SECONDS} s, and back:")
        print("  round trip  ", *(f"{name} {quest.number(f'{name}_ms'):.2f} ms" for name in ("p50", "p99", "worst")))
        print(f"  allocated    {quest.found['allocated_bytes']} bytes, {quest.found['collections']} collections")
        good = quest.number("p99_ms") <= SLOWEST and quest.number("allocated_bytes") == 0
        async with headset(program, server.port, "voice", VOICE_SECONDS) as quest:
            await quest.say(str(folder / "sound.f32"))
            await quest.end()
        print("sound of the server, here:")
        print(f"  latency      {quest.number('latency_ms'):.1f} ms without the device")
        print(f"  buffer       {quest.number('depth_ms'):.1f} ms, jitter {quest.number('jitter_ms'):.1f} ms")
        print(f"  underruns    {quest.found['underruns']}, frames lost {quest.found['lost_frames']}")
    return good


def main() -> int:
    """Measure in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="synthvr-headset-") as folder:
        return 0 if asyncio.run(measure(Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
