"""Files that come in pieces, because a client's message has a limit and a patch may be larger."""

from __future__ import annotations

from ..errors import LibraryError
from ..patch.files import LARGEST_FILE
from ..protocol.client_messages import ImportPatch


class Pieces:
    """What of each client's file is there so far: one file a client, and never more than a patch file can be."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[int, list[str], int]] = {}  # client → request, pieces, characters

    def add(self, client: str, piece: ImportPatch) -> str | None:
        """The whole text with its last piece, else None. Raises LibraryError once the file is too large."""
        request, pieces, size = self._begun.pop(client, (piece.id, [], 0))
        if request != piece.id:  # another file: the one before was given up
            pieces, size = [], 0
        size += len(piece.text)
        if size > LARGEST_FILE:
            raise LibraryError("unreadable_patch", f"A patch file has at most {LARGEST_FILE // 2**20} MB.")
        pieces.append(piece.text)
        if not piece.more:
            return "".join(pieces)
        self._begun[client] = piece.id, pieces, size
        return None

    def forget(self, client: str) -> None:
        """The client has gone."""
        self._begun.pop(client, None)
