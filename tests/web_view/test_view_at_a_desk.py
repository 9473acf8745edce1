"""What is seen of the rack: scrolling, zooming, fitting; words can be read; the wheel turns no knob by accident."""

from __future__ import annotations

from typing import Any

import pytest

from synthvr_server.patch.library import READY_MADE
from tests.end_to_end.running_server import RunningServer
from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Every text on the panels, as it is seen: its letters' size in pixels and its box.
WORDS = """[...document.querySelectorAll('.module text')].filter((text) => getComputedStyle(text).display !== 'none')
    .map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const size = parseFloat(text.getAttribute('font-size')) * rack.view.scale;
        const { module } = text.closest('.module').dataset;
        return { text: text.textContent, module, size, left, right, top, bottom };
    }).filter(({ text }) => text)"""


async def view(desktop: Desktop) -> dict[str, float]:
    found: dict[str, float] = await desktop.state("rack.view")
    return found


async def test_the_wheel_over_a_knob_moves_the_view_and_turns_nothing(desktop: Desktop) -> None:
    before, revision = await view(desktop), await desktop.revision()
    await desktop.page.mouse.move(*await desktop.place("ladder", "cutoff"))
    await desktop.page.mouse.wheel(0, 120)
    await desktop.until(f"rack.view.y < {before['y']}")
    assert (await view(desktop))["scale"] == before["scale"]
    await desktop.page.keyboard.down("Control")
    await desktop.page.mouse.wheel(0, -120)
    await desktop.page.keyboard.up("Control")
    await desktop.until(f"rack.view.scale > {before['scale']}")
    assert await desktop.state("client.knobs.heldBy(client.session.client).length") == 0
    assert await desktop.revision() == revision


async def test_shift_and_the_wheel_move_the_view_sideways(desktop: Desktop) -> None:
    before = await view(desktop)
    await desktop.page.mouse.move(*await desktop.background())
    await desktop.page.keyboard.down("Shift")
    await desktop.page.mouse.wheel(0, 100)
    await desktop.page.keyboard.up("Shift")
    await desktop.until(f"rack.view.x > {before['x']}")
    assert (await view(desktop))["y"] == before["y"]


async def test_zooming_keeps_the_place_under_the_pointer(desktop: Desktop) -> None:
    x, y = await desktop.place("vca", "out")
    await desktop.page.mouse.move(x, y)
    await desktop.page.keyboard.down("Control")
    await desktop.page.mouse.wheel(0, -300)
    await desktop.page.keyboard.up("Control")
    await desktop.until("rack.view.scale > 6")
    assert await desktop.place("vca", "out") == pytest.approx((x, y), abs=1.5)


@pytest.mark.parametrize("patch", sorted(path.stem for path in READY_MADE.glob("*.json")))
async def test_on_a_small_desk_every_ready_made_patch_is_whole_and_can_be_read(
    patch: str, desktop: Desktop, server: RunningServer
) -> None:
    await desktop.page.set_viewport_size({"width": 1280, "height": 720})
    async with server.client() as client:
        assert (await client.ask("load_patch", name=patch))["type"] == "ack"
    await desktop.until("client.patch.confirmed.title !== 'Small rack'")
    await desktop.page.wait_for_function("() => !document.querySelector('.floor.moving')")
    words: list[dict[str, Any]] = await desktop.state(WORDS)
    assert len(words) > 40
    assert min(word["size"] for word in words) >= 9.4, "nothing is written that cannot be read"
    knobs = await desktop.state("document.querySelectorAll('.module .knob-label').length")
    hidden = await desktop.state("document.querySelectorAll('.module .knob-label.unread').length")
    assert hidden <= 0.02 * knobs, "and little is left out"
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            apart = one["right"] <= other["left"] + 1.5 or other["right"] <= one["left"] + 1.5
            above = (
                one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4
            )  # a line is higher than its letters
            assert apart or above, f"{one['module']} {one['text']} over {other['module']} {other['text']}"
    rack = await desktop.page.locator(".rack").bounding_box()
    boxes = [await module.bounding_box() for module in await desktop.page.locator(".module").all()]
    assert rack is not None
    for box in boxes:
        assert box is not None
        assert rack["x"] <= box["x"] and box["x"] + box["width"] <= rack["x"] + rack["width"]
        assert rack["y"] <= box["y"] and box["y"] + box["height"] <= rack["y"] + rack["height"]


async def test_the_piano_is_there_only_where_something_plays_notes(desktop: Desktop) -> None:
    piano = desktop.page.get_by_role("region", name="Keyboard")
    await piano.wait_for()
    keys = desktop.page.get_by_role("button", name="Keys", exact=True)
    await keys.click()
    await piano.wait_for(state="hidden")
    await keys.click()
    await piano.wait_for()
    await desktop.page.focus('.module[data-module="keys"]')
    await desktop.page.keyboard.press("Delete")
    await piano.wait_for(state="hidden")
    assert await keys.is_hidden()


async def test_a_view_of_the_whole_rack_keeps_to_it_and_a_view_that_was_moved_stays(desktop: Desktop) -> None:
    scale = (await view(desktop))["scale"]
    await desktop.page.set_viewport_size({"width": 900, "height": 900})
    await desktop.until(f"rack.view.scale < {scale}")
    await desktop.page.mouse.move(*await desktop.background())
    await desktop.page.mouse.wheel(0, 50)
    moved = await view(desktop)
    await desktop.page.set_viewport_size({"width": 1400, "height": 900})
    assert await view(desktop) == moved
    await desktop.page.keyboard.press("Home")
    await desktop.until(f"Math.abs(rack.view.scale - {scale}) < 0.01")


async def test_the_view_is_moved_and_zoomed_with_keys(desktop: Desktop) -> None:
    before = await view(desktop)
    await desktop.page.focus(".rack")
    await desktop.page.keyboard.press("ArrowRight")
    await desktop.page.keyboard.press("ArrowDown")
    after = await view(desktop)
    assert after["x"] > before["x"] and after["y"] < before["y"]
    await desktop.page.keyboard.press("+")
    assert (await view(desktop))["scale"] > before["scale"]
    await desktop.page.keyboard.press("-")
    assert (await view(desktop))["scale"] == pytest.approx(before["scale"])


async def test_what_is_reached_with_the_keyboard_comes_into_the_view(desktop: Desktop) -> None:
    for _ in range(4):
        await desktop.page.keyboard.press("+")
    for module, knob in (("lfo", "rate"), ("vco", "fine")):
        await desktop.page.locator(f'.module[data-module="{module}"]').focus()
        await desktop.page.keyboard.press("Tab")
        await desktop.page.keyboard.press("Tab")
        await desktop.page.locator(f'.module[data-module="{module}"] [data-knob="{knob}"]').focus()
        rack, place = await desktop.page.locator(".rack").bounding_box(), await desktop.place(module, knob)
        assert rack is not None
        assert rack["x"] < place[0] < rack["x"] + rack["width"]
        assert rack["y"] < place[1] < rack["y"] + rack["height"]
        # The view knows it: the canvas with the cables, and every pointer, are where the panels are.
        there = await desktop.state(f"rack.screenPlaceOn('{module}', '{knob}')")
        assert (there["x"] + rack["x"], there["y"] + rack["y"]) == pytest.approx(place, abs=1.5)


async def test_on_a_telephone_nothing_runs_off_the_screen(phone: Desktop) -> None:
    runs_off: list[str] = await phone.page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((element) => !element.closest('.rack, dialog, [popover], .toasts, .bubble'))
            .filter((element) => element.checkVisibility())
            .filter((element) => {
                const { left, right, bottom } = element.getBoundingClientRect();
                return left < 0 || right > innerWidth || bottom > innerHeight;
            }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert runs_off == []
    assert await phone.page.evaluate("document.documentElement.scrollWidth") == 390
    assert await phone.state("rack.view.scale") > 2, "what is seen can be read"


async def test_two_fingers_pinch_and_one_moves(phone: Desktop) -> None:
    fingers = await phone.page.context.new_cdp_session(phone.page)

    async def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = await view(phone)
    x, y = await phone.background()
    await touch("touchStart", (x + 40, y - 40))
    await touch("touchMove", (x + 90, y - 40))
    await touch("touchEnd")
    panned = await view(phone)
    assert panned["x"] == pytest.approx(before["x"] - 50 / before["scale"], abs=3)
    assert panned["scale"] == before["scale"]
    await touch("touchStart", (150, y - 20), (250, y - 20))
    for spread in range(10, 60, 10):
        await touch("touchMove", (150 - spread, y - 20), (250 + spread, y - 20))
    await touch("touchEnd")
    assert (await view(phone))["scale"] == pytest.approx(2 * before["scale"], rel=0.05)


async def test_a_finger_does_not_take_what_is_too_small_for_it(phone: Desktop) -> None:
    fingers = await phone.page.context.new_cdp_session(phone.page)

    async def swipe_up(x: float, y: float) -> None:
        for kind, places in (("touchStart", [y]), ("touchMove", [y - 60]), ("touchEnd", [])):
            points = [{"x": x, "y": place} for place in places]
            await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await phone.page.get_by_role("button", name="Fit").tap()
    await phone.until("rack.view.scale < 1.5")
    whole, revision = await view(phone), await phone.revision()
    await phone.page.touchscreen.tap(*await phone.place("ladder", "cutoff"))
    await phone.until(f"rack.view.scale > {whole['scale'] + 2}")
    assert await phone.revision() == revision
    await swipe_up(*await phone.place("ladder", "cutoff"))  # large enough now
    await phone.until(f"client.patch.revision === {revision + 1}")
    await phone.state("rack.fit()")  # a tap so soon after a swipe would only have stopped it
    await swipe_up(*await phone.place("ladder", "cutoff"))
    assert (await view(phone))["y"] < whole["y"]
    assert await phone.revision() == revision + 1


async def test_the_first_module_is_seen_whole_though_it_brings_the_piano(desktop: Desktop) -> None:
    await desktop.page.set_viewport_size({"width": 1280, "height": 720})
    await desktop.state("void client.library.newPatch()")
    await desktop.until("client.patch.confirmed.modules.size === 0")
    await desktop.page.keyboard.press("Control+k")
    await desktop.page.keyboard.type("Keys")
    await desktop.page.keyboard.press("Enter")
    await desktop.page.locator(".keyboard").wait_for()
    # The next painting comes after whoever watches sizes has been told.
    await desktop.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    rack = await desktop.page.locator(".rack").bounding_box()
    panel = await desktop.page.locator(".module .panel").bounding_box()
    assert rack is not None and panel is not None
    assert panel["y"] >= rack["y"]
    assert panel["y"] + panel["height"] <= rack["y"] + rack["height"]


async def test_the_name_of_a_patch_is_seen_whole_where_there_is_room(desktop: Desktop) -> None:
    await desktop.page.set_viewport_size({"width": 1920, "height": 1080})
    await desktop.state("void client.edit({ do: 'describe', title: 'Borrowed voices, twice over', notes: '' })")
    await desktop.until("client.patch.confirmed.title.startsWith('Borrowed')")
    title = desktop.page.get_by_label("Name of the patch")
    assert await title.evaluate("(field) => field.scrollWidth <= field.clientWidth")
