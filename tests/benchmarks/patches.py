"""The patches that are measured."""

from __future__ import annotations

from synthvr_server.module import C4_HZ
from synthvr_server.patch.model import Cable, Patch, PlacedModule

RATE = 48_000  # Hz, everywhere
CUTOFF_HZ = 1_200.0
RESONANCE = 0.5
POLY = 16
LOWEST_SEMITONE, SEMITONES = -30, 60  # pitches are spread over five octaves around C4


def semitone(voice: int) -> float:
    """The pitch of a voice, in semitones from C4: no two neighbours alike, and none quite in tune with another."""
    return LOWEST_SEMITONE + (voice * 7) % SEMITONES + (voice * 0.013) % 1.0


def hertz(voice: int) -> float:
    """The same in Hz, for synthesizers that do not think in volts."""
    return float(C4_HZ * 2.0 ** (semitone(voice) / 12))


def voices(count: int, poly: bool) -> Patch:
    """Saw → ladder → VCA, ``count`` times into one output.

    Mono is three modules a voice; poly is three modules for sixteen, with pitches from one Keys module on which
    sixteen notes are held (play them on ``keys``).
    """
    modules = {"output": PlacedModule(type="output", knobs={"level": -40.0})}
    cables: dict[str, Cable] = {}
    if poly:
        modules["keys"] = PlacedModule(type="keys", knobs={"voices": POLY})
    for index in range(count // POLY if poly else count):
        tuning = {"fine": index * 0.37 % 100.0} if poly else {"frequency": semitone(index)}
        modules |= _chain(index, tuning)
        cables |= _chain_cables(index)
        if poly:
            cables[f"pitch{index}"] = cable("keys", "pitch", f"vco{index}", "pitch")
    # Not validated: a patch of a client holds fewer modules than a core can play.
    return Patch.model_construct(modules=modules, cables=cables)


def rack(modules: int) -> Patch:
    """A patch of so many modules that sounds at once, as a player would build it.

    Every ten modules are one instrument: a clock steps a sequencer that plays an oscillator with vibrato, through
    a filter, an envelope's VCA and a delay into a mixer, where a second oscillator drones along.
    """
    placed = {"output": PlacedModule(type="output", knobs={"level": -20.0})}
    cables: dict[str, Cable] = {}
    for start in range(1, modules, 10):
        group = dict(list(_INSTRUMENT.items())[: modules - start])
        placed |= {f"{name}{start}": PlacedModule(type=kind) for name, kind in group.items()}
        for source, out, target, jack in _INSTRUMENT_CABLES:
            ends = [f"{name}{start}" for name in (source, target)]
            if all(end in placed for end in ends):
                cables[f"{source}-{out}-{target}{start}"] = cable(ends[0], out, ends[1], jack)
        cables[f"out{start}"] = cable(f"vco{start}", "saw", "output", "left")
        if f"mixer{start}" in placed:
            cables[f"mix{start}"] = cable(f"mixer{start}", "out", "output", "left")
    return Patch(modules=placed, cables=cables)


def cable(module: str, jack: str, to_module: str, to_jack: str) -> Cable:
    """A cable, in one line."""
    ends = {"from": {"module": module, "jack": jack}, "to": {"module": to_module, "jack": to_jack}}
    return Cable.model_validate(ends)


_INSTRUMENT = {
    "vco": "vco",
    "clock": "clock",
    "sequencer": "sequencer",
    "ladder": "ladder",
    "adsr": "adsr",
    "vca": "vca",
    "lfo": "lfo",
    "delay": "delay",
    "drone": "vco",
    "mixer": "mixer",
}


_INSTRUMENT_CABLES = (
    ("clock", "sixteenth", "sequencer", "clock"),
    ("sequencer", "pitch", "vco", "pitch"),
    ("sequencer", "gate", "adsr", "gate"),
    ("lfo", "sine", "vco", "fm"),
    ("vco", "saw", "ladder", "audio"),
    ("ladder", "out", "vca", "audio"),
    ("adsr", "env", "vca", "cv"),
    ("vca", "out", "delay", "audio"),
    ("delay", "out", "mixer", "in_1"),
    ("drone", "triangle", "mixer", "in_2"),
)


def _chain(index: int, tuning: dict[str, float]) -> dict[str, PlacedModule]:
    return {
        f"vco{index}": PlacedModule(type="vco", knobs=tuning),
        f"ladder{index}": PlacedModule(type="ladder", knobs={"cutoff": CUTOFF_HZ, "resonance": RESONANCE}),
        f"vca{index}": PlacedModule(type="vca"),
    }


def _chain_cables(index: int) -> dict[str, Cable]:
    return {
        f"saw{index}": cable(f"vco{index}", "saw", f"ladder{index}", "audio"),
        f"filtered{index}": cable(f"ladder{index}", "out", f"vca{index}", "audio"),
        f"voice{index}": cable(f"vca{index}", "out", "output", "left"),
    }
