"""Csound, without sound output.

Its faster ladder (moogladder2): with the older opcode of that name the same voices cost more than four times as much.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..patches import CUTOFF_HZ, RATE, RESONANCE, hertz
from .peer import MONO_GAIN, Peer, cpu_of


def document(voices: int, block: int, seconds: float) -> str:
    """A CSD document: one instrument, and a note of it for every voice."""
    notes = "\n".join(f"i 1 0 {seconds:g} {hertz(index):.4f}" for index in range(voices))
    return f"""<CsoundSynthesizer>
<CsInstruments>
sr = {RATE}
ksmps = {block}
nchnls = 1
0dbfs = 1
instr 1
asaw vco2 1, p4
alow moogladder2 asaw, {CUTOFF_HZ}, {RESONANCE}
out alow * {MONO_GAIN}
endin
</CsInstruments>
<CsScore>
{notes}
</CsScore>
</CsoundSynthesizer>
"""


def _cpu_seconds(voices: int, block: int, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voices.csd"
        path.write_text(document(voices, block, seconds), encoding="ascii")
        return cpu_of(["csound", "-n", "-d", "-m0", str(path)])


PEER = Peer("csound", "csound", lambda: shutil.which("csound") is not None, _cpu_seconds, 300)
