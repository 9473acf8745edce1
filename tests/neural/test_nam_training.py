import argparse
import json
import re

import numpy as np
import pytest

torch = pytest.importorskip("torch")
import soundfile  # noqa: E402

from synthvr_server.cli.amp import add_arguments  # noqa: E402
from synthvr_server.errors import SynthVRError  # noqa: E402
from synthvr_server.neural.nam.player import plain_player  # noqa: E402
from synthvr_server.neural.nam.read import parse_capture, read_capture  # noqa: E402
from synthvr_server.training.amp_circuits import CIRCUITS, RATE  # noqa: E402
from synthvr_server.training.amp_learning import Budget, error_to_signal, learn  # noqa: E402
from synthvr_server.training.amp_net import AmpNet  # noqa: E402
from synthvr_server.training.amp_sounds import practice  # noqa: E402

from .nam_files import guitar  # noqa: E402
from .nam_reference import play  # noqa: E402


def test_what_is_written_sounds_as_what_was_learned():
    torch.manual_seed(0)
    net, sound = AmpNet(), guitar(4000)
    file = json.loads(json.dumps(net.file({"name": "Fresh"}, RATE)))
    with torch.no_grad():
        learned = net(torch.from_numpy(sound)[None, None])[0, 0].numpy()
    player, out = plain_player(parse_capture(file, "capture")), np.zeros_like(sound)
    player.play(sound, out)
    assert np.abs(out[net.reach :] - learned).max() < 1e-5
    assert np.abs(play(file, sound)[net.reach :] - learned).max() < 1e-5


def test_a_few_steps_of_learning_already_come_closer_than_any_gain_does():
    dry = practice(4, 3).astype(np.float32)
    wet = np.tanh(10 * dry)
    learned = learn(dry, wet, RATE, Budget(steps=40), 0, "", quiet=True)
    assert learned.steps == 40
    gain = float((dry * wet).sum() / np.square(dry).sum())
    assert learned.esr < error_to_signal(wet, gain * dry)


def test_the_same_seed_plays_the_same_practice():
    assert np.array_equal(practice(2, 7), practice(2, 7))
    assert not np.array_equal(practice(2, 7), practice(2, 8))
    assert np.abs(practice(20, 7)).max() <= 1


@pytest.mark.parametrize("name", CIRCUITS)
def test_a_circuit_bends_a_loud_tone_more_than_a_quiet_one(name):
    tone = np.sin(2 * np.pi * 220 * np.arange(RATE // 2) / RATE)

    def bent(level):
        out = CIRCUITS[name].play(level * tone)[RATE // 4 :]
        spectrum = np.square(np.abs(np.fft.rfft(out * np.hanning(len(out)))))
        fundamental = spectrum[50:61].sum()
        return 10 * np.log10((spectrum.sum() - fundamental) / fundamental)

    assert bent(0.7) > bent(0.002) + 10
    assert np.abs(CIRCUITS[name].play(tone)).max() < 1.5


def command(*arguments):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args([str(each) for each in arguments])
    return options.run(options)


def test_the_command_makes_a_capture_of_two_recordings(tmp_path, capsys):
    dry = practice(11, 3)
    soundfile.write(tmp_path / "dry.wav", dry, RATE)
    soundfile.write(tmp_path / "wet.wav", np.concatenate([np.zeros(100), 0.5 * np.tanh(3 * dry)]), RATE)
    output = tmp_path / "mine.nam"
    assert command("train", tmp_path / "dry.wav", tmp_path / "wet.wav", "-o", output, "--minutes", "0.02") == 0
    capture = read_capture(output)
    assert (capture.name, capture.sample_rate) == ("mine", RATE)
    said = capsys.readouterr()
    assert "error-to-signal ratio" in said.out
    assert re.search(r"was 2\.0\d ms late", said.err)
    assert "is short" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dry.wav", "mine.nam", "wet.wav"]


def test_the_command_says_what_it_cannot_do(tmp_path):
    with pytest.raises(SynthVRError, match=r"must end in \.nam"):
        command("train", "dry.wav", "wet.wav", "-o", tmp_path / "mine.wav")
    with pytest.raises(SynthVRError, match="cannot be read as sound"):
        command("train", tmp_path / "dry.wav", tmp_path / "wet.wav", "-o", tmp_path / "mine.nam")
