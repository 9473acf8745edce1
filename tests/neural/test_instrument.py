from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import C4_HZ
from synthvr_server.neural.instrument import MODELS, Decoder, hear_instrument, part_of, read_card
from synthvr_server.neural.trial import try_instrument
from tests.neural import onnx_files as files

SHIPPED = sorted(MODELS.glob("*.instrument"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_instrument_has_a_model_card_and_a_finite_spectrum(path: Path) -> None:
    decoder = Decoder(path)
    for hertz in (decoder.card.lowest_hz, decoder.card.highest_hz):
        for level in (decoder.card.loudness_db[0], decoder.card.loudness_db[-1]):
            decoder.condition[:] = np.log2(hertz / C4_HZ), level
            for _ in range(50):
                decoder.run()
            power = 10 ** (decoder.spectrum.astype(float) / 10)
            assert -10 < 10 * np.log10(power.sum()) < 10  # dB relative to its level, which the player brings to 0
    card = json.loads(path.with_suffix(".json").read_text())
    assert {"data", "licence", "seed", "command", "held_out_lsd_db"} <= card.keys()
    assert card["title"] == decoder.card.title


def test_the_shipped_instruments_are_a_few_hundred_kilobytes() -> None:
    assert sum(path.stat().st_size for path in SHIPPED) < 1_000_000


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.timbre"
    path.write_bytes(b"RIFF and so on")
    with pytest.raises(ModuleDeclarationError, match="it is no instrument"):
        read_card(path)


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"lowest_hz": "low"},
        {"lowest_hz": 900.0, "highest_hz": 100.0},
        {"loudness_db": [1.0]},
        {"loudness_db": [-20, -30, -10, -5, -4, -3, -2]},
        {"highest_hz": float("nan")},
        {"inharmonicity": [0.5, 2.0]},
        {"inharmonicity": [0.001, 0.0]},
        {"inharmonicity": [0.001, float("nan")]},
        {"inharmonicity": [1, 2, 3]},
        {"inharmonicity": "much"},
        {"lowest_hz": 10**400},
    ],
    ids=str,
)
def test_a_card_that_cannot_be_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    good = {"title": "T", "lowest_hz": 100.0, "highest_hz": 900.0, "loudness_db": [-50, -40, -35, -30, -25, -20, -15]}
    path = tmp_path / "bad.timbre"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("card.json", json.dumps(good | change))
    with pytest.raises(ModuleDeclarationError, match="card"):
        read_card(path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_we_ship_would_be_taken_from_a_stranger(path: Path) -> None:
    hear_instrument(path)


def with_decoder(path: Path, decoder: bytes) -> Path:
    with zipfile.ZipFile(SHIPPED[0]) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", source.read("card.json"))
        archive.writestr("decoder.onnx", decoder)
    return path


@pytest.mark.parametrize(
    ("decoder", "words"),
    [
        (b"not a model", "no ONNX file"),
        (files.endless(), "Loop"),
        (files.gain(), "no input called"),
        (files.bad_decoder("nan"), "no spectrum"),
        (files.bad_decoder("later"), "no spectrum"),
        (files.bad_decoder("beyond"), "its operator Gather fails"),
        (files.bad_decoder("memory"), "MB of memory"),
    ],
    ids=["nothing", "endless", "other", "nan", "later", "beyond", "memory"],
)
def test_a_decoder_that_cannot_be_played_is_refused_and_does_no_harm(
    tmp_path: Path, decoder: bytes, words: str
) -> None:
    with pytest.raises(ModuleDeclarationError, match=words):
        try_instrument(with_decoder(tmp_path / "bad.timbre", decoder), "bad.timbre")


def test_a_damaged_file_is_refused_whatever_is_damaged(tmp_path: Path) -> None:
    path, whole, random = tmp_path / "bad.timbre", SHIPPED[0].read_bytes(), np.random.default_rng(0)
    for _ in range(200):
        damaged = bytearray(whole)
        damaged[random.integers(len(whole))] ^= 1 << random.integers(8)
        path.write_bytes(damaged)
        with suppress(ModuleDeclarationError):  # nothing else may be raised
            read_card(path)
            part_of(path, "decoder.onnx", "instrument")
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModuleDeclarationError, match="damaged"):
        read_card(path)
