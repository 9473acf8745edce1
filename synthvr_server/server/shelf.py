"""The library as clients see it. Files are read and written in the background; answers come when that is done."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ..errors import LibraryError, Rejected
from ..patch.library import Entry, Library, check_name
from ..patch.model import Patch
from ..protocol.client_messages import ClientMessage, ListPatches, LoadPatch, SavePatch
from ..protocol.server_messages import Batch, LibraryEntry
from ..protocol.server_messages import Library as Listing
from .document import Document
from .people import Client
from .surroundings import Reactor

log = logging.getLogger(__name__)


class Shelf:
    """Lists, saves and loads; ``announce`` tells everybody of the batch that a loaded patch is."""

    def __init__(
        self, library: Library, reactor: Reactor, document: Document, announce: Callable[[Batch], None]
    ) -> None:
        self._library, self._reactor, self._document, self._announce = library, reactor, document, announce

    def list_patches(self, client: Client, wish: ListPatches) -> None:
        """Answer with what there is."""

        def then(entries: list[Entry] | Exception) -> None:
            if isinstance(entries, Exception):
                _fail(client, wish, entries)
            else:
                listed = tuple(LibraryEntry(**vars(entry)) for entry in entries)
                client.tell(Listing(id=wish.id, patches=listed))

        self._reactor.in_background(self._library.entries, then)

    def save(self, client: Client, wish: SavePatch) -> None:
        """Save the patch as it is now. Raises LibraryError for a name that cannot be."""
        check_name(wish.name)
        patch = self._document.patch

        def then(result: Exception | None) -> None:
            if isinstance(result, Exception):
                _fail(client, wish, result)
            else:
                client.acknowledge(wish.id, self._document.revision)

        self._reactor.in_background(lambda: self._library.save(wish.name, patch), then)

    def load(self, client: Client, wish: LoadPatch) -> None:
        """Put a patch of the library in place of this one. Raises LibraryError for a name that cannot be."""
        check_name(wish.name)

        def then(patch: Patch | Exception) -> None:
            if isinstance(patch, Exception):
                _fail(client, wish, patch)
                return
            try:
                self._announce(self._document.replace(patch, client.id))
            except Rejected as rejection:
                client.reject(wish, rejection.code, rejection)
            else:
                client.acknowledge(wish.id, self._document.revision)

        self._reactor.in_background(lambda: self._library.load(wish.name), then)


def _fail(client: Client, wish: ClientMessage, error: Exception) -> None:
    if isinstance(error, LibraryError):
        client.reject(wish, error.code, error)
    else:  # nobody is left without an answer
        log.error("The library has failed", exc_info=error)
        failure = LibraryError("library_failed", f"The library has failed: {type(error).__name__}.")
        client.reject(wish, failure.code, failure)
