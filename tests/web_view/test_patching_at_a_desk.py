"""Knobs, cables and modules with mouse and keyboard, against a server that plays."""

from __future__ import annotations

import pytest

from tests.end_to_end.running_server import RunningServer
from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_knob_dragged_up_becomes_one_revision(desktop: Desktop) -> None:
    before = await desktop.revision()
    x, y = await desktop.place("ladder", "cutoff")
    await desktop.drag((x, y), (x, y - 44))
    await desktop.until(f"client.patch.revision === {before + 1}")
    # 44 of 220 pixels are a fifth of the three decades from 20 Hz to 20 kHz.
    default: float = await desktop.state("client.info('ladder').knobs.find(({ id }) => id === 'cutoff').default")
    assert await desktop.knob("ladder", "cutoff") == pytest.approx(default * 1000**0.2, rel=0.03)


async def test_a_knob_pressed_without_moving_does_not_jump(desktop: Desktop) -> None:
    before = await desktop.knob("ladder", "cutoff")
    x, y = await desktop.place("ladder", "cutoff")
    await desktop.page.mouse.move(x + 4, y + 3)
    await desktop.page.mouse.down()
    await desktop.page.mouse.up()
    assert await desktop.knob("ladder", "cutoff") == before


async def test_a_typed_value_is_set_and_a_double_click_takes_it_back_to_the_default(desktop: Desktop) -> None:
    default = await desktop.knob("ladder", "cutoff")
    await desktop.page.focus('.module[data-module="ladder"] [data-knob="cutoff"]')
    await desktop.page.keyboard.type("1.5k")
    await desktop.page.keyboard.press("Enter")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.cutoff === 1500")
    await desktop.page.mouse.dblclick(*await desktop.place("ladder", "cutoff"))
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.cutoff === {default}")


async def test_arrow_keys_turn_a_knob_and_say_so_to_a_screen_reader(desktop: Desktop) -> None:
    knob = desktop.page.locator('.module[data-module="ladder"] [data-knob="resonance"]')
    await knob.focus()
    before = float(await knob.get_attribute("aria-valuenow") or "nan")
    await desktop.page.keyboard.press("ArrowUp")
    assert float(await knob.get_attribute("aria-valuenow") or "nan") == pytest.approx(before + 0.02)


async def test_a_switch_goes_to_its_next_position_with_every_click(desktop: Desktop) -> None:
    before = await desktop.knob("ladder", "slope")
    await desktop.page.mouse.click(*await desktop.place("ladder", "slope"))
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.slope === {1 - before:g}")


async def test_undo_and_redo_go_back_and_forth(desktop: Desktop) -> None:
    await desktop.page.mouse.click(*await desktop.place("ladder", "slope"))
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.slope === 0")
    await desktop.page.keyboard.press("Control+z")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.slope === 1")  # its default
    await desktop.page.keyboard.press("Shift+Control+Z")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.slope === 0")


async def test_a_cable_pulled_near_an_input_snaps_into_it(desktop: Desktop) -> None:
    x, y = await desktop.place("vca", "cv")
    await desktop.drag(await desktop.place("lfo", "sine"), (x + 5, y + 5))
    await desktop.until("client.patch.confirmed.cables.size === 6")
    assert "lfo/sine > vca/cv" in await desktop.cables()


async def test_a_cable_released_in_the_air_is_gone(desktop: Desktop) -> None:
    x, y = await desktop.place("lfo", "sine")
    before = await desktop.revision()
    await desktop.drag((x, y), (x, y - 700))
    assert await desktop.state("client.patch.shown.cables.size") == 5
    assert await desktop.revision() == before


async def test_a_cable_taken_off_an_input_goes_to_another_in_one_step_of_undo(desktop: Desktop) -> None:
    before = await desktop.revision()
    await desktop.drag(await desktop.place("output", "left"), await desktop.place("output", "right"))
    await desktop.until(f"client.patch.revision === {before + 1}")
    assert "vca/out > output/right" in await desktop.cables()
    assert "vca/out > output/left" not in await desktop.cables()


async def test_a_cable_is_plugged_without_a_mouse(desktop: Desktop) -> None:
    await desktop.page.focus('.module[data-module="lfo"] [data-jack="triangle"]')
    await desktop.page.keyboard.press("Enter")
    await desktop.page.get_by_role("menuitem", name="Begin a cable").press("Enter")
    await desktop.page.focus('.module[data-module="vca"] [data-jack="cv"]')
    await desktop.page.keyboard.press("Enter")
    await desktop.until("client.patch.confirmed.cables.size === 6")
    assert "lfo/triangle > vca/cv" in await desktop.cables()


async def test_a_module_is_named_on_its_panel_and_the_patch_in_its_notes(desktop: Desktop) -> None:
    await desktop.page.locator('[data-handle="vco"]').dblclick()
    await desktop.page.keyboard.type("Growl")
    await desktop.page.keyboard.press("Enter")
    await desktop.page.locator('.module[aria-label="Growl"]').wait_for()
    await desktop.page.get_by_role("button", name="Notes").click()
    await desktop.page.keyboard.type("Play it low.")
    await desktop.page.keyboard.press("Escape")
    await desktop.until("client.patch.confirmed.notes === 'Play it low.'")


async def test_a_module_is_found_by_words_and_hung_where_there_is_room(desktop: Desktop) -> None:
    await desktop.page.keyboard.press("Control+k")
    await desktop.page.keyboard.type("adsr")
    await desktop.page.keyboard.press("Enter")
    await desktop.until("client.patch.confirmed.modules.size === 7")
    overlapping = await desktop.state(
        "[...rack.rects()].some(([id, a]) => [...rack.rects()].some(([other, b]) => id !== other && "
        "Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.1 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.1))"
    )
    assert overlapping is False


async def test_a_module_dragged_by_its_title_hangs_edge_to_edge_with_its_neighbour(desktop: Desktop) -> None:
    box = await desktop.page.locator('[data-handle="lfo"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    gap = await desktop.state("rack.rects().get('lfo').x - rack.rects().get('output').x")
    width = await desktop.state("(rack.rects().get('lfo').width + rack.rects().get('output').width) / 2")
    scale = await desktop.state("rack.view.scale")
    await desktop.drag((x, y), (x - (gap - width - 3) * scale, y + 2))
    await desktop.until(
        "Math.abs(client.patch.confirmed.modules.get('lfo').position[0] - "
        f"client.patch.confirmed.modules.get('output').position[0] - {width}) < 0.01"
    )


async def test_a_module_is_removed_with_its_cables_by_a_key(desktop: Desktop) -> None:
    await desktop.page.focus('.module[data-module="vca"]')
    await desktop.page.keyboard.press("Delete")
    await desktop.until("client.patch.confirmed.modules.size === 5")
    assert await desktop.cables() == {"keys/pitch > vco/pitch", "vco/saw > ladder/audio", "keys/gate > lfo/reset"}


async def test_a_knob_that_another_turns_moves_and_shows_who_holds_it(desktop: Desktop, server: RunningServer) -> None:
    async with server.client("Ada") as ada:
        await ada.send("grab", module="ladder", knob="cutoff")
        await ada.send("turn", module="ladder", knob="cutoff", value=5_000)
        knob = desktop.page.locator('.module[data-module="ladder"] [data-knob="cutoff"].held')
        await knob.wait_for()
        assert await knob.get_attribute("aria-valuetext") == "5.00 kHz"
        x, y = await desktop.place("ladder", "cutoff")
        await desktop.drag((x, y), (x, y - 100))
        assert any("Ada holds" in toast for toast in await desktop.toasts())
        await ada.send("release", module="ladder", knob="cutoff")
        await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.cutoff === 5000")
        await desktop.until("client.knobs.holder('ladder/cutoff') === undefined")


async def test_an_edit_that_the_server_refuses_is_told_and_taken_back(desktop: Desktop) -> None:
    await desktop.state("void client.edit({ do: 'set_knob', module: 'ladder', knob: 'cutoff', value: -1 })")
    toast = desktop.page.locator(".toast.bad")
    await toast.wait_for()
    assert "ladder/cutoff" in await toast.inner_text()
    assert await desktop.state("client.patch.shown === client.patch.confirmed") is True


async def test_the_patch_is_saved_and_loaded_by_name(desktop: Desktop) -> None:
    await desktop.page.keyboard.press("Control+s")
    name = desktop.page.get_by_label("Name to save under")
    await name.fill("Desk patch")
    await name.press("Enter")
    await desktop.page.get_by_text("Saved as “Desk patch”.").wait_for()
    await desktop.page.focus('.module[data-module="vca"]')
    await desktop.page.keyboard.press("Delete")
    await desktop.until("!client.patch.confirmed.modules.has('vca')")
    await desktop.page.keyboard.press("Control+s")
    await desktop.page.locator(".patch", has_text="Small rack").first.click()
    await desktop.until("client.patch.confirmed.modules.has('vca')")


async def test_a_connection_that_broke_comes_back_and_resumes(desktop: Desktop, server: RunningServer) -> None:
    await desktop.state("client.session.stop()")
    async with server.client("Ada") as ada:
        await ada.edit({"do": "set_label", "id": "vco", "label": "Bass"})
    await desktop.state("client.session.start()")
    await desktop.page.locator('.module[aria-label="Bass"]').wait_for()
    assert await desktop.state("client.divergences") == 0


async def test_a_client_that_missed_nothing_still_has_its_rack(desktop: Desktop) -> None:
    await desktop.state("client.session.stop()")
    await desktop.state("client.session.start()")
    await desktop.until("client.connection.is === 'open'")
    assert await desktop.page.locator(".module").count() == 6


async def test_a_patch_that_has_gone_astray_is_fetched_again(desktop: Desktop, server: RunningServer) -> None:
    await desktop.state("client.patch.confirmed = { ...client.patch.confirmed, title: 'Astray' }")
    async with server.client("Ada") as ada:
        await ada.edit({"do": "set_label", "id": "vco", "label": "Lead"})
    await desktop.page.locator('.module[aria-label="Lead"]').wait_for()
    await desktop.until("client.patch.confirmed.title === 'Small rack'")
    assert await desktop.state("client.divergences") == 1
    assert any("fetched again" in toast for toast in await desktop.toasts())
