"""A server with a small rack, and Chromium looking at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from synthvr_server.server.static_files import WEB_VIEW
from tests.end_to_end.running_server import RunningServer, running_server
from tests.web_view.desktop import Desktop

# No network but loopback. Drawn in software: a canvas through SwiftShader's GL took 1–2 frames a second, this takes 54.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
PATCH_NAME = "small rack"


def small_rack() -> dict[str, Any]:
    """Keys into an oscillator into a filter into an amplifier into the output; their gate restarts an LFO."""
    order = ["keys", "vco", "ladder", "vca", "output", "lfo"]
    modules = {name: {"type": name, "position": [60.0 * place, 0, 0]} for place, name in enumerate(order)}
    ends = [
        ("keys/pitch", "vco/pitch"),
        ("vco/saw", "ladder/audio"),
        ("ladder/out", "vca/audio"),
        ("vca/out", "output/left"),
        ("keys/gate", "lfo/reset"),
    ]
    cables = {
        f"c{number}": {"from": _jack(source), "to": _jack(target)} for number, (source, target) in enumerate(ends)
    }
    return {"title": "Small rack", "modules": modules, "cables": cables}


def _jack(name: str) -> dict[str, str]:
    module, jack = name.split("/")
    return {"module": module, "jack": jack}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningServer]:
    """`synthvr serve` with the small rack in its library."""
    if not (WEB_VIEW / "index.html").is_file():
        pytest.skip("the web view has not been built: `make test` builds it")
    library: Path = tmp_path_factory.mktemp("library")
    (library / "patches").mkdir()
    (library / "patches" / f"{PATCH_NAME}.json").write_text(json.dumps(small_rack()))
    async with running_server(library, PATCH_NAME) as running:
        async with running.client() as client:
            await client.until_playing()
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, where there is one."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desktop(server: RunningServer, browser: Browser) -> AsyncIterator[Desktop]:
    """The web view, showing the small rack as it was saved; nothing it says on its console may be an error."""
    async with looking(server, browser, viewport={"width": 1400, "height": 900}) as view:
        yield view


@pytest_asyncio.fixture(loop_scope="module")
async def phone(server: RunningServer, browser: Browser) -> AsyncIterator[Desktop]:
    """The same on a telephone: small, upright, touched with fingers."""
    screen = {"width": 390, "height": 844}
    async with looking(server, browser, viewport=screen, has_touch=True, is_mobile=True) as view:
        yield view


@asynccontextmanager
async def looking(server: RunningServer, browser: Browser, **screen: Any) -> AsyncIterator[Desktop]:
    """Somebody who looks at the small rack, with a browser of their own."""
    async with server.client() as client:
        answer = await client.ask("load_patch", name=PATCH_NAME)
        assert answer["type"] == "ack", answer
    page = await browser.new_page(**screen)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await page.goto(server.address)
    await page.locator(".module").nth(len(small_rack()["modules"]) - 1).wait_for()
    yield Desktop(page)
    await page.close()
    assert complaints == []
