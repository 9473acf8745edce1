"""The description of the `.nam` and AIDA-X formats in plain numpy, float64, one whole sound at a time.

Written from the description alone and sharing nothing with synthvr_server.neural.nam: it reads the JSON itself.
"""

from __future__ import annotations

import numpy as np


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


ACTIVATIONS = {
    "Tanh": tanh,
    "Sigmoid": sigmoid,
    "ReLU": lambda x: np.maximum(x, 0),
    "LeakyReLU": lambda x: np.where(x > 0, x, 0.01 * x),
    "Hardtanh": lambda x: np.clip(x, -1, 1),
    "SiLU": lambda x: x * sigmoid(x),
    "Hardswish": lambda x: x * np.clip(x + 3, 0, 6) / 6,
    "Softsign": lambda x: x / (1 + np.abs(x)),
    "LeakyHardtanh": lambda x: np.where(x > 1, 1 + 0.01 * (x - 1), np.where(x < -1, -1 + 0.01 * (x + 1), x)),
}


def activate(spec, x):
    if isinstance(spec, str):
        return ACTIVATIONS[spec](x)
    if spec["type"] == "PReLU":
        return np.where(x > 0, x, np.array(spec["negative_slopes"])[:, None] * x)
    if spec["type"] == "LeakyHardtanh":
        low, high = spec["min_val"], spec["max_val"]
        above, below = high + spec["max_slope"] * (x - high), low + spec["min_slope"] * (x - low)
        return np.where(x > high, above, np.where(x < low, below, x))
    return ACTIVATIONS[spec["type"]](x)


class Numbers:
    def __init__(self, values):
        self.values, self.at = np.array(values, np.float64), 0

    def __call__(self, *shape):
        size = int(np.prod(shape))
        self.at += size
        return self.values[self.at - size : self.at].reshape(shape)


def causal(x, weight, bias, dilation, groups=1):
    """x [in, n], weight [out, in / groups, taps] → [out, n]."""
    outputs, per_group, taps = weight.shape
    n, rows = x.shape[1], outputs // groups
    y = np.zeros((outputs, n))
    for group in range(groups):
        part = x[group * per_group : (group + 1) * per_group]
        for tap in range(taps):
            late = (taps - 1 - tap) * dilation
            moved = np.concatenate([np.zeros((per_group, min(late, n))), part[:, : max(n - late, 0)]], axis=1)
            y[group * rows : (group + 1) * rows] += weight[group * rows : (group + 1) * rows, :, tap] @ moved
    return y if bias is None else y + bias[:, None]


def per_layer(value, index):
    return value[index] if isinstance(value, list) else value


def films_of(array, numbers, condition, sizes):
    """Reads the modulations of one layer in the order of the file: name → what it makes of x."""
    films = {}
    for name, channels in sizes.items():
        film = array.get(f"{name}_film")
        if film and film["active"]:
            halves, groups = 1 + film["shift"], film["groups"]
            weight = numbers(halves * channels, condition.shape[0] // groups, 1)
            scale = causal(condition, weight, numbers(halves * channels), 1, groups)
            films[name] = (
                (lambda x, s=scale, c=channels: s[:c] * x + s[c:]) if film["shift"] else (lambda x, s=scale: s * x)
            )
    return lambda name, x: films[name](x) if name in films else x


def wavenet(config, numbers, sound):
    x = sound[None]
    condition = network(config["condition_dsp"], sound) if config.get("condition_dsp") else x
    inputs, head = condition.shape[0], None
    for array in config["layers"]:
        channels, bottleneck = array["channels"], array.get("bottleneck", array["channels"])
        x = causal(x, numbers(channels, array["input_size"], 1), None, 1)
        groups, mixin_groups = array.get("groups_input", 1), array.get("groups_input_mixin", 1)
        for index, dilation in enumerate(array["dilations"]):
            mode = per_layer(array.get("gating_mode", "gated" if array.get("gated") else "none"), index)
            rows = bottleneck * (1 if mode == "none" else 2)
            taps = per_layer(array.get("kernel_sizes", array.get("kernel_size")), index)
            conv, bias = numbers(rows, channels // groups, taps), numbers(rows)
            mixin = numbers(rows, inputs // mixin_groups, 1)
            onwards, to_head = array.get("layer1x1", {}), array.get("head1x1", {})
            groups_out, groups_head = onwards.get("groups", 1), to_head.get("groups", 1)
            has_residual, has_head = onwards.get("active", True), to_head.get("active")
            if has_residual:
                residual = numbers(channels, bottleneck // groups_out, 1), numbers(channels), 1, groups_out
            if has_head:
                outputs = to_head["out_channels"]
                end = numbers(outputs, bottleneck // groups_head, 1), numbers(outputs), 1, groups_head
            sizes = {
                "conv_pre": channels, "conv_post": rows, "input_mixin_pre": inputs, "input_mixin_post": rows,
                "activation_pre": rows, "activation_post": bottleneck, "layer1x1_post": channels,
                "head1x1_post": outputs if has_head else 0,
            }  # fmt: skip
            film = films_of(array, numbers, condition, sizes)
            z = film("conv_post", causal(film("conv_pre", x), conv, bias, dilation, groups))
            heard = film("input_mixin_pre", condition)
            z = z + film("input_mixin_post", causal(heard, mixin, None, 1, mixin_groups))
            z = film("activation_pre", z)
            act = per_layer(array["activation"], index)
            if mode == "none":
                z = activate(act, z)
            else:
                gate = activate(per_layer(array.get("secondary_activation", "Sigmoid"), index), z[bottleneck:])
                first = z[:bottleneck]
                z = activate(act, first) * gate
                z = z if mode == "gated" else z + (1 - gate) * first
            z = film("activation_post", z)
            result = film("head1x1_post", causal(z, *end)) if has_head else z
            head = result if head is None else head + result
            if has_residual:
                step = causal(z, *residual)
                x = x + (film("layer1x1_post", step) if mode == "blended" else step)
        last = array.get("head") or {"out_channels": array["head_size"], "kernel_size": 1, "bias": array["head_bias"]}
        weight = numbers(last["out_channels"], head.shape[0], last["kernel_size"])
        bias = numbers(last["out_channels"]) if last["bias"] else None
        head = causal(head, weight, bias, last.get("head_dilation", 1))
    behind = []
    if config.get("head"):
        sizes, inputs = config["head"]["kernel_sizes"], head.shape[0]
        for index, taps in enumerate(sizes):
            outputs = config["head"]["out_channels" if index + 1 == len(sizes) else "channels"]
            behind.append((numbers(outputs, inputs, taps), numbers(outputs)))
            inputs = outputs
    out = head * numbers(1)[0]
    for weight, bias in behind:
        out = causal(activate(config["head"]["activation"], out), weight, bias, 1)
    return out


def lstm(config, numbers, sound):
    hidden = config["hidden_size"]
    layers, size = [], 1
    for _ in range(config["num_layers"]):
        layers.append([numbers(4 * hidden, size + hidden), numbers(4 * hidden), numbers(hidden), numbers(hidden)])
        size = hidden
    head, bias = numbers(hidden), numbers(1)[0]
    out = np.zeros(len(sound))
    for n, sample in enumerate(sound):
        x = np.array([sample])
        for layer in layers:
            weight, offset, h, c = layer
            i, f, g, o = np.split(weight @ np.concatenate([x, h]) + offset, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            layer[2:] = [h, c]
            x = h
        out[n] = head @ x + bias
    return out[None]


def convnet(config, numbers, sound):
    x, channels, groups = sound[None], config["channels"], config.get("groups", 1)
    for dilation in config["dilations"]:
        weight = numbers(channels, x.shape[0] // groups, 2)
        bias = None if config["batchnorm"] else numbers(channels)
        x = causal(x, weight, bias, dilation, groups)
        if config["batchnorm"]:
            mean, variance, gain, offset = (numbers(channels)[:, None] for _ in range(4))
            x = (x - mean) / np.sqrt(variance + numbers(1)[0]) * gain + offset
        x = activate(config["activation"], x)
    return (numbers(channels) @ x + numbers(1)[0])[None]


def linear(config, numbers, sound):
    response = numbers(config["receptive_field"])
    bias = numbers(1)[0] if config["bias"] else 0.0
    return (np.convolve(sound, response)[: len(sound)] + bias)[None]


def keras(file, sound):
    """AIDA-X."""
    x = (sound * 10 ** (file.get("in_gain", 0) / 20))[:, None]
    dry = x[:, 0]
    for layer in file["layers"][:-1]:
        into, back, bias = (np.array(each) for each in layer["weights"])
        hidden = back.shape[0]
        h, c, out = np.zeros(hidden), np.zeros(hidden), np.zeros((len(x), hidden))
        for n, row in enumerate(x):
            if layer["type"] == "lstm":
                i, f, g, o = np.split(row @ into + h @ back + bias, 4)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
            else:
                zx, rx, nx = np.split(row @ into + bias[0], 3)
                zh, rh, nh = np.split(h @ back + bias[1], 3)
                z, r = sigmoid(zx + zh), sigmoid(rx + rh)
                h = z * h + (1 - z) * np.tanh(nx + r * nh)
            out[n] = h
        x = out
    weight, bias = (np.array(each) for each in file["layers"][-1]["weights"])
    wet = (x @ weight)[:, 0] + bias[0] + (dry if file.get("in_skip") else 0)
    return wet * 10 ** (file.get("out_gain", 0) / 20)


def torch_rnn(file, sound):
    """GuitarML: torch's formulas, gates i, f, g, o or r, z, n."""
    about, state = file["model_data"], {name: np.array(values) for name, values in file["state_dict"].items()}
    x, hidden = sound[:, None], about["hidden_size"]
    for layer in range(about["num_layers"]):
        into, back = state[f"rec.weight_ih_l{layer}"], state[f"rec.weight_hh_l{layer}"]
        bias, back_bias = state[f"rec.bias_ih_l{layer}"], state[f"rec.bias_hh_l{layer}"]
        h, c, out = np.zeros(hidden), np.zeros(hidden), np.zeros((len(x), hidden))
        for n, row in enumerate(x):
            a, b = into @ row + bias, back @ h + back_bias
            if about["unit_type"] == "LSTM":
                i, f, g, o = np.split(a + b, 4)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
            else:
                (ra, za, na), (rb, zb, nb) = np.split(a, 3), np.split(b, 3)
                z = sigmoid(za + zb)
                h = (1 - z) * np.tanh(na + sigmoid(ra + rb) * nb) + z * h
            out[n] = h
        x = out
    wet = x @ state["lin.weight"][0] + state["lin.bias"][0]
    return wet + sound if about["skip"] else wet


def network(file, sound):
    """[channels, frames] of a `.nam` file's network."""
    kind = {"WaveNet": wavenet, "LSTM": lstm, "ConvNet": convnet, "Linear": linear}[file["architecture"]]
    numbers = Numbers(file["weights"])
    out = kind(file["config"], numbers, sound)
    assert numbers.at == len(numbers.values)
    return out


def play(file, sound):
    """What the file's network makes of ``sound``, in its own numbers."""
    sound = np.asarray(sound, np.float64)
    if "architecture" in file:
        return network(file, sound)[0]
    return torch_rnn(file, sound) if "model_data" in file else keras(file, sound)
