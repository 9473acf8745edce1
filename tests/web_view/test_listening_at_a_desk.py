"""Sound, meters, scope and notes in the browser."""

from __future__ import annotations

import math
import re

import pytest

from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")

C4 = 261.6256


def cents(hertz: float, wanted: float) -> float:
    return 1200 * math.log2(hertz / wanted)


async def test_meters_light_up_without_new_elements(desktop: Desktop) -> None:
    await desktop.until("client.meters.latest !== null && client.meters.level('vco', 2).up > 3")
    before = await desktop.state("document.querySelectorAll('.rack *').length")
    blocks = await desktop.state("client.meters.latest.blocks")
    await desktop.until(f"client.meters.latest.blocks > {blocks + 750}")
    assert await desktop.state("document.querySelectorAll('.rack *').length") == before


async def test_the_scope_reads_the_pitch_of_an_oscillator_within_a_cent(desktop: Desktop) -> None:
    await desktop.page.mouse.click(*await desktop.place("vco", "saw"))
    await desktop.page.get_by_role("menuitem", name="Scope and spectrum").click()
    readout = desktop.page.locator(".readout", has_text="Hz")
    await readout.wait_for()
    words = await readout.inner_text()
    found = re.search(r"([\d.]+) Hz", words)
    assert found, words
    assert abs(cents(float(found[1]), C4)) < 1
    assert "C4" in words


async def test_the_jack_menu_unplugs_a_cable(desktop: Desktop) -> None:
    await desktop.page.mouse.click(*await desktop.place("vco", "saw"))
    await desktop.page.get_by_role("menuitem", name="Unplug").click()
    await desktop.until("client.patch.confirmed.cables.size === 4")
    assert "vco/saw > ladder/audio" not in await desktop.cables()


async def test_a_note_on_the_computers_keyboard_opens_the_gate_until_the_key_is_let_go(desktop: Desktop) -> None:
    await desktop.page.keyboard.down("KeyA")
    await desktop.until("client.meters.level('keys', 1).up === 10")
    assert await desktop.page.locator(".key.on").count() == 1
    await desktop.page.keyboard.up("KeyA")
    await desktop.until("client.meters.latest?.modules.keys.levels[1][1] === 0")
    assert await desktop.page.locator(".key.on").count() == 0


async def test_panic_ends_a_note_whose_key_is_still_down(desktop: Desktop) -> None:
    await desktop.page.keyboard.down("KeyG")
    await desktop.until("client.meters.level('keys', 1).up === 10")
    await desktop.page.get_by_role("button", name="Panic").click()
    await desktop.until("client.meters.latest?.modules.keys.levels[1][1] === 0")


async def test_listening_plays_the_servers_sound_and_says_how_late_it_is(desktop: Desktop) -> None:
    await desktop.page.get_by_role("button", name="Listen").click()
    playing = desktop.page.locator('.listen[data-is="playing"]', has_text="ms")
    await playing.wait_for()
    found = re.search(r"(\d+) ms", await playing.inner_text())
    assert found
    assert 10 < int(found[1]) < 2_000
    await playing.click()
    await desktop.page.locator('.listen[data-is="silent"]').wait_for()


async def test_the_status_bar_names_driver_rate_and_block(desktop: Desktop) -> None:
    words = await desktop.page.locator(".status .engine").inner_text()
    assert "clock" in words
    assert "48 kHz" in words
    assert "64 frames (1.33 ms)" in words
