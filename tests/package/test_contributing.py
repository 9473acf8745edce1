"""What CONTRIBUTING shows is what runs."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synthvr_server.engine.discovery import load_module_file
from synthvr_server.module import Module
from tests.rig import rig

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
KERNEL, BUILD, PLAY = re.findall(r"```python\n(.*?)```", CONTRIBUTING, re.DOTALL)
# What the examples leave out: the head of a class that has the jacks and the knob that they name.
HEAD = '''"""{name}: in → out"""

import numpy as np
import pyo

from synthvr_server.module import Input, Knob, Module, Output


class Session:
    """A model that bends, in place of one of onnxruntime."""

    def __init__(self, model, inputs, outputs):
        self.x, self.y = inputs["x"], outputs["y"]

    def run(self):
        np.tanh(self.x, out=self.y)


class {name}(Module):
    """As CONTRIBUTING shows it."""

    title = "{name}"
    model = type("File", (), {{"read_bytes": lambda self: b""}})()

    audio = Input("In", "audio")
    {knob} = Knob("Knob", 0.0, 20_000.0, default={default})
    out = Output("Out", "audio")

'''


def made(folder: Path, name: str, text: str) -> type[Module]:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return load_module_file(path)


def heard(cls: type[Module], signal: np.ndarray) -> Any:
    with rig(cls, feeds={"audio": 1}) as under_test:
        return under_test.run(len(signal) / 48_000, audio=signal)["out"][:, 0]


def tone(hertz: float) -> np.ndarray:
    return 5 * np.sin(2 * np.pi * hertz * np.arange(24_000) / 48_000)


def test_the_kernel_keeps_what_is_above_0_volts(tmp_path: Path) -> None:
    signal = tone(300)
    out = heard(made(tmp_path, "rectifier", KERNEL), signal)
    assert out == pytest.approx(np.maximum(signal, 0), abs=1e-5)


def test_the_module_of_pyo_objects_is_a_low_pass(tmp_path: Path) -> None:
    text = HEAD.format(name="Tone", knob="cutoff", default=200.0) + textwrap.indent(textwrap.dedent(BUILD), "    ")
    cls = made(tmp_path, "tone", text)
    low, high = (np.std(heard(cls, tone(hertz))[12_000:]) for hertz in (50, 5_000))
    assert 20 * np.log10(high / low) < -20


def test_the_module_of_a_library_plays_what_its_model_makes(tmp_path: Path) -> None:
    text = HEAD.format(name="Infer", knob="level", default=0.5) + textwrap.indent(textwrap.dedent(PLAY), "    ")
    signal = tone(300)
    assert heard(made(tmp_path, "infer", text), signal) == pytest.approx(0.5 * np.tanh(signal), abs=1e-4)


def test_every_link_of_the_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "unity_client").rglob("*.md")]
    assert len(documents) > 10
    for document in documents:
        for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name} links to {link}, which does not exist"
