"""The sum of a cable's channels."""

import numpy as np

from synthvr_server.engine.discovery import load_module_file, shipped_folder
from tests.kernel_bench import KernelBench

Sum = load_module_file(shipped_folder() / "mixers" / "sum.py")


def test_sum_is_mono_so_that_its_jack_adds_the_channels():
    assert Sum.channels == 1
    assert Sum.declaration.inputs["audio"].kind == "audio"
    assert np.all(KernelBench(Sum, level=0.5).run(64, audio=4.0)["out"] == 2.0)
