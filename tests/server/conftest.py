"""The stage on which the room is tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.fakes import Guest, Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture
def ada(stage: Stage) -> Guest:
    return stage.enter("Ada")


@pytest.fixture
def ben(stage: Stage, ada: Guest) -> Guest:
    guest = stage.enter("Ben")
    ada.hear()
    return guest
