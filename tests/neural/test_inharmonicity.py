"""How wide partials lie, read from sounds whose inharmonicity is known."""

from __future__ import annotations

import numpy as np
import pytest

from synthvr_server.module import C4_HZ
from synthvr_server.neural.additive import BANDS, HARMONICS, resynthesise
from synthvr_server.neural.instrument import Inharmonicity
from synthvr_server.training.features import analyse
from synthvr_server.training.inharmonicity import find_inharmonicity
from synthvr_server.training.sounds import HOP, RATE

STRINGS = Inharmonicity(0.0004, 2.4)
LENGTH = 120  # frames of a note: 0.48 s
NOTES = np.repeat(np.linspace(-1.5, 1.5, 12), LENGTH)  # V
LEVELS = np.tile(0.05 / np.sqrt(np.arange(1, HARMONICS + 1)), (len(NOTES), 1)).astype(np.float32)


def played(strings: Inharmonicity, levels: np.ndarray = LEVELS) -> tuple[np.ndarray, np.ndarray]:
    """The notes on such strings, with a little noise, and their pitches."""
    hertz = (C4_HZ * 2.0**NOTES).astype(np.float32)
    wide = np.array([strings.at(volts) for volts in NOTES], np.float32)
    noise = np.full((len(NOTES), BANDS), 1e-8, np.float32)
    return resynthesise(RATE, hertz, levels, noise, wide), hertz


def test_the_inharmonicity_of_strings_is_found() -> None:
    found = find_inharmonicity(*played(STRINGS))
    assert found.at_c4 == pytest.approx(STRINGS.at_c4, rel=0.15)
    assert found.growth == pytest.approx(STRINGS.growth, rel=0.1)


def test_harmonics_are_not_taken_for_stiff_strings() -> None:
    assert find_inharmonicity(*played(Inharmonicity())) == Inharmonicity()


@pytest.mark.parametrize("partials_db", [(-14,), (-14, -44, -54), (-14, -20, -40, -50, -60)], ids=len)
def test_few_harmonics_are_not_taken_for_stiff_strings(partials_db: tuple[float, ...]) -> None:
    levels = np.zeros_like(LEVELS)
    levels[:, : len(partials_db)] = 10.0 ** (np.array(partials_db) / 20)
    assert find_inharmonicity(*played(Inharmonicity(), levels)) == Inharmonicity()


def test_nothing_is_found_in_silence() -> None:
    assert find_inharmonicity(np.zeros(RATE, np.float32), np.zeros(RATE // HOP, np.float32)) == Inharmonicity()


def test_partials_have_their_levels_only_where_the_inharmonicity_is_known() -> None:
    audio, hertz = played(STRINGS)
    middle = np.arange(len(NOTES)) % LENGTH == LENGTH // 2
    asked = 20 * np.log10(LEVELS[middle, :20])
    known, unknown = (20 * np.log10(analyse(audio, hertz, which).harmonics[middle, :20] + 1e-6)
                      for which in (STRINGS, Inharmonicity()))  # fmt: skip
    heard = hertz[middle, None] * np.arange(1, 21) * 1.3 < 14000
    assert np.abs(known - asked)[heard].max() < 3.0
    assert np.abs(unknown - asked)[heard].max() > 12.0
