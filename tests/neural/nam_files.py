"""Captures with random weights, of every kind the reader accepts."""

from __future__ import annotations

import numpy as np


def array(input_size=1, channels=4, head_size=1, dilations=(1, 2, 4), head_bias=False, **more):
    return {
        "input_size": input_size, "condition_size": 1, "channels": channels, "head_size": head_size, "kernel_size": 3,
        "dilations": list(dilations), "activation": "Tanh", "gated": False, "head_bias": head_bias,
    } | more  # fmt: skip


FILMS = (
    "conv_pre", "conv_post", "input_mixin_pre", "input_mixin_post", "activation_pre", "activation_post",
    "layer1x1_post", "head1x1_post",
)  # fmt: skip


def films(*names, shift=True, groups=1):
    return {f"{name}_film": {"active": True, "shift": shift, "groups": groups} for name in names}


def weights_of(config):
    """How many numbers a WaveNet of this config has, and a scale for each that keeps its sound alive."""
    scales = []

    def some(*shape):
        fan = int(np.prod(shape[1:])) if len(shape) > 1 else 100
        scales.extend([1 / np.sqrt(fan)] * int(np.prod(shape)))

    for each in config["layers"]:
        channels, bottleneck = each["channels"], each.get("bottleneck", each["channels"])
        condition, onwards, head1x1 = each["condition_size"], each.get("layer1x1", {}), each.get("head1x1", {})
        some(channels, each["input_size"], 1)
        for index in range(len(each["dilations"])):
            mode = each.get("gating_mode", "gated" if each.get("gated") else "none")
            mode = mode[index] if isinstance(mode, list) else mode
            rows = bottleneck * (1 if mode == "none" else 2)
            taps = each.get("kernel_sizes", each.get("kernel_size"))
            some(rows, channels // each.get("groups_input", 1), taps[index] if isinstance(taps, list) else taps)
            some(rows)
            some(rows, condition // each.get("groups_input_mixin", 1), 1)
            if onwards.get("active", True):
                some(channels, bottleneck // onwards.get("groups", 1), 1)
                some(channels)
            if head1x1.get("active"):
                some(head1x1["out_channels"], bottleneck // head1x1["groups"], 1)
                some(head1x1["out_channels"])
            sizes = (channels, rows, condition, rows, rows, bottleneck, channels, head1x1.get("out_channels"))
            for name, size in zip(FILMS, sizes, strict=True):
                if film := each.get(f"{name}_film"):
                    some(size * (1 + film["shift"]), condition // film["groups"], 1)
                    some(size * (1 + film["shift"]))
        into = head1x1["out_channels"] if head1x1.get("active") else bottleneck
        head = each.get("head") or {"out_channels": each["head_size"], "kernel_size": 1, "bias": each["head_bias"]}
        some(head["out_channels"], into, head["kernel_size"])
        if head["bias"]:
            some(head["out_channels"])
    if config["head"]:
        inputs, sizes = head["out_channels"], config["head"]["kernel_sizes"]
        for index, taps in enumerate(sizes):
            outputs = config["head"]["channels" if index + 1 < len(sizes) else "out_channels"]
            some(outputs, inputs, taps)
            some(outputs)
            inputs = outputs
    return scales


def wavenet(*layers, seed=0, head=None, condition=None, **more):
    config = {"layers": list(layers), "head": head, "head_scale": 0.02, "condition_dsp": condition}
    scales = weights_of(config)
    weights = np.random.default_rng(seed).normal(0, scales).tolist()
    return nam("WaveNet", config, [*weights, 0.1], **more)


def nam(architecture, config, weights, version="0.5.4", **more):
    return {"version": version, "architecture": architecture, "config": config, "weights": list(weights), **more}


TEN = [1 << power for power in range(10)]


def standard():
    """The size most captures have: 13,802 weights."""
    return wavenet(array(1, 16, 8, TEN), array(16, 8, 1, TEN, head_bias=True))


def feather():
    """The size for weak machines: 3,026 weights."""
    seven = TEN[:7]
    rest = [128, 256, 512, *TEN]
    return wavenet(array(1, 8, 4, seven), array(8, 4, 1, rest, head_bias=True))


def lstm(hidden=16, layers=1, seed=0):
    random = np.random.default_rng(seed)
    count = (
        sum(4 * hidden * ((1 if layer == 0 else hidden) + hidden) + 6 * hidden for layer in range(layers)) + hidden + 1
    )
    config = {"input_size": 1, "hidden_size": hidden, "num_layers": layers}
    return nam("LSTM", config, random.normal(0, 0.3, count))


def convnet(batchnorm, channels=8, dilations=(1, 2, 4, 8), activation="Tanh", groups=1, seed=0):
    random, weights, inputs = np.random.default_rng(seed), [], 1
    for _ in dilations:
        weights += random.normal(0, 0.4, channels * inputs // groups * 2).tolist()
        if batchnorm:
            weights += [*random.normal(0, 0.3, channels), *random.uniform(0.5, 2, channels)]
            weights += [*random.normal(1, 0.2, channels), *random.normal(0, 0.2, channels), 1e-5]
        else:
            weights += random.normal(0, 0.1, channels).tolist()
        inputs = channels
    weights += random.normal(0, 0.3, channels + 1).tolist()
    config = {"channels": channels, "dilations": list(dilations), "batchnorm": batchnorm, "activation": activation}
    return nam("ConvNet", config | {"groups": groups}, weights)


def linear(taps=64, bias=True):
    random = np.random.default_rng(0)
    config = {"receptive_field": taps, "bias": bias}
    return nam("Linear", config, random.normal(0, 0.1, taps + bias))


def aidax(kind, hidden=12, skip=0, seed=0):
    random = np.random.default_rng(seed)
    gates = {"lstm": 4, "gru": 3}[kind] * hidden

    def some(*shape):
        return random.normal(0, 0.3, shape).tolist()

    bias = some(gates) if kind == "lstm" else some(2, gates)
    cell = {"type": kind, "activation": "", "shape": [None, None, hidden]}
    dense = {"type": "dense", "activation": "", "shape": [None, None, 1], "weights": [some(hidden, 1), some(1)]}
    layers = [cell | {"weights": [some(1, gates), some(hidden, gates), bias]}, dense]
    return {"in_shape": [None, None, 1], "in_skip": skip, "in_gain": 3.0, "out_gain": -6.0, "layers": layers}


def guitarml(kind="LSTM", hidden=10, layers=1, skip=1, inputs=1, seed=0):
    """A file of Proteus's or NeuralPi's."""
    random, gates = np.random.default_rng(seed), {"LSTM": 4, "GRU": 3}[kind] * hidden
    state = {}
    for layer in range(layers):
        state[f"rec.weight_ih_l{layer}"] = random.normal(0, 0.4, (gates, hidden if layer else inputs)).tolist()
        state[f"rec.weight_hh_l{layer}"] = random.normal(0, 0.3, (gates, hidden)).tolist()
        for way in ("ih", "hh"):
            state[f"rec.bias_{way}_l{layer}"] = random.normal(0, 0.2, gates).tolist()
    state |= {"lin.weight": random.normal(0, 0.3, (1, hidden)).tolist(), "lin.bias": [0.05]}
    about = {
        "model": "SimpleRNN", "input_size": inputs, "skip": skip, "output_size": 1, "unit_type": kind,
        "num_layers": layers, "hidden_size": hidden, "bias_fl": True,
    }  # fmt: skip
    return {"model_data": about, "state_dict": state}


A2 = {
    "bottleneck": 6, "layer1x1": {"active": True, "groups": 2},
    "head1x1": {"active": True, "out_channels": 3, "groups": 3},
}  # fmt: skip
EVERY_KIND = {
    "wavenet standard": standard(),
    "wavenet feather": feather(),
    "wavenet nano": wavenet(array(1, 4, 2, TEN[:7]), array(4, 2, 1, TEN, head_bias=True)),
    "wavenet gated": wavenet(array(channels=6, gated=True)),
    "wavenet blended": wavenet(
        array(channels=5, gating_mode="blended", secondary_activation="Sigmoid", activation="Softsign")
    ),
    "wavenet gates by layer": wavenet(
        array(gating_mode=["none", "gated", "blended"], secondary_activation=["Sigmoid", "Hardtanh", "Sigmoid"])
    ),
    "wavenet bottleneck": wavenet(array(channels=8, bottleneck=3)),
    "wavenet head1x1": wavenet(array(channels=6, head1x1={"active": True, "out_channels": 5, "groups": 1})),
    "wavenet groups": wavenet(array(channels=8, groups_input=4, layer1x1={"active": True, "groups": 2})),
    "wavenet kernel sizes": wavenet(array(kernel_sizes=[6, 2, 15], dilations=(1, 7, 3))),
    "wavenet conv head": wavenet(
        array(head={"out_channels": 1, "kernel_size": 16, "bias": True}, channels=8), version="0.7.0"
    ),
    "wavenet activations": wavenet(
        array(
            dilations=range(1, 11),
            activation=[
                "Tanh", "Sigmoid", "ReLU", "LeakyReLU", "Hardtanh", "LeakyHardtanh", "SiLU", "Hardswish", "Softsign",
                {"type": "PReLU", "negative_slopes": [0.1, 0.2, 0.3, 0.4]},
            ],
        )
    ),
    "wavenet hard limits of two slopes": wavenet(
        array(activation={"type": "LeakyHardtanh", "min_val": -0.2, "max_val": 0.3, "min_slope": 0.0, "max_slope": 0.1})
    ),
    **{f"wavenet film {name}": wavenet(array(**films(name), **A2)) for name in FILMS},
    "wavenet films without shifts, gated": wavenet(array(**films(*FILMS, shift=False), **A2, gating_mode="gated")),
    "wavenet films, blended": wavenet(
        array(1, 4, 3, **films(*FILMS), **A2, gating_mode="blended"),
        array(4, 2, head1x1={"active": True, "out_channels": 3, "groups": 1}, **films(*FILMS)),
    ),
    "wavenet with a condition of its own": wavenet(
        array(condition_size=4, **films(*FILMS, groups=2), **A2, groups_input_mixin=2),
        condition=wavenet(array(head_size=4), seed=1),
    ),
    "wavenet conditioned by a convnet": wavenet(array(), condition=convnet(True)),
    "wavenet with a head behind": wavenet(
        array(head_size=3),
        head={"channels": 4, "out_channels": 1, "kernel_sizes": [3, 5, 1], "activation": "Softsign"},
    ),
    "wavenet without 1×1": wavenet(array(layer1x1={"active": False, "groups": 1})),
    "wavenet that can be slimmed": wavenet(
        array(slimmable={"method": "slice_channels_uniform", "kwargs": {"allowed_channels": [2, 4]}}), version="0.7.0"
    ),
    "lstm": lstm(),
    "lstm of two layers": lstm(9, 2),
    "convnet": convnet(False),
    "convnet with batch norm": convnet(True, activation="ReLU"),
    "convnet in groups": convnet(False, dilations=(3,), groups=1),
    "linear": linear(),
    "linear without bias": linear(200, False),
    "aida-x lstm": aidax("lstm"),
    "aida-x gru with skip": aidax("gru", skip=1),
    "proteus": guitarml(hidden=40),
    "guitarml lstm of two layers without skip": guitarml(layers=2, skip=0),
    "guitarml gru": guitarml("GRU"),
}  # fmt: skip


def guitar(frames, seed=0, rate=48000):
    """Decaying tones and a little noise, peaks about ±0.7."""
    random, time = np.random.default_rng(seed), np.arange(frames) / rate
    tone = sum(np.sin(2 * np.pi * hertz * time) for hertz in (110.0, 277.2, 1318.5))
    return (0.25 * tone * np.exp(-3 * (time % 0.11)) + random.normal(0, 0.02, frames)).astype(np.float32)
