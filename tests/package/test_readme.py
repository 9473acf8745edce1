"""What the README shows is what runs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file
from tests.rig import rig

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_MODULE = ROOT / "docs" / "ring_modulator.py"


def test_the_first_module_in_the_readme_is_the_file_that_is_tested() -> None:
    assert FIRST_MODULE.read_text(encoding="utf-8").strip() in README


def test_the_first_module_makes_sum_and_difference_of_two_tones() -> None:
    time = np.arange(48_000) / 48_000
    tones = {
        "carrier": 5 * np.sin(2 * np.pi * 1000 * time),
        "modulator": 5 * np.sin(2 * np.pi * 300 * time),
    }
    with rig(load_module_file(FIRST_MODULE), feeds={"carrier": 1, "modulator": 1}) as under_test:
        heard = under_test.run(1.0, **tones)["out"][:, 0]
    spectrum = np.abs(np.fft.rfft(heard)) / len(heard) * 2
    assert spectrum[[700, 1300]] == pytest.approx([2.5, 2.5], rel=0.01)
    assert spectrum[[300, 1000]] == pytest.approx([0, 0], abs=0.01)


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    assert len(README.splitlines()) < 150
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), f"README.md links to {link}, which does not exist"


@pytest.mark.parametrize("target", ["run", "test", "check", "generate", "bench", "docs"])
def test_make_help_lists_every_habit(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
