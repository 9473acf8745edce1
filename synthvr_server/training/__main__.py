"""Trains every model that we ship: ``python -m synthvr_server.training``; each part alone by its own name."""

from __future__ import annotations

from . import amp, morph, timbre, wave

if __name__ == "__main__":
    for part in (amp, timbre, morph, wave):
        part.main([])
