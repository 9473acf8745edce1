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
