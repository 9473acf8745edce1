from collections.abc import Iterator

import pytest

from synthvr_server.engine.compile import compile_kernel
from synthvr_server.engine.master import Master
from synthvr_server.engine.offline import Offline, offline
from synthvr_server.engine.workshop import MASTER, Workshop
from tests.engine.small_modules import BLOCK, CLASSES, RATE


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    kernels = {name: compile_kernel(cls) for name, cls in CLASSES.items() if cls.process}
    return Workshop(CLASSES, kernels | {MASTER: compile_kernel(Master)})


@pytest.fixture
def engine(workshop: Workshop) -> Iterator[Offline]:
    with offline(workshop, RATE, BLOCK) as opened:
        yield opened
