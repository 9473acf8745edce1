"""What the server says of the library: the answers to those who list patches and backups, or export a patch."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..patch.model import Frozen
from .client_messages import RequestId


class LibraryEntry(Frozen):
    """A patch in the library."""

    name: str = Field(description="Name to load it by.")
    title: str = Field(description="Title of the patch.")
    modified: float = Field(description="Unix time of the last save; 0 for the ready-made patches.")
    modules: int | None = Field(
        description="How many modules it has; null where nobody has looked into the file yet: list again."
    )
    ready_made: bool = Field(description="Whether it came with SynthVR.")
    problem: str = Field(description="Why it cannot be loaded, or empty.")


class Library(Frozen):
    """The answer to list_patches."""

    type: Literal["library"] = "library"
    id: RequestId = Field(description="Id of the request.")
    patches: tuple[LibraryEntry, ...] = Field(description="The user's own first, newest first.")
    left_out: int = Field(default=0, description="How many older ones of the user's own are not listed.")


class BackupEntry(Frozen):
    """An earlier version of a patch."""

    name: str = Field(description="Name of the patch.")
    version: str = Field(description="Which of its versions.")
    saved: float = Field(description="Unix time at which this version was saved.")
    title: str = Field(description="Title of the patch then.")
    modules: int | None = Field(
        description="How many modules it had; null where nobody has looked into the file yet: list again."
    )
    problem: str = Field(description="Why it cannot be loaded, or empty.")


class Backups(Frozen):
    """The answer to list_backups."""

    type: Literal["backups"] = "backups"
    id: RequestId = Field(description="Id of the request.")
    versions: tuple[BackupEntry, ...] = Field(description="Newest first.")
    left_out: int = Field(default=0, description="How many older ones are not listed.")


class Exported(Frozen):
    """The answer to export_patch."""

    type: Literal["exported"] = "exported"
    id: RequestId = Field(description="Id of the request.")
    name: str = Field(description="A name for the file, without suffix.")
    text: str = Field(description="What to write into it.")
