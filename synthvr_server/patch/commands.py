"""Commands turn a patch into the next patch, or are rejected with a code and a sentence.

``apply`` looks only at the patch: it is what server, undo, files and clients share. ``check`` looks at the
catalogue too: what a client asks for must exist, while a patch may hold modules that nobody knows (ghosts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from ..errors import Rejected
from .catalogue import Catalogue, ModuleInfo
from .model import (
    MOST_CABLES,
    MOST_MODULE_DATA,
    MOST_MODULE_KNOBS,
    MOST_MODULES,
    MOST_PATCH_DATA,
    Cable,
    DataText,
    Ends,
    Frozen,
    Identifier,
    Jack,
    Number,
    Patch,
    PlacedModule,
    Quaternion,
    Text,
    Vector,
)
from .suggestion import did_you_mean


class AddModule(Frozen):
    """Puts a new module into the patch."""

    do: Literal["add_module"] = "add_module"
    id: Identifier = Field(description="A new id, chosen by the client; never reuse one.")
    module: PlacedModule = Field(
        description="The module. Where chance has a part in it, the server adds `seed` to its data, a text that no"
        " other module has: from it follows what chance does."
    )


class RemoveModule(Frozen):
    """Takes a module out of the patch, with its cables."""

    do: Literal["remove_module"] = "remove_module"
    id: Identifier = Field(description="Id of the module.")


class MoveModule(Frozen):
    """Hangs a module somewhere else."""

    do: Literal["move_module"] = "move_module"
    id: Identifier = Field(description="Id of the module.")
    position: Vector = Field(description="Centre of the panel in mm.")
    rotation: Quaternion = Field(default=(0.0, 0.0, 0.0, 1.0), description="Rotation of the panel: x, y, z, w.")


class Connect(Frozen):
    """Plugs a cable into an output jack and an input jack."""

    do: Literal["connect"] = "connect"
    id: Identifier = Field(description="A new cable id, chosen by the client.")
    cable: Cable = Field(description="The cable.")


class Disconnect(Frozen):
    """Unplugs a cable."""

    do: Literal["disconnect"] = "disconnect"
    id: Identifier = Field(description="Id of the cable.")


class SetKnob(Frozen):
    """Sets a knob."""

    do: Literal["set_knob"] = "set_knob"
    module: Identifier = Field(description="Id of the module.")
    knob: Identifier = Field(description="Id of the knob.")
    value: Number = Field(description="New value in the knob's own unit.")


class SetLabel(Frozen):
    """Gives a module a name of the user's own."""

    do: Literal["set_label"] = "set_label"
    id: Identifier = Field(description="Id of the module.")
    label: Text = Field(description="The name; empty shows the module's title again.")


class SetData(Frozen):
    """Sets or removes a text that a module keeps beside its knobs."""

    do: Literal["set_data"] = "set_data"
    id: Identifier = Field(description="Id of the module.")
    key: Identifier = Field(description="Name of the text.")
    text: DataText | None = Field(description="The text; null removes it.")


class Describe(Frozen):
    """Sets the patch's title and notes."""

    do: Literal["describe"] = "describe"
    title: Text = Field(description="Name of the patch.")
    notes: DataText = Field(default="", description="What the maker wants to say about it.")


Command = Annotated[
    AddModule | RemoveModule | MoveModule | Connect | Disconnect | SetKnob | SetLabel | SetData | Describe,
    Field(discriminator="do"),
]


def apply(patch: Patch, command: Command) -> Patch:
    """The patch after ``command``. Raises Rejected, and the patch is as it was."""
    return _APPLY[type(command)](patch, command)


def check(patch: Patch, command: Command, catalogue: Catalogue) -> None:
    """Raise Rejected if ``command`` names a module, jack or knob that the catalogue does not know."""
    if isinstance(command, AddModule):
        _check_new_module(command, catalogue)
    elif isinstance(command, Connect):
        _check_cable(patch, command.cable, catalogue)
    elif isinstance(command, SetKnob):
        info = _info(patch, command.module, catalogue)
        if info is not None:
            check_knob(info, command.module, command.knob, command.value)


def apply_batch(patch: Patch, commands: Iterable[Command], catalogue: Catalogue | None = None) -> Patch:
    """The patch after all of ``commands``, checked against the catalogue where one is given.

    The whole batch holds or none of it: Rejected carries the index of the command at fault.
    """
    for index, command in enumerate(commands):
        try:
            if catalogue is not None:
                check(patch, command, catalogue)
            patch = apply(patch, command)
        except Rejected as rejection:
            raise Rejected(rejection.code, str(rejection), index) from None
    return patch


def check_knob(info: ModuleInfo, module: str, knob: str, value: float) -> None:
    """Raise Rejected unless ``info`` has such a knob and the value lies in its range."""
    found = info.knob(knob)
    if found is None:
        near = did_you_mean(knob, (each.id for each in info.knobs))
        raise Rejected("unknown_knob", f"Module {module!r} ({info.title}) has no knob {knob!r}.{near}")
    if not found.minimum <= value <= found.maximum:
        unit = f" {found.unit}" if found.unit else ""
        raise Rejected(
            "value_out_of_range",
            f"Knob {module}/{knob} takes {found.minimum:g} to {found.maximum:g}{unit}, not {value:g}.",
        )
    if found.choices and value != int(value):
        raise Rejected("value_out_of_range", f"Switch {module}/{knob} takes a whole number, not {value:g}.")


def module_in(patch: Patch, module: str) -> PlacedModule:
    """The module of that id; raises Rejected where there is none."""
    found = patch.modules.get(module)
    if found is None:
        raise Rejected("unknown_module", f"There is no module {module!r} in the patch.")
    return found


def _add_module(patch: Patch, command: AddModule) -> Patch:
    if command.id in patch.modules:
        raise Rejected("duplicate_id", f"There is a module {command.id!r} in the patch already; choose a new id.")
    if len(patch.modules) >= MOST_MODULES:
        raise Rejected("patch_full", f"A patch holds at most {MOST_MODULES} modules.")
    return _with_modules(patch, {**patch.modules, command.id: _with_data_that_fits(patch, command.id, command.module)})


def _remove_module(patch: Patch, command: RemoveModule) -> Patch:
    module_in(patch, command.id)
    cables = {
        name: cable
        for name, cable in patch.cables.items()
        if command.id not in (cable.source.module, cable.target.module)
    }
    return patch.model_copy(update={"modules": _without(patch.modules, command.id), "cables": cables})


def _move_module(patch: Patch, command: MoveModule) -> Patch:
    return _change(patch, command.id, position=command.position, rotation=command.rotation)


def _connect(patch: Patch, command: Connect) -> Patch:
    if command.id in patch.cables:
        raise Rejected("duplicate_id", f"There is a cable {command.id!r} in the patch already; choose a new id.")
    if len(patch.cables) >= MOST_CABLES:
        raise Rejected("patch_full", f"A patch holds at most {MOST_CABLES} cables.")
    cable = command.cable
    module_in(patch, cable.source.module)
    module_in(patch, cable.target.module)
    joined = _joined.take(patch.cables)
    if cable.ends in joined:
        _joined.keep(patch.cables, joined)
        raise Rejected("duplicate_cable", f"A cable from {cable.source} to {cable.target} is plugged in already.")
    cables = {**patch.cables, command.id: cable}
    joined.add(cable.ends)
    _joined.keep(cables, joined)
    return patch.model_copy(update={"cables": cables})


class _Joined:
    """The ends of all cables of the patch that was plugged in last: a batch of thousands asks thousands of times."""

    def __init__(self) -> None:
        self._kept: list[tuple[Mapping[str, Cable], set[Ends]]] = []

    def take(self, cables: Mapping[str, Cable]) -> set[Ends]:
        """The ends of these cables. Whoever takes them owns them: another thread finds nothing and counts anew."""
        try:
            kept, ends = self._kept.pop()
        except IndexError:
            kept, ends = {}, set()
        return ends if kept is cables else {cable.ends for cable in cables.values()}

    def keep(self, cables: Mapping[str, Cable], ends: set[Ends]) -> None:
        """Remember them for the next cable."""
        self._kept[:] = [(cables, ends)]


_joined = _Joined()


def _disconnect(patch: Patch, command: Disconnect) -> Patch:
    if command.id not in patch.cables:
        raise Rejected("unknown_cable", f"There is no cable {command.id!r} in the patch.")
    return patch.model_copy(update={"cables": _without(patch.cables, command.id)})


def _set_knob(patch: Patch, command: SetKnob) -> Patch:
    knobs = module_in(patch, command.module).knobs
    if len(knobs) >= MOST_MODULE_KNOBS and command.knob not in knobs:
        raise Rejected("patch_full", f"Module {command.module!r} has no more than {MOST_MODULE_KNOBS} knobs.")
    return _change(patch, command.module, knobs={**knobs, command.knob: command.value})


def _set_label(patch: Patch, command: SetLabel) -> Patch:
    return _change(patch, command.id, label=command.label)


def _set_data(patch: Patch, command: SetData) -> Patch:
    data = _without(module_in(patch, command.id).data, command.key)
    if command.text is not None:
        data = {**data, command.key: command.text}
    module = module_in(patch, command.id).model_copy(update={"data": data})
    return _with_modules(patch, {**patch.modules, command.id: _with_data_that_fits(patch, command.id, module)})


def _with_data_that_fits(patch: Patch, name: str, module: PlacedModule) -> PlacedModule:
    if module.data:
        others = sum(other.data_size for key, other in patch.modules.items() if other.data and key != name)
        check_data(name, module.data_size, others + module.data_size)
    return module


def check_data(name: str, size: int, in_all: int) -> None:
    """Raise Rejected if a module, or a patch, keeps more text than every client could hash at each edit."""
    if size > MOST_MODULE_DATA:
        raise Rejected("patch_full", f"Module {name!r} would keep more than {MOST_MODULE_DATA // 1024} KB of text.")
    if in_all > MOST_PATCH_DATA:
        raise Rejected("patch_full", f"The modules would keep more than {MOST_PATCH_DATA // 2**20} MB of text.")


def _describe(patch: Patch, command: Describe) -> Patch:
    return patch.model_copy(update={"title": command.title, "notes": command.notes})


def _change(patch: Patch, module: str, **fields: Any) -> Patch:
    changed = module_in(patch, module).model_copy(update=fields)
    return _with_modules(patch, {**patch.modules, module: changed})


def _with_modules(patch: Patch, modules: Mapping[str, PlacedModule]) -> Patch:
    return patch.model_copy(update={"modules": modules})


_Value = TypeVar("_Value")


def _without(mapping: Mapping[str, _Value], key: str) -> dict[str, _Value]:
    return {name: value for name, value in mapping.items() if name != key}


def _info(patch: Patch, module: str, catalogue: Catalogue) -> ModuleInfo | None:
    """The catalogue's entry for a module of the patch; None for a ghost."""
    return catalogue.get(module_in(patch, module).type)


def _check_new_module(command: AddModule, catalogue: Catalogue) -> None:
    info = catalogue.get(command.module.type)
    if info is None:
        near = did_you_mean(command.module.type, catalogue)
        raise Rejected("unknown_type", f"There is no module type {command.module.type!r} in the catalogue.{near}")
    for knob, value in command.module.knobs.items():
        check_knob(info, command.id, knob, value)


def _check_cable(patch: Patch, cable: Cable, catalogue: Catalogue) -> None:
    _check_jack(patch, cable.source, catalogue, "output")
    _check_jack(patch, cable.target, catalogue, "input")


def _check_jack(patch: Patch, jack: Jack, catalogue: Catalogue, side: Literal["input", "output"]) -> None:
    info = _info(patch, jack.module, catalogue)
    if info is None:
        return
    jacks = {"input": info.input(jack.jack), "output": info.output(jack.jack)}
    if jacks[side] is not None:
        return
    if any(jacks.values()):
        end = "to an input" if side == "input" else "from an output"
        raise Rejected(f"not_an_{side}", f"A cable goes {end}, and {jack} is not one.")
    near = did_you_mean(jack.jack, (each.id for each in (info.inputs if side == "input" else info.outputs)))
    raise Rejected("unknown_jack", f"Module {jack.module!r} ({info.title}) has no jack {jack.jack!r}.{near}")


_APPLY: dict[type, Callable[[Patch, Any], Patch]] = {
    AddModule: _add_module,
    RemoveModule: _remove_module,
    MoveModule: _move_module,
    Connect: _connect,
    Disconnect: _disconnect,
    SetKnob: _set_knob,
    SetLabel: _set_label,
    SetData: _set_data,
    Describe: _describe,
}
