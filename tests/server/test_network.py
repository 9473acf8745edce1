"""This machine's addresses and names, and the limits on connections from elsewhere."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from synthvr_server.protocol.limits import MOST_FROM_ONE_ADDRESS
from synthvr_server.server.big_digits import big
from synthvr_server.server.invitation import Invitation
from synthvr_server.server.lobby import MOST_WAITING, Lobby
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


@pytest.mark.parametrize("addresses", [["a"], [f"a{number}" for number in range(200)]], ids=["one address", "many"])
def test_the_lobby_has_room_for_a_few(addresses: list[str]) -> None:
    lobby = Lobby()
    come = [address for address in addresses * 200 if lobby.come(address)]
    assert len(come) == min(MOST_WAITING, MOST_FROM_ONE_ADDRESS * len(addresses))
    for address in come:
        lobby.let_in()
        lobby.go(address)
    assert lobby.come("a")


def test_who_was_let_in_makes_room_in_the_lobby_but_counts_for_the_address() -> None:
    lobby = Lobby()
    for number in range(MOST_FROM_ONE_ADDRESS):
        assert lobby.come("a"), number
        lobby.let_in()
    assert lobby.waiting == 0
    assert not lobby.come("a")
    assert lobby.come("b")


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
