"""How things stand: what everybody is told when it changes, and those who come in later with the welcome."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from ..protocol.server_messages import EngineStatus, Keeping, ModuleFailed, Notice, ServerMessage

Tell = Callable[[ServerMessage], None]


class Condition:
    """The engine, the modules that have failed, and what is kept on disk.

    ``tell_host`` shows a sentence to whoever sits at the machine.
    """

    def __init__(self, tell_everybody: Tell, tell_host: Callable[[str], None]) -> None:
        self.engine = EngineStatus(state="starting", sentence="The engine starts.", driver="", rate=0, block=0)
        self._tell_everybody, self._tell_host = tell_everybody, tell_host
        self._failed: dict[str, ModuleFailed] = {}
        self._keeping: Keeping | None = None  # while what people do is not kept
        self._notices: list[Notice] = []

    def greeting(self, is_back: bool) -> Iterator[ServerMessage]:
        """What somebody who comes in has to know beside the engine's status; who ``is_back`` has heard the notices."""
        yield from self._failed.values()
        if self._keeping is not None:
            yield self._keeping
        if not is_back:
            yield from self._notices

    def engine_is(self, status: EngineStatus) -> None:
        """The engine does something else than before."""
        self.engine = status
        self._tell_host(status.sentence)
        self._tell_everybody(status)

    def engine_started(self) -> None:
        """The engine has begun anew, with all modules."""
        self._failed.clear()

    def module_failed(self, failure: ModuleFailed) -> None:
        """A module has gone silent."""
        self._failed[failure.module] = failure
        self._tell_host(f"{failure.module}: {failure.sentence}")
        self._tell_everybody(failure)

    def only_modules(self, modules: Container[str]) -> None:
        """Of modules that are in the patch no longer nobody needs to know."""
        self._failed = {name: failure for name, failure in self._failed.items() if name in modules}

    def keeping_is(self, keeping: Keeping) -> None:
        """What people do is kept on disk no longer, or again."""
        self._keeping = keeping if keeping.state == "not_kept" else None
        self._tell_host(keeping.sentence)
        self._tell_everybody(keeping)

    def notice(self, notice: Notice) -> None:
        """Something that everybody should know as long as this session lasts."""
        self._notices.append(notice)
        self._tell_host(notice.sentence)
        self._tell_everybody(notice)
