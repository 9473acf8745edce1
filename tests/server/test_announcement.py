"""The server on the network by itself, found by another mDNS stack of its own."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import zeroconf
from zeroconf import IPVersion, ServiceStateChange
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from synthvr_server.patch.model import Patch
from synthvr_server.server import announcement
from synthvr_server.server.announcement import SERVICE_TYPE, Announcement, Service
from synthvr_server.server.app import Options
from synthvr_server.server.network import own_addresses, own_name
from tests.server.losing_an_interface import SKIPPED
from tests.server.running import FAKE_ENGINE, running

LOOPBACK = ("127.0.0.1",)
NAME = f"studio {secrets.token_hex(4)}"  # others may run these tests on the same network
SERVICE = Service(NAME, "0123456789abcdef", "synthvr-0123456789abcdef", 7340, "/socket")
PATIENCE = 15.0  # s; probing for the name takes 0.75 s, three goodbyes 0.25 s


class Browser:
    """Looks for servers as a headset does."""

    def __init__(self, stack: AsyncZeroconf) -> None:
        self._stack = stack
        self._heard: asyncio.Queue[tuple[str, ServiceStateChange]] = asyncio.Queue()

    def hear(self, name: str, state_change: ServiceStateChange, **_rest: object) -> None:
        self._heard.put_nowait((name, state_change))

    async def until(self, change: ServiceStateChange, wanted: Callable[[str], bool] = lambda _name: True) -> str:
        """The name of the next service that has come or gone."""
        async with asyncio.timeout(PATIENCE):
            while True:
                name, heard = await self._heard.get()
                if heard is change and wanted(name):
                    return name

    async def ask(self, name: str) -> AsyncServiceInfo:
        info = AsyncServiceInfo(SERVICE_TYPE, name)
        assert await info.async_request(self._stack.zeroconf, PATIENCE * 1000)
        return info


@asynccontextmanager
async def browsing(addresses: tuple[str, ...] = LOOPBACK) -> AsyncIterator[Browser]:
    try:
        stack = AsyncZeroconf(interfaces=list(addresses), ip_version=IPVersion.V4Only)
    except OSError as error:
        pytest.skip(f"no multicast here: {error}")
    browser = Browser(stack)
    searching = AsyncServiceBrowser(stack.zeroconf, [SERVICE_TYPE], handlers=[browser.hear])
    try:
        yield browser
    finally:
        await searching.async_cancel()
        await stack.async_close()


@asynccontextmanager
async def announcing(kept: Announcement) -> AsyncIterator[None]:
    task = asyncio.create_task(kept.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def ours(name: str) -> bool:
    return name.startswith(NAME)


async def test_the_service_is_found_with_all_that_a_client_needs_and_goes_when_it_stops() -> None:
    warnings: list[str] = []
    async with browsing() as browser:
        async with announcing(Announcement(SERVICE, lambda: LOOPBACK, warnings.append)):
            info = await browser.ask(await browser.until(ServiceStateChange.Added, ours))
            assert (info.port, info.parsed_addresses()) == (7340, ["127.0.0.1"])
            assert info.decoded_properties == {
                "version": "1",
                "path": "/socket",
                "name": NAME,
                "id": "0123456789abcdef",
            }
            assert info.server == "synthvr-0123456789abcdef.local."
        assert ours(await browser.until(ServiceStateChange.Removed, ours))
    assert warnings == []


async def test_two_servers_of_one_name_get_two_names() -> None:
    async with browsing() as browser, announcing(Announcement(SERVICE, lambda: LOOPBACK, pytest.fail)):
        first = await browser.until(ServiceStateChange.Added, ours)
        async with announcing(Announcement(SERVICE, lambda: LOOPBACK, pytest.fail)):
            second = await browser.until(ServiceStateChange.Added, ours)
            assert second != first
            assert (await browser.ask(second)).decoded_properties["name"] == NAME


async def test_an_address_that_comes_back_is_announced_again() -> None:
    addresses: tuple[str, ...] = ()
    kept = Announcement(SERVICE, lambda: addresses, pytest.fail, look_every=0.01)
    async with browsing() as browser, announcing(kept):
        addresses = LOOPBACK
        await browser.until(ServiceStateChange.Added, ours)
        addresses = ()
        await browser.until(ServiceStateChange.Removed, ours)
        addresses = LOOPBACK
        await browser.until(ServiceStateChange.Added, ours)


class Refusing:
    """A network stack that takes nothing until it is told to."""

    def __init__(self, error: Exception) -> None:
        self.error, self.asked = error, asyncio.Queue[None]()

    def __call__(self, **_settings: object) -> AsyncZeroconf:
        self.asked.put_nowait(None)
        raise self.error


@pytest.mark.parametrize(
    "error", [OSError(98, "Address already in use"), zeroconf.Error(), RuntimeError("No adapter found")]
)
async def test_where_mdns_cannot_be_had_one_sentence_is_said_and_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    warnings: list[str] = []
    refusing = Refusing(error)
    monkeypatch.setattr(announcement, "AsyncZeroconf", refusing)
    async with announcing(Announcement(SERVICE, lambda: LOOPBACK, warnings.append, look_every=0.001)):
        for _ in range(3):
            await asyncio.wait_for(refusing.asked.get(), PATIENCE)
    (sentence,) = warnings
    assert "by hand" in sentence
    assert sentence.count(".") == 1, "one sentence"


@pytest.mark.skipif(not own_addresses(), reason="this machine has no address but loopback")
async def test_a_server_on_the_network_is_found_there_and_says_where_it_is(tmp_path: Path) -> None:
    address = own_addresses()[0]
    async with browsing((address,)) as browser:
        async with running(tmp_path, Options(Patch(), lan=True, engine=FAKE_ENGINE)) as server:
            identity = (tmp_path / "server-id").read_text().strip()
            while True:
                name = await browser.until(ServiceStateChange.Added)
                info = await browser.ask(name)
                if info.decoded_properties["id"] == identity:
                    break
            assert info.port == server.port
            assert address in info.parsed_addresses()
            assert info.decoded_properties["name"] == own_name()
            assert any(f"http://{address}:{server.port}/" in sentence for sentence in server.said)
        await browser.until(ServiceStateChange.Removed, lambda gone: gone == name)


async def test_a_server_that_is_not_on_the_network_is_not_announced(tmp_path: Path) -> None:
    async with running(tmp_path):
        assert not (tmp_path / "server-id").exists()


async def test_an_interface_that_goes_away_stops_nothing() -> None:
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-m", "tests.server.losing_an_interface"]
    if shutil.which("unshare") is None:
        pytest.skip("no network namespaces here")
    result = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=100)
    if result.returncode == SKIPPED or "unshare" in result.stderr:
        pytest.skip("no network namespaces here")
    assert result.stdout.splitlines() == ["announced at 10.9.0.1", "running", "announced at 10.9.1.1", "running"]
    assert result.stderr == ""
