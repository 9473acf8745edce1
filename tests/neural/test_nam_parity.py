import numpy as np
import pytest

from synthvr_server.neural.nam.player import plain_player
from synthvr_server.neural.nam.read import parse_capture

from .nam_files import EVERY_KIND, guitar, standard
from .nam_reference import play

PARITY = 1e-5


def played(file, sound, block):
    capture = parse_capture(file, "capture")
    player, out = plain_player(capture), np.zeros_like(sound)
    gain = np.float32(capture.input_gain)
    for start in range(0, len(sound), block):
        player.play(sound[start : start + block] * gain, out[start : start + block])
    return out


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_capture_sounds_as_its_description_says(kind):
    sound = guitar(6000)
    expected = play(EVERY_KIND[kind], sound)
    assert np.abs(expected).max() > 1e-3
    assert np.abs(played(EVERY_KIND[kind], sound, 64) - expected).max() <= PARITY


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_block_size_changes_nothing(kind):
    sound = guitar(3000)
    whole = played(EVERY_KIND[kind], sound, 3000)
    for block in (1, 17, 64, 100, 1024):
        frames = 300 if block == 1 else 3000
        assert np.abs(played(EVERY_KIND[kind], sound[:frames], block) - whole[:frames]).max() <= PARITY


def test_it_goes_on_the_same_when_its_memory_has_moved_back_many_times():
    sound = guitar(24000)
    assert np.abs(played(standard(), sound, 64) - play(standard(), sound)).max() <= PARITY


def test_reset_forgets_what_was_played():
    sound = guitar(500)
    for file in EVERY_KIND.values():
        player, first, second = plain_player(parse_capture(file, "capture")), np.zeros_like(sound), np.zeros_like(sound)
        player.play(sound, first)
        player.reset()
        player.play(sound, second)
        assert np.array_equal(first, second)
