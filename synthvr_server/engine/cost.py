"""What a module takes of a core: the processor time of a small patch, with it and without it.

Processor time, and of many readings the least: whoever else wants the core makes no module dearer.
"""

from __future__ import annotations

from time import get_clock_info, perf_counter, thread_time

from ..errors import ModuleDeclarationError
from ..patch.model import Cable, Jack, Patch, PlacedModule
from .offline import Offline, offline
from .workshop import Workshop

BESIDE = frozenset({"vco", "output"})  # the other modules of the patch
MEASURED = "measured"  # its id there
SPAN = 0.05  # s that a reading covers
SPANS = 20  # readings, of which the least counts; the first, in which cables fade in, does not

# On Windows the clock of a thread ticks every 16 ms.
_now = thread_time if get_clock_info("thread_time").resolution < 1e-5 else perf_counter


def cost_percent(workshop: Workshop, name: str, block: int = 64, rate: int = 48_000) -> float:
    """What the module ``name`` takes of a core, in percent, with a VCO in its audio inputs.

    ``workshop`` must have it and those of BESIDE. Raises ModuleDeclarationError if it does not play.
    """
    problems: list[str] = []
    with offline(workshop, rate, block, lambda _, sentence: problems.append(sentence)) as engine:
        engine.graph.become(_patch(workshop, name))
        with_it = _least_load(engine, problems)
        engine.graph.become(_patch(workshop))
        without = _least_load(engine, problems)
    return max(100 * (with_it - without), 0.0)


def _least_load(engine: Offline, problems: list[str]) -> float:
    """Processor time of the playing thread over the time that is played."""
    host = engine.player.host
    readings: list[float] = []
    blocks = max(round(SPAN * host.rate / host.block), 1)
    while len(readings) <= SPANS:
        begun = _now()
        engine.play(blocks)
        readings.append((_now() - begun) * host.rate / (blocks * host.block))
        if problems:
            raise ModuleDeclarationError(problems[0])
    return min(readings[1:])


def _patch(workshop: Workshop, name: str | None = None) -> Patch:
    """VCO → all audio inputs of the module, all its outputs → Output; or VCO → Output."""
    modules = {"vco": "vco", "output": "output"}
    ends = [(Jack(module="vco", jack="saw"), Jack(module="output", jack="left"))]
    if name:
        modules[MEASURED] = name
        declared = workshop.modules[name].declaration
        ins = [jack for jack, what in declared.inputs.items() if what.kind == "audio"]
        ends += [(Jack(module="vco", jack="saw"), Jack(module=MEASURED, jack=jack)) for jack in ins]
        ends += [(Jack(module=MEASURED, jack=jack), Jack(module="output", jack="left")) for jack in declared.outputs]
    return Patch(
        modules={place: PlacedModule(type=kind) for place, kind in modules.items()},
        cables={str(number): Cable(source=source, target=target) for number, (source, target) in enumerate(ends)},
    )
