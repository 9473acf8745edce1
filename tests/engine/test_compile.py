"""What several processes that compile the same kernel write into the same folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthvr_server.engine.compile import compile_kernel, is_cached
from synthvr_server.module import Module, Output, kernel


class Five(Module):
    """5 V."""

    title = "Five"
    channels = 1
    out = Output("Out")

    @kernel
    def process(out):
        for frame in range(out.shape[0]):
            out[frame, 0] = 5.0


def test_a_kernel_is_compiled_although_another_compiles_it_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_late(temporary: Path, path: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        compile_kernel(Five, tmp_path)  # all that another does, while this one has not put its file in place
        return replace(temporary, path)

    monkeypatch.setattr(Path, "replace", replace_late)
    assert compile_kernel(Five, tmp_path).addresses
    assert is_cached(Five, tmp_path)
    assert not list(tmp_path.glob(".*"))
