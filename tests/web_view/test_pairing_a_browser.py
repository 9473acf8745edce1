"""The web view opened from another machine: it asks for the code once, and keeps the token."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from synthvr_server.server.network import own_addresses
from synthvr_server.server.static_files import WEB_VIEW
from tests.end_to_end.running_server import running_server
from tests.web_view.desktop import Desktop

ADDRESSES = own_addresses()
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not ADDRESSES, reason="this machine has no address but loopback"),
    pytest.mark.skipif(not (WEB_VIEW / "index.html").is_file(), reason="the web view has not been built"),
]


async def test_the_page_asks_for_the_code_once_and_never_again(tmp_path: Path, browser: Browser) -> None:
    async with running_server(tmp_path, "--lan") as server:
        code = await server.says("Pairing code: ")
        page = await browser.new_page()
        view = Desktop(page)
        await page.goto(f"http://{ADDRESSES[0]}:{server.port}/")
        dialog = page.get_by_role("dialog", name="Pairing")
        await expect(dialog).to_contain_text("enter the pairing code that the server shows")
        await dialog.get_by_label("Pairing code").fill(f"{code[:3]} {code[3:]}")
        await dialog.get_by_role("button", name="Pair").click()
        await view.until("client.session.isOpen")
        await expect(dialog).to_be_hidden()

        await page.reload()
        await view.until("client.session.isOpen")
        await expect(dialog).to_be_hidden()
        await page.close()


async def test_a_wrong_code_is_asked_for_again(tmp_path: Path, browser: Browser) -> None:
    async with running_server(tmp_path, "--lan") as server:
        page = await browser.new_page()
        await page.goto(f"http://{ADDRESSES[0]}:{server.port}/")
        dialog = page.get_by_role("dialog", name="Pairing")
        await dialog.get_by_label("Pairing code").fill("nothing")
        await page.keyboard.press("Enter")
        await expect(dialog).to_contain_text("The code is wrong")
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_visible()
        await page.close()
