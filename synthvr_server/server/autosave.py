"""Keeps the session on disk: every batch at once, on the platter within a second, whole snapshots now and then.

All is **kept** while a whole snapshot and every batch since are on disk. Once something is missing, only a new snapshot
makes it whole again: it is tried at once, then after 1, 2, 4 … 60 s, and with the next edit. Everybody is told when
what they do is not kept, before it is acknowledged, and when it is again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from ..errors import PatchError
from ..patch.history import History, Origin
from ..patch.journal import Journal
from ..patch.model import Patch
from ..protocol.server_messages import Batch, Keeping
from .surroundings import Reactor

SYNC_AFTER = 1.0  # s
SNAPSHOT_EVERY = 200  # batches: replaying that many takes well under a second
SNAPSHOT_AT = 32 * 2**20  # bytes: of loads of the largest patches only a few
FIRST_RETRY, LONGEST_RETRY = 1.0, 60.0  # s
CHECK_EVERY = 5.0  # s: whether somebody has deleted the library meanwhile, even while nobody edits

log = logging.getLogger(__name__)


class Autosave:
    """Writes the journal of one session; ``tell`` says to everybody whether it can.

    ``renew`` is called before a folder is made anew that may have been deleted.
    """

    def __init__(
        self,
        journal: Journal,
        history: History,
        reactor: Reactor,
        tell: Callable[[Keeping], None],
        renew: Callable[[], None] = lambda: None,
    ) -> None:
        self._journal, self._history, self._reactor, self._tell, self._renew = journal, history, reactor, tell, renew
        self._latest = 0, Patch()  # revision and patch
        self._since_snapshot = 0
        self._sync_due = False
        self._is_kept = True
        self._is_trying = False
        self._tried_at, self._retry_at, self._wait = 0.0, 0.0, FIRST_RETRY

    def start(self, revision: int, patch: Patch) -> None:
        """Begin with the patch as it is, before anybody edits it."""
        self._latest = revision, patch
        try:
            self._journal.start_file(revision)
            self._journal.write_snapshot(revision, patch, self._history.steps)
        except PatchError as error:
            self._failed(error)
        self._check_later()

    def record(self, batch: Batch, after: Patch, origin: Origin) -> None:
        """Keep an accepted batch; called before anybody hears of it."""
        self._latest = batch.revision, after
        if self._journal.is_open:
            self._append(batch, origin)
        is_full = self._since_snapshot >= SNAPSHOT_EVERY or self._journal.size >= SNAPSHOT_AT
        if self._is_kept and is_full:
            self._roll_over()
        elif not self._is_kept and self._reactor.time() >= self._tried_at + FIRST_RETRY:
            self._try_again()

    def stop(self, revision: int, patch: Patch) -> None:
        """Write everything down and wait for it."""
        try:
            self._journal.close()
        except PatchError as error:
            log.error("%s", error)
        try:
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

    def _roll_over(self) -> None:
        """Begin a new file: a journal must not take long to replay."""
        revision, patch = self._latest
        self._since_snapshot = 0
        try:
            self._journal.start_file(revision)
        except PatchError as error:
            self._failed(error)
            return
        write = partial(self._journal.write_snapshot, revision, patch, self._history.steps)
        self._reactor.in_background(write, self._rolled_over)

    def _rolled_over(self, result: Exception | None) -> None:
        if isinstance(result, Exception):  # the snapshot before and both journals have it all
            log.warning("A snapshot could not be written; edits are kept without it: %s", result)

    def _sync(self) -> None:
        self._sync_due = False
        self._reactor.in_background(self._journal.sync, self._failed_if_it_did)

    def _check_later(self) -> None:
        self._reactor.call_at(self._reactor.time() + CHECK_EVERY, self._check)

    def _check(self) -> None:
        self._reactor.in_background(self._journal.check, self._failed_if_it_did)
        self._check_later()

    def _failed_if_it_did(self, result: Exception | None) -> None:
        if isinstance(result, Exception):
            self._failed(result)

    def _failed(self, error: Exception) -> None:
        """Something of what was done is not on disk, or may not be."""
        was_kept, self._is_kept = self._is_kept, False
        self._journal.give_up()
        if was_kept:
            sentence = f"What you do is not kept on disk at the moment, and a crash would lose it: {error}"
            self._tell(Keeping(state="not_kept", sentence=sentence))
            self._try_again()
        elif not self._is_trying:
            self._try_later()

    def _try_later(self) -> None:
        self._retry_at = self._reactor.time() + self._wait
        self._wait = min(2 * self._wait, LONGEST_RETRY)
        self._reactor.call_at(self._retry_at, self._try_if_due)

    def _try_if_due(self) -> None:
        if not self._is_kept and self._reactor.time() >= self._retry_at:
            self._try_again()

    def _try_again(self) -> None:
        if self._is_trying:
            return
        self._is_trying, self._tried_at = True, self._reactor.time()
        revision, patch = self._latest
        self._since_snapshot = 0
        self._renew()
        try:
            self._journal.start_file(revision)
        except PatchError as error:
            self._is_trying = False
            self._failed(error)
            return
        write = partial(self._journal.write_snapshot, revision, patch, self._history.steps)
        self._reactor.in_background(write, self._tried)

    def _tried(self, result: Exception | None) -> None:
        self._is_trying = False
        if isinstance(result, Exception):
            self._failed(result)
        elif not self._journal.is_open:  # it has failed again meanwhile, and was told
            self._try_later()
        else:
            self._is_kept, self._wait = True, FIRST_RETRY
            self._tell(Keeping(state="kept", sentence="Everything is kept on disk again, from the whole patch on."))
