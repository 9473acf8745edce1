"""What every test leaves as it found it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _denormals_are_numbers_again() -> Iterator[None]:
    """onnxruntime's first session makes denormals zero on its thread, and hypothesis then refuses to draw floats."""
    yield
    if "onnxruntime" in sys.modules:
        from synthvr_server.engine.rows import restore_denormals

        restore_denormals()
