"""Which modules there are, as the engine finds them: everybody hears of what changes, and stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..patch.catalogue import ModuleInfo
from ..patch.problems import in_short
from ..patch.problems import problems as problems_of
from ..protocol.server_messages import CatalogueChange, ServerMessage
from .document import Document


class Assortment:
    """Keeps the document's catalogue. ``tell_host`` shows a sentence to whoever sits at the machine."""

    def __init__(
        self, document: Document, tell_everybody: Callable[[ServerMessage], None], tell_host: Callable[[str], None]
    ) -> None:
        self.problems: tuple[str, ...] = ()
        self._document, self._tell_everybody, self._tell_host = document, tell_everybody, tell_host
        self._told_of_patch: tuple[str, ...] = ()

    def engine_knows(self, modules: Iterable[ModuleInfo], problems: Iterable[str]) -> None:
        """The engine has read module files, or some of them are ready now."""
        old, new = self._document.catalogue, {info.id: info for info in modules}
        told, self.problems = self.problems, tuple(problems)
        self._document.catalogue = new
        for problem in self.problems:
            if problem not in told:
                self._tell_host(problem)
        changed = tuple(info for name, info in new.items() if info != old.get(name))
        gone = tuple(old.keys() - new.keys())
        if changed or gone or self.problems != told:
            self._tell_everybody(CatalogueChange.model_construct(modules=changed, gone=gone, problems=self.problems))
        if changed or gone:
            self.tell_problems(again=False)

    def tell_problems(self, again: bool = True) -> None:
        """Say at the machine what the catalogue does not bear out in the patch; not ``again`` if it is as it was."""
        sentences = tuple(in_short(problems_of(self._document.patch, self._document.catalogue)))
        for sentence in sentences if again or sentences != self._told_of_patch else ():
            self._tell_host(sentence)
        self._told_of_patch = sentences
