"""The patch everybody works on: its revision, its fingerprint, its past, and the latest batches."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from ..errors import Rejected
from ..patch.catalogue import Catalogue
from ..patch.change import Change
from ..patch.commands import Command, apply_batch
from ..patch.difference import difference
from ..patch.fingerprint import Fingerprint
from ..patch.history import History, Origin
from ..patch.model import Patch
from ..patch.seeds import seeded
from ..patch.size import check_size, growth, size_of
from ..patch.telling import Names, in_words
from ..protocol.server_messages import Batch, Cause
from .people import Client
from .recent import Recent

Check = Callable[[Sequence[Command]], None]
Record = Callable[[Batch, Patch, Origin], None]

_SEED_BYTES = 8


class Document:
    """One patch and every change of it. ``record`` is called with each batch before anybody hears of it."""

    def __init__(self, patch: Patch, record: Record = lambda *_: None, history: History | None = None) -> None:
        self.patch = patch
        self.revision = 0
        self.catalogue: Catalogue = {}
        self.history = history or History()
        self._fingerprint = Fingerprint.of(patch)
        self._size = size_of(patch)
        self._record = record
        self._recent = Recent()

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the patch."""
        return str(self._fingerprint)

    def edit(self, commands: Sequence[Command], by: Client, base: int | None = None, cause: Cause = "edit") -> Batch:
        """Carry out what a client asks for; new modules get their seeds. Raises Rejected, and nothing has changed."""
        if base is not None and base != self.revision:
            raise Rejected(
                "stale_revision", f"The batch was made for revision {base}, and the patch is at {self.revision}."
            )
        commands = seeded(commands, self.patch, self.catalogue, lambda: secrets.token_hex(_SEED_BYTES))
        after = apply_batch(self.patch, commands, self.catalogue)
        change = Change.between(self.patch, after)
        what = in_words(change, Names(self.patch, self.catalogue)) if change.size else ""
        return self._accept(after, commands, change, by, cause, self.history.origin(by.author, what))

    def replace(self, patch: Patch, by: Client, cause: Cause = "load", name: str = "") -> Batch:
        """Put another patch, of that ``name`` in the library, in this one's place."""
        commands = difference(self.patch, patch)
        after = apply_batch(self.patch, commands)
        what = f"the load of {name}" if name else "the new patch"
        change = Change.between(self.patch, after)
        return self._accept(after, commands, change, by, cause, self.history.origin(by.author, what), name)

    def undo(self, by: Client, check: Check = lambda _commands: None) -> Batch:
        """Take back the latest change of the same person.

        Raises Rejected with what stands in the way, and what ``check`` raises of the commands.
        """
        origin, commands = self.history.undo(by.author, self.patch, self.catalogue)
        check(commands)
        return self._travel(origin, commands, by, "undo")

    def redo(self, by: Client, check: Check = lambda _commands: None) -> Batch:
        """Do again what the same person took back last. Raises as ``undo`` does."""
        origin, commands = self.history.redo(by.author, self.patch, self.catalogue)
        check(commands)
        return self._travel(origin, commands, by, "redo")

    def since(self, revision: int) -> tuple[Batch, ...] | None:
        """The batches after ``revision``; None where they are not all kept."""
        return self._recent.last(self.revision - revision)

    def _travel(self, origin: Origin, commands: Sequence[Command], by: Client, cause: Cause) -> Batch:
        after = apply_batch(self.patch, commands)
        return self._accept(after, commands, Change.between(self.patch, after), by, cause, origin, origin.what)

    def _accept(
        self,
        after: Patch,
        commands: Sequence[Command],
        change: Change,
        by: Client,
        cause: Cause,
        origin: Origin,
        subject: str = "",
    ) -> Batch:
        size = self._size + growth(change)
        check_size(size, self._size)
        fingerprint = self._fingerprint.after(after)
        # The commands have been validated; building the message anew would validate them all again.
        batch = Batch.model_construct(
            type="batch",
            revision=self.revision + 1,
            client=by.id,
            cause=cause,
            commands=tuple(commands),
            fingerprint=str(fingerprint),
            subject=subject,
        )
        self.history.follow(origin, change)
        self._record(batch, after, origin)
        self.patch, self.revision, self._fingerprint, self._size = after, batch.revision, fingerprint, size
        self._recent.add(batch)
        return batch
