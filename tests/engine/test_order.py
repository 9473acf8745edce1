from synthvr_server.engine.order import channels, order


def test_a_module_runs_after_all_that_feed_it() -> None:
    nodes = ["out", "vca", "env", "vco"]
    edges = [("vco", "vca"), ("env", "vca"), ("vca", "out")]
    ordered, feedback = order(nodes, edges)
    assert all(ordered.index(a) < ordered.index(b) for a, b in edges)
    assert not any(feedback)


def test_the_cable_that_comes_back_to_the_older_module_is_the_late_one() -> None:
    edges = [("vco", "delay"), ("delay", "vco"), ("delay", "out")]
    ordered, feedback = order(["vco", "delay", "out"], edges)
    assert feedback == [False, True, False]
    assert ordered == ["vco", "delay", "out"]


def test_a_cable_into_its_own_module_is_feedback() -> None:
    assert order(["vco"], [("vco", "vco")]) == (["vco"], [True])


def test_two_loops_that_share_a_module_lose_one_cable_each() -> None:
    edges = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]
    assert order("abc", edges)[1] == [False, True, False, True]


def test_a_chain_of_thousands_does_not_overflow_the_stack() -> None:
    nodes = list(range(5_000))
    ordered, feedback = order(nodes, [(n + 1, n) for n in nodes[:-1]])
    assert ordered == nodes[::-1]
    assert not any(feedback)


def test_channels_follow_the_widest_cable() -> None:
    edges = [("keys", "vco"), ("lfo", "vco"), ("vco", "out")]
    widths = channels(["keys", "lfo", "vco", "out"], {"keys": 4, "lfo": None, "vco": None, "out": 1}, edges)
    assert widths == {"keys": 4, "lfo": 1, "vco": 4, "out": 1}


def test_channels_travel_through_feedback() -> None:
    edges = [("mix", "delay"), ("keys", "delay"), ("delay", "mix")]
    widths = channels(["mix", "keys", "delay"], {"mix": None, "keys": 8, "delay": None}, edges)
    assert widths == {"mix": 8, "keys": 8, "delay": 8}
