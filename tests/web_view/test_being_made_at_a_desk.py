"""Modules that are still being compiled: seen as such in rack and palette, until the catalogue says otherwise."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def is_being_made(desktop: Desktop, being_made: bool) -> None:
    """The server says so of the VCO."""
    info = f"{{ ...client.catalogue.get('vco'), being_made: {str(being_made).lower()} }}"
    await desktop.state(f"client.take({{ type: 'catalogue', modules: [{info}], gone: [], problems: [] }})")


async def test_it_has_its_panel_and_is_marked_until_it_is_ready(desktop: Desktop) -> None:
    oscillator = desktop.page.locator('.module[data-module="vco"]')
    await desktop.state("void (window.others = document.querySelector('.module[data-module=\"vca\"]'))")
    await oscillator.focus()
    await is_being_made(desktop, True)
    await expect(oscillator).to_contain_class("making")
    await expect(oscillator).to_be_focused()
    await expect(oscillator.locator('[data-jack="saw"]')).to_have_count(1)
    assert await desktop.state("window.others.isConnected"), "the other panels stay as they are"
    await is_being_made(desktop, False)
    await expect(oscillator).not_to_contain_class("making")


async def test_the_palette_says_so_and_keeps_the_place_when_it_is_ready(desktop: Desktop) -> None:
    await is_being_made(desktop, True)
    await desktop.page.keyboard.press("Control+k")
    palette = desktop.page.get_by_role("dialog", name="Add a module")
    card = palette.locator(".card", has_text="VCO").first
    await expect(card).to_contain_text("being made")
    await card.focus()
    await is_being_made(desktop, False)
    await expect(card).not_to_contain_text("being made")
    await expect(card).to_be_focused()
