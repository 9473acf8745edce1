import copy
import json
from contextlib import suppress

import numpy as np
import pytest

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.neural.nam import read
from synthvr_server.neural.nam.read import parse_capture, read_capture

from .nam_files import aidax, array, feather, guitarml, lstm, nam, standard, wavenet


def changed(file, **changes):
    return copy.deepcopy(file) | changes


def refused(file, sentence):
    with pytest.raises(ModuleDeclarationError, match=sentence):
        parse_capture(file, "capture")


def test_the_usual_sizes_have_the_usual_number_of_weights():
    assert [len(file["weights"]) for file in (standard(), feather())] == [13802, 3026]


def test_name_rate_and_levels_come_from_the_file():
    metadata = {"name": " Plexi ", "input_level_dbu": 12.5, "loudness": -17.0}
    capture = parse_capture(changed(feather(), metadata=metadata, sample_rate=44100), "file name")
    assert (capture.name, capture.sample_rate, capture.input_level, capture.loudness) == ("Plexi", 44100, 12.5, -17)


def test_what_a_file_does_not_say_is_48_khz_and_its_own_name():
    capture = parse_capture(changed(feather(), metadata={"name": None, "loudness": None}), "file name")
    assert (capture.name, capture.sample_rate, capture.input_level, capture.loudness) == (
        "file name",
        48000,
        None,
        None,
    )


def test_the_last_weight_is_the_scale_of_the_head_whatever_the_config_says():
    file = wavenet(array())
    assert file["config"]["head_scale"] != 0.1
    assert parse_capture(file, "capture").network.scale == pytest.approx(0.1)


def test_of_a_container_the_largest_model_is_played():
    small, large = wavenet(array(channels=2)), wavenet(array(channels=8))
    submodels = [{"max_value": 1.0, "model": large}, {"max_value": 0.3, "model": small}]
    capture = parse_capture(nam("SlimmableContainer", {"submodels": submodels}, [], version="0.7.0"), "capture")
    assert capture.network.arrays[0].rechannel.weight.shape[0] == 8


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        ({"conv_pre_film": {"active": True}}, "fewer than its layers need"),
        ({"conv_pre_film": 7}, "conv_pre_film is missing"),
        ({"head1x1_post_film": {"active": True}}, "its head1x1_post_film modulates what its layers do not have"),
        ({"condition_size": 3}, "condition of other channels"),
        ({"slimmable": {"method": "slice"}}, "way of slimming layers .*'slice'"),
        ({"activation": "Mish"}, "activation 'Mish'"),
        ({"activation": None}, "activation None"),
        ({"gating_mode": "sideways"}, "gating mode 'sideways'"),
        ({"channels": 100_000}, "channels is 100000"),
        ({"channels": -1}, "channels is -1"),
        ({"channels": True}, "channels is True"),
        ({"dilations": [1 << 40]}, "dilations is"),
        ({"dilations": [1 << 18]}, "looks back"),
        ({"dilations": "many"}, "dilations is no list"),
        ({"dilations": [1] * 300}, "dilations is no list"),
        ({"kernel_sizes": [3]}, "fewer entries"),
        ({"groups_input": 3}, "3 groups do not divide"),
        ({"input_size": 2}, "fewer than its layers need|does not take"),
    ],
)
def test_what_a_layer_has_that_is_not_supported_is_named(layer, sentence):
    file = wavenet(array())
    file["config"]["layers"][0] |= layer
    refused(file, sentence)


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({"head": {"channels": 4}}, "kernel_sizes is no list"),
        ({"head": []}, "post-stack head is missing"),
        ({"head": {"kernel_sizes": [1], "in_channels": 7}}, "post-stack head does not take"),
        ({"condition_dsp": 1}, "condition_dsp is missing"),
        ({"condition_dsp": lstm()}, "condition_dsp that is an LSTM"),
        ({"condition_dsp": wavenet(array(), condition=wavenet(array()))}, "condition_dsp within its condition_dsp"),
        ({"condition_dsp": wavenet(array(head_size=2))}, "condition of other channels"),
        ({"condition_dsp": wavenet(array(), sample_rate=44100)}, "another sample rate"),
        ({"in_channels": 2}, "more than one input channel"),
        ({"layers": []}, "layers"),
        ({"layers": [7]}, "layer array is missing"),
    ],
)
def test_what_a_wavenet_has_that_is_not_supported_is_named(config, sentence):
    file = wavenet(array())
    file["config"] |= config
    refused(file, sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": "0.4.0"}, "version '0.4.0'"),
        ({"version": None}, "version 'None'"),
        ({"architecture": "Transformer"}, "architecture 'Transformer'"),
        ({"config": None}, "config is missing"),
        ({"weights": []}, "no weights"),
        ({"weights": [1.0, 2.0]}, "fewer than its layers need"),
        ({"weights": [[1.0], [2.0]]}, "no flat list"),
        ({"weights": ["loud"] * 10}, "weights are no numbers"),
        ({"weights": [1e300] * 10}, "not all finite"),
        ({"weights": [0.0] * 200_001}, "at most 200000"),
        ({"sample_rate": 1e9}, "sample rate"),
        ({"sample_rate": "48k"}, "sample rate"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(change, sentence):
    refused(changed(feather(), **change), sentence)


def test_more_than_one_channel_cannot_be_played():
    refused(wavenet(array(head_size=2)), "more than one output channel")


def test_weights_left_over_are_no_capture():
    file = feather()
    refused(changed(file, weights=[*file["weights"], 0.5]), "3027 weights, but its layers need 3026")
    file = lstm()
    refused(changed(file, weights=[*file["weights"], 0.5]), "but its layers need")


def test_a_small_file_cannot_ask_for_much_memory():
    refused(wavenet(array(channels=8, dilations=[100_000] * 8)), "look back too far")


def test_a_weight_that_is_no_number_is_refused():
    file = feather()
    file["weights"][5] = float("nan")
    refused(file, "not all finite")


def test_an_aida_x_file_with_other_layers_is_refused_by_name():
    file = aidax("lstm")
    refused(changed(file, layers=[{"type": "conv1d"}, file["layers"][1]]), "type 'conv1d'")
    refused(changed(file, in_shape=[None, None, 3]), "knobs as inputs")
    refused(changed(file, layers=[file["layers"][0], file["layers"][0]]), "type 'lstm' is not supported there")
    file["layers"][0]["weights"][1] = [[1.0]]
    refused(file, "do not fit each other")


@pytest.mark.parametrize(
    "place", [{"samplerate": 96000}, {"sample_rate": "96000"}, {"metadata": {"samplerate": 96000.0}}]
)
def test_the_rate_of_an_aida_x_file_is_where_its_programs_put_it(place):
    assert parse_capture(aidax("lstm") | place, "capture").sample_rate == 96000


def test_gains_that_are_null_or_text_are_gains():
    file = aidax("lstm") | {"in_gain": None, "out_gain": "-6.0206", "in_skip": None, "samplerate": None}
    capture = parse_capture(file, "capture")
    assert (capture.input_gain, capture.sample_rate, capture.network.skip) == (1.0, 48000, False)
    assert capture.network.gain == pytest.approx(0.5, abs=1e-4)
    refused(aidax("lstm") | {"in_gain": "loud"}, "in_gain is 'loud'")
    refused(aidax("lstm") | {"in_skip": 0.5}, "in_skip of 0.5")


def test_a_guitarml_file_is_of_44_1_khz_unless_it_says_so():
    file = guitarml()
    assert parse_capture(file, "Proteus").sample_rate == 44100
    file["model_data"]["sample_rate"] = 48000
    assert parse_capture(file, "Proteus").sample_rate == 48000


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"input_size": 2}, "GuitarML model with a gain knob as inputs"),
        ({"input_size": 3}, "GuitarML model with 2 knobs as inputs"),
        ({"model": "ConvSimpleRNN"}, "GuitarML model 'ConvSimpleRNN' of 'LSTM'"),
        ({"unit_type": "RNN"}, "GuitarML model 'SimpleRNN' of 'RNN'"),
        ({"hidden_size": 11}, r"rec.weight_ih_l0 has the shape \[40, 1\], not \[44, 1\]"),
        ({"num_layers": 2}, "rec.weight_ih_l1 is missing"),
        ({"output_size": 2}, "more than one output channel"),
    ],
)
def test_what_a_guitarml_file_has_that_is_not_supported_is_named(about, sentence):
    file = guitarml()
    refused(file | {"model_data": file["model_data"] | about}, sentence)


def test_files_of_other_programs_are_told_from_damaged_captures():
    refused({"variables": [], "layers": [], "residual_channels": 5}, "a model of SmartAmp's")
    refused({"name": "Something"}, "neither a .nam nor a file of AIDA-X or GuitarML")
    refused({"model_data": [], "state_dict": {}}, "model_data is missing")


def test_random_damage_is_refused_or_makes_no_difference(tmp_path):
    text, random = json.dumps(wavenet(array())), np.random.default_rng(0)
    for _ in range(60):
        at = int(random.integers(len(text)))
        path = tmp_path / "damaged.nam"
        path.write_text(text[:at] + chr(random.integers(32, 127)) + text[at + int(random.integers(1, 4)) :])
        with suppress(ModuleDeclarationError):  # nothing else may be raised
            read_capture(path)


def test_a_file_that_is_cut_short_missing_or_huge_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "amp.nam"
    path.write_text(json.dumps(feather())[:-100])
    with pytest.raises(ModuleDeclarationError, match="it is no JSON"):
        read_capture(path)
    path.write_text("[" * 100_000)
    with pytest.raises(ModuleDeclarationError, match="no JSON"):
        read_capture(path)
    monkeypatch.setattr(read, "LARGEST_FILE", 10_000)
    with pytest.raises(ModuleDeclarationError, match="at most"):
        read_capture(path)
    with pytest.raises(ModuleDeclarationError, match="cannot be read"):
        read_capture(tmp_path / "none.nam")
