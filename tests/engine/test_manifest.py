"""The panel and the catalogue entry that follow from a module class."""

from __future__ import annotations

import itertools

import pytest

from synthvr_server.engine.manifest import HEIGHT, HP, module_info
from synthvr_server.engine.workshop import catalogue_of, find_modules
from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Input, Knob, Module, Output, Switch, kernel
from synthvr_server.patch.catalogue import ModuleInfo

CATALOGUE = catalogue_of(find_modules(None))


@pytest.mark.parametrize("info", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_everything_has_its_place_on_the_panel_and_nothing_overlaps(info: ModuleInfo) -> None:
    names = {what.id for group in (info.inputs, info.outputs, info.knobs) for what in group}
    assert info.panel.places.keys() == names
    assert info.panel.height == HEIGHT
    assert info.panel.width / HP == pytest.approx(round(info.panel.width / HP))
    for x, y in info.panel.places.values():
        assert 6 <= x <= info.panel.width - 6
        assert 10 <= y <= HEIGHT - 10
    for (x1, y1), (x2, y2) in itertools.combinations(info.panel.places.values(), 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= 12**2, "a finger needs 12 mm between two centres"


def test_a_jack_with_a_place_of_its_own_goes_there() -> None:
    class Placed(Module):
        """Has an opinion."""

        title = "Placed"
        out = Output("Out", at=(20.0, 60.0))

        @kernel
        def process(out):
            out[:] = 0

    assert module_info("placed", "tests", Placed).panel.places["out"] == (20.0, 60.0)


def declares(message: str, **attributes: object) -> None:
    with pytest.raises(ModuleDeclarationError, match=message):
        type("Bad", (Module,), {"__doc__": "Bad.", "title": "Bad", **attributes})


def process(out): ...


def test_what_a_declaration_gets_wrong_is_said_in_words() -> None:
    out = Output("Out")
    fine = kernel(process)
    declares("needs a title", title="", out=out, process=fine)
    declares("needs a docstring", __doc__=" ", out=out, process=fine)
    declares("never writes out", out=out, process=kernel(lambda: None))
    declares("asks for 'cutof'", out=out, process=kernel(lambda out, cutof: None))
    declares("put @kernel", out=out, process=process)
    declares("needs a kernel", out=out)
    declares("names the knob 'voices'", out=out, process=fine, channels="voices")
    with pytest.raises(ModuleDeclarationError, match="minimum must lie below"):
        Knob("K", 1, 0)
    with pytest.raises(ModuleDeclarationError, match="default lies outside"):
        Knob("K", 0, 1, 2)
    with pytest.raises(ModuleDeclarationError, match="log scale"):
        Knob("K", 0, 1, scale="log")
    with pytest.raises(ModuleDeclarationError, match="finite"):
        Knob("K", 0, float("nan"))
    with pytest.raises(ModuleDeclarationError, match="Switch"):
        Knob("K", 0, 7, choices=("a", "b"))


def test_a_switch_is_a_knob_that_jumps_between_its_choices() -> None:
    switch = Switch("Slope", ("12 dB", "24 dB"), default=1)
    assert (switch.minimum, switch.maximum, switch.default, switch.glide) == (0, 1, 1, 0)


def test_the_catalogue_tells_what_a_client_needs_to_patch() -> None:
    info = CATALOGUE["keys"]
    assert info.plays_notes
    assert info.tags[0] == "io"
    assert info.output("pitch")
    assert info.input("pitch") is None
    assert CATALOGUE["output"].outputs == (), "the way to the loudspeakers is no jack"
    assert isinstance(CATALOGUE["vco"].input("sync"), type(info.inputs[0]))
    assert Input("x").kind == "cv"
