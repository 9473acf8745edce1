"""The benchmarks still run, in a size that takes seconds; how fast anything was is not asserted."""

from __future__ import annotations

import json
import math
import os
import shutil
from pathlib import Path

import pytest

from tests.benchmarks import edits, first_sound, knob_to_sound, late_blocks, loads, voices
from tests.benchmarks.patches import rack
from tests.benchmarks.peers import PEERS
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.requirements import REQUIREMENTS
from tests.report import Figure, table, write_json

in_ci = os.environ.get("CI") == "true"  # there, everything has been installed and nothing may be skipped
needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc, which only Linux has")
needs_jack = pytest.mark.skipif(
    not in_ci and shutil.which(late_blocks.JACK) is None, reason="jackd is not installed (package jackd2)"
)


def names(figures: list[Figure]) -> set[str]:
    assert all(math.isfinite(figure.value) and figure.value >= 0 for figure in figures)
    return {figure.name for figure in figures}


def test_the_table_says_which_requirements_hold() -> None:
    lines = table(
        [Figure("seconds.first_sound", 2.5, "s"), Figure("seconds.first_start", 31.0, "s")], REQUIREMENTS
    ).splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["yes", "NO"]


def test_the_table_names_what_could_not_be_measured() -> None:
    assert (
        table([], {}, ["loads: the server has stopped."]).splitlines()[-1]
        == "not measured: loads: the server has stopped."
    )


def test_a_figure_without_a_requirement_has_an_empty_verdict() -> None:
    assert table([Figure("load_ms.10_modules", 12.0, "ms", "median of 3")], {}).endswith("median of 3")


def test_the_json_file_is_one_flat_object_of_numbers(tmp_path: Path) -> None:
    write_json(tmp_path / "build" / "bench.json", [Figure("a.b", 0.123456789, "s"), Figure("c", 1200.0, "voices")])
    assert json.loads((tmp_path / "build" / "bench.json").read_text()) == {"a.b": 0.123457, "c": 1200.0}


def test_a_peers_start_up_does_not_count() -> None:
    peer = Peer("fake", "fake", lambda: True, lambda voices, _block, seconds: 7.0 + voices * seconds / 1000, 500)
    contender = voices.contender_of(peer, 64)
    contender.find_full_core(0.5)
    contender.play(0.5)
    assert contender.voices == 1000
    assert contender.per_core(0.5) == pytest.approx(1000)


def test_voices_are_counted_by_graph_and_block_and_compared_with_a_peer() -> None:
    peer = Peer("fake", "fake", lambda: True, lambda voices, _block, seconds: voices * seconds / 1000, 500)
    absent = Peer("absent", "absent", lambda: False, peer.cpu_seconds, 500)
    assert names(voices.measure(blocks=(64,), peers=(peer, absent), seconds=0.05, rounds=1)) == {
        "voices_per_core.mono.block64",
        "voices_per_core.poly16.block64",
        "ratio.fake.mono.block64",
        "ratio.fake.poly16.block64",
    }


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_peer_plays_the_voices(peer: Peer) -> None:
    if not peer.installed():
        pytest.skip(f"{peer.name} is not installed: make install-peers")
    assert peer.cpu_seconds(8, 64, 0.2) > 0


def test_a_rack_has_the_modules_asked_for_and_cables_only_between_them() -> None:
    for count in (10, 11, 50, 200):
        patch = rack(count)
        assert len(patch.modules) == count
        assert {end.module for cable in patch.cables.values() for end in (cable.source, cable.target)} <= set(
            patch.modules
        )


@needs_proc
def test_a_turned_knob_is_heard() -> None:
    assert names(knob_to_sound.measure(repeats=3)) == {"latency_ms.knob_to_sound.p50", "latency_ms.knob_to_sound.p99"}


@needs_proc
def test_an_edit_is_heard() -> None:
    assert names(edits.measure(repeats=2, modules=12)) == {"edit_ms.p99.12_modules"}


@needs_proc
def test_a_loaded_patch_is_heard() -> None:
    assert names(loads.measure(repeats=1, counts=(10, 20))) == {"load_ms.10_modules", "load_ms.20_modules"}


@needs_proc
def test_a_started_server_is_heard() -> None:
    assert first_sound.seconds_to_sound() > 0


@needs_proc
@needs_jack
def test_late_blocks_are_counted_on_jack() -> None:
    found = names(late_blocks.measure(seconds=1.0))
    assert {"late_blocks_percent.jack", "late_blocks_percent.idle_jack_client"} <= found


def test_blocks_count_as_undisturbed_well_away_from_what_the_host_took() -> None:
    stolen = [5, 5, 5, 5, 6, 6, 6, 6]  # taken between the readings 3 and 4
    readings = [late_blocks.Reading(time=n, late=0, blocks=n, stolen=taken) for n, taken in enumerate(stolen)]
    assert [a.blocks for a, _ in late_blocks.undisturbed(readings)] == [0, 1, 5, 6]
