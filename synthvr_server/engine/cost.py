"""What a module takes of a core: a patch is played with it and without it."""

from __future__ import annotations

from statistics import median
from time import thread_time

from ..errors import ModuleDeclarationError
from ..patch.model import Cable, Jack, Patch, PlacedModule
from .offline import Offline, offline
from .workshop import Workshop

BESIDE = frozenset({"vco", "output"})  # the other modules of the patch
SETTLING = 0.1  # s in which cables fade in
SPAN = 0.02  # s that are timed at a time
SPANS = 50  # of which the median counts


def cost_percent(workshop: Workshop, name: str, block: int = 64, rate: int = 48_000) -> float:
    """Processor time of the module ``name``, in percent of the time it plays, with a VCO in its audio inputs.

    ``workshop`` must have it and those of BESIDE. Raises ModuleDeclarationError if it does not play.
    """
    problems: list[str] = []
    with offline(workshop, rate, block, lambda _, sentence: problems.append(sentence)) as engine:
        without, with_it = (_percent(engine, _patch(workshop, measured)) for measured in (None, name))
    if problems:
        raise ModuleDeclarationError(problems[0])
    return max(with_it - without, 0.0)


def _percent(engine: Offline, patch: Patch) -> float:
    rate, block = engine.player.host.rate, engine.player.host.block
    engine.graph.become(patch)
    engine.play(round(SETTLING * rate / block))
    blocks = max(round(SPAN * rate / block), 1)
    taken = []
    for _ in range(SPANS):
        start = thread_time()
        engine.play(blocks)
        taken.append(thread_time() - start)
    return 100 * median(taken) * rate / (blocks * block)


def _patch(workshop: Workshop, name: str | None) -> Patch:
    """VCO → the module's audio inputs, and all its outputs → Output; without a name VCO → Output."""
    modules = {"vco": PlacedModule(type="vco"), "output": PlacedModule(type="output")}
    ends = [(Jack(module="vco", jack="saw"), Jack(module="output", jack="left"))]
    if name is not None:
        modules["measured"] = PlacedModule(type=name)
        declared = workshop.modules[name].declaration
        ins = [jack for jack, what in declared.inputs.items() if what.kind == "audio"]
        ends = [(Jack(module="vco", jack="saw"), Jack(module="measured", jack=jack)) for jack in ins]
        ends += [(Jack(module="measured", jack=jack), Jack(module="output", jack="left")) for jack in declared.outputs]
    cables = {str(number): Cable(source=source, target=target) for number, (source, target) in enumerate(ends)}
    return Patch(modules=modules, cables=cables)
