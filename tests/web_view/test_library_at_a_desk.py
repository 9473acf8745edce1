"""The library in the page: saving over a name asks; new, rename, delete, files in and out, earlier versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.web_view.desktop import Desktop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def library(desktop: Desktop) -> Locator:
    await desktop.page.keyboard.press("Control+s")
    dialog = desktop.page.get_by_role("dialog", name="Library")
    await dialog.get_by_text("Far shore").wait_for()
    return dialog


async def save(desktop: Desktop, name: str) -> None:
    dialog = await library(desktop)
    await dialog.get_by_label("Name to save under").fill(name)
    await desktop.page.keyboard.press("Enter")


async def test_saving_over_a_patch_asks_first(desktop: Desktop) -> None:
    await save(desktop, "Mine")
    await desktop.page.get_by_text("Saved as “Mine”.").wait_for()
    await desktop.page.focus('.module[data-module="vca"]')
    await desktop.page.keyboard.press("Delete")
    await save(desktop, "Mine")
    question = desktop.page.get_by_role("alertdialog")
    await expect(question).to_contain_text("There is a patch “Mine” already. Replace it?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(desktop.page.get_by_role("dialog", name="Library")).to_be_visible()
    await desktop.page.locator(".own", has_text="Mine").get_by_text("6 modules").wait_for()
    await desktop.page.get_by_label("Name to save under").press("Enter")
    await question.get_by_role("button", name="Replace").click()
    await expect(desktop.page.get_by_role("dialog", name="Library")).to_be_hidden()
    dialog = await library(desktop)
    await dialog.locator(".own", has_text="Mine").get_by_text("5 modules").wait_for()


async def test_an_untitled_patch_is_called_what_it_is_saved_as(desktop: Desktop) -> None:
    await (await library(desktop)).get_by_role("button", name="New patch").click()
    await desktop.until("client.patch.confirmed.title === '' && client.patch.confirmed.modules.size === 0")
    await save(desktop, "no/name")
    await desktop.page.get_by_text("must not contain '/'").wait_for()
    await desktop.until("client.patch.confirmed.title === ''")
    await desktop.page.get_by_label("Name to save under").fill("First voice")
    await desktop.page.keyboard.press("Enter")
    await desktop.page.get_by_text("Saved as “First voice”.").wait_for()
    await expect(desktop.page.get_by_label("Name of the patch")).to_have_value("First voice")
    await expect(desktop.page.get_by_role("dialog", name="Library")).to_be_hidden()
    dialog = await library(desktop)
    await expect(dialog.get_by_label("Name to save under")).to_have_value("First voice")
    await dialog.locator(".own", has_text="First voice").get_by_text("0 modules").wait_for()


async def test_what_was_replaced_is_among_the_earlier_versions(desktop: Desktop) -> None:
    await save(desktop, "Twice")
    await desktop.page.get_by_text("Saved as “Twice”.").wait_for()
    await desktop.page.focus('.module[data-module="lfo"]')
    await desktop.page.keyboard.press("Delete")
    await save(desktop, "Twice")
    await desktop.page.get_by_role("button", name="Replace").click()
    await expect(desktop.page.get_by_role("dialog", name="Library")).to_be_hidden()
    dialog = await library(desktop)
    await dialog.get_by_text("Earlier versions").click()
    await dialog.locator("details .patch", has_text="Twice").first.click()
    await desktop.until("client.patch.confirmed.modules.has('lfo')")


async def test_a_patch_is_renamed_and_deleted(desktop: Desktop) -> None:
    await save(desktop, "Old name")
    await desktop.page.get_by_text("Saved as “Old name”.").wait_for()
    dialog = await library(desktop)
    await dialog.get_by_role("button", name="Rename Old name").click()
    question = desktop.page.get_by_role("alertdialog")
    await question.get_by_label("Name", exact=True).fill("New name")
    await desktop.page.keyboard.press("Enter")
    await dialog.locator(".own", has_text="New name").wait_for()
    await expect(dialog.locator(".own", has_text="Old name")).to_have_count(0)
    await dialog.get_by_role("button", name="Delete New name").click()
    await expect(dialog.locator(".own", has_text="New name")).to_have_count(0)
    await dialog.get_by_text("Earlier versions").click()
    await dialog.locator("details .patch", has_text="New name").wait_for()


async def test_a_new_patch_is_empty_and_undo_brings_the_old_one_back(desktop: Desktop) -> None:
    dialog = await library(desktop)
    await dialog.get_by_role("button", name="New patch").click()
    await desktop.until("client.patch.confirmed.modules.size === 0")
    await expect(dialog).to_be_hidden()
    await expect(desktop.page.get_by_text("The rack is empty.")).to_be_visible()
    await desktop.page.keyboard.press("Control+z")
    await desktop.until("client.patch.confirmed.modules.size === 6")


async def test_a_patch_goes_out_as_a_file_and_comes_in_again(desktop: Desktop, tmp_path: Path) -> None:
    dialog = await library(desktop)
    async with desktop.page.expect_download() as coming:
        await dialog.get_by_role("button", name="Export this patch").click()
    download = await coming.value
    assert download.suggested_filename == "Small rack.json"
    path = tmp_path / "Brought along.json"
    await download.save_as(path)
    assert len(json.loads(path.read_text())["modules"]) == 6
    async with desktop.page.expect_file_chooser() as asking:
        await dialog.get_by_role("button", name="Import a file").click()
    await (await asking.value).set_files(path)
    await dialog.locator(".own", has_text="Brought along").wait_for()


async def test_a_file_that_is_no_patch_is_refused_in_a_sentence(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "Holiday.json"
    path.write_text("[1, 2")
    dialog = await library(desktop)
    async with desktop.page.expect_file_chooser() as asking:
        await dialog.get_by_role("button", name="Import a file").click()
    await (await asking.value).set_files(path)
    await desktop.page.locator(".toast.bad").wait_for()
    await expect(dialog.locator(".own", has_text="Holiday")).to_have_count(0)


@pytest.mark.parametrize("name", ["Short", "A name that says much of what is in the patch, and more", "W" * 110])
async def test_no_word_in_the_library_runs_over_another_on_a_telephone(phone: Desktop, name: str) -> None:
    await phone.page.get_by_role("button", name="Library").tap()
    dialog = phone.page.get_by_role("dialog", name="Library")
    await dialog.get_by_label("Name to save under").fill(name)
    await phone.page.keyboard.press("Enter")
    await phone.page.get_by_text(f"Saved as “{name}”.").wait_for()
    await expect(dialog).to_be_hidden()
    await phone.page.get_by_role("button", name="Library").tap()
    own = dialog.locator(".own", has_text=name)
    await own.wait_for()
    cut = await own.locator("button").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    )
    assert cut == 0
    assert await dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    height = (await own.bounding_box() or {"height": 0})["height"]
    assert height < 250
