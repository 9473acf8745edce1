"""The patch everybody works on: its revision, its fingerprint, its past, and the latest batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from ..errors import Rejected
from ..patch.catalogue import Catalogue
from ..patch.commands import Command, apply_batch
from ..patch.difference import difference, with_defaults
from ..patch.fingerprint import Fingerprint
from ..patch.history import History
from ..patch.model import Patch
from ..protocol.limits import RESUMABLE_BATCHES
from ..protocol.server_messages import Batch, Cause


class Document:
    """One patch and every change of it. ``record`` is called with each batch before anybody hears of it."""

    def __init__(self, patch: Patch, record: Callable[[Batch, Patch], None] = lambda _batch, _patch: None) -> None:
        self.patch = patch
        self.revision = 0
        self.catalogue: Catalogue = {}
        self._fingerprint = Fingerprint.of(patch)
        self._history = History()
        self._record = record
        self._recent: deque[Batch] = deque(maxlen=RESUMABLE_BATCHES)

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the patch."""
        return str(self._fingerprint)

    def edit(self, commands: Sequence[Command], client: str, base: int | None = None, cause: Cause = "edit") -> Batch:
        """Carry out what a client asks for. Raises Rejected, and nothing has changed."""
        if base is not None and base != self.revision:
            raise Rejected(
                "stale_revision", f"The batch was made for revision {base}, and the patch is at {self.revision}."
            )
        after = apply_batch(self.patch, commands, self.catalogue)
        self._history.record(self.patch)
        return self._accept(after, commands, client, cause)

    def replace(self, patch: Patch, client: str, cause: Cause = "load", name: str = "") -> Batch:
        """Put another patch, of that ``name`` in the library, in this one's place."""
        commands = difference(self.patch, patch)
        after = apply_batch(self.patch, commands)
        self._history.record(self.patch)
        return self._accept(after, commands, client, cause, name)

    def undo(self, client: str) -> Batch:
        """Take back the latest change that left a trace. Raises Rejected at the beginning."""
        return self._travel(self._history.undo, client, "undo", "There is nothing left to undo.")

    def redo(self, client: str) -> Batch:
        """Do again what undo took back. Raises Rejected when there is nothing."""
        return self._travel(self._history.redo, client, "redo", "Nothing has been undone that could be done again.")

    def since(self, revision: int) -> tuple[Batch, ...] | None:
        """The batches after ``revision``; None where they are not all kept."""
        missing = self.revision - revision
        if not 0 <= missing <= len(self._recent):
            return None
        return tuple(self._recent)[len(self._recent) - missing :]

    def _travel(self, step: Callable[[Patch], Patch | None], client: str, cause: Cause, sentence: str) -> Batch:
        while (there := step(self.patch)) is not None:
            commands = difference(self.patch, with_defaults(self.patch, there, self.catalogue))
            if commands:
                return self._accept(apply_batch(self.patch, commands), commands, client, cause)
        raise Rejected(f"nothing_to_{cause}", sentence)

    def _accept(self, after: Patch, commands: Sequence[Command], client: str, cause: Cause, subject: str = "") -> Batch:
        fingerprint = self._fingerprint.after(after)
        # The commands have been validated; building the message anew would validate them all again.
        batch = Batch.model_construct(
            type="batch",
            revision=self.revision + 1,
            client=client,
            cause=cause,
            commands=tuple(commands),
            fingerprint=str(fingerprint),
            subject=subject,
        )
        self._record(batch, after)
        self.patch, self.revision, self._fingerprint = after, batch.revision, fingerprint
        self._recent.append(batch)
        return batch
