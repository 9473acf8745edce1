"""What a module takes of a core: it plays in a small patch, and the meters are read."""

from __future__ import annotations

from statistics import median

from ..errors import ModuleDeclarationError
from ..patch.model import Cable, Jack, Patch, PlacedModule
from . import wire
from .meters import Meters
from .offline import offline
from .workshop import Workshop

BESIDE = frozenset({"vco", "output"})  # the other modules of the patch
MEASURED = "measured"  # its id there
SPAN = 0.05  # s that a reading covers
SPANS = 20  # readings, of which the median counts; the first, in which cables fade in, does not


def cost_percent(workshop: Workshop, name: str, block: int = 64, rate: int = 48_000) -> float:
    """What the module ``name`` takes of the time it plays, in percent, with a VCO in its audio inputs.

    ``workshop`` must have it and those of BESIDE. Raises ModuleDeclarationError if it does not play.
    """
    problems: list[str] = []
    shares: list[float] = []
    with offline(workshop, rate, block, lambda _, sentence: problems.append(sentence)) as engine:
        meters = Meters(engine.player, engine.graph)
        engine.graph.become(_patch(workshop, name))
        while len(shares) <= SPANS and not problems:  # what cannot be made has no meters
            engine.play(max(round(SPAN * rate / block), 1))
            shares.append(wire.unpack_meters(meters.read())["modules"][MEASURED]["cpu"])
    if problems:
        raise ModuleDeclarationError(problems[0])
    return 100 * median(shares[1:])


def _patch(workshop: Workshop, name: str) -> Patch:
    """VCO → all audio inputs of the module, all its outputs → Output."""
    modules = {"vco": "vco", MEASURED: name, "output": "output"}
    declared = workshop.modules[name].declaration
    ins = [jack for jack, what in declared.inputs.items() if what.kind == "audio"]
    ends = [(Jack(module="vco", jack="saw"), Jack(module=MEASURED, jack=jack)) for jack in ins]
    ends += [(Jack(module=MEASURED, jack=jack), Jack(module="output", jack="left")) for jack in declared.outputs]
    return Patch(
        modules={place: PlacedModule(type=kind) for place, kind in modules.items()},
        cables={str(number): Cable(source=source, target=target) for number, (source, target) in enumerate(ends)},
    )
