"""The folders say who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "synthvr_server"

# folder or file of the package → what of the package it may import, besides itself
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "declared": {"errors"},
    "module": {"declared", "errors"},
    "dsp": {"module"},
    "residuals": {"dsp"},
    "crossings": {"dsp"},
    "waveforms": {"dsp", "residuals", "crossings"},
    "oversampling": {"dsp"},
    "loudness": set(),
    "patch": {"errors"},
    "protocol": {"errors", "patch"},
    "engine": {"errors", "module", "dsp", "residuals", "crossings", "waveforms", "oversampling", "patch", "protocol"},
    "neural": {"errors", "module", "dsp", "oversampling"},
    "training": {"errors", "module", "dsp", "neural"},
    "codegen": {"patch", "protocol"},
    "server": {"errors", "patch", "protocol", "engine"},
    "cli": {"errors", "patch", "protocol", "engine", "server", "codegen", "neural", "training", "loudness"},
    "__main__": {"cli"},
    "__init__": set(),
}
# library → who may import it
LIBRARIES: dict[str, set[str]] = {
    "pyo": {"engine"},
    "numba": {"engine", "dsp", "loudness", "neural", "training"},
    "llvmlite": {"engine", "neural"},
    "onnxruntime": {"neural"},
    "onnx": {"neural", "training"},
    "torch": {"training"},
    "websockets": {"server"},
    "zeroconf": {"server"},
    "ifaddr": {"server"},
    "soundfile": {"cli", "training"},
    "tqdm": {"cli", "training"},
    "asyncio": {"engine", "server", "cli"},
}


def imports(path: Path) -> set[str]:
    """Absolute dotted names of all that a file imports, wherever in the file."""
    package = ("synthvr_server", *path.relative_to(PACKAGE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(filter(None, (base, node.module)))
            found |= {name} if node.module else {f"{name}.{alias.name}" for alias in node.names}
    return found


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_folder_may(path: Path) -> None:
    here = place(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "synthvr_server" and len(parts) > 1 and not parts[1].startswith("__"):
            assert parts[1] == here or parts[1] in ARROWS[here], f"{here} may not import {name}"
        assert parts[0] not in LIBRARIES or here in LIBRARIES[parts[0]], f"{here} may not import {parts[0]}"


@pytest.mark.parametrize("path", sorted((ROOT / "modules").rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_imports_the_vocabulary_and_never_another_module(path: Path) -> None:
    words = {"module", "dsp", "residuals", "crossings", "waveforms", "oversampling"}
    vocabulary = {f"synthvr_server.{word}" for word in words}
    allowed = {"__future__", "pathlib", "numpy", "numba", "pyo", "synthvr_server.errors"} | vocabulary
    found = {name for name in imports_of_module(path) if not name.startswith("synthvr_server.neural")}
    assert found <= allowed, f"{path.name} imports {found - allowed}"


def imports_of_module(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_server_process_loads_neither_pyo_nor_numba() -> None:
    code = (
        "import sys, synthvr_server.server.app; print([m for m in ('pyo', 'numba', 'onnxruntime') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_importing_pyo_the_way_we_do_prints_nothing() -> None:
    code = "import synthvr_server.engine.host"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout + result.stderr == ""


def test_every_file_has_one_reason_to_change() -> None:
    sources = [*FILES, *(ROOT / "modules").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    long = {str(path.relative_to(ROOT)): n for path in sources if (n := len(path.read_text().splitlines())) > 350}
    assert long == {}
