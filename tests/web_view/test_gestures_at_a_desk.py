"""Every gesture that the help names is carried out here, by the id of its row: the help cannot lie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")

Gesture = Callable[[Desktop], Awaitable[None]]


async def scroll(desktop: Desktop) -> None:
    y = await desktop.state("rack.view.y")
    await desktop.page.mouse.move(*await desktop.corner("vco"))
    await desktop.page.mouse.wheel(0, 90)
    await desktop.until(f"rack.view.y < {y}")


async def scroll_zoom(desktop: Desktop) -> None:
    scale = await desktop.state("rack.view.scale")
    await desktop.page.mouse.move(*await desktop.corner("vco"))
    await desktop.page.keyboard.down("Control")
    await desktop.page.mouse.wheel(0, -90)
    await desktop.page.keyboard.up("Control")
    await desktop.until(f"rack.view.scale > {scale}")


async def pan(desktop: Desktop) -> None:
    for start in (await desktop.background(), await desktop.corner("vca")):
        x = await desktop.state("rack.view.x")
        await desktop.drag(start, (start[0] + 80, start[1]))
        assert await desktop.state("rack.view.x") < x


async def pinch(desktop: Desktop) -> None:
    scale = await desktop.state("rack.view.scale")
    x, y = await desktop.background()
    await desktop.page.evaluate(
        """([x, y]) => {
            const rack = document.querySelector('.rack');
            rack.setPointerCapture = () => {};  // these pointers exist in this test alone
            const finger = (type, pointerId, x, isPrimary) => rack.dispatchEvent(new PointerEvent(type, {
                pointerId, clientX: x, clientY: y, pointerType: 'touch', isPrimary, bubbles: true, cancelable: true }));
            finger('pointerdown', 71, x + 100, true);
            finger('pointerdown', 72, x + 200, false);
            finger('pointermove', 72, x + 300, false);
            finger('lostpointercapture', 71, x + 100, true);
            finger('lostpointercapture', 72, x + 300, false);
        }""",
        [x, y],
    )
    assert await desktop.state("rack.view.scale") == pytest.approx(2 * scale)


async def close(desktop: Desktop) -> None:
    scale = await desktop.state("rack.view.scale")
    await desktop.page.mouse.dblclick(*await desktop.corner("ladder"))
    await desktop.until(f"rack.view.scale > {scale + 1}")
    await desktop.page.mouse.dblclick(*await desktop.corner("ladder"))
    await desktop.until(f"Math.abs(rack.view.scale - {scale}) < 0.01")


async def tap(desktop: Desktop) -> None:
    for _ in range(5):
        await desktop.page.keyboard.press("-")
    scale = await desktop.state("rack.view.scale")
    x, y = await desktop.place("ladder", "cutoff")
    await desktop.page.evaluate(
        """([clientX, clientY]) => document.elementFromPoint(clientX, clientY).dispatchEvent(
            new PointerEvent('click', { clientX, clientY, pointerType: 'touch', bubbles: true }))""",
        [x, y],
    )
    assert await desktop.state("rack.view.scale") > scale + 1


async def menu(desktop: Desktop) -> None:
    cable = await desktop.on_cable("vca", "out", "output", "left", 0.5)
    for place, title in (
        (await desktop.corner("ladder"), "Ladder"),
        (await desktop.place("ladder", "cutoff"), "Ladder Cutoff"),
        (await desktop.place("ladder", "out"), "Ladder Out"),
        (cable, "VCA Out → Output L"),
        (await desktop.background(), "Small rack"),
    ):
        await desktop.page.mouse.click(*place, button="right")
        await desktop.page.get_by_role("menu").get_by_text(title).first.wait_for()
        await desktop.page.keyboard.press("Escape")
        await desktop.page.get_by_role("menu").wait_for(state="hidden")


async def turn(desktop: Desktop) -> None:
    before = await desktop.knob("ladder", "resonance")
    x, y = await desktop.place("ladder", "resonance")
    await desktop.drag((x, y), (x, y - 44))
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.resonance > {before + 0.15}")


async def turn_wheel(desktop: Desktop) -> None:
    before = await desktop.knob("ladder", "resonance")
    await desktop.page.mouse.click(*await desktop.place("ladder", "resonance"))
    await desktop.page.mouse.wheel(0, -80)
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.resonance > {before + 0.03}")


async def reset(desktop: Desktop) -> None:
    await turn(desktop)
    await desktop.page.mouse.dblclick(*await desktop.place("ladder", "resonance"))
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.resonance === 0")


async def flip(desktop: Desktop) -> None:
    before = await desktop.knob("ladder", "slope")
    await desktop.page.mouse.click(*await desktop.place("ladder", "slope"))
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.slope === {1 - before:g}")
    await desktop.page.keyboard.down("Shift")
    await desktop.page.mouse.click(*await desktop.place("ladder", "slope"))
    await desktop.page.keyboard.up("Shift")
    await desktop.until(f"client.patch.confirmed.modules.get('ladder').knobs.slope === {before:g}")


async def pull(desktop: Desktop) -> None:
    await desktop.drag(await desktop.place("lfo", "sine"), await desktop.place("vca", "cv"))
    await desktop.until("client.patch.confirmed.cables.size === 6")
    await desktop.drag(await desktop.place("ladder", "cutoff_cv"), await desktop.place("lfo", "sine"))
    await desktop.until("client.patch.confirmed.cables.size === 7")
    assert {"lfo/sine > vca/cv", "lfo/sine > ladder/cutoff_cv"} <= await desktop.cables()


async def take(desktop: Desktop) -> None:
    await desktop.drag(await desktop.place("output", "left"), await desktop.place("output", "right"))
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ to }) => to.jack === 'right')")
    assert "vca/out > output/left" not in await desktop.cables()


async def other(desktop: Desktop) -> None:
    await desktop.page.keyboard.down("Alt")
    await desktop.drag(await desktop.place("vco", "saw"), await desktop.place("vco", "sine"))
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ from }) => from.jack === 'sine')")
    await desktop.drag(await desktop.place("ladder", "audio"), await desktop.place("vco", "saw"))
    await desktop.page.keyboard.up("Alt")
    await desktop.until("client.patch.confirmed.cables.size === 6")
    assert {"vco/sine > ladder/audio", "vco/saw > ladder/audio"} <= await desktop.cables()


async def take_end(desktop: Desktop) -> None:
    near_output = await desktop.on_cable("vco", "saw", "ladder", "audio", 0.27)
    await desktop.drag(near_output, await desktop.place("vco", "triangle"))
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ from }) => from.jack === 'triangle')")
    near_input = await desktop.on_cable("vca", "out", "output", "left", 0.8)
    await desktop.drag(near_input, await desktop.place("output", "right"))
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ to }) => to.jack === 'right')")
    assert await desktop.state("client.patch.confirmed.cables.size") == 5


async def move(desktop: Desktop) -> None:
    box = await desktop.page.locator('[data-handle="lfo"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 5
    before = await desktop.state("client.patch.confirmed.modules.get('lfo').position[0]")
    await desktop.drag((x, y), (x + 60, y))
    await desktop.until(f"client.patch.confirmed.modules.get('lfo').position[0] > {before}")


async def name(desktop: Desktop) -> None:
    await desktop.page.locator('[data-handle="lfo"]').dblclick()
    await desktop.page.keyboard.type("Drift")
    await desktop.page.keyboard.press("Enter")
    await desktop.until("client.patch.confirmed.modules.get('lfo').label === 'Drift'")


GESTURES: dict[str, Gesture] = {
    gesture.__name__: gesture
    for gesture in (scroll, scroll_zoom, pan, pinch, close, tap, menu, turn, turn_wheel, reset, flip, pull, take, other)
} | {gesture.__name__: gesture for gesture in (take_end, move, name)}


async def test_the_help_names_just_the_gestures_that_are_tried_here(desktop: Desktop) -> None:
    await desktop.page.keyboard.press("?")
    dialog = desktop.page.get_by_role("dialog", name="Keys and gestures")
    await dialog.wait_for()
    named = await dialog.locator("[data-gesture]").evaluate_all("rows => rows.map((row) => row.dataset.gesture)")
    assert sorted(named) == sorted(GESTURES)
    text = await dialog.inner_text()
    assert "Ctrl+Z" in text and "Takes back your latest change" in text
    await desktop.page.keyboard.press("Escape")
    await dialog.wait_for(state="hidden")


@pytest.mark.parametrize("gesture", GESTURES)
async def test_a_gesture_does_what_the_help_says(gesture: str, desktop: Desktop) -> None:
    await GESTURES[gesture](desktop)
