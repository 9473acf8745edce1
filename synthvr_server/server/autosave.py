"""Keeps the session on disk: every batch at once, on the platter within a second, whole snapshots now and then."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from ..errors import PatchError
from ..patch.history import History, Origin
from ..patch.journal import Journal
from ..patch.model import Patch
from ..protocol.server_messages import Batch, Notice
from .surroundings import Reactor

SYNC_AFTER = 1.0  # s
SNAPSHOT_EVERY = 200  # batches: replaying that many takes well under a second
RETRY_AFTER = 10.0  # s

log = logging.getLogger(__name__)


class Autosave:
    """Writes the journal of one session; a disk that refuses is told of once and tried again."""

    def __init__(self, journal: Journal, history: History, reactor: Reactor, notify: Callable[[Notice], None]) -> None:
        self._journal, self._history, self._reactor, self._notify = journal, history, reactor, notify
        self._since_snapshot = 0
        self._sync_due = False
        self._retry_at: float | None = None

    def start(self, revision: int, patch: Patch) -> None:
        """Begin with the patch as it is."""
        self._begin_file(revision, patch)

    def record(self, batch: Batch, after: Patch, origin: Origin) -> None:
        """Keep an accepted batch; called before anybody hears of it."""
        if self._journal.is_open:
            self._append(batch, origin)
        retry = self._retry_at is not None and self._reactor.time() >= self._retry_at
        if retry or self._since_snapshot >= SNAPSHOT_EVERY:
            self._begin_file(batch.revision, after)

    def stop(self, revision: int, patch: Patch) -> None:
        """Write everything down and wait for it."""
        try:
            self._journal.close()
            self._journal.write_snapshot(revision, patch, self._history.steps)
        except PatchError as error:
            log.error("The session could not be saved at the end: %s", error)

    def _append(self, batch: Batch, origin: Origin) -> None:
        try:
            self._journal.append(batch.revision, batch.commands, origin)
        except PatchError as error:
            self._failed(error)
            return
        self._since_snapshot += 1
        if not self._sync_due:
            self._sync_due = True
            self._reactor.call_at(self._reactor.time() + SYNC_AFTER, self._sync)

    def _begin_file(self, revision: int, patch: Patch) -> None:
        self._since_snapshot = 0
        try:
            self._journal.start_file(revision)
        except PatchError as error:
            self._failed(error)
            return
        write = partial(self._journal.write_snapshot, revision, patch, self._history.steps)
        self._reactor.in_background(write, self._snapshot_written)

    def _snapshot_written(self, result: Exception | None) -> None:
        if isinstance(result, Exception):
            self._failed(result)
        elif self._retry_at is not None and self._journal.is_open:
            self._retry_at = None
            self._notify(Notice(code="journal_works", sentence="Edits are kept on disk again."))

    def _sync(self) -> None:
        self._sync_due = False
        self._reactor.in_background(self._journal.sync, self._synced)

    def _synced(self, result: Exception | None) -> None:
        if isinstance(result, Exception):
            self._failed(result)

    def _failed(self, error: Exception) -> None:
        log.error("%s", error)
        if self._retry_at is None:
            sentence = f"Edits cannot be kept on disk at the moment, and a crash would lose them: {error}"
            self._notify(Notice(code="journal_failed", sentence=sentence))
        self._retry_at = self._reactor.time() + RETRY_AFTER
