import json
import zipfile

import numpy as np
import pytest

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.instrument import LOUDNESS_RANKS
from synthvr_server.neural.morph import (
    AXIS_POINTS,
    BLEND_POINTS,
    INSTRUMENTS,
    LATENTS,
    SHIPPED,
    Morph,
    Space,
    find_place,
    read_space,
)

NOTHING = np.zeros(LATENTS, np.float32)


def place(space, a, b, blend, volts=NOTHING):
    out = np.zeros(LATENTS, np.float32)
    find_place(space.anchors, space.axes, space.blends, space.bounds, a, b, blend, np.float32(volts), out)
    return out


@pytest.fixture(scope="module")
def space():
    return read_space(SHIPPED)


def test_every_instrument_that_is_named_has_its_place(space):
    assert space.anchors.shape == (len(INSTRUMENTS), LATENTS)
    assert (np.diff(space.range_hz, axis=1) > 0).all()
    assert (np.diff(space.loudness_db, axis=1) >= 0).all()


def test_a_blend_begins_at_one_instrument_and_ends_at_the_other(space):
    for a in range(len(INSTRUMENTS)):
        for b in range(len(INSTRUMENTS)):
            assert place(space, a, b, 0.0) == pytest.approx(space.anchors[a], abs=1e-3)
            assert place(space, a, b, 1.0) == pytest.approx(space.anchors[b], abs=1e-3)


def test_a_blend_is_the_same_way_back(space):
    assert place(space, 0, 3, 0.3) == pytest.approx(place(space, 3, 0, 0.7), abs=1e-3)


def test_a_voltage_moves_its_own_axis_only_and_always_on(space):
    for axis in range(LATENTS):
        turns = [place(space, 1, 1, 0.0, volts * np.eye(LATENTS)[axis]) for volts in np.linspace(-5, 5, 41)]
        moved = np.ptp(turns, axis=0) > 1e-6
        assert moved.tolist() == np.eye(LATENTS, dtype=bool)[axis].tolist()
        assert (np.diff(np.stack(turns)[:, axis]) > 0).all()


def test_voltages_beyond_five_and_blends_beyond_one_go_no_further(space):
    far, end = np.full(LATENTS, 24.0), np.full(LATENTS, 5.0)
    assert place(space, 0, 3, 9.0, far).tolist() == place(space, 0, 3, 1.0, end).tolist()
    assert np.isfinite(place(space, 0, 3, np.nan, np.full(LATENTS, np.nan))).all()


def test_the_first_axes_reach_furthest(space):
    reach = np.abs(space.axes).max(axis=1)
    assert reach[:3].min() > reach[-3:].max()


def test_half_way_has_a_range_and_levels_between_both(space):
    middle = space.card(0, 5, 0.5)
    for edge in (0, 1):
        low, high = sorted(space.range_hz[[0, 5], edge])
        assert low <= (middle.lowest_hz, middle.highest_hz)[edge] <= high
    assert len(middle.loudness_db) == len(LOUDNESS_RANKS)


def test_a_frozen_spectrum_stands_and_goes_on_when_it_thaws():
    morph = Morph()
    morph.condition[:2] = 0.0, -20.0
    morph.run()
    before = morph.spectrum.copy()
    morph.frozen = True
    morph.condition[:2] = 1.0, -40.0
    morph.run()
    assert morph.spectrum.tolist() == before.tolist()
    morph.frozen = False
    morph.run()
    assert morph.spectrum.tolist() != before.tolist()


def test_a_card_says_how_the_model_came_to_be():
    card = json.loads(SHIPPED.with_suffix(".json").read_text())
    assert card["command"] == "python -m synthvr_server.training.morph"
    assert {"data", "licence", "seed", "held_out_mel_db", "blend_unevenness"} <= card.keys()


def test_files_that_are_no_timbre_spaces_are_refused_in_one_sentence(tmp_path):
    with pytest.raises(ModuleDeclarationError, match="cannot be read"):
        read_space(tmp_path / "missing.morph")
    file = tmp_path / "broken.morph"
    file.write_bytes(b"no archive")
    with pytest.raises(ModuleDeclarationError, match="no timbre space"):
        read_space(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("card.json", "{}")
    with pytest.raises(ModuleDeclarationError, match="card"):
        read_space(file)


def test_tables_of_the_wrong_size_are_refused(space):
    tables = {name: getattr(space, name) for name in Space.__dataclass_fields__}
    with pytest.raises(ModuleDeclarationError, match="axes"):
        Space(**tables | {"axes": np.zeros((LATENTS, AXIS_POINTS + 1), np.float32)})
    with pytest.raises(ModuleDeclarationError, match="blends"):
        Space(**tables | {"blends": np.full((6, 6, BLEND_POINTS), np.nan, np.float32)})
