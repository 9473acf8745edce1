"""The vocabulary of a module file: what a module may declare, and how its DSP is marked.

A module is a class with its jacks and knobs as attributes and one of three kinds of DSP:

- ``@kernel def process(...)``: a plain loop over frames and voices, compiled by numba. Arguments are
  bound **by name** to what the class declares::

      an Input or Output   float32[frames, voices]   volts
      a Knob               float32[frames]           the knob's own unit, already gliding
      a State              dtype[voices, *shape]     kept from block to block (voices_last: [*shape, voices];
                                                     random: begins with numbers of this module's and voice's own)
      a Scratch            dtype[*shape, voices]     room to work in: anything may be in it when a block begins
      the Notes            float32[events, 4]        frame, number, pitch (V), velocity (V, 0 = off); −1 is all notes
      sample_rate          float                     Hz
      <jack>_plugged       bool                      is a cable in this jack?

  ``process`` writes every output on every frame and never allocates. ``voices`` is 1 or 16: a cable of
  2–16 channels runs sixteen SIMD lanes.
- ``def build(self, ...)``: makes pyo objects. Arguments are bound by name to pyo streams: inputs with
  ``self.voices`` streams each, knobs with one. Returns the output's PyoObject, or a dict of them.
- ``def play(self, ...)``: Python over numpy blocks, for what calls a library: inference, FFTs. Arguments are
  bound by name to ``float32[frames, voices]`` for jacks, ``float32[frames]`` for knobs, and ``<jack>_plugged``;
  it writes every output. It runs once a block on the audio thread, so it neither waits nor allocates much;
  ``prepare`` has opened and warmed everything before. ``self.block`` and ``self.sample_rate`` do not change.

What is random draws from ``State(np.uint64, random=True)``, or in ``build`` and ``play`` from ``self.seed``: then two
modules and two voices are never alike, and the same patch renders to the same file. A module with ``by_chance`` draws
from ``self.seed``; a random State says so by itself.

Signals follow the VCV Rack voltage standards: audio ±5 V, CV 0–10 V or ±5 V, 1 V/oct with 0 V = C4,
gates and triggers 10 V.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

import numpy as np

from .declared import check_choice, check_class, check_numbers, check_place, check_range, check_texts, check_words
from .errors import ModuleDeclarationError

MAX_CHANNELS = 16
C4_HZ = 261.6256  # 0 V on a pitch jack
LFO_HZ = 2.0  # 0 V on the rate jack of an LFO or a clock

Kind = Literal["audio", "cv", "pitch", "gate", "trigger"]
Scale = Literal["linear", "log"]
Place = tuple[float, float]


@dataclass(frozen=True)
class Input:
    """A jack that takes any number of cables and sums them.

    ``normal`` is the voltage it reads while nothing is plugged in. In a mono module an audio jack sums
    the channels of a cable; every other kind takes channel 1.
    """

    label: str
    kind: Kind = "cv"
    normal: float = 0.0
    help: str = ""
    at: Place | None = None

    def __post_init__(self) -> None:
        _check_jack(self)
        check_numbers(f"jack {self.label!r}", normal=self.normal)


@dataclass(frozen=True)
class Output:
    """A jack that feeds any number of cables."""

    label: str
    kind: Kind = "cv"
    help: str = ""
    at: Place | None = None

    def __post_init__(self) -> None:
        _check_jack(self)


def _check_jack(jack: Input | Output) -> None:
    where = f"jack {jack.label!r:.80}"
    check_texts(where, label=jack.label, help=jack.help)
    check_choice(where, "kind", jack.kind, get_args(Kind))
    check_place(where, jack.at)


@dataclass(frozen=True)
class Knob:
    """A value that a hand turns: range, default, unit and the scale on which it is shown and glides.

    ``glide`` is the time in seconds it takes to reach a new value (Wi-Fi delivers a turn in steps);
    knobs with ``choices`` are switches: their value is an index, and they jump unless given a glide.
    ``clicks`` says why a turn from end to end is heard as a click, where that cannot be helped: no other knob may.
    """

    label: str
    minimum: float = 0.0
    maximum: float = 1.0
    default: float = 0.0
    unit: str = ""
    scale: Scale = "linear"
    glide: float = 0.02
    choices: tuple[str, ...] = ()
    help: str = ""
    at: Place | None = None
    clicks: str = ""

    def __post_init__(self) -> None:
        where = f"knob {self.label!r:.80}"
        check_texts(where, label=self.label, unit=self.unit, help=self.help, clicks=self.clicks)
        check_numbers(where, minimum=self.minimum, maximum=self.maximum, default=self.default, glide=self.glide)
        check_range(where, self.minimum, self.maximum, self.glide)
        check_choice(where, "scale", self.scale, get_args(Scale))
        check_words(where, "choices", self.choices)
        check_place(where, self.at)
        if not self.minimum < self.maximum:
            raise ModuleDeclarationError(f"{where}: minimum must lie below maximum")
        if not self.minimum <= self.default <= self.maximum:
            raise ModuleDeclarationError(f"{where}: the default lies outside the range")
        if self.scale == "log" and self.minimum <= 0:
            raise ModuleDeclarationError(f"{where}: a log scale needs a minimum above 0")
        if self.choices and (self.minimum, self.maximum) != (0, len(self.choices) - 1):
            raise ModuleDeclarationError(f"{where}: use Switch() for a knob with choices")


def Switch(
    label: str,
    choices: tuple[str, ...],
    default: int = 0,
    help: str = "",
    at: Place | None = None,
    glide: float = 0.0,
    clicks: str = "",
) -> Knob:
    """A knob with named positions; its value is the index of the choice.

    One that would click is given a ``glide``: on its way it lies between two positions, and the DSP fades them.
    """
    return Knob(label, 0, len(choices) - 1, default, choices=choices, glide=glide, help=help, at=at, clicks=clicks)


@dataclass(frozen=True)
class State:
    """Memory of a kernel, kept from block to block: ``dtype[voices, *shape]``, filled with ``initial``.

    With ``voices_last`` it is ``dtype[*shape, voices]``: rings whose loops run over voices are vectorised
    only if the voices of a frame lie side by side. With ``random`` it begins with random numbers instead, which follow
    from the module's seed: evenly spread over all values of a whole-numbered dtype but 0, where generators get stuck.

    A float in ``shape`` is a time in seconds: as many frames as that lasts, rounded up. ``State(shape=(2.0,))`` is a
    line of 2 s at every sample rate.
    """

    dtype: Any = np.float32
    shape: tuple[int | float, ...] = ()
    initial: float = 0.0
    voices_last: bool = False
    random: bool = False

    def __post_init__(self) -> None:
        if self.random and not np.issubdtype(self.dtype, np.integer):
            raise ModuleDeclarationError(f"a random State holds whole numbers, not {np.dtype(self.dtype)}")

    def sized(self, rate: int) -> tuple[int, ...]:
        """The shape, with times in frames."""
        return tuple(math.ceil(size * rate) if isinstance(size, float) else size for size in self.shape)


@dataclass(frozen=True)
class Scratch(State):
    """Working memory of a kernel, ``dtype[*shape, voices]``: like State, but nothing in it is kept.

    All modules share it, so that in a patch of many it stays in the CPU's cache.
    """

    voices_last: bool = True

    def __post_init__(self) -> None:
        if any(isinstance(size, float) for size in self.shape):
            raise ModuleDeclarationError("a Scratch has a shape in whole numbers, at every sample rate the same")


@dataclass(frozen=True)
class Notes:
    """Declares that clients can play notes on this module: the kernel argument of the same name gets them."""

    MOST_PER_BLOCK: ClassVar[int] = 64


@dataclass(frozen=True)
class Kernel:
    """The plain function behind ``@kernel``, and the names of its arguments in order."""

    function: Callable[..., None]
    arguments: tuple[str, ...]


def kernel(function: Callable[..., None]) -> Kernel:
    """Mark a module's ``process`` as a kernel that numba compiles."""
    return Kernel(function, tuple(inspect.signature(function).parameters))


@dataclass(frozen=True)
class Declaration:
    """What a module class declares, in the order of its file."""

    inputs: dict[str, Input]
    outputs: dict[str, Output]
    knobs: dict[str, Knob]
    states: dict[str, State]
    notes: str | None


class Module:
    """Base of every module; see the head of this file.

    ``channels`` says how many channels the outputs carry: ``None`` follows the widest cable plugged in,
    a number is fixed, a string names the knob that sets it.
    """

    title: ClassVar[str] = ""
    tags: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[int] = 2  # of the panel; it gets more where its height does not do
    channels: ClassVar[int | str | None] = None
    master: ClassVar[tuple[str, str] | None] = None  # outputs that go to the loudspeakers: left, right
    by_chance: ClassVar[bool] = False  # does ``build`` or ``play`` draw from ``self.seed``? Each new one gets another
    latency: ClassVar[float] = 0.0  # s by which the outputs come late, where the module cannot do without
    dc_gain: ClassVar[float] = 1.0  # what ±5 V of offset at an audio jack may become at most; more is meant, and said
    made_of: ClassVar[tuple[str, ...]] = ()  # suffixes of the model files that become modules of this class, one each
    takes_turns: ClassVar[bool] = False  # a ``play`` that computes once in several blocks, in another one in each turn
    abstract: ClassVar[bool] = False  # only with a model file is it a module
    model: ClassVar[Path | None] = None  # its model file
    process: ClassVar[Kernel | None] = None
    declaration: ClassVar[Declaration]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.declaration = _read_declaration(cls)
        _check(cls)

    def __init__(self, voices: int, sample_rate: float, block: int) -> None:
        self.voices = voices
        self.sample_rate = sample_rate  # Hz
        self.block = block  # frames
        self.turn = 0  # 0, 1, 2 … among the modules of the patch that take turns
        self.seed = 1  # 1 … 2⁶⁴ − 1: what is random follows from it; one per module of the patch, always the same
        self.live = True  # False while a file is rendered: then ``play`` may wait for threads of its own

    @classmethod
    def of_model(cls, path: Path) -> type[Module]:
        """The module that a model file becomes. Raises ModuleDeclarationError if it cannot be used."""
        title = path.stem.replace("_", " ").replace("-", " ").strip().capitalize()
        return type(cls.__name__, (cls,), {"title": title, "__doc__": cls.__doc__, "model": path, "abstract": False})

    def build(self, **streams: Any) -> Any:
        """Make the pyo objects of a module that has no kernel."""
        raise ModuleDeclarationError(f"{type(self).__name__} has neither a kernel nor build()")

    def prepare(self) -> None:
        """Get ready to play; called once before the first block, not on the audio thread."""

    def start(self, frame: int) -> None:
        """The first block follows, and begins at ``frame`` of the engine's time; called on the audio thread."""

    def play(self, **blocks: Any) -> None:
        """Compute one block."""
        raise ModuleDeclarationError(f"{type(self).__name__} has no play()")

    @classmethod
    def is_python(cls) -> bool:
        """Whether its DSP is ``play``."""
        return cls.process is None and cls.play is not Module.play


def _read_declaration(cls: type[Module]) -> Declaration:
    found = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}

    def of(kind: type) -> dict[str, Any]:
        return {name: value for name, value in found.items() if isinstance(value, kind)}

    return Declaration(of(Input), of(Output), of(Knob), of(State), next(iter(of(Notes)), None))


def _check(cls: type[Module]) -> None:
    declared = cls.declaration
    where = f"module {cls.__name__}"
    check_class(where, cls, MAX_CHANNELS)
    known = {*declared.inputs, *declared.knobs}
    blocks = known | declared.outputs.keys() | {f"{jack}_plugged" for jack in (*declared.inputs, *declared.outputs)}
    writes: tuple[str, ...] = ()
    if cls.process is not None:
        if not isinstance(cls.process, Kernel):
            raise ModuleDeclarationError(f"{where}: put @kernel above process")
        arguments = writes = cls.process.arguments
        known = blocks | declared.states.keys() | {"sample_rate"} | ({declared.notes} if declared.notes else set())
    elif cls.is_python():
        arguments = tuple(inspect.signature(cls.play).parameters)[1:]
        variable = any(each.kind is each.VAR_KEYWORD for each in inspect.signature(cls.play).parameters.values())
        arguments = writes = tuple(sorted(blocks)) if variable else arguments  # **blocks: all of them
        known = blocks
    elif cls.build is not Module.build:
        arguments = tuple(inspect.signature(cls.build).parameters)[1:]
        writes = tuple(declared.outputs)
    else:
        raise ModuleDeclarationError(f"{where} needs a kernel called process, or a method build or play")
    missing = declared.outputs.keys() - set(writes)
    if missing:
        raise ModuleDeclarationError(f"{where}: its DSP never writes {', '.join(sorted(missing))}")
    for name in arguments:
        if name not in known:
            raise ModuleDeclarationError(f"{where}: the DSP asks for {name!r}, which is no jack, knob or state")
