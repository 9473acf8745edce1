"""A module's ``process`` → machine code: a function for one voice and, unless it is always mono, one for sixteen lanes.

Every compiled function has the signature ``void f(int64 arguments)``: the address of a table of int64,
laid out as below. What stands between that table and the arguments of ``process`` is a few generated
lines, written to the cache folder under a name that carries the hash of all sources that went into it,
so that numba's own cache never serves stale code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import llvmlite.binding as llvm
import numba as nb
import numpy as np
import platformdirs

from .. import crossings, dsp, oversampling, residuals, waveforms
from ..errors import ModuleDeclarationError
from ..module import MAX_CHANNELS, Module
from ..patch.leftovers import temporary_for
from . import intrinsics
from .intrinsics import POINTERS

FRAMES, PLUGGED, NOTE_COUNT, SAMPLE_RATE, FIRST_POINTER = range(5)
# NOTE_COUNT holds the address of the count: it changes while the table stands.
NOTE_FIELDS = 4  # frame, note number, pitch (V), velocity (V)
LANES = (1, MAX_CHANNELS)

# LLVM would rather unroll a short loop over sixteen voices than vectorise it: a VCA ran 4 times slower.
llvm.set_option("", "-unroll-full-max-count=8")

# Beside its glue, whatever the user's environment says: ``is_cached`` looks there.
vars(nb.config)["CACHE_DIR"] = ""

_SIGNATURE = nb.types.void(nb.types.int64)


_compiled: dict[type[Module], CompiledKernel] = {}


@dataclass(frozen=True)
class CompiledKernel:
    """The addresses of a kernel's two functions, by lane count, and the order of its pointers."""

    addresses: dict[int, int]
    pointers: tuple[str, ...]
    keep_alive: tuple[Any, ...]


def pointer_names(cls: type[Module]) -> tuple[str, ...]:
    """The arguments of ``process`` that are arrays, in the order in which their addresses are passed."""
    assert cls.process is not None
    declared = cls.declaration
    arrays = declared.inputs | declared.outputs | declared.knobs | declared.states
    notes = {declared.notes} if declared.notes else set()
    return tuple(name for name in cls.process.arguments if name in arrays or name in notes)


def compile_kernel(cls: type[Module], cache: Path | None = None) -> CompiledKernel:
    """Compile ``cls.process``, or load it from the cache.

    Raises ModuleDeclarationError, in one sentence, when numba refuses the code.
    """
    if cls in _compiled:
        return _compiled[cls]
    assert cls.process is not None
    compiled: dict[int, Any] = {}
    try:
        glue = _glue_module(cls, cache or cache_folder())
        # Inlined before LLVM sees it: on its own, process would be vectorised for loops of 32 voices and more,
        # and the lanes bound below would get the scalar remainder (an ADSR ran 5 times slower).
        vars(glue)["process"] = nb.njit(inline="always", **dsp.KERNEL_OPTIONS)(cls.process.function)
        for lanes in lane_counts(cls):
            compiled[lanes] = nb.cfunc(_SIGNATURE, cache=True, **dsp.KERNEL_OPTIONS)(getattr(glue, f"lanes_{lanes}"))
    except OSError:  # no fault of the kernel's
        raise
    except Exception as error:  # numba raises of its own what it calls an error, and anything else besides
        raise ModuleDeclarationError(f"{_where(cls, error)} does not compile: {_reason(error)}") from error
    addresses = {lanes: int(function.address) for lanes, function in compiled.items()}
    _compiled[cls] = CompiledKernel(addresses, pointer_names(cls), tuple(compiled.values()))
    return _compiled[cls]


def _where(cls: type[Module], error: Exception) -> str:
    """Which kernel, and the line that numba complains of, or else the one it begins in."""
    assert cls.process is not None
    file = source_file(cls).name
    said = re.findall(re.escape(file) + r'(?:", line | \()(\d+)', str(error))
    return f"the kernel in {file} (line {said[-1] if said else cls.process.function.__code__.co_firstlineno})"


def _reason(error: Exception) -> str:
    """What numba says of a kernel that does not compile, without what it says of itself."""
    text = " ".join(re.sub(r"Failed in \w+ mode pipeline \(step: [^)]*\)|During: .*", "", str(error)).split())
    return text[:400]


def is_cached(cls: type[Module], cache: Path | None = None) -> bool:
    """Whether this very source has been compiled before."""
    path = _glue_path(cls, cache or cache_folder())
    return any((path.parent / "__pycache__").glob(f"{path.stem}.*.nbc"))


def cache_folder() -> Path:
    """The folder of compiled kernels in the user's cache."""
    return Path(platformdirs.user_cache_dir("synthvr")) / "kernels"


def source_file(cls: type[Module]) -> Path:
    """The file that a module's kernel is written in."""
    assert cls.process is not None
    return Path(cls.process.function.__code__.co_filename)


def lane_counts(cls: type[Module]) -> tuple[int, ...]:
    """The widths that a module can have: one that is always mono needs no function for sixteen voices."""
    return LANES[:1] if cls.channels == 1 else LANES


def _glue_path(cls: type[Module], cache: Path) -> Path:
    shared = (dsp, crossings, residuals, waveforms, oversampling, intrinsics)
    sources = [source_file(cls), Path(__file__), *(Path(str(vocabulary.__file__)) for vocabulary in shared)]
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    return cache / f"{cls.__name__.lower()}_{digest}.py"


def _glue_module(cls: type[Module], cache: Path) -> ModuleType:
    path = _glue_path(cls, cache)
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        temporary = temporary_for(path)  # of its own: others compile the same kernel at the same time
        temporary.write_text(_glue_source(cls))
        temporary.replace(path)
    spec = importlib.util.spec_from_file_location(f"synthvr_kernel_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    glue = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = glue  # numba's cache finds a function's globals by its module's name
    spec.loader.exec_module(glue)
    return glue


def _glue_source(cls: type[Module]) -> str:
    functions = "\n\n".join(_glue_function(cls, lanes) for lanes in lane_counts(cls))
    return (
        f'"""Generated: binds the argument table of {cls.__name__} to its process()."""\n'
        "import numpy as np\n"
        "from numba import carray\n"
        f"from synthvr_server.engine.intrinsics import {', '.join(sorted(POINTERS.values()))}\n\n\n"
        f"{functions}\n"
    )


def _glue_function(cls: type[Module], lanes: int) -> str:
    assert cls.process is not None
    pointers = pointer_names(cls)
    # By name: CPython passes more than 30 positional arguments as one tuple, which numba does not inline.
    bound = ",\n        ".join(f"{name}={_bind(cls, name, lanes, pointers)}" for name in cls.process.arguments)
    return f"def lanes_{lanes}(arguments):\n    table = int64_at(arguments)\n    process(\n        {bound},\n    )\n"


def _bind(cls: type[Module], name: str, lanes: int, pointers: tuple[str, ...]) -> str:
    declared = cls.declaration
    if name == "sample_rate":
        return f"np.float32(table[{SAMPLE_RATE}])"
    if name not in pointers:
        jacks = list(declared.inputs | declared.outputs)
        return f"table[{PLUGGED}] & {1 << jacks.index(name.removesuffix('_plugged'))} != 0"
    address = f"table[{FIRST_POINTER + pointers.index(name)}]"
    if name == declared.notes:
        return f"carray(float32_at({address}), (int64_at(table[{NOTE_COUNT}])[0], {NOTE_FIELDS}))"
    if name in declared.knobs:
        return f"carray(float32_at({address}), (table[{FRAMES}],))"
    if name in declared.states:
        state = declared.states[name]
        sizes = [
            f"int(np.ceil({size!r} * table[{SAMPLE_RATE}]))" if isinstance(size, float) else str(size)
            for size in state.shape
        ]
        shape = ", ".join((*sizes, str(lanes)) if state.voices_last else (str(lanes), *sizes))
        return f"carray({POINTERS[np.dtype(state.dtype)]}({address}), ({shape},))"
    return f"carray(float32_at({address}), (table[{FRAMES}], {lanes}))"
