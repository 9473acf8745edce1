"""The web view as somebody with a mouse and a keyboard has it."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

PATIENCE = 15_000  # ms


class Desktop:
    """What can be done at the page, and what can be seen there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def state(self, expression: str) -> Any:
        """A JavaScript expression over ``client`` and ``rack``, the page's own state."""
        return await self.page.evaluate(f"() => {{ const {{ client, rack }} = window.synthvr; return {expression}; }}")

    async def until(self, expression: str) -> None:
        """Wait for a condition over ``client`` and ``rack``."""
        condition = f"() => {{ const {{ client, rack }} = window.synthvr; return {expression}; }}"
        await self.page.wait_for_function(condition, timeout=PATIENCE)

    async def place(self, module: str, name: str) -> tuple[float, float]:
        """Where a knob or a jack is, in pixels of the page."""
        return await self._centre(f'.module[data-module="{module}"] :is([data-knob="{name}"], [data-jack="{name}"])')

    async def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, go in steps, let go."""
        await self.page.mouse.move(*start)
        await self.page.mouse.down()
        await self.page.mouse.move(*end, steps=8)
        await self.page.mouse.up()

    async def corner(self, module: str) -> tuple[float, float]:
        """A place on a module's face where nothing else is, in pixels of the page: its lower left."""
        box = await self.page.locator(f'.module[data-module="{module}"]').bounding_box()
        assert box is not None
        return box["x"] + 3, box["y"] + box["height"] - 3

    async def background(self) -> tuple[float, float]:
        """A place of the rack where no panel hangs: its lower left."""
        box = await self.page.locator(".rack").bounding_box()
        assert box is not None
        return box["x"] + 5, box["y"] + box["height"] - 5

    async def on_cable(self, module: str, jack: str, other: str, other_jack: str, along: float) -> tuple[float, float]:
        """A place on the cable between two jacks; 0 is at the output, 1 at the input. The curve is that of the page."""
        box = await self.page.locator(".rack").bounding_box()
        assert box is not None
        start = await self.state(f"rack.screenPlaceOn('{module}', '{jack}')")
        end = await self.state(f"rack.screenPlaceOn('{other}', '{other_jack}')")
        scale = await self.state("rack.view.scale")
        across, down = end["x"] - start["x"], end["y"] - start["y"]
        sag = min(60, 14 + (across**2 + down**2) ** 0.5 / scale * 0.16) * scale
        ends = [(start["x"], start["y"]), (start["x"] + 0.18 * across, start["y"] + 0.1 * down + sag)]
        ends += [(end["x"] - 0.18 * across, end["y"] - 0.1 * down + sag), (end["x"], end["y"])]
        weights = [(1 - along) ** 3, 3 * (1 - along) ** 2 * along, 3 * (1 - along) * along**2, along**3]
        x, y = (sum(weight * place[axis] for weight, place in zip(weights, ends, strict=True)) for axis in (0, 1))
        return box["x"] + x, box["y"] + y

    async def menu(self, *words: str) -> None:
        """Choose an entry of the open menu by its first words; then, where it opens another, one of that."""
        for text in words:
            await self.page.get_by_role("menu").get_by_text(text).first.click()

    async def knob(self, module: str, knob: str) -> float:
        """The value in the patch that the server has confirmed; the default where it has none."""
        info = f"client.info('{module}').knobs.find((knob) => knob.id === '{knob}')"
        value: float = await self.state(
            f"client.patch.confirmed.modules.get('{module}').knobs['{knob}'] ?? {info}.default"
        )
        return value

    async def cables(self) -> set[str]:
        """Every confirmed cable, as ``module/jack > module/jack``."""
        found: list[str] = await self.state(
            "[...client.patch.confirmed.cables.values()].map(({ from, to }) => "
            "`${from.module}/${from.jack} > ${to.module}/${to.jack}`)"
        )
        return set(found)

    async def revision(self) -> int:
        number: int = await self.state("client.patch.revision")
        return number

    async def toasts(self) -> list[str]:
        return await self.page.locator(".toast").all_inner_texts()

    async def _centre(self, selector: str) -> tuple[float, float]:
        drawn = self.page.locator(selector).locator(".jack-ring, .knob-skirt, .switch-body").first
        box = await drawn.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
