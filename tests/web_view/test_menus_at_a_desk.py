"""Menus on modules, knobs, cables and the rack, with mouse, keyboard and finger; typed values; new modules."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.end_to_end.running_server import RunningServer
from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = "Object.fromEntries([...rack.rects()].map(([id, { x, y }]) => [id, [x, y]]))"
OVERLAPPING = (
    "[...rack.rects()].some(([id, a]) => [...rack.rects()].some(([other, b]) => id !== other && "
    "Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.1 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.1))"
)


async def add(desktop: Desktop, words: str) -> str:
    """A new module, found by words; its id."""
    known = await desktop.state("[...client.patch.shown.modules.keys()]")
    await desktop.page.keyboard.press("Control+k")
    await desktop.page.keyboard.type(words)
    await desktop.page.keyboard.press("Enter")
    await desktop.until(f"client.patch.confirmed.modules.size === {len(known) + 1}")
    found: str = await desktop.state(f"[...client.patch.shown.modules.keys()].find((id) => !{known}.includes(id))")
    return found


async def type_value(desktop: Desktop, knob: str, text: str) -> None:
    await desktop.page.focus(f'.module[data-module="{knob.split("/")[0]}"] [data-knob="{knob.split("/")[1]}"]')
    await desktop.page.keyboard.press("Enter")
    await desktop.page.keyboard.type(text)
    await desktop.page.keyboard.press("Enter")


async def test_what_is_added_in_order_hangs_in_order_right_of_what_was_touched_last(desktop: Desktop) -> None:
    await desktop.page.mouse.click(*await desktop.place("vco", "saw"))
    await desktop.page.keyboard.press("Escape")
    first = await add(desktop, "adsr")
    second = await add(desktop, "sum")
    places = await desktop.state(PLACES)
    assert places["vco"][0] < places[first][0] < places[second][0]
    assert await desktop.state(OVERLAPPING) is False
    seen = await desktop.state("rack.seen")
    assert abs(places[second][0] - seen["x"]) < seen["width"] / 2
    focused = await desktop.page.evaluate("document.activeElement.dataset.module")
    assert focused == second, "it can be named or moved at once"


async def test_delete_hands_the_focus_to_a_neighbour_and_undo_brings_the_module_back(desktop: Desktop) -> None:
    await desktop.page.focus('.module[data-module="vca"]')
    await desktop.page.keyboard.press("Delete")
    await desktop.until("!client.patch.confirmed.modules.has('vca')")
    assert await desktop.page.evaluate("document.activeElement.dataset.module") == "output"
    await desktop.page.keyboard.press("Delete")
    await desktop.until("!client.patch.confirmed.modules.has('output')")
    assert await desktop.page.evaluate("document.activeElement.dataset.module") == "lfo"
    await desktop.page.keyboard.press("Control+z")
    await desktop.until("client.patch.confirmed.modules.has('output')")


async def test_delete_on_a_knob_or_a_jack_does_not_remove_its_module(desktop: Desktop) -> None:
    await desktop.page.focus('.module[data-module="vca"] [data-knob="level"]')
    await desktop.page.keyboard.press("Delete")
    await desktop.page.focus('.module[data-module="vca"] [data-jack="out"]')
    await desktop.page.keyboard.press("Delete")
    await desktop.until("client.patch.confirmed.cables.size === 4")  # the jack's cable is unplugged
    assert await desktop.state("client.patch.confirmed.modules.size") == 6


async def test_a_module_is_moved_past_its_neighbour_with_a_key(desktop: Desktop) -> None:
    before = await desktop.state(PLACES)
    await desktop.page.focus('.module[data-module="vca"]')
    await desktop.page.keyboard.press("Alt+ArrowRight")
    await desktop.until("client.patch.confirmed.modules.get('vca').position[0] > 200")
    after = await desktop.state(PLACES)
    assert before["vca"][0] < before["output"][0] and after["vca"][0] > after["output"][0]


async def test_a_cable_gets_a_colour_and_keeps_it_when_its_end_is_taken_from_the_menu(desktop: Desktop) -> None:
    await desktop.page.mouse.click(*await desktop.on_cable("vca", "out", "output", "left", 0.5), button="right")
    await desktop.page.get_by_role("menuitemradio", name="Teal").click()
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ color }) => color === '#3fa7a3')")
    await desktop.page.mouse.click(*await desktop.place("vca", "out"))
    await desktop.menu("Cable to Output L", "Take the end at Output L")
    await desktop.page.mouse.click(*await desktop.place("output", "right"))
    await desktop.until("[...client.patch.confirmed.cables.values()].some(({ to }) => to.jack === 'right')")
    colours = await desktop.state("[...client.patch.confirmed.cables.values()].filter(({ color }) => color).length")
    assert colours == 1


async def test_any_of_several_cables_in_a_jack_can_be_chosen(desktop: Desktop) -> None:
    await desktop.drag(await desktop.place("lfo", "sine"), await desktop.place("vca", "audio"))
    await desktop.until("client.patch.confirmed.cables.size === 6")
    await desktop.page.mouse.click(*await desktop.place("vca", "audio"))
    await desktop.menu("Cable to Ladder Out", "Unplug")  # the older of the two
    await desktop.until("client.patch.confirmed.cables.size === 5")
    assert "lfo/sine > vca/audio" in await desktop.cables()


async def test_menus_open_by_key_and_give_the_focus_back(desktop: Desktop) -> None:
    await desktop.page.focus('.module[data-module="ladder"] [data-knob="slope"]')
    await desktop.page.keyboard.press("Shift+F10")
    chosen = desktop.page.get_by_role("menuitemradio", checked=True)
    await chosen.wait_for()
    assert await chosen.inner_text() == "24 dB"
    await desktop.page.get_by_role("menuitemradio", name="12 dB").press("Enter")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.slope === 0")
    assert await desktop.page.evaluate("document.activeElement.dataset.knob") == "slope"


@pytest.mark.parametrize(
    ("focus", "title"),
    [
        (".rack", "Small rack"),
        ('.module[data-module="ladder"]', "Ladder"),
        ('.module[data-module="ladder"] [data-jack="out"]', "Ladder Out"),
    ],
)
async def test_the_menu_key_opens_the_menu_of_what_has_the_focus(focus: str, title: str, desktop: Desktop) -> None:
    await desktop.page.focus(focus)
    await desktop.page.keyboard.press("Shift+F10")
    await desktop.page.get_by_role("menu").locator("p").get_by_text(title).first.wait_for()
    await desktop.page.keyboard.press("Escape")
    assert await desktop.page.evaluate(f"document.activeElement.matches('{focus}')")


async def test_a_long_press_opens_the_menu(phone: Desktop) -> None:
    x, y = await phone.background()
    fingers = await phone.page.context.new_cdp_session(phone.page)
    await fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    menu = phone.page.get_by_role("menu")
    await menu.get_by_text("Arrange by signal flow").wait_for()
    await fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert await menu.is_visible(), "the finger that lifts is no click beside it"


async def test_a_cable_begun_without_a_keyboard_is_dropped_beside_the_panels(phone: Desktop) -> None:
    fingers = await phone.page.context.new_cdp_session(phone.page)

    async def touch(*places: tuple[float, float]) -> None:
        for kind, (x, y) in zip(("touchStart", *["touchMove"] * (len(places) - 1)), places, strict=True):
            await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})

    async def lift() -> None:
        await fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    await touch(await phone.place("vco", "saw"))
    begin = phone.page.get_by_role("menu").get_by_text("Begin a cable here")
    await begin.wait_for()
    await lift()
    await begin.tap()
    await phone.page.locator(".rack.patching").wait_for()
    x, y = await phone.background()
    await touch((x, y), (x, y - 12), (x, y - 24))
    await lift()
    assert await phone.page.locator(".rack.patching").count() == 1, "a finger that moves the view drops nothing"
    await phone.page.touchscreen.tap(*await phone.background())
    await expect(phone.page.locator(".rack.patching")).to_have_count(0)


async def test_a_module_is_duplicated_with_its_knobs(desktop: Desktop) -> None:
    await type_value(desktop, "ladder/cutoff", "440 Hz")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.cutoff === 440")
    await desktop.page.mouse.click(*await desktop.corner("ladder"), button="right")
    await desktop.menu("Duplicate")
    await desktop.until("client.patch.confirmed.modules.size === 7")
    cutoffs = await desktop.state(
        "[...client.patch.confirmed.modules.values()].filter(({ type }) => type === 'ladder')"
        ".map(({ knobs }) => knobs.cutoff)"
    )
    assert cutoffs == [440, 440]


async def test_the_rack_is_arranged_by_signal_flow_in_one_step_of_undo(desktop: Desktop) -> None:
    before = await desktop.state(PLACES)
    await desktop.page.mouse.click(*await desktop.background(), button="right")
    await desktop.menu("Arrange by signal flow")
    await desktop.until(f"JSON.stringify({PLACES}) !== `{_compact(before)}`")
    places = await desktop.state(PLACES)
    for source, target in (("keys", "vco"), ("vco", "ladder"), ("ladder", "vca"), ("vca", "output"), ("keys", "lfo")):
        assert places[source][0] < places[target][0]
    assert await desktop.state(OVERLAPPING) is False
    await desktop.page.locator(".toast", has_text="Arranged").wait_for()
    await desktop.page.keyboard.press("Control+z")
    await desktop.until(f"JSON.stringify({PLACES}) === `{_compact(before)}`")


def _compact(places: dict[str, list[float]]) -> str:
    whole = {name: [int(value) if value == int(value) else value for value in place] for name, place in places.items()}
    return "{" + ",".join(f'"{name}":[{x},{y}]' for name, (x, y) in whole.items()) + "}"


async def test_a_patch_whose_modules_have_no_places_is_arranged_once_for_everybody(
    desktop: Desktop, server: RunningServer
) -> None:
    chain = ["vco", "ladder", "vca", "output"]
    text = (
        '{"schema_version": 1, "title": "Bare", "modules": {'
        + ", ".join(f'"{name}": {{"type": "{name}"}}' for name in reversed(chain))
        + '}, "cables": {"a": {"from": {"module": "vco", "jack": "saw"}, "to": {"module": "ladder", "jack": "audio"}},'
        + '"b": {"from": {"module": "ladder", "jack": "out"}, "to": {"module": "vca", "jack": "audio"}},'
        + '"c": {"from": {"module": "vca", "jack": "out"}, "to": {"module": "output", "jack": "left"}}}}'
    )
    async with server.client() as ada:
        answer = await ada.ask("import_patch", name="Bare", text=text, replace=True)
        assert answer["type"] == "ack", answer
        answer = await ada.ask("load_patch", name="Bare")
        moved = await ada.wait_for("batch", cause="edit")
    assert {command["do"] for command in moved["commands"]} == {"move_module"}
    await desktop.until(f"client.patch.revision === {moved['revision']}")
    places = await desktop.state(PLACES)
    assert [places[name][0] for name in chain] == sorted(places[name][0] for name in chain)
    assert await desktop.state(OVERLAPPING) is False


async def test_a_number_takes_the_unit_that_is_shown(desktop: Desktop) -> None:
    await add(desktop, "adsr")
    adsr = await desktop.page.evaluate("document.activeElement.dataset.module")
    attack = f"client.patch.confirmed.modules.get('{adsr}').knobs.attack"
    for text, seconds in (("500 ms", 0.5), ("700", 0.7), ("0.9 s", 0.9)):
        await type_value(desktop, f"{adsr}/attack", text)
        await desktop.until(f"{attack} === {seconds}")


async def test_notes_and_frequencies_are_typed_at_a_pitch_knob(desktop: Desktop) -> None:
    frequency = "client.patch.confirmed.modules.get('vco').knobs.frequency"
    await type_value(desktop, "vco/frequency", "C#3")
    await desktop.until(f"{frequency} === -11")
    await type_value(desktop, "vco/frequency", "440 Hz")
    await desktop.until(f"Math.abs({frequency} - 9) < 0.001")
    await type_value(desktop, "ladder/cutoff", "1.5k")
    await desktop.until("client.patch.confirmed.modules.get('ladder').knobs.cutoff === 1500")


async def test_out_of_range_says_so_and_changes_nothing(desktop: Desktop) -> None:
    revision = await desktop.revision()
    await type_value(desktop, "ladder/cutoff", "90 kHz")
    said = desktop.page.locator(".bubble [role=alert]")
    assert await said.inner_text() == "90.0 kHz is out of range: Cutoff goes from 20.0 Hz to 20.0 kHz."
    assert await desktop.page.get_by_label("New value").get_attribute("aria-invalid") == "true"
    await desktop.page.keyboard.press("Escape")
    assert await desktop.revision() == revision
