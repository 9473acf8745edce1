"""Other synthesizers, playing the same patch: saw → ladder low-pass at 1,200 Hz, medium resonance → gain → out.

Each file offers one ``Peer``. What it reports is the CPU time of a whole run, start-up included; who asks takes the
difference of a long and a short run.
"""

from __future__ import annotations

from . import csound, scsynth, signalflow
from .peer import Peer

PEERS: tuple[Peer, ...] = (scsynth.PEER, csound.PEER, signalflow.PEER)
