"""The wheel, installed in an empty environment, serves from any folder; wheel and sdist carry everything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds the sdist, and the wheel from the sdist: what a packager does."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return folder


def test_wheel_and_sdist_carry_modules_patches_and_the_web_view(distributions: Path) -> None:
    wheel = set(zipfile.ZipFile(next(distributions.glob("*.whl"))).namelist())
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as archive:
        sdist = {name.partition("/")[2] for name in archive.getnames()}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "modules").rglob("*.py")}
    patches = {path.relative_to(ROOT).as_posix() for path in (ROOT / "synthvr_server/patches").glob("*.json")}
    assert modules
    assert patches
    assert modules | patches | {"synthvr_server/web_view/dist/index.html"} <= sdist
    assert {f"synthvr_server/{name}" for name in modules} | patches <= wheel
    assert "synthvr_server/web_view/dist/index.html" in wheel
    stray = {name for name in wheel if name.split("/")[0] not in ("synthvr_server",) and ".dist-info/" not in name}
    assert stray == set(), "a wheel puts nothing but our package into site-packages"
    assert not any("node_modules" in name or "/web_view/src/" in name for name in wheel)


def test_the_installed_wheel_serves_from_another_folder(distributions: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(distributions.glob("*.whl"))
    pip = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [scripts / "synthvr", "serve", "--port", "0", "--audio", "clock", "--library", tmp_path / "library"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.PIPE, text=True, env=environ) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address
            page = urllib.request.urlopen(address[0], timeout=30).read().decode()
            assert "<title>SynthVR" in page
        finally:
            server.terminate()
    assert list(elsewhere.iterdir()) == []
