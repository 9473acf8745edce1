"""The short form of `make eval` for Timbre: every instrument, played by another soundfont and by a spoken voice."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from synthvr_server.training import sounds

from .timbre_hearing import (
    SOURCES,
    Recogniser,
    distances,
    loudness_correlation,
    pitch_error,
    speech,
    taken_apart,
    transferred,
)

TRAINING_SECONDS, KNOWN_SECONDS, HELD_OUT_SECONDS, SOURCE_SECONDS = 100.0, 20.0, 10.0, 6.0

pytestmark = pytest.mark.skipif(
    not (
        shutil.which("fluidsynth")
        and shutil.which("espeak-ng")
        and sounds.FLUID_R3.is_file()
        and sounds.TIM_GM.is_file()
    ),
    reason="needs fluidsynth, espeak-ng, fluid-soundfont-gm and timgm6mb-soundfont",
)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser({name: sounds.render(name, TRAINING_SECONDS, 2).audio for name in sounds.SHIPPED})


def test_the_recogniser_knows_the_real_instruments(recogniser: Recogniser) -> None:
    shares = {name: recogniser.shares(sounds.render(name, SOURCE_SECONDS, 3).audio)[name] for name in sounds.SHIPPED}
    assert np.mean(list(shares.values())) >= 0.85, shares


@pytest.mark.parametrize("name", sounds.SHIPPED)
def test_an_instrument_is_nearer_to_the_real_one_than_its_mean_spectrum(name: str) -> None:
    known = sounds.render(name, KNOWN_SECONDS, 2)
    found = distances(name, taken_apart(name, known), HELD_OUT_SECONDS)
    assert found.ratio <= 0.65  # 0.6 over the longer phrases of `make eval`


@pytest.mark.parametrize("name", sounds.SHIPPED)
def test_another_soundfont_plays_it_in_tune_and_as_loud_and_it_is_recognised(name: str, recogniser: Recogniser) -> None:
    source = SOURCES.get(name, "flute")
    given = sounds.render(source, SOURCE_SECONDS, 77, sounds.TIM_GM)
    made = transferred(name, given.audio)
    heard = recogniser.shares(made)
    assert heard[name] >= 0.7  # 0.8 in `make eval`, which knows and plays more
    assert heard[source] <= 0.1
    assert pitch_error(made, given.f0) <= 25.0
    assert loudness_correlation(given.audio, made) >= 0.9


def test_a_sentence_becomes_each_of_the_instruments(recogniser: Recogniser) -> None:
    shares = {name: recogniser.shares(transferred(name, speech()))[name] for name in sounds.SHIPPED}
    assert np.mean(list(shares.values())) >= 0.8, shares
