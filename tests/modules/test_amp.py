import json

import numpy as np
import pytest

from modules.neural.amp import LOUDEST, Amp
from synthvr_server.engine.discovery import discover, shipped_folder
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.nam.player import MODELS
from synthvr_server.training.amp_circuits import CIRCUITS
from tests.neural.nam_files import aidax, array, feather, guitar, linear, lstm, wavenet
from tests.neural.nam_reference import play
from tests.spectra import high_passed

BLOCK = 64


class Played:
    """One Amp, fed block after block."""

    def __init__(self, path, rate=48000, block=BLOCK):
        self.cls = Amp.of_model(path)
        self.module, self.block = self.cls(1, rate, block), block
        self.module.prepare()

    def __call__(self, volts, gain=0.0, level=0.0, mix=1.0, oversampling=0):
        volts = np.resize(volts, -(-len(volts) // self.block) * self.block).astype(np.float32)
        out = np.full((len(volts), 1), np.nan, np.float32)
        knobs = [np.full(self.block, value, np.float32) for value in (gain, level, mix, oversampling)]
        for start in range(0, len(volts), self.block):
            part = slice(start, start + self.block)
            self.module.play(volts[part, None], *knobs, out[part])
        return out[:, 0]


@pytest.fixture
def capture(tmp_path):
    def write(file, **metadata):
        path = tmp_path / "amp.nam"
        path.write_text(json.dumps(file | {"metadata": metadata}))
        return path

    return write


def wire(**more):
    """A capture that lets everything through."""
    return linear(1, False) | {"weights": [1.0]} | more


def decibels(x):
    return 20 * np.log10(np.sqrt(np.mean(np.square(x))))


def test_five_volts_are_full_scale_where_a_capture_does_not_say(capture):
    file, volts = wavenet(array()), 5 * guitar(2048)
    assert np.allclose(Played(capture(file))(volts)[:2000], 5 * settled(file, volts / 5)[:2000], atol=1e-4)


def settled(file, sound):
    """The description's answer after a long silence."""
    return play(file, np.concatenate([np.zeros(200), sound]))[200:]


def test_a_capture_that_was_fed_6_db_hotter_is_driven_6_db_less(capture):
    volts = guitar(1024)
    loud, louder = (decibels(Played(capture(wire(), input_level_dbu=dbu))(volts)) for dbu in (10.0, 16.0))
    assert loud - louder == pytest.approx(6.0, abs=0.01)


def test_five_volts_are_13_point_2_dbu(capture):
    volts = guitar(1024)
    assert decibels(Played(capture(wire(), input_level_dbu=13.19))(volts)) == pytest.approx(decibels(volts), abs=0.05)


def test_loud_and_soft_captures_come_out_alike(capture):
    volts = guitar(1024)
    plain, quiet = (decibels(Played(capture(wire(), loudness=loudness))(volts)) for loudness in (-18.0, -30.0))
    assert quiet - plain == pytest.approx(12.0, abs=0.01)


def test_input_and_output_turn_in_decibels_and_the_bottom_is_silence(capture):
    amp, volts = Played(capture(wire())), guitar(1024)
    assert decibels(amp(volts, gain=-12.0)) == pytest.approx(decibels(volts) - 12, abs=0.01)
    assert decibels(amp(volts, level=6.0)) == pytest.approx(decibels(volts) + 6, abs=0.01)
    assert np.abs(amp(volts, level=-60.0)).max() == 0


def test_mix_at_zero_is_what_came_in(capture):
    volts = guitar(1024)
    assert np.allclose(Played(capture(lstm()))(volts, mix=0.0), volts, atol=1e-6)


def test_it_is_settled_before_its_first_block(capture):
    for file in (lstm(), wavenet(array(dilations=(1, 64, 512)))):
        silence = Played(capture(file))(np.zeros(2048))
        assert np.ptp(silence) < 1e-3


@pytest.mark.parametrize(("model", "engine"), [(44100, 48000), (48000, 96000), (96000, 48000), (48000, 44100)])
def test_at_another_rate_it_sounds_the_same_and_as_late_as_it_says(capture, model, engine):
    amp = Played(capture(wire(sample_rate=model)), engine)
    time = np.arange(engine // 4) / engine
    volts = 4 * np.sin(2 * np.pi * 1000 * time)
    late = amp.module.player.delay
    out = amp(volts)[: len(volts)]
    assert 20 * np.log10(np.abs(out[late + 500 :] - volts[500 : len(volts) - late]).max() / 4) < -80
    assert late / engine < 0.002
    if engine == 48000:
        usual = late + 3.9 * engine / model  # 8×, where it costs so little
        assert amp.cls.latency * engine == pytest.approx(usual, abs=0.51)


def test_the_dry_sound_waits_for_the_resampled_amp(capture):
    amp = Played(capture(wire(sample_rate=44100)))
    volts = np.sin(2 * np.pi * 1000 * np.arange(9600) / 48000)
    assert decibels(amp(volts, mix=0.5)[1000:]) == pytest.approx(decibels(volts), abs=0.05)


@pytest.mark.parametrize("rate", [48000, 44100])
@pytest.mark.parametrize(("choice", "late"), [(0, 0), (1, 3), (2, 4), (3, 4)])
def test_oversampled_a_wire_is_a_wire_and_the_dry_sound_as_late(capture, rate, choice, late):
    amp = Played(capture(wire(sample_rate=rate)))
    late += amp.module.player.delay
    volts = 4 * np.sin(2 * np.pi * 500 * np.arange(9600) / 48000)
    for mix, error in ((1.0, -28.0), (0.5, -34.0), (0.0, -100.0)):  # half a frame of 500 Hz is −30 dB
        out = Played(capture(wire(sample_rate=rate)))(volts, mix=mix, oversampling=choice)
        assert decibels(out[2000:] - volts[2000 - late : -late or None]) - decibels(volts) < error, mix


@pytest.mark.parametrize("file", [lstm(), wavenet(array())], ids=["recurrent", "convolutional"])
def test_oversampling_keeps_what_a_capture_says_of_low_tones(capture, file):
    """Their harmonics lie far below half the rate, so there is nothing to fold, and nothing may change."""
    tone = 5 * np.sin(2 * np.pi * 100 * np.arange(19200) / 48000)
    found = [Played(capture(file))(tone, oversampling=choice)[9600:19200] for choice in range(4)]
    plain, *over = (np.abs(np.fft.rfft(out * np.hanning(len(out)))) for out in found)
    harmonics = np.arange(20, 20 * 8, 20)
    heard = harmonics[plain[harmonics] > plain.max() / 3000]
    assert len(heard) > 1
    for spectrum in over:
        assert 20 * np.log10(spectrum[heard] / plain[heard]) == pytest.approx(0.0, abs=0.1)


def test_oversampling_is_switched_without_a_click(capture):
    amp = Played(capture(wavenet(array(dilations=(1, 2, 4)))))
    tone = 0.5 * np.sin(2 * np.pi * 220 * np.arange(24000) / 48000)
    pieces = [amp(tone[start : start + 4800], oversampling=choice) for start, choice in ((0, 0), (4800, 3), (9600, 1))]
    heard = high_passed(np.concatenate(pieces), 48000, 6000.0)
    steady = np.abs(heard[:3000]).max()
    assert np.abs(heard).max() < max(2 * steady, 0.001 * np.abs(pieces[0]).max())


def test_a_large_capture_is_played_as_it_is_unless_asked(capture):
    small, large = wavenet(array()), wavenet(array(channels=16, dilations=tuple(1 << n for n in range(10))))
    assert [Amp.of_model(capture(file)).declaration.knobs["oversampling"].default for file in (small, large)] == [3, 0]


def test_a_rate_out_of_reach_is_refused_in_a_sentence(capture):
    with pytest.raises(ModuleDeclarationError, match="it is of 47999 Hz, which cannot be played at 48000 Hz"):
        Played(capture(wire(sample_rate=47999)))


@pytest.mark.parametrize("gain", [-24.0, 24.0])
@pytest.mark.parametrize("level", [-60.0, 12.0])
def test_whatever_comes_in_what_comes_out_is_finite_and_bounded(capture, gain, level):
    for file in (lstm(), wavenet(array(activation="ReLU", head_size=1)), wire(weights=[1e30])):
        amp = Played(capture(file))
        for volts in (np.full(256, 24.0), np.full(256, -24.0), np.zeros(256), 24 * np.sign(guitar(256))):
            out = amp(volts, gain=gain, level=level)
            assert np.isfinite(out).all()
            assert np.abs(out).max() <= LOUDEST * 4


SHIPPED = sorted(MODELS.glob("*.nam"))


def test_the_captures_that_ship_are_of_our_own_circuits():
    assert {path.stem for path in SHIPPED} == CIRCUITS.keys()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_capture_bends_a_tone_at_line_level_and_has_its_card(path):
    card = json.loads(path.with_suffix(".json").read_text())
    assert {"data", "licence", "seed", "metrics", "command"} <= card.keys()
    assert card["metrics"]["held_out_esr"] < 0.03
    tone = 3 * np.sin(2 * np.pi * 220 * np.arange(9600) / 48000)
    out = Played(path)(tone)[4800:9600]
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    harmonics = 20 * np.log10(spectrum[[22, 44, 66]] / spectrum[22])
    assert harmonics[1:].max() > -25
    assert -12 < decibels(out) < 12


def test_an_aida_x_file_may_end_in_json_and_a_card_beside_a_model_is_none(tmp_path):
    (tmp_path / "lead.json").write_text(json.dumps(aidax("lstm")))
    (tmp_path / "clean.nam").write_text(json.dumps(feather()))
    (tmp_path / "clean.json").write_text('{"title": "the card of clean.nam"}')
    found = discover([shipped_folder() / "neural"], [tmp_path])
    assert not found.problems
    assert {"amp_lead", "amp_clean"} <= set(found.modules)


def test_only_what_is_asked_for_takes_room(capture):
    """A large capture keeps megabytes of what it has heard, eight runs of it eight times as many."""
    large = Played(capture(wavenet(array(channels=16, dilations=tuple(1 << n for n in range(10))))))
    large(np.zeros(4096))
    assert large.module.player.runs == 1
    large(np.zeros(4096), oversampling=2)
    assert large.module.player.runs == 4
    large(np.zeros(8192), oversampling=0)
    assert large.module.player.runs == 1
