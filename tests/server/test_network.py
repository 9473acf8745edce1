"""This machine's addresses and names, and the limits on connections from elsewhere."""

from __future__ import annotations

import os
import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.protocol.limits import MOST_FROM_ONE_ADDRESS
from synthvr_server.server import lobby as lobby_module
from synthvr_server.server.big_digits import big
from synthvr_server.server.invitation import Invitation
from synthvr_server.server.lobby import MOST_WAITING, Guest, Lobby, origin_of
from synthvr_server.server.network import bound_addresses, names_of, open_to_all, own_addresses, server_id
from synthvr_server.server.origin import bare_address


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (("192.168.1.30", 5000), "192.168.1.30"),
        (("::ffff:192.168.1.30", 5000, 0, 0), "192.168.1.30"),
        (("::ffff:127.0.0.1", 5000, 0, 0), "127.0.0.1"),
        (("fe80::1%eth0", 5000, 0, 2), "fe80::1"),
        (("FD00:0::2", 5000, 0, 0), "fd00::2"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_peer_is_known_by_its_bare_address(peer: Any, address: str) -> None:
    assert bare_address(peer) == address


def test_own_addresses_are_those_that_others_reach() -> None:
    assert not [a for a in own_addresses() if a.startswith(("127.", "fe80:", "0.")) or a in ("::", "::1")]


def test_a_socket_open_to_all_is_bound_to_every_own_address() -> None:
    with open_to_all(0) as listening:
        assert set(bound_addresses([listening])) in (
            set(own_addresses()),
            {address for address in own_addresses() if ":" not in address},  # no IPv6 here
        )
        with socket.create_connection(("127.0.0.1", listening.getsockname()[1]), timeout=5):
            peer = listening.accept()[0]
            assert bare_address(peer.getpeername()) == "127.0.0.1"
            peer.close()


def test_a_socket_on_one_address_is_bound_to_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert bound_addresses([listening]) == ("127.0.0.1",)


def test_a_machine_is_called_by_its_name_and_in_private_domains_only() -> None:
    names = names_of("Studio", "")
    assert {"studio", "studio.local", "studio.lan", "studio.home.arpa"} <= names
    assert "studio.com" not in names
    assert "" not in names


def test_the_id_of_a_server_stays_with_its_library(tmp_path: Path) -> None:
    known = server_id(tmp_path / "library")
    assert len(known) == 16
    assert server_id(tmp_path / "library") == known
    assert server_id(tmp_path / "another") != known


def test_a_broken_id_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "server-id").write_text("not an id")
    known = server_id(tmp_path)
    assert server_id(tmp_path) == known != "not an id"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_an_id_that_is_a_named_pipe_is_replaced_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "server-id")
    assert server_id(tmp_path) == server_id(tmp_path)


@pytest.mark.parametrize("addresses", [["a"], [f"a{number}" for number in range(200)]], ids=["one address", "many"])
def test_the_lobby_has_room_for_a_few(addresses: list[str]) -> None:
    lobby = Lobby()
    come: list[Guest] = []
    hung_up: list[int] = []

    def hang_up(number: int) -> None:
        hung_up.append(number)
        lobby.go(come[number])

    for number, address in enumerate(addresses * 200):
        guest = lobby.come(address, partial(hang_up, number))
        assert guest is not None, "who waits longest makes room"
        come.append(guest)
    room = min(MOST_WAITING, MOST_FROM_ONE_ADDRESS * len(addresses))
    assert lobby.waiting == room
    assert hung_up == list(range(len(come) - room))


@pytest.mark.parametrize(
    ("address", "another", "same"),
    [
        ("192.168.1.30", "192.168.1.31", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "192.168.1.30", False),
    ],
)
def test_all_addresses_that_one_ipv6_machine_may_have_are_one_origin(address: str, another: str, same: bool) -> None:
    assert (origin_of(address) == origin_of(another)) == same


def test_the_lobby_holds_a_quarter_of_the_files_that_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lobby_module, "most_open", lambda: 40)
    lobby = Lobby()
    hung_up: list[int] = []
    for number in range(11):
        lobby.come(f"a{number}", partial(hung_up.append, number))
    assert (lobby.waiting, hung_up) == (10, [0])


def nobody_is_hung_up_on() -> None:
    raise AssertionError


def test_who_was_let_in_makes_room_in_the_lobby_but_counts_for_the_address() -> None:
    lobby = Lobby()
    for number in range(MOST_FROM_ONE_ADDRESS):
        guest = lobby.come("a", nobody_is_hung_up_on)
        assert guest is not None, number
        lobby.let_in(guest)
    assert lobby.waiting == 0
    assert lobby.come("a", nobody_is_hung_up_on) is None
    assert lobby.come("b", nobody_is_hung_up_on)


def test_the_code_can_be_read_from_across_a_room() -> None:
    picture = big("1234567890")
    assert len(picture.splitlines()) == 5
    assert len({big(digit) for digit in "0123456789"}) == 10
    assert set(picture) == set("# \n")


class Bound:
    """A socket as far as its address goes."""

    def __init__(self, address: str) -> None:
        self._address = address

    def getsockname(self) -> tuple[str, int]:
        return self._address, 7340

    def getsockopt(self, _level: int, _option: int, /) -> int:
        return 0


@pytest.mark.parametrize(
    ("address", "page", "invites"),
    [
        ("127.0.0.1", "http://127.0.0.1:7340/", False),
        ("::1", "http://[::1]:7340/", False),
        ("192.168.1.30", "http://192.168.1.30:7340/", True),
        ("0.0.0.0", "http://127.0.0.1:7340/", True),
        ("::", "http://127.0.0.1:7340/", True),
    ],
)
def test_the_code_is_shown_only_where_it_is_needed(address: str, page: str, invites: bool) -> None:
    said: list[str] = []
    Invitation(None, "/socket", said.append).open([Bound(address)], "482917")
    assert said[0] == f"SynthVR serves. Web view: {page}"
    assert any("Pairing code: 482917" in sentence for sentence in said) is invites
    assert any("On the network" in sentence for sentence in said) is invites
