"""The one table of everything that goes over the wire, in the order in which documents show it."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel

from ..patch import catalogue, commands, model
from ..protocol import client_messages, library_answers, server_messages
from .shapes import Struct, describe


def _longest(annotation: Any) -> str:
    """How many characters a text may have."""
    limits = (limit for mark in annotation.__metadata__ for limit in getattr(mark, "metadata", [mark]))
    return f"{next(limit.max_length for limit in limits if hasattr(limit, 'max_length')):,}"


# Annotations that are used often enough to have a name in every language, with what the name means.
NAMED_TYPES: dict[str, tuple[Any, str]] = {
    "Identifier": (model.Identifier, "Text of 1 to 64 characters out of A–Z a–z 0–9 _ . : -"),
    "Text": (model.Text, f"Text of at most {_longest(model.Text)} characters (code points), none of them NUL."),
    "DataText": (model.DataText, f"Text of at most {_longest(model.DataText)} characters, none of them NUL."),
    "PatchName": (
        client_messages.PatchName,
        f"Text of 1 to {_longest(client_messages.PatchName)} characters that every system takes for a file name.",
    ),
    "Color": (model.Color, "A colour as #rrggbb, or empty text."),
    "Number": (model.Number, "A finite number between −1e9 and 1e9."),
    "RequestId": (client_messages.RequestId, "A whole number from 0 to 2,147,483,647, chosen by the client."),
    "Vector": (model.Vector, "x, y, z in mm: x right, y up, z away."),
    "Quaternion": (model.Quaternion, "A rotation: x, y, z, w."),
    "Kind": (catalogue.Kind, "What flows through a jack."),
    "ClientKind": (client_messages.ClientKind, "What a client is."),
    "StreamName": (client_messages.StreamName, "What can be subscribed to."),
    "Cause": (server_messages.Cause, "What a batch came from."),
    "Command": (commands.Command, "One change of a patch."),
}
NAMES = {name: annotation for name, (annotation, _) in NAMED_TYPES.items()}


def _members(union: Any) -> list[type[BaseModel]]:
    return list(typing.get_args(typing.get_args(union)[0]))


def _structs(models: list[type[BaseModel]]) -> list[Struct]:
    return [describe(each, NAMES) for each in models]


CLIENT_MODELS = _members(client_messages.ClientMessage)
SERVER_MODELS = _members(server_messages.ServerMessage)
COMMAND_MODELS = _members(commands.Command)
PATCH_MODELS: list[type[BaseModel]] = [model.Patch, model.PlacedModule, model.Cable, model.Jack]
CATALOGUE_MODELS: list[type[BaseModel]] = [
    catalogue.ModuleInfo,
    catalogue.InputInfo,
    catalogue.OutputInfo,
    catalogue.KnobInfo,
    catalogue.Panel,
]
PART_MODELS: list[type[BaseModel]] = [
    client_messages.Resume,
    client_messages.Pose,
    server_messages.ClientInfo,
    server_messages.Clock,
    server_messages.TurnedKnob,
    library_answers.LibraryEntry,
    library_answers.BackupEntry,
    server_messages.ModuleMeter,
]

# Chapters, in reading order: title and structs. What a client sends may leave out fields that have a default.
CHAPTERS: dict[str, list[Struct]] = {
    "The patch": _structs(PATCH_MODELS),
    "Commands": _structs(COMMAND_MODELS),
    "The catalogue": _structs(CATALOGUE_MODELS),
    "Parts of messages": _structs(PART_MODELS),
    "What a client says": _structs(CLIENT_MODELS),
    "What the server says": _structs(SERVER_MODELS),
}
UNIONS = {
    "Command": [each.__name__ for each in COMMAND_MODELS],
    "ClientMessage": [each.__name__ for each in CLIENT_MODELS],
    "ServerMessage": [each.__name__ for each in SERVER_MODELS],
}
