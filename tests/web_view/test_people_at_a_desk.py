"""Who is here: names and colours; what others do is told; undo is one's own; the master's level."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.running_server import RunningServer
from tests.web_view.conftest import PATCH_NAME, looking
from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_name_and_a_colour_are_set_seen_by_others_and_kept(desktop: Desktop, server: RunningServer) -> None:
    async with server.client("Ada") as ada:
        await desktop.page.get_by_role("button", name="(you)").click()
        dialog = desktop.page.get_by_role("dialog", name="Who you are")
        await dialog.get_by_label("Your name").fill("Grace Hopper")
        await dialog.get_by_label("Your colour").fill("#3fa7a3")
        await dialog.get_by_role("button", name="Keep").click()
        told = await ada.wait_for("introduced")
        assert (told["client"]["name"], told["client"]["color"]) == ("Grace Hopper", "#3fa7a3")
    await expect(desktop.page.get_by_role("button", name="Grace Hopper (you)")).to_have_text("GH")
    await desktop.page.reload()
    await expect(desktop.page.get_by_role("button", name="Grace Hopper (you)")).to_have_text("GH")


async def test_what_somebody_else_loads_or_takes_back_is_told(desktop: Desktop, server: RunningServer) -> None:
    async with server.client("Ada") as ada:
        assert (await ada.ask("load_patch", name="far-shore"))["type"] == "ack"
        await desktop.page.locator(".toast", has_text="Ada loaded “far-shore”.").wait_for()
        assert (await ada.ask("undo"))["type"] == "ack"
        await desktop.page.locator(".toast", has_text="Ada took back").wait_for()
        assert (await ada.ask("new_patch"))["type"] == "ack"
        await desktop.page.locator(".toast", has_text="Ada began a new patch.").wait_for()


async def test_undo_never_takes_back_anothers_work_and_says_so(desktop: Desktop, server: RunningServer) -> None:
    async with server.client("Ada") as ada:
        assert (await ada.ask("load_patch", name=PATCH_NAME))["type"] == "ack"
        assert (await ada.edit({"do": "set_label", "id": "vco", "label": "Ada's"}))["type"] == "ack"
    await desktop.until("client.patch.confirmed.modules.get('vco').label === \"Ada's\"")
    await desktop.page.keyboard.press("Control+z")
    toast = desktop.page.locator(".toast.bad")
    await toast.wait_for()
    assert await desktop.state("client.patch.confirmed.modules.get('vco').label") == "Ada's"
    assert await toast.inner_text()


async def test_two_people_see_each_other(desktop: Desktop, server: RunningServer, browser: Browser) -> None:
    async with looking(server, browser, viewport={"width": 900, "height": 700}) as other:
        await expect(desktop.page.locator(".people li")).to_have_count(2)
        await expect(other.page.locator(".people li")).to_have_count(2)
        names = await other.page.locator(".people li [aria-label], .people li[aria-label]").evaluate_all(
            "signs => signs.map((sign) => sign.ariaLabel.split(/ .you|, at a screen/)[0])"
        )
        assert len(set(names)) == 2, "different people have different names"


async def test_the_masters_level_is_seen_and_its_lamps_light(desktop: Desktop) -> None:
    meter = desktop.page.get_by_role("meter", name="Level of the master")
    for knob, value in (("keys", None), ("output/level", "6"), ("vca/level", "1")):
        if value is not None:
            module, name = knob.split("/")
            await desktop.state(
                f"void client.edit({{ do: 'set_knob', module: '{module}', knob: '{name}', value: {value} }})"
            )
    await desktop.page.keyboard.down("KeyA")
    await desktop.until("client.meters.latest !== null && client.meters.latest.peak_left > 0.3")
    await expect(meter).not_to_have_attribute("aria-valuetext", "silent, below −60 dB peak")
    await desktop.state(
        "void client.edit({ do: 'connect', id: 'loud-1', cable: { from: { module: 'vco', jack: 'saw' }, to: "
        "{ module: 'output', jack: 'left' }, color: '' } }, { do: 'connect', id: 'loud-2', cable: { from: { module: "
        "'vco', jack: 'pulse' }, to: { module: 'output', jack: 'left' }, color: '' } })"
    )
    await expect(meter.get_by_text("LIM")).to_have_class("lamp on")
    await expect(meter.get_by_text("CLIP")).to_have_class("lamp on")
    await desktop.page.keyboard.up("KeyA")


# Keeps hold of the page's gains, for a test to look at.
GAINS = """window.gains = []; const Real = GainNode;
window.GainNode = class extends Real { constructor(...how) { super(...how); gains.push(this); } };"""


async def test_the_volume_of_this_browser_is_kept_and_changes_nothing_for_others(desktop: Desktop) -> None:
    await desktop.page.add_init_script(GAINS)
    await desktop.page.reload()
    await desktop.until("client.session.isOpen")
    revision = await desktop.revision()
    await desktop.page.get_by_role("button", name="Listen").click()
    await desktop.until("gains.length === 1 && gains[0].gain.value === 1")
    await desktop.page.get_by_label("Volume in this browser").fill("0.4")
    await desktop.until("Math.abs(gains[0].gain.value - 0.4 ** 3) < 0.001")
    await desktop.page.reload()
    await expect(desktop.page.get_by_label("Volume in this browser")).to_have_value("0.4")
    await desktop.until("client.session.isOpen")
    assert await desktop.state("client.patch.revision") == revision


async def test_that_nothing_is_kept_is_seen_until_it_is_again(desktop: Desktop) -> None:
    banner = desktop.page.get_by_text("The disk is full.")
    await desktop.state("client.keeping.take({ type: 'keeping', state: 'not_kept', sentence: 'The disk is full.' })")
    await expect(banner).to_be_visible()
    await desktop.state("client.keeping.take({ type: 'keeping', state: 'kept', sentence: 'It is kept again.' })")
    await expect(banner).to_have_count(0)
