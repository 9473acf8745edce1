"""Seeds: what chance does in a module follows from a text that the patch keeps, so that it plays the same again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .catalogue import Catalogue
from .commands import AddModule, Command
from .model import Patch

SEED = "seed"  # the key in a module's data


def seeded(
    commands: Sequence[Command], patch: Patch, catalogue: Catalogue, draw: Callable[[], str]
) -> tuple[Command, ...]:
    """The same commands, with a seed from ``draw`` for each new module in which chance has a part.

    A seed that comes with a module stays, unless another module has it already: a copy is not to throw the same dice.
    """
    taken: set[str | None] | None = None
    result: list[Command] = []
    for command in commands:
        info = catalogue.get(command.module.type) if isinstance(command, AddModule) else None
        if isinstance(command, AddModule) and info is not None and info.by_chance:
            if taken is None:
                taken = {None, *(placed.data.get(SEED) for placed in patch.modules.values())}
            data = command.module.data
            if data.get(SEED) in taken:
                data = {**data, SEED: draw()}
                command = command.model_copy(update={"module": command.module.model_copy(update={"data": data})})
            taken.add(data[SEED])
        result.append(command)
    return tuple(result)
