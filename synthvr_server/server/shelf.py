"""The library as clients see it. Files are read and written in the background; answers come when that is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from ..errors import LibraryError, Rejected
from ..patch.files import patch_text
from ..patch.library import Library
from ..patch.library_names import check_name
from ..patch.model import Patch
from ..protocol import client_messages as say
from ..protocol import library_answers as answer
from ..protocol.client_messages import ClientMessage
from ..protocol.server_messages import Batch
from .document import Document
from .people import Client
from .pieces import Pieces
from .surroundings import Reactor

log = logging.getLogger(__name__)
Result = TypeVar("Result")

# Requests about the patch as it sounds now: what hands have turned by then belongs to it.
ABOUT_THE_PATCH = (say.SavePatch, say.LoadPatch, say.LoadBackup, say.NewPatch, say.ExportPatch)


class Shelf:
    """Everything clients do with the library; ``announce`` tells everybody of the batch that a loaded patch is."""

    def __init__(
        self, library: Library, reactor: Reactor, document: Document, announce: Callable[[Batch], None]
    ) -> None:
        self._library, self._reactor, self._document, self._announce = library, reactor, document, announce
        self._pieces = Pieces()
        self.handlers: dict[type, Callable[[Client, Any], None]] = {
            say.ListPatches: self._list_patches,
            say.SavePatch: self._save,
            say.LoadPatch: self._load,
            say.NewPatch: self._new,
            say.DeletePatch: self._delete,
            say.RenamePatch: self._rename,
            say.ImportPatch: self._import,
            say.ExportPatch: self._export,
            say.ListBackups: self._list_backups,
            say.LoadBackup: self._load_backup,
        }

    def leave(self, client: str) -> None:
        """The client has gone: what it has sent of a file is of no use."""
        self._pieces.forget(client)

    def _list_patches(self, client: Client, wish: say.ListPatches) -> None:
        def listing() -> answer.Library:
            entries, left_out = self._library.entries()
            listed = tuple(answer.LibraryEntry(**vars(entry)) for entry in entries)
            return answer.Library(id=wish.id, patches=listed, left_out=left_out)

        self._do(client, wish, listing, client.tell)

    def _list_backups(self, client: Client, wish: say.ListBackups) -> None:
        def listing() -> answer.Backups:
            entries, left_out = self._library.backup_entries()
            listed = tuple(answer.BackupEntry(**vars(entry)) for entry in entries)
            return answer.Backups(id=wish.id, versions=listed, left_out=left_out)

        self._do(client, wish, listing, client.tell)

    def _save(self, client: Client, wish: say.SavePatch) -> None:
        check_name(wish.name)
        patch = self._document.patch
        self._change(client, wish, lambda: self._library.save(wish.name, patch, wish.replace))

    def _delete(self, client: Client, wish: say.DeletePatch) -> None:
        self._change(client, wish, lambda: self._library.delete(wish.name))

    def _rename(self, client: Client, wish: say.RenamePatch) -> None:
        self._change(client, wish, lambda: self._library.rename(wish.name, wish.to, wish.replace))

    def _import(self, client: Client, wish: say.ImportPatch) -> None:
        text = self._pieces.add(client.id, wish)
        if text is not None:
            self._change(client, wish, lambda: self._library.save_text(wish.name, text, wish.replace))

    def _export(self, client: Client, wish: say.ExportPatch) -> None:
        patch, name = self._document.patch, wish.name

        def text() -> answer.Exported:
            if name is None:
                return answer.Exported(id=wish.id, name=patch.title or "patch", text=patch_text(patch))
            return answer.Exported(id=wish.id, name=name, text=self._library.text_of(name))

        self._do(client, wish, text, client.tell)

    def _load(self, client: Client, wish: say.LoadPatch) -> None:
        check_name(wish.name)
        self._do(client, wish, partial(self._library.load, wish.name), partial(self._play, client, wish))

    def _load_backup(self, client: Client, wish: say.LoadBackup) -> None:
        load = partial(self._library.load_backup, wish.name, wish.version)
        self._do(client, wish, load, partial(self._play, client, wish))

    def _play(self, client: Client, wish: say.LoadPatch | say.LoadBackup, patch: Patch) -> None:
        self._announce(self._document.replace(patch, client, "load", wish.name))
        client.acknowledge(wish.id, self._document.revision)

    def _new(self, client: Client, wish: say.NewPatch) -> None:
        self._announce(self._document.replace(Patch(), client, "new"))
        client.acknowledge(wish.id, self._document.revision)

    def _change(self, client: Client, wish: Any, work: Callable[[], None]) -> None:
        """Change files, and acknowledge it."""
        self._do(client, wish, work, lambda _done: client.acknowledge(wish.id, self._document.revision))

    def _do(
        self, client: Client, wish: ClientMessage, work: Callable[[], Result], then: Callable[[Result], None]
    ) -> None:
        """Do ``work`` in the background and hand what it made to ``then``; what fails is answered."""

        def done(result: Result | Exception) -> None:
            if isinstance(result, Exception):
                _fail(client, wish, result)
                return
            try:
                then(result)
            except Rejected as rejection:
                client.reject(wish, rejection.code, rejection)

        self._reactor.in_background(work, done)


def _fail(client: Client, wish: ClientMessage, error: Exception) -> None:
    if isinstance(error, LibraryError):
        client.reject(wish, error.code, error)
    else:  # nobody is left without an answer
        log.error("The library has failed", exc_info=error)
        failure = LibraryError("library_failed", f"The library has failed: {type(error).__name__}.")
        client.reject(wish, failure.code, failure)
